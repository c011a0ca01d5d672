"""The worker hears of new jobs from the database itself, and sleeps while there is nothing to hear."""

import asyncio
import contextlib

import psycopg
import pytest
from procrastinate.contrib.django import connector_params
from procrastinate.exceptions import ConnectorException

from cathedra.worker.listening import Listener

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
PATIENCE_S = 60


@contextlib.asynccontextmanager
async def listening(place):
    """What has been heard, as it comes, and the connection of somebody who speaks."""
    heard: asyncio.Queue[tuple[str, str]] = asyncio.Queue()

    async def hear(*, channel: str, payload: str) -> None:
        heard.put_nowait((channel, payload))

    listener = asyncio.create_task(Listener(place).listen_notify(hear, ["one", "Two words"]))
    async with await psycopg.AsyncConnection.connect(**{**place, "autocommit": True}) as other:
        for _ in range(PATIENCE_S * 20):
            if len(await listeners(other)) == 1:
                break
            await asyncio.sleep(0.05)
        yield heard, other
    listener.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await listener


async def listeners(other) -> list[int]:
    """Who has said LISTEN, and waits."""
    asked = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN %words%'"
    return [pid for (pid,) in await (await other.execute(asked)).fetchall()]


async def next_of(heard) -> tuple[str, str]:
    return await asyncio.wait_for(heard.get(), PATIENCE_S)


async def test_what_is_announced_is_heard_in_order_whenever_it_comes(django_db_setup):
    place = connector_params()
    async with listening(place) as (heard, other):
        for round_ in range(3):
            for number in range(4):
                await other.execute("SELECT pg_notify('one', %s)", (f"{round_}{number}",))
            assert [await next_of(heard) for _ in range(4)] == [("one", f"{round_}{number}") for number in range(4)]
            await asyncio.sleep(0.15)  # it sleeps again by then
        await other.execute("""NOTIFY "Two words", 'x'""")
        assert await next_of(heard) == ("Two words", "x")
        await other.execute("NOTIFY three")
        await asyncio.sleep(0.2)
        assert heard.empty()


async def test_a_lost_connection_is_made_again(django_db_setup):
    async with listening(connector_params()) as (heard, other):
        (first,) = await listeners(other)
        await other.execute("SELECT pg_terminate_backend(%s)", (first,))
        for _ in range(PATIENCE_S * 20):
            found = await listeners(other)
            if found and found != [first]:
                break
            await asyncio.sleep(0.05)
        await other.execute("NOTIFY one, 'again'")
        assert await next_of(heard) == ("one", "again")


async def test_a_database_that_is_not_there_is_told(django_db_setup):
    async def hear(*, channel: str, payload: str) -> None:
        raise AssertionError(channel)

    with pytest.raises(ConnectorException):
        await Listener({**connector_params(), "dbname": "nothing"}).listen_notify(hear, ["one"])


async def test_it_sleeps_while_nothing_is_announced(django_db_setup):
    """psycopg's own way wakes up ten times a second."""
    looks, loop = [], asyncio.get_running_loop()

    def sleeps() -> bool:
        timers = [handle for handle in loop._scheduled if not handle.cancelled()]
        return all(handle.when() > loop.time() + 5 for handle in timers)

    async with listening(connector_params()) as (heard, _):
        for _ in range(PATIENCE_S * 20):
            await asyncio.sleep(0.05)
            looks.append(sleeps())
            if looks[-10:] == [True] * 10:
                break
        assert looks[-10:] == [True] * 10, looks
        assert heard.empty()

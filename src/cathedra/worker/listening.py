"""How the worker hears of new jobs: when the database says so, and not by looking ten times a second."""

import asyncio
from collections.abc import Iterable
from typing import Any

import psycopg
from procrastinate import PsycopgConnector
from procrastinate.connector import LISTEN_TIMEOUT, Notify
from procrastinate.exceptions import ConnectorException
from psycopg import sql

_TAKES_S = 0.1  # what arrives together is taken together


class Listener(PsycopgConnector):
    """Procrastinate's connector, which sleeps while nothing is announced. psycopg wakes up ten times a second for each
    connection that listens: three of them took a fiftieth of a core from a worker without work."""

    def __init__(self, place: dict[str, Any]) -> None:
        super().__init__(kwargs=place, min_size=1, max_size=4)  # more than one at busy moments only
        self._place = place

    async def listen_notify(self, on_notification: Notify, channels: Iterable[str]) -> None:
        """Tell each announcement until cancelled, on a connection of its own, which is made anew when it is lost. Raises
        ConnectorException when none can be made."""
        names = list(channels)
        while True:
            try:
                connection = await psycopg.AsyncConnection.connect(**{**self._place, "autocommit": True})
            except psycopg.Error as error:
                raise ConnectorException from error
            async with connection:
                try:
                    for name in names:
                        await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(name)))
                    await _repeat(connection, on_notification)
                except psycopg.OperationalError:
                    continue


async def _repeat(connection: psycopg.AsyncConnection[Any], on_notification: Notify) -> None:
    while True:
        async for told in connection.notifies(timeout=_TAKES_S):
            await on_notification(channel=told.channel, payload=told.payload)
        if not await _has_something(connection):
            await connection.execute("SELECT 1")  # whether it is still there


async def _has_something(connection: psycopg.AsyncConnection[Any]) -> bool:
    """Sleep until bytes have come, or for as long as one may trust a silent connection. psycopg takes the place of our
    reader whenever it asks something itself, so it is put there anew each time."""
    loop, come = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(connection.fileno(), come.set)
    try:
        await asyncio.wait_for(come.wait(), LISTEN_TIMEOUT)
    except TimeoutError:
        return False
    finally:
        loop.remove_reader(connection.fileno())
    return True

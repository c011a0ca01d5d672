"""The hot door's own connections: few statements, asked thousands of times."""

from typing import Any

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

Pool = AsyncConnectionPool[AsyncConnection[Any]]


def pool(url: str, *, most: int, timeout: float = 4) -> Pool:
    """At most so many connections, closed; open them inside an event loop. Who waits longer than `timeout` seconds for one
    gets PoolTimeout."""
    return AsyncConnectionPool(
        url,
        kwargs={"autocommit": True, "prepare_threshold": 0},
        configure=_plan_once,
        min_size=1,
        max_size=most,
        max_waiting=10_000,  # all viewers at once after a pause; `timeout` bounds the wait
        timeout=timeout,
        open=False,
        name="edge",
    )


async def _plan_once(connection: AsyncConnection[Any]) -> None:
    """Each statement once a connection: planning takes longer than asking, and every plan here reads by key."""
    await connection.execute("SET plan_cache_mode = force_generic_plan", prepare=False)

"""The hot door: one bare ASGI dispatcher beside Django."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import cache
from typing import Any

from cathedra import wiring

wiring.start_database()

from cathedra.actions import viewing  # noqa: E402 - the tables' layer must be ready before anything that reads
from cathedra.domain.playback import Telling  # noqa: E402 - after the tables are ready
from cathedra.edge import authorise, heartbeat, upload  # noqa: E402 - after the tables are ready

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Handler = Callable[[dict[str, Any], Receive, Send], Awaitable[None]]

_guard = authorise.Guard(wiring.hot_connections, wiring.object_store)


@cache
def _heartbeats() -> heartbeat.Heartbeats:
    """Made inside the event loop, when the first player tells something."""

    def record(tellings: list[Telling]) -> int:
        return wiring.in_database(lambda: viewing.record_views(tellings, now=datetime.now(UTC)))

    return heartbeat.Heartbeats(_guard.decide, record, site_url=wiring.configuration().site.url)


async def _take_heartbeat(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    await _heartbeats().handle(scope, receive, send)


# First part of the path, then who answers. Nothing else is answered.
ROUTES: dict[str, Handler] = {
    "authorise": _guard.handle,
    "files": upload.handle,
    "heartbeat": _take_heartbeat,
}


async def application(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """Send a request to its handler, or answer 404."""
    if scope["type"] == "lifespan":
        await _live(receive, send)
        return
    handler = ROUTES.get(scope["path"].split("/", 2)[1])
    if handler is not None:
        await handler(scope, receive, send)
        return
    await send({"type": "http.response.start", "status": 404, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})


async def _live(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            _stop_uploads_first()
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            await upload.close()
            await _heartbeats().close()
            await _guard.close()
            await send({"type": "lifespan.shutdown.complete"})
            return


def _stop_uploads_first() -> None:
    """The server waits for open requests before it ends, and an upload can take hours: at SIGTERM the uploads put away
    what they have and end. The server's own handler still runs: asyncio hears signals by its wake-up file."""
    loop = asyncio.get_running_loop()
    closing: list[asyncio.Task[None]] = []

    def close() -> None:
        closing.append(loop.create_task(upload.close()))

    signal.signal(signal.SIGTERM, lambda *_: loop.call_soon_threadsafe(close))

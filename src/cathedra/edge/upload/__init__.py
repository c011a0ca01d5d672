"""Uploads by tus 1.0, as bare ASGI: core, creation, creation-with-upload, termination, checksum, expiration,
concatenation and creation-defer-length. Bytes go to the spool as they come; nothing is held back in memory beyond a megabyte or two a request."""

from functools import cache
from typing import Any

from cathedra import wiring
from cathedra.edge.upload._door import Receive, Send, UploadDoor

__all__ = ["UploadDoor", "close", "handle"]


@cache
def _door() -> UploadDoor:
    configured = wiring.configuration()
    return UploadDoor(configured.upload, wiring.spool(), wiring.in_database, wiring.speak, site_url=configured.site.url)


async def handle(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """Answer one request under `/files/`."""
    await _door().handle(scope, receive, send)


async def close() -> None:
    """Let every writer put away what it holds."""
    await _door().close()

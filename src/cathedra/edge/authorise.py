"""The question nginx asks before it sends a byte of media: may this browser see this recording now?

The answer is a status for nginx (204, 401, 403) and the reason as `Cathedra-Code`; where media is kept in an S3 service,
also the signed address at which nginx fetches the object, as `Cathedra-Object`. nginx hands over the session and the
recording as it understood them, because its cache of our answers is keyed by that very text: we never read the cookie
header ourselves. One statement, no framework.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import psycopg
import psycopg_pool
import structlog

from cathedra import wiring
from cathedra.db.reads import access
from cathedra.domain.terms import Code

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

_log = structlog.get_logger()
_lock = asyncio.Lock()
_pool: Any = None
_STATUS = {Code.ALLOW: 204, Code.SIGN_IN: 401}
_REFUSED = 403
_UNABLE = 503
_LONGEST_SESSION = 128
_OBJECT_URL_S = 300  # nginx follows at once; a long download has begun by then


async def handle(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """Answer one question."""
    headers = dict(scope["headers"])
    try:
        code = await _decide(headers.get(b"cathedra-session", b""), headers.get(b"cathedra-recording", b""))
    except (psycopg.Error, psycopg_pool.PoolTimeout, psycopg_pool.TooManyRequests) as error:
        _log.error("authorise is unable to ask the database", error=str(error))
        await _answer(send, _UNABLE, [])
        return
    fields = [(b"cathedra-code", code.value.encode())]
    if code is Code.ALLOW and (name := headers.get(b"cathedra-file")):
        fields.append((b"cathedra-object", _object_url(headers[b"cathedra-recording"], name)))
    await _answer(send, _STATUS.get(code, _REFUSED), fields)


def _object_url(recording: bytes, name: bytes) -> bytes:
    """nginx has matched both against its own patterns; the store checks the key again."""
    key = f"stream/{recording.decode('ascii')}/{name.decode('ascii')}"
    return wiring.object_store().signed_url(key, seconds=_OBJECT_URL_S).encode()


async def _decide(session: bytes, recording: bytes) -> Code:
    try:
        recording_id = UUID(recording.decode("ascii"))
        session_key = session.decode("ascii")
    except ValueError:
        return Code.NO_PERMISSION
    if not session_key or len(session_key) > _LONGEST_SESSION or "\0" in session_key:
        return Code.SIGN_IN
    try:
        return await _ask(session_key, recording_id)
    except psycopg.OperationalError:  # the database was started again: the pool has noticed now
        return await _ask(session_key, recording_id)


async def _ask(session_key: str, recording_id: UUID) -> Code:
    pool = _pool or await _open_pool()
    async with pool.connection() as connection:
        return await access.may_view(connection, session_key, recording_id, now=datetime.now(UTC))


async def _open_pool() -> Any:
    global _pool
    async with _lock:
        if _pool is None:
            fresh = wiring.hot_connections()
            await fresh.open()
            _pool = fresh
    return _pool


async def close() -> None:
    """Give the connections back."""
    global _pool
    if _pool is not None:
        await _pool.close()
        _pool = None


async def _answer(send: Send, status: int, headers: list[tuple[bytes, bytes]]) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})

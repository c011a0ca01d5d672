"""The question nginx asks before it sends a byte of media: may this browser see this recording now?

The answer is a status for nginx (200, 401, 403) and the reason as `Cathedra-Code`; with a yes also whose files are sent,
as `Cathedra-Media`: the recording's own, or those of what it is a reference copy of; where parts are cut, those of the
version that viewers have, unless the whole is asked for by somebody who may have it. nginx knows no other way to files
than that answer, so a copy's bytes go only after the copy's own decision, and what is cut not at all. Where media is
kept in an S3 service, it also holds the signed address at which nginx fetches the object, as `Cathedra-Object`. nginx
hands over the session and the recording as it understood them, because its cache of our answers is keyed by that very
text: we never read the cookie header ourselves. Of a file of captions its name is handed over too: automatic ones may be
kept from viewers (R208). One statement gathers the facts, for all who ask in the same moment; the one rule decides each; no
framework.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import psycopg
import psycopg_pool
import structlog

from cathedra.adapters.object_store import ObjectStore
from cathedra.db import hot
from cathedra.db.reads import access
from cathedra.domain import playback
from cathedra.domain.terms import Code
from cathedra.edge.together import Together

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

_log = structlog.get_logger()
_STATUS = {Code.ALLOW: 200, Code.SIGN_IN: 401}  # of a 204 nginx would not keep the tag
_REFUSED = 403
_UNCHANGED = 304
_UNABLE = 503
_LONGEST_SESSION = 128
_OBJECT_URL_S = 300  # nginx follows at once; a long download has begun by then
_OBJECT_URL_KEPT_S = 120
_EACH_S, _PAUSE_S = 0.004, 0.05  # decision record 45
_MOST, _AT_ONCE = 250, 4


class Guard:
    """Answers for one event loop. `connections` makes its pool at the first question; `store` signs objects."""

    def __init__(self, connections: Callable[[], hot.Pool], store: Callable[[], ObjectStore]) -> None:
        self._connections = connections
        self._store = store
        self._opening = asyncio.Lock()
        self._pool: hot.Pool | None = None
        self._together = Together(self._ask, each_s=_EACH_S, pause_s=_PAUSE_S, most=_MOST, at_once=_AT_ONCE)

    async def handle(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Answer one question."""
        headers = dict(scope["headers"])
        try:
            sight = await self.decide(
                headers.get(b"cathedra-session", b""),
                headers.get(b"cathedra-recording", b""),
                wants_whole=headers.get(b"cathedra-shelf", b"") == b"whole",
                captions=_language(headers.get(b"cathedra-captions", b"")),
            )
        except (psycopg.Error, psycopg_pool.PoolTimeout, psycopg_pool.TooManyRequests) as error:
            _log.error("authorise is unable to ask the database", error=str(error))
            await _answer(send, _UNABLE, [])
            return
        code = sight.code
        fields = [(b"cathedra-code", code.value.encode())]
        media = _where(sight).encode() if code is Code.ALLOW else b""
        if media:
            fields.append((b"cathedra-media", media))
        name = headers.get(b"cathedra-file", b"") if media else b""
        tag = _tag(code, media, has_address=bool(name))
        if headers.get(b"if-none-match") == tag:
            await _answer(send, _UNCHANGED, [(b"etag", tag)])
            return
        if name:
            fields.append((b"cathedra-object", self._object_url(media, name)))
        await _answer(send, _STATUS.get(code, _REFUSED), [*fields, (b"etag", tag)])

    async def close(self) -> None:
        """Give the connections back."""
        if self._pool is not None:
            await self._pool.close()
            self._pool = None

    async def decide(
        self, session: bytes, recording: bytes, *, wants_whole: bool = False, captions: str = ""
    ) -> access.Sight:
        """What the rule says of a browser's session and a recording, as text; `captions` is the language of which the file
        is asked for. Raises what the database raises."""
        try:
            recording_id = UUID(recording.decode("ascii"))
            session_key = session.decode("ascii")
        except ValueError:
            return access.Sight(Code.NO_PERMISSION, None, None)
        if len(session_key) > _LONGEST_SESSION or "\0" in session_key:
            session_key = ""  # nobody: what is public plays all the same
        return await self._together.answer(access.Question(session_key, recording_id, wants_whole, captions))

    async def _ask(self, asked: Sequence[access.Question]) -> list[access.Sight]:
        try:
            return await self._ask_once(asked)
        except psycopg.OperationalError:  # the database was started again: the pool has noticed now
            return await self._ask_once(asked)

    async def _ask_once(self, asked: Sequence[access.Question]) -> list[access.Sight]:
        pool = self._pool or await self._open_pool()
        async with pool.connection() as connection:
            return await access.may_view(connection, asked, now=datetime.now(UTC))

    async def _open_pool(self) -> hot.Pool:
        async with self._opening:
            if self._pool is None:
                fresh = self._connections()
                await fresh.open()
                self._pool = fresh
        return self._pool

    def _object_url(self, media: bytes, name: bytes) -> bytes:
        """The id is ours, nginx has matched the name against its own pattern; the store checks the key again."""
        key = f"stream/{media.decode('ascii')}{name.decode('ascii')}"
        return self._store().signed_url(key, seconds=_OBJECT_URL_S).encode()


def _language(name: bytes) -> str:
    """The one that a file of captions is named after, whatever stands before it; nginx has matched the name against its
    own pattern."""
    return name.decode("ascii", "replace").rpartition("captions-")[2].partition(".")[0].replace("\0", "")


def _where(sight: access.Sight) -> str:
    """What stands before the names of the files that they are given: where parts are cut, only those of that version,
    whatever name is asked for."""
    prefix = playback.edited_prefix(sight.cut_version or 0)
    return f"{sight.media_id}/{prefix}" if sight.media_id else ""


def _tag(code: Code, media: bytes, *, has_address: bool) -> bytes:
    """Names the answer. While it stays the same, nginx renews the file in its cache in place: to write a new file for
    every answer costs it more than all else together. An address is kept for a part of its life only."""
    age = int(time.time() // _OBJECT_URL_KEPT_S) if has_address else 0
    return f'"{code.value}-{media.decode()}-{age}"'.encode()


async def _answer(send: Send, status: int, headers: list[tuple[bytes, bytes]]) -> None:
    length = [] if status == _UNCHANGED else [(b"content-length", b"0")]
    await send({"type": "http.response.start", "status": status, "headers": [*headers, *length]})
    await send({"type": "http.response.body", "body": b""})

"""What players tell while somebody watches (R213): taken in by the thousand, held for a second, written together.

A telling is one small JSON document. Who may watch the recording may tell of it: the guard that nginx asks for every
segment decides here too. Whom an administrative grant alone lets watch is neither counted nor listed (R148): what their
player tells is not kept. The answer comes when the telling is held, not when it is written: what a process that dies
had held for that second is not counted. A telling can be sent again; the number that its player gave it makes it one.
"""

import asyncio
import json
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import psycopg
import psycopg_pool
import structlog

from cathedra.db.reads.access import Sight
from cathedra.domain import playback
from cathedra.domain.playback import NotCounted, Start, Stop, Stretch, Telling, WrongTelling
from cathedra.domain.terms import AccountId, Code, RecordingId, UnableTo
from cathedra.edge import browser

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Decide = Callable[[bytes, bytes], Awaitable[Sight]]
Record = Callable[[list[Telling]], object]

MOST_BYTES = 16_384
MOST_WAITING = 20_000  # tellings; the database is away for long then
MOST_AT_ONCE = 2_000
PER_MINUTE = 60  # of one sign-in
PER_MINUTE_OF_AN_ADDRESS = 1_200  # of all who are not signed in behind it: a lecture theatre
CLIENTS = 20_000
_YES_S = 60  # that somebody may watch is kept so long: it lets nobody see anything
_LAST_TRIES = 5
_STATUS = {Code.ALLOW: 204, Code.SIGN_IN: 401}
_log = structlog.get_logger()


class Heartbeats:
    """Takes tellings for one event loop. `decide` is the guard's, `record` writes many tellings and may be called in any
    thread; it raises UnableTo while the database is away, NotCounted for what cannot be written."""

    def __init__(
        self,
        decide: Decide,
        record: Record,
        *,
        site_url: str,
        hold_s: float = 1.0,
        most_waiting: int = MOST_WAITING,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._decide, self._record = decide, record
        self._site_url, self._hold_s, self._clock = site_url, hold_s, clock
        self._most_waiting, self._seconds = most_waiting, seconds
        self._pace = Pace(seconds)
        self._known: OrderedDict[tuple[str, str], tuple[float, Sight]] = OrderedDict()
        self._waiting: list[Telling] = []
        self._writer: asyncio.Task[None] | None = None
        self._hurry = asyncio.Event()
        self._is_closing = False
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="heartbeats")

    async def handle(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Answer one telling: 204 when it is held, or is not to be."""
        status = await self._take(scope, receive)
        more = [(b"retry-after", b"5")] if status in (429, 503) else []
        length = [] if status == 204 else [(b"content-length", b"0")]
        headers = [(b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff"), *more, *length]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    async def close(self) -> None:
        """Write what is held, and take no more in."""
        self._is_closing = True
        self._hurry.set()
        if self._writer is not None:
            await self._writer
        self._thread.shutdown(wait=False)

    async def _take(self, scope: Mapping[str, Any], receive: Receive) -> int:
        headers = browser.headers(scope)
        if (refused := self._refused(scope, headers)) or (body := await _body(receive)) is None:
            return refused or 413
        session = browser.session_key(headers)
        if not self._pace.allows(session, headers.get("x-real-ip", "")):
            return 429
        try:
            said = json.loads(body)
            sight = await self._sight(session, str(_id(said["recording"])))
            if sight.code is Code.ALLOW:
                telling = _telling(said, sight.viewer_id, self._clock())
                if not sight.is_under_grant:
                    self._hold(telling, is_last=said.get("is_last") is True)
        except (ValueError, TypeError, KeyError, RecursionError):
            return 400
        except (psycopg.Error, psycopg_pool.PoolTimeout, psycopg_pool.TooManyRequests) as error:
            _log.error("heartbeat is unable to ask the database", error=str(error))
            return 503
        return _STATUS.get(sight.code, 403)

    def _refused(self, scope: Mapping[str, Any], headers: Mapping[str, str]) -> int:
        """0 lets it through to be read."""
        if scope["path"] != "/heartbeat":
            return 404
        if scope["method"] != "POST":
            return 405
        if "x-http-method-override" in headers or headers.get("content-type", "") != "application/json":
            return 400
        if browser.is_foreign(headers, self._site_url):
            return 403
        return 503 if self._is_closing or len(self._waiting) >= self._most_waiting else 0

    async def _sight(self, session: str, recording: str) -> Sight:
        """The guard's answer; a yes of a moment ago stands."""
        key, now = (session, recording), self._seconds()
        kept = self._known.get(key)
        if kept and now - kept[0] < _YES_S:
            return kept[1]
        sight = await self._decide(session.encode(), recording.encode())
        if sight.code is Code.ALLOW:
            self._known[key] = (now, sight)
            self._known.move_to_end(key)
            while len(self._known) > CLIENTS:
                self._known.popitem(last=False)
        return sight

    def _hold(self, telling: Telling, *, is_last: bool) -> None:
        self._waiting.append(telling)
        if is_last:
            self._hurry.set()  # the page may be opened again at once, to go on where it stopped
        if self._writer is None:
            self._writer = asyncio.create_task(self._write_soon())

    async def _write_soon(self) -> None:
        """Until nothing waits. As the process ends, a database that is away is tried some times and no more."""
        tries = 0
        try:
            while self._waiting and tries < _LAST_TRIES:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._hurry.wait(), self._hold_s)
                if not self._is_closing:
                    self._hurry.clear()
                batch, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
                if not await asyncio.get_running_loop().run_in_executor(self._thread, self._write, batch):
                    self._waiting[:0] = batch
                    tries += self._is_closing
                    await asyncio.sleep(self._hold_s)
        finally:
            self._writer = None

    def _write(self, batch: list[Telling]) -> bool:
        """False when the database is away: all of it is to be tried again."""
        try:
            self._record(batch)
        except UnableTo as error:
            _log.warning("what players told waits for the database", tellings=len(batch), error=str(error))
            return False
        except NotCounted as error:  # one of them cannot be written: the others are
            if len(batch) == 1:
                _log.error("what a player told cannot be written", telling=batch[0], error=str(error))
                return True
            half = len(batch) // 2
            return all([self._write(batch[:half]), self._write(batch[half:])])
        return True


class Pace:
    """How many tellings a client may send in a minute; clients unheard of for longest are forgotten first."""

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        self._counts: OrderedDict[str, tuple[int, int]] = OrderedDict()

    def allows(self, session: str, address: str) -> bool:
        """Counts it when it may."""
        key, most = (session, PER_MINUTE) if session else (f"at {address}", PER_MINUTE_OF_AN_ADDRESS)
        minute = int(self._seconds() // 60)
        seen, count = self._counts.pop(key, (minute, 0))
        count = count if seen == minute else 0
        self._counts[key] = (minute, count + (count < most))
        while len(self._counts) > CLIENTS:
            self._counts.popitem(last=False)
        return count < most


async def _body(receive: Receive) -> bytes | None:
    """None when it is too long, or its sender went."""
    body = b""
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        body += message.get("body", b"")
        if len(body) > MOST_BYTES:
            return None
        if not message.get("more_body", False):
            return body


def _telling(said: Mapping[str, Any], viewer_id: UUID | None, at: datetime) -> Telling:
    """What was said, checked. Raises ValueError, TypeError or KeyError for what no player says."""
    number, stretches = _whole(said["number"], playback.MOST_TELLINGS), said["stretches"]
    position, version = said.get("position_ms"), said.get("version")
    if number < 1 or not isinstance(stretches, list) or len(stretches) > playback.MOST_STRETCHES:
        raise WrongTelling("number or stretches")
    return Telling(
        session=_id(said["session"]),
        number=number,
        recording_id=RecordingId(_id(said["recording"])),
        account_id=AccountId(viewer_id) if viewer_id else None,
        stretches=tuple(_stretch(each) for each in stretches),
        position_ms=None if position is None else _whole(position, playback.LAST_MS),
        at=at,
        version=None if version is None else _whole(version, playback.LAST_VERSION),
    )


def _id(value: Any) -> UUID:
    if not isinstance(value, str):
        raise WrongTelling("id")
    return UUID(value)


def _stretch(said: Any) -> Stretch:
    start_ms, end_ms, speed, start, stop = said
    if isinstance(speed, bool) or not isinstance(speed, int | float):
        raise WrongTelling("speed")
    times = _whole(start_ms, playback.LAST_MS), _whole(end_ms, playback.LAST_MS)
    return playback.check_stretch(Stretch(*times, float(speed), Start(start), Stop(stop)))


def _whole(value: Any, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise WrongTelling("number")
    return value

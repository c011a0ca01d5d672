"""What a recorder tells the server, and sends it, whenever that can be reached: it lives, what it recorded, and the bytes of
that. A server that is away changes nothing in the room; everything is told later (R159)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from cathedra.adapters.capture_agent._device import checksum, join
from cathedra.adapters.capture_agent._server import Away, Part, Refused, Server
from cathedra.adapters.capture_agent._store import Made, Sent, Store
from cathedra.domain import ingest
from cathedra.domain.ingest import ErrorSeverity, RecorderState
from cathedra.domain.terms import UnableTo

BEAT_S, PLAN_S, REFUSED_S = 30, 60, 300
_CHUNK_BYTES = 4 * 1024 * 1024
_CHUNKS = 16  # at a time, before anything else is looked at
_log = structlog.get_logger()


class Line:
    """One thread's. `state` says what the room does; `now` passed in is the recorder's clock."""

    def __init__(
        self,
        store: Store,
        server: Server,
        program: Path,
        *,
        version: str,
        state: Callable[[], RecorderState],
        has_sound: Callable[[], bool | None],
    ) -> None:
        self._store, self._server, self._program, self._version = store, server, program, version
        self._state, self._has_sound = state, has_sound
        self._told: RecorderState | None = None
        self._beat_at: datetime | None = None
        self._plan_at: datetime | None = None
        self._waits: dict[str, datetime] = {}
        self._stale: set[str] = set()
        self.ahead = timedelta()  # how far the server's clock is ahead of ours

    def tick(self, now: datetime) -> bool:
        """Tell and send what there is. False when the server is away."""
        try:
            self._beat(now)
            if _is_due(self._plan_at, PLAN_S, now):
                self._store.set_plan(self._server.schedule())
                self._plan_at = now
            for trouble in self._store.troubles():
                self._server.report(ErrorSeverity(trouble.severity), trouble.type, trouble.text, trouble.at)
                self._store.drop_trouble(trouble)
            for made in self._store.captures():
                self._tend(made, now)
        except Away as error:
            _log.warning("the server is away", error=str(error))
            return False
        except Refused as error:
            _log.error("the server refuses this recorder", status=error.status, error=str(error))
            return False
        return True

    def _beat(self, now: datetime) -> None:
        state = self._state()
        if state is self._told and not _is_due(self._beat_at, BEAT_S, now):
            return
        theirs = self._server.beat(
            state, free_bytes=self._store.free_bytes(), version=self._version, has_sound=self._has_sound()
        )
        self.ahead, self._told, self._beat_at = theirs - now, state, now

    def _tend(self, made: Made, now: datetime) -> None:
        """One capture, a step further."""
        recording_id = made.recording_id
        sent = self._store.sent(recording_id)
        if sent.confirmed_at is not None:
            if ingest.may_drop(made.ended_at, sent.confirmed_at, now=now):
                self._store.drop(recording_id)
            return
        if not self._recorded(made):  # nothing is begun of which there is nothing: it is missed, if that stays so (T6)
            if ingest.may_drop(made.ended_at, made.ended_at, now=now):
                self._store.drop(recording_id)
        elif now >= self._waits.get(recording_id, now):
            self._try(made, sent, now)

    def _try(self, made: Made, sent: Sent, now: datetime) -> None:
        """Where an upload was ended or stands elsewhere, it is begun again at once; where that is refused too, later."""
        recording_id = made.recording_id
        try:
            self._send(made, sent, now)
        except Away:
            raise
        except Refused as error:
            if error.status == 401:
                raise
            if recording_id in self._stale or not self._store.sent(recording_id).urls:
                self._put_off(recording_id, error, now)
            self._stale.add(recording_id)
        except UnableTo as error:
            self._put_off(recording_id, error, now)

    def _put_off(self, recording_id: str, error: UnableTo, now: datetime) -> None:
        self._waits[recording_id] = now + timedelta(seconds=REFUSED_S)
        _log.error("a capture cannot be sent", recording=recording_id, error=str(error))

    def _send(self, made: Made, sent: Sent, now: datetime) -> None:
        parts = self._begun(made, sent)
        sent = self._store.sent(made.recording_id)
        for step, at_ms in ingest.steps_of(made.pauses)[sent.steps :]:
            self._server.step(made.recording_id, step, at_ms)
            sent = self._keep(made, replace(sent, steps=sent.steps + 1))
        if made.ended_at is not None and not sent.is_stop_told:
            sent = self._stop(made, sent)
        is_sent = all([self._push(made, sent, part) for part in parts if part.url in sent.urls])
        if is_sent and sent.is_stop_told and all(part.is_whole for part in self._server.look(made.recording_id)):
            self._keep(made, replace(sent, confirmed_at=now))
            _log.info("a capture is confirmed", recording=made.recording_id)

    def _begun(self, made: Made, sent: Sent) -> tuple[Part, ...]:
        """How it stands there; where an upload was ended, there is another one now, and the checksum is told anew."""
        if not sent.urls or made.recording_id in self._stale:
            names = made.files if made.ended_at is None else self._recorded(made)
            parts = self._server.begin(made.recording_id, names, made.begun_at)
            urls = tuple(part.url for part in parts)
            told = sent.is_stop_told and urls == sent.urls
            positions = tuple(part.position for part in parts)
            self._keep(made, replace(sent, urls=urls, names=names, positions=positions, is_stop_told=told))
            self._stale.discard(made.recording_id)
            return parts
        return self._server.look(made.recording_id)

    def _stop(self, made: Made, sent: Sent) -> Sent:
        """Of a file of which there is nothing no checksum is told: the others do not wait for it (R59)."""
        recorded = self._recorded(made)
        if not sent.sums:
            sums = tuple(checksum(self._path(made, name)) if name in recorded else "" for name in made.files)
            sent = self._keep(made, replace(sent, sums=sums))
        at_ms = ingest.recorded_ms(made.stretches, now=made.ended_at or made.begun_at)
        by_name = dict(zip(made.files, sent.sums, strict=True))
        places = zip(sent.names, sent.positions, strict=True)
        told = {position: by_name[name] for name, position in places if by_name[name]}
        self._server.stop(made.recording_id, at_ms, told)
        return self._keep(made, replace(sent, is_stop_told=True))

    def _push(self, made: Made, sent: Sent, part: Part) -> bool:
        """What there is of a file and not there yet. True when all of it is sent."""
        if part.is_whole:
            return True
        if len(made.stretches) > 1 and not sent.is_stop_told:
            return False  # it is joined at its end
        name = sent.names[sent.urls.index(part.url)]
        if name not in self._recorded(made):
            return False  # it has not written anything yet
        path = self._path(made, name)
        at, size = part.offset_bytes, path.stat().st_size
        with path.open("rb") as file:
            for _chunk in range(_CHUNKS):
                file.seek(at)
                content = file.read(min(_CHUNK_BYTES, max(0, size - at)))
                is_last = sent.is_stop_told and at + len(content) >= size
                if not content and not is_last:
                    return False
                at = self._server.send(part.url, content, at=at, length=size if is_last else None)
                if is_last:
                    return True
        return False

    def _recorded(self, made: Made) -> tuple[str, ...]:
        """Those of its files of which there is something."""
        return tuple(name for name in made.files if self._pieces(made, name))

    def _pieces(self, made: Made, name: str) -> list[Path]:
        numbers = range(1, len(made.stretches) + 1)
        pieces = [self._store.piece(made.recording_id, name, number) for number in numbers]
        return [piece for piece in pieces if piece.exists() and piece.stat().st_size]

    def _path(self, made: Made, name: str) -> Path:
        """The file that is sent: its one piece, or its pieces joined."""
        pieces = self._pieces(made, name)
        if len(pieces) == 1:
            return pieces[0]
        whole = self._store.whole(made.recording_id, name)
        if not whole.exists():
            join(self._program, pieces, whole)
        return whole

    def _keep(self, made: Made, sent: Sent) -> Sent:
        self._store.set_sent(made.recording_id, sent)
        return sent


def _is_due(at: datetime | None, seconds: int, now: datetime) -> bool:
    return at is None or now - at >= timedelta(seconds=seconds)

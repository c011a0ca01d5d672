"""What a recorder does in its room, second by second: it begins and ends by the schedule that it holds, does as people in the
room wish, and shows that to a lamp. It never waits for the server (R159)."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import structlog

from cathedra.adapters.capture_agent._device import Recording
from cathedra.adapters.capture_agent._settings import AgentSettings
from cathedra.adapters.capture_agent._store import Made, Store, Trouble
from cathedra.domain import ingest
from cathedra.domain.ingest import ErrorSeverity, Lamp, Pause, Planned, Stretch
from cathedra.domain.terms import UnableTo

_AGAIN_S = 5  # after a device failed
_log = structlog.get_logger()


class Room:
    """One thread's: call `tick` in the main one."""

    def __init__(self, settings: AgentSettings, store: Store, program: Path) -> None:
        self._settings, self._store, self._program = settings, store, program
        self._recording: Recording | None = None
        self._made: Made | None = None
        self._early: str | None = None
        self._failed_at: datetime | None = None
        self._shown: tuple[Lamp, str | None] | None = None
        self.lamp = Lamp.OFF

    def has_sound(self) -> bool | None:
        """Whether it hears what it records."""
        recording = self._recording
        return recording.has_sound() if recording else None

    def tick(self, now: datetime) -> None:
        """Do what is due."""
        self._heed(self._store.take_wish(), now)
        over = {one.recording_id for one in self._store.captures() if one.ended_at is not None}
        due = ingest.to_record(self._store.plan(), over=over, early=self._early, now=now)
        if self._made is not None and (due is None or due.recording_id != self._made.recording_id):
            self._end(now)
        if self._recording is not None and not self._recording.is_whole:
            self._break_off(now)
        if due is not None and self._recording is None and not self._waits(now):
            self._begin(due, now)
        self._close_left(due, now)
        self._show(due, now)

    def stop(self, now: datetime) -> None:
        """The agent ends: what is recorded stays as it is, and goes on when it is started again in time."""
        if self._recording is not None and self._made is not None:
            self._recording.stop()
            self._keep(replace(self._made, stretches=_ended(self._made.stretches, now)))
        self._recording = self._made = None
        self._store.set_lamp(Lamp.OFF, recording_id=None, now=now)

    def _heed(self, word: str, now: datetime) -> None:
        """What somebody in the room wants (T5, T9, T10)."""
        if word == "start":
            over = {one.recording_id for one in self._store.captures() if one.ended_at is not None}
            soon = ingest.may_begin_early(self._store.plan(), over=over, now=now)
            self._early = soon.recording_id if soon else None
        elif self._made is None or self._recording is None:
            return
        elif word == "stop":
            self._end(now)
        elif word == "pause" and not _is_paused(self._made) and len(self._made.pauses) < ingest.MOST_PAUSES:
            at = ingest.recorded_ms(self._made.stretches, now=now)
            self._keep(replace(self._made, pauses=(*self._made.pauses, Pause(at))))
        elif word == "resume" and _is_paused(self._made):
            self._keep(_resumed(self._made, now))

    def _begin(self, due: Planned, now: datetime) -> None:
        """A first stretch, or another one after an interruption."""
        names = tuple(one.name for one in self._settings.files)
        before = next((one for one in self._store.captures() if one.recording_id == due.recording_id), None)
        stretches = _ended(before.stretches, now) if before else ()
        made = replace(before or Made(due.recording_id, names, ()), stretches=(*stretches, Stretch(now)))
        self._keep(made)
        try:
            self._recording = Recording(
                self._program,
                [
                    (one, self._store.piece(due.recording_id, one.name, len(made.stretches)))
                    for one in self._settings.files
                ],
            )
        except UnableTo as error:
            self._fail(str(error), now)
            self._keep(replace(made, stretches=_ended(made.stretches, now)))
            return
        _log.info("recording began", recording=due.recording_id, stretch=len(made.stretches))

    def _end(self, now: datetime) -> None:
        if self._recording is not None:
            self._recording.stop()
        if self._made is not None:
            ended = _resumed(self._made, now) if _is_paused(self._made) else self._made
            self._keep(replace(ended, stretches=_ended(ended.stretches, now), ended_at=now))
            _log.info("recording ended", recording=self._made.recording_id)
        self._recording = self._made = self._early = None

    def _break_off(self, now: datetime) -> None:
        """A device or ffmpeg failed: what there is stays, and another stretch is tried in a moment."""
        recording, made = self._recording, self._made
        if recording is not None and made is not None:
            self._fail(recording.last_words(), now)
            recording.stop()
            self._keep(replace(made, stretches=_ended(made.stretches, now)))
        self._recording = None

    def _fail(self, said: str, now: datetime) -> None:
        _log.error("recording failed", said=said)
        text = said.replace("\0", "")[: ingest.ERROR_CHARACTERS] or "The recording broke off."
        self._store.add_trouble(Trouble(ErrorSeverity.FAULT, "input", text, now))
        self._failed_at = now

    def _waits(self, now: datetime) -> bool:
        return self._failed_at is not None and (now - self._failed_at).total_seconds() < _AGAIN_S

    def _close_left(self, due: Planned | None, now: datetime) -> None:
        """What an earlier life of the agent left, and whose time is over."""
        for made in self._store.captures():
            if made.ended_at is None and (due is None or made.recording_id != due.recording_id):
                last = made.stretches[-1]
                until = last.ended_at or self._written_at(made) or last.begun_at
                self._store.set_made(replace(made, stretches=_ended(made.stretches, until), ended_at=until))

    def _written_at(self, made: Made) -> datetime | None:
        paths = [self._store.piece(made.recording_id, name, len(made.stretches)) for name in made.files]
        times = [path.stat().st_mtime for path in paths if path.exists()]
        return datetime.fromtimestamp(max(times), made.begun_at.tzinfo) if times else None

    def _keep(self, made: Made) -> None:
        self._made = made
        self._store.set_made(made)

    def _show(self, due: Planned | None, now: datetime) -> None:
        has_fault = due is not None and self._recording is None
        self.lamp = ingest.lamp_of(
            is_recording=self._recording is not None,
            is_paused=self._made is not None and _is_paused(self._made),
            has_fault=has_fault,
        )
        shown = (self.lamp, due.recording_id if due else None)
        if shown != self._shown:
            self._store.set_lamp(self.lamp, recording_id=shown[1], now=now)
            self._shown = shown


def _is_paused(made: Made) -> bool:
    return bool(made.pauses) and made.pauses[-1].end_ms is None


def _resumed(made: Made, now: datetime) -> Made:
    at = ingest.recorded_ms(made.stretches, now=now)
    return replace(made, pauses=(*made.pauses[:-1], replace(made.pauses[-1], end_ms=at)))


def _ended(stretches: tuple[Stretch, ...], now: datetime) -> tuple[Stretch, ...]:
    """The last one has ended, if it had not."""
    last = stretches[-1]
    until = max(last.begun_at, last.ended_at or now)
    return (*stretches[:-1], replace(last, ended_at=until))

"""A recording that is being made: its phases, and what becomes of its pauses (T8 to T11, R55, R162).

A capture goes on while it is paused: what is paused is a stretch of the original timeline, which becomes a cut that can be
undone. Whoever captures, a browser or a recorder in a room, goes through the same phases.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from cathedra.domain.terms import Code, Decision, RecordingId, deny, permit
from cathedra.domain.terms import gettext_noop as _

MOST_PAUSES = 200  # each becomes a cut, and an edit holds no more
SHORTEST_PAUSE_MS = 200  # less is a finger that slipped, and no cut
SHORTEST_KEPT_MS = 1000  # where the pauses would leave less, nothing is cut


class CapturePhase(StrEnum):
    """R55: whether anything is being captured; `transferring` is stopped, but not here yet. `ended`: every part is here,
    or it was cancelled."""

    CAPTURING = "capturing"
    PAUSED = "paused"
    TRANSFERRING = "transferring"
    ENDED = "ended"


class CaptureStep(StrEnum):
    """What whoever captures asks for."""

    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    CANCEL = "cancel"


LIVE = frozenset({CapturePhase.CAPTURING, CapturePhase.PAUSED})
_FROM: dict[CaptureStep, frozenset[CapturePhase]] = {
    CaptureStep.PAUSE: frozenset({CapturePhase.CAPTURING}),
    CaptureStep.RESUME: frozenset({CapturePhase.PAUSED}),
    CaptureStep.STOP: LIVE,
    CaptureStep.CANCEL: LIVE | {CapturePhase.TRANSFERRING},
}
_TO: dict[CaptureStep, CapturePhase] = {
    CaptureStep.PAUSE: CapturePhase.PAUSED,
    CaptureStep.RESUME: CapturePhase.CAPTURING,
    CaptureStep.STOP: CapturePhase.TRANSFERRING,
    CaptureStep.CANCEL: CapturePhase.ENDED,
}


@dataclass(frozen=True, slots=True)
class Pause:
    """On the capture's own timeline, which begins with it; `end_ms` is None while it lasts."""

    start_ms: int
    end_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Capture:
    """A capture as it stands. `parts` are the positions of the files that will come of it."""

    recording_id: RecordingId
    phase: CapturePhase
    begun_at: datetime
    heard_at: datetime
    parts: tuple[int, ...] = (0,)
    stopped_at: datetime | None = None
    pauses: tuple[Pause, ...] = ()

    @property
    def is_live(self) -> bool:
        """Something is before the camera now (R55)."""
        return self.phase in LIVE


def begun(recording_id: RecordingId, *, parts: Collection[int], now: datetime) -> Capture:
    """T5, T8: it begins."""
    return Capture(recording_id, CapturePhase.CAPTURING, begun_at=now, heard_at=now, parts=tuple(sorted(parts)))


def decide_step(capture: Capture, step: CaptureStep) -> Decision:
    """T9 to T11: may it go this way from where it is? Asked for again, it stands there already (R53)."""
    if _is_there(capture.phase, step):
        return permit()
    if capture.phase not in _FROM[step]:
        return deny(Code.ILLEGAL_TRANSITION, "R52", _NOT_NOW[capture.is_live])
    if step is CaptureStep.PAUSE and len(capture.pauses) >= MOST_PAUSES:
        return deny(
            Code.ILLEGAL_TRANSITION,
            "T9",
            _("This recording was paused {most} times, and cannot be paused again. Go on, or stop."),
            most=str(MOST_PAUSES),
        )
    return permit()


_NOT_NOW = {
    True: _("This cannot be done to the recording while it is being recorded. Load the page to see how it stands."),
    False: _("This recording is not being recorded any more. Load the page to see how it stands."),
}


def _is_there(phase: CapturePhase, step: CaptureStep) -> bool:
    is_stopped = step is CaptureStep.STOP and phase is CapturePhase.ENDED
    return phase is _TO[step] or is_stopped


def stepped(capture: Capture, step: CaptureStep, *, at_ms: int | None = None, now: datetime) -> Capture:
    """How it stands then; as it was when it stands there already. `at_ms` is the instant on its timeline as whoever
    captures measured it; None: by our clock."""
    if _is_there(capture.phase, step) or capture.phase not in _FROM[step]:
        return replace(capture, heard_at=now)
    at = _instant(capture, at_ms, now)
    pauses, stopped_at = capture.pauses, capture.stopped_at
    if step is CaptureStep.PAUSE:
        pauses = (*pauses, Pause(at))
    elif step is CaptureStep.RESUME:
        pauses = (*pauses[:-1], Pause(pauses[-1].start_ms, at))
    else:  # a pause that is cut short by the end lasts to the end of what was recorded
        stopped_at = stopped_at or max(capture.begun_at, min(now, capture.begun_at + timedelta(milliseconds=at)))
    return replace(capture, phase=_TO[step], heard_at=now, pauses=pauses, stopped_at=stopped_at)


def _instant(capture: Capture, at_ms: int | None, now: datetime) -> int:
    """Never before what is known already, never negative."""
    by_clock = int((now - capture.begun_at) / timedelta(milliseconds=1))
    last = capture.pauses[-1] if capture.pauses else Pause(0, 0)
    return max(0, last.start_ms, last.end_ms or 0, by_clock if at_ms is None else at_ms)


def cuts_of(pauses: Iterable[Pause], *, duration_ms: int) -> tuple[tuple[int, int], ...]:
    """R162: from where to where viewers receive nothing, within what was recorded; a pause that did not end lasts to the
    end. Nothing where that would leave nothing to watch: then all of it is kept."""
    spans = [
        (pause.start_ms, duration_ms if pause.end_ms is None else min(pause.end_ms, duration_ms)) for pause in pauses
    ]
    cuts = tuple((start, end) for start, end in spans if end - start >= SHORTEST_PAUSE_MS)
    return cuts if duration_ms - sum(end - start for start, end in cuts) >= SHORTEST_KEPT_MS else ()


def is_received(capture: Capture, *, arrived: Collection[int]) -> bool:
    """T10: is every part here?"""
    return bool(arrived) and set(capture.parts) <= set(arrived)


def ended(capture: Capture, *, now: datetime) -> Capture:
    """T10: every part is here. Where nobody said that it stopped, that says so."""
    stopped = stepped(capture, CaptureStep.STOP, now=now)
    return replace(stopped, phase=CapturePhase.ENDED)


def not_captured() -> Decision:
    """It was not recorded here, or that is over."""
    return deny(Code.CONFLICT, "R52", _NOT_NOW[False])


def wrong_files() -> Decision:
    """A capture is one file, or two."""
    return deny(Code.BAD_REQUEST, "R6", _("Name the one or two files that the recording will have."))


def is_left(capture: Capture, *, quiet: timedelta, now: datetime) -> bool:
    """Nothing was heard of it for so long that it is finished with what came."""
    return capture.phase is not CapturePhase.ENDED and now - capture.heard_at >= quiet

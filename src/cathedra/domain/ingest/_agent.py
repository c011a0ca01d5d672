"""What a capture agent does in its room, by the schedule that it holds, whether the server can be reached or not (R158 to
R163). It asks nothing of anybody: a plan, what was recorded, and the time."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from cathedra.domain.ingest._captures import CaptureStep, Pause
from cathedra.domain.ingest._recorders import EARLIEST, RecorderState

KEPT_FOR = timedelta(days=14)  # R159, at least


class Lamp(StrEnum):
    """R163: what a lamp in the room shows."""

    OFF = "off"
    RECORDING = "recording"
    PAUSED = "paused"
    FAULT = "fault"


TOLD_BY_LAMP = {
    Lamp.OFF: RecorderState.STOPPED,
    Lamp.RECORDING: RecorderState.RECORDING,
    Lamp.PAUSED: RecorderState.PAUSED,
    Lamp.FAULT: RecorderState.FAULTED,
}


@dataclass(frozen=True, slots=True)
class Planned:
    """Something that this recorder is to record, as the schedule has it that was fetched last."""

    recording_id: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece that was recorded without an interruption; it lasts while `ended_at` is None."""

    begun_at: datetime
    ended_at: datetime | None = None


def to_record(
    plan: Iterable[Planned], *, over: Collection[str], early: str | None = None, now: datetime
) -> Planned | None:
    """What is to be recorded now: what has its time, unless it is over (somebody stopped it), or what somebody in the room
    began early (T5)."""
    for one in sorted(plan, key=lambda each: each.starts_at):
        since = one.starts_at - EARLIEST if one.recording_id == early else one.starts_at
        if one.recording_id not in over and since <= now < one.ends_at:
            return one
    return None


def may_begin_early(plan: Iterable[Planned], *, over: Collection[str], now: datetime) -> Planned | None:
    """What somebody in the room can begin before its time, the next one."""
    soon = (one for one in plan if one.recording_id not in over and one.starts_at - EARLIEST <= now < one.ends_at)
    return min(soon, key=lambda one: one.starts_at, default=None)


def recorded_ms(stretches: Sequence[Stretch], *, now: datetime) -> int:
    """How long what was recorded is by now: an interruption is no part of it."""
    total = sum(((one.ended_at or now) - one.begun_at for one in stretches), timedelta())
    return max(0, int(total / timedelta(milliseconds=1)))


def steps_of(pauses: Iterable[Pause]) -> tuple[tuple[CaptureStep, int], ...]:
    """T9: what the server is told of the pauses, in order."""
    steps: list[tuple[CaptureStep, int]] = []
    for pause in pauses:
        steps.append((CaptureStep.PAUSE, pause.start_ms))
        if pause.end_ms is not None:
            steps.append((CaptureStep.RESUME, pause.end_ms))
    return tuple(steps)


def may_drop(ended_at: datetime | None, confirmed_at: datetime | None, *, now: datetime) -> bool:
    """R159: a local copy goes when the server has confirmed its checksums, and fourteen days after its end at the
    earliest."""
    return ended_at is not None and confirmed_at is not None and now >= ended_at + KEPT_FOR


def lamp_of(*, is_recording: bool, is_paused: bool, has_fault: bool) -> Lamp:
    """R163: a fault is shown before everything else."""
    if has_fault:
        return Lamp.FAULT
    if not is_recording:
        return Lamp.OFF
    return Lamp.PAUSED if is_paused else Lamp.RECORDING

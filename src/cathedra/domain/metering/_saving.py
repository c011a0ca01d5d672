"""What would save most: which single step frees how many stored hours, and when it bites (R107 to R109)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from cathedra.domain.terms import RecordingId


class Step(StrEnum):
    """What a person can do about stored hours."""

    EMPTY_BIN = "EMPTY_BIN"
    ARCHIVE_NEVER_WATCHED = "ARCHIVE_NEVER_WATCHED"
    ARCHIVE_LONG_UNWATCHED = "ARCHIVE_LONG_UNWATCHED"
    REFERENCE_FULL_COPIES = "REFERENCE_FULL_COPIES"


LONG = timedelta(days=365)
SETTLED = timedelta(days=28)  # newer than this, nobody had the time to watch it


@dataclass(frozen=True, slots=True)
class Kept:
    """A recording that counts as stored, as far as saving goes."""

    recording_id: RecordingId
    seconds: int
    is_binned: bool
    is_full_copy: bool
    ready_at: datetime
    last_watched_at: datetime | None
    is_held: bool = False


@dataclass(frozen=True, slots=True)
class Saving:
    """What one step would free, and of how many recordings."""

    step: Step
    seconds: int
    recordings: int


def step_for(kept: Kept, *, now: datetime) -> Step | None:
    """The one step that would free a recording's hours, so that no hour is promised twice. What is held stays."""
    if kept.is_held or not kept.seconds:
        return None
    if kept.is_binned:
        return Step.EMPTY_BIN
    if now - kept.ready_at < SETTLED:
        return None
    if kept.last_watched_at is None:
        return Step.ARCHIVE_NEVER_WATCHED
    if now - kept.last_watched_at >= LONG:
        return Step.ARCHIVE_LONG_UNWATCHED
    return Step.REFERENCE_FULL_COPIES if kept.is_full_copy else None


def savings(every: Iterable[Kept], *, now: datetime) -> tuple[Saving, ...]:
    """The steps that would free anything, the one that frees most first."""
    sums: dict[Step, tuple[int, int]] = {}
    for kept in every:
        step = step_for(kept, now=now)
        if step is not None:
            seconds, count = sums.get(step, (0, 0))
            sums[step] = (seconds + kept.seconds, count + 1)
    found = [Saving(step, seconds, count) for step, (seconds, count) in sums.items()]
    return tuple(sorted(found, key=lambda one: (-one.seconds, one.step)))

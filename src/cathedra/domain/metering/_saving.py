"""What would save most: which single step frees how many stored hours, and how much of what is kept is used (R107 to
R111)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Step(StrEnum):
    """What a person can do about stored hours."""

    EMPTY_BIN = "EMPTY_BIN"
    ARCHIVE_NEVER_WATCHED = "ARCHIVE_NEVER_WATCHED"
    ARCHIVE_LONG_UNWATCHED = "ARCHIVE_LONG_UNWATCHED"
    REFERENCE_FULL_COPIES = "REFERENCE_FULL_COPIES"


class Use(StrEnum):
    """Whether stored hours are of use to anybody, as reports break them down (R111)."""

    WATCHED = "WATCHED"
    LONG_UNWATCHED = "LONG_UNWATCHED"
    NEVER_WATCHED = "NEVER_WATCHED"
    NEW = "NEW"
    BINNED = "BINNED"


LONG = timedelta(days=365)
SETTLED = timedelta(days=28)  # newer than this, nobody had the time to watch it


@dataclass(frozen=True, slots=True)
class Since:
    """The two instants that tell recordings apart: what was ready later is new, what was watched later is in use."""

    settled: datetime
    watched: datetime

    @classmethod
    def at(cls, now: datetime) -> "Since":
        """As they lie now. What lies on them is settled, and unwatched for long: as `step_for` has it."""
        return cls(now - SETTLED, now - LONG)


@dataclass(frozen=True, slots=True)
class Kept:
    """A recording that counts as stored or archived, as far as saving goes; or several that are alike, with the
    seconds of all."""

    seconds: int
    is_binned: bool
    is_full_copy: bool
    ready_at: datetime
    last_watched_at: datetime | None
    is_held: bool = False
    is_archived: bool = False
    recordings: int = 1


@dataclass(frozen=True, slots=True)
class Saving:
    """What one step would free, and of how many recordings."""

    step: Step
    seconds: int
    recordings: int


@dataclass(frozen=True, slots=True)
class Holdings:
    """What somebody, or a folder, keeps: in seconds. What is in the bin is stored, and counted in that too (R100)."""

    stored_s: int
    archived_s: int
    by_use: dict[Use, int]

    @property
    def binned_s(self) -> int:
        """What emptying the bin would free."""
        return self.by_use.get(Use.BINNED, 0)


def use_of(kept: Kept, *, now: datetime) -> Use:
    """Of what use stored hours are."""
    if kept.is_binned:
        return Use.BINNED
    if kept.last_watched_at is None:
        return Use.NEW if now - kept.ready_at < SETTLED else Use.NEVER_WATCHED
    return Use.LONG_UNWATCHED if now - kept.last_watched_at >= LONG else Use.WATCHED


def step_for(kept: Kept, *, now: datetime) -> Step | None:
    """The one step that would free a recording's hours, so that no hour is promised twice. What is held stays, and
    what is archived is stored no more."""
    if kept.is_held or kept.is_archived or not kept.seconds:
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
            sums[step] = (seconds + kept.seconds, count + kept.recordings)
    found = [Saving(step, seconds, count) for step, (seconds, count) in sums.items()]
    return tuple(sorted(found, key=lambda one: (-one.seconds, one.step)))


def holdings(every: Iterable[Kept], *, now: datetime) -> Holdings:
    """The sums of what is kept, and of the stored part by its use."""
    stored, archived, by_use = 0, 0, dict.fromkeys(Use, 0)
    for kept in every:
        if kept.is_archived:
            archived += kept.seconds
        else:
            stored += kept.seconds
            by_use[use_of(kept, now=now)] += kept.seconds
    return Holdings(stored, archived, by_use)

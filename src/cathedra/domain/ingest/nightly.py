"""What is wrong with what is scheduled, found the nights before it is to be recorded (R157)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from cathedra.domain.ingest._recorders import ConnectionFacts, RecorderState, seen_state
from cathedra.domain.ingest._schedules import Span
from cathedra.domain.terms import AccountId, RecordingId

LOOKS_AHEAD = timedelta(days=7)
BYTES_AN_HOUR = 4 * 1024**3  # what a recorder needs at least for an hour, in two pictures


class Trouble(StrEnum):
    """What is wrong."""

    NO_RECORDER = "NO_RECORDER"
    OTHER_ROOM = "OTHER_ROOM"
    OFFLINE = "OFFLINE"
    DISK_LOW = "DISK_LOW"
    NO_FOLDER = "NO_FOLDER"
    NO_CREATOR = "NO_CREATOR"


@dataclass(frozen=True, slots=True)
class Taking:
    """A recorder that is to record something. `schedulers` are those of its facility."""

    recorder_id: int
    place: str
    facility_id: int
    schedulers: tuple[AccountId, ...]
    is_retired: bool
    connection: ConnectionFacts
    free_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class Upcoming:
    """Something that is to be recorded. `told_rooms` are the recorders of the rooms that the timetable names last, None where
    no timetable tells of it, or names nothing here."""

    recording_id: RecordingId
    title: str
    span: Span
    scheduled_by: AccountId | None
    recorders: tuple[Taking, ...]
    has_folder: bool
    has_creator: bool
    told_rooms: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that is wrong, with what, and at which recorder."""

    trouble: Trouble
    about: Upcoming
    at: Taking | None = None

    @property
    def to(self) -> frozenset[AccountId]:
        """Who sees to it: the schedulers of the room, and whoever scheduled it."""
        places = [self.at] if self.at else list(self.about.recorders)
        theirs = {one for place in places for one in place.schedulers}
        return frozenset(theirs | ({self.about.scheduled_by} if self.about.scheduled_by else set()))


def troubles(upcoming: Sequence[Upcoming], *, now: datetime) -> tuple[Found, ...]:
    """Everything that is wrong, in the order of the times; of a recorder each thing once, at the first that it concerns."""
    found: list[Found] = []
    seen: set[tuple[Trouble, int]] = set()
    for one in sorted(upcoming, key=lambda one: (one.span, one.recording_id)):
        found += [Found(trouble, one) for trouble in _of_schedule(one)]
        for place in one.recorders:
            for trouble in _of_recorder(place, _needed(upcoming, place.recorder_id), now):
                if (trouble, place.recorder_id) not in seen:
                    seen.add((trouble, place.recorder_id))
                    found.append(Found(trouble, one, place))
    return tuple(found)


def _of_schedule(one: Upcoming) -> list[Trouble]:
    in_use = {place.recorder_id for place in one.recorders if not place.is_retired}
    is_elsewhere = one.told_rooms is not None and one.told_rooms != {place.recorder_id for place in one.recorders}
    wrong = {
        Trouble.NO_RECORDER: not in_use,
        Trouble.OTHER_ROOM: is_elsewhere,
        Trouble.NO_FOLDER: not one.has_folder,
        Trouble.NO_CREATOR: one.has_folder and not one.has_creator,
    }
    return [trouble for trouble, is_so in wrong.items() if is_so]


def _of_recorder(place: Taking, needed: int, now: datetime) -> list[Trouble]:
    if place.is_retired:
        return []
    if seen_state(place.connection, now=now) in (RecorderState.DISCONNECTED, RecorderState.BLOCKED):
        return [Trouble.OFFLINE]
    is_low = place.free_bytes is not None and place.free_bytes < needed
    return [Trouble.DISK_LOW] if is_low else []


def _needed(upcoming: Collection[Upcoming], recorder_id: int) -> int:
    """For all that it is to record within a day of the first, with as much again to be safe."""
    mine = [one.span for one in upcoming if any(place.recorder_id == recorder_id for place in one.recorders)]
    first = min(one.starts_at for one in mine)
    lasts = [one.ends_at - one.starts_at for one in mine if one.starts_at < first + timedelta(days=1)]
    return round(2 * BYTES_AN_HOUR * sum(lasts, timedelta()).total_seconds() / 3600)

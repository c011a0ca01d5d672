"""A room with two recorders for tests, and what is asked for in it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from cathedra.actions import scheduling as actions
from cathedra.db.models import Department
from cathedra.db.writes import scheduling as writes
from cathedra.domain.ingest import Span
from cathedra.domain.terms import AccountId, Actor, Channel

LONDON = ZoneInfo("Europe/London")
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Room:
    """The recorders of the Lecture Block; `camera` keeps no main stream."""

    facility: int
    first: int
    second: int
    camera: int


def make_room(*schedulers: AccountId, technicians: tuple[AccountId, ...] = (), now: datetime) -> Room:
    department = Department.objects.get(name="Chemistry").id
    facility = writes.add_facility(
        "Lecture Block", department_id=department, schedulers=schedulers, technicians=technicians, now=now
    )
    first, second = (writes.add_recorder(facility, name, now=now) for name in ("LB 1", "LB 2"))
    camera = writes.add_recorder(facility, "Camera", keeps_primary=False, now=now)
    return Room(facility, first, second, camera)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """In October 2026, by the clock of London."""
    return datetime(2026, 10, day, hour, minute, tzinfo=LONDON).astimezone(UTC)


def schedule(cast, room: Room, span: Span, *, by: AccountId | None = None, now: datetime, **more):
    wish = actions.ScheduleWish(
        **{"folder_id": cast.chemistry, "title": "Entropy", "span": span, "recorder_ids": (room.first,)} | more
    )
    actor = Actor(cast.alice if by is None else by, Channel.WEB)
    return actions.schedule_recordings(wish, actor=actor, now=now, max_hours=8, zone=LONDON)

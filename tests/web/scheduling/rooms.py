"""A room of the Lecture Block as the pages find it, and days to come for it."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from tests.actions.scheduling.rooms import LONDON, Room, make_room

__all__ = ["LONDON", "Room", "coming", "form", "make_room", "when"]


def coming(weekday: int = 0, *, weeks: int = 1) -> date:
    """Such a day (0: Monday), one to two weeks from now."""
    first = timezone.localdate() + timedelta(weeks=weeks)
    return first + timedelta(days=(weekday - first.weekday()) % 7)


def when(day: date, hour: int, minute: int = 0) -> datetime:
    """An instant by the clock of London."""
    return datetime.combine(day, time(hour, minute), LONDON)


def form(room: Room, **more) -> dict:
    """What a browser sends: Entropy, on the Monday to come, from ten to eleven."""
    sent = {
        "title": "Entropy",
        "day": coming().isoformat(),
        "start": "10:00",
        "end": "11:00",
        "recorders": [room.first],
    }
    return {name: value for name, value in (sent | more).items() if value is not None}

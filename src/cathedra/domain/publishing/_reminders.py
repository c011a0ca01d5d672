"""When those who should decide are reminded (R75)."""

from dataclasses import dataclass
from datetime import date, timedelta

_SATURDAY = 5
FIRST, SECOND = 3, 7  # working days


@dataclass(frozen=True, slots=True)
class Reminder:
    """Whom to remind of something that waits, and of how many working days."""

    days: int
    to_creators: bool = False  # and to the department's contact


def working_days(since: date, until: date) -> int:
    """Days from Monday to Friday after `since`, up to and with `until`."""
    if until <= since:
        return 0
    weeks, rest = divmod((until - since).days, 7)
    days = (since + timedelta(days=7 * weeks + step) for step in range(1, rest + 1))
    return weeks * 5 + sum(day.weekday() < _SATURDAY for day in days)


def reminder(since: date, today: date) -> Reminder | None:
    """What is due for something handed in on `since`; None before three working days."""
    waited = working_days(since, today)
    if waited >= SECOND:
        return Reminder(SECOND, to_creators=True)
    return Reminder(FIRST) if waited >= FIRST else None


def earliest_overdue(today: date) -> date:
    """The last day on which something can have been handed in for which a reminder may be due today."""
    return today - timedelta(days=FIRST)

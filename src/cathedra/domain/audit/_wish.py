"""Which events somebody asks for."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from cathedra.domain.terms import AccountId


@dataclass(frozen=True, slots=True)
class Wish:
    """A filter of the trail; what is None or empty asks for nothing. All must hold.

    `people` did it, had it done for them, or are what it was done to; `things` are the ids of what it was done to;
    `since` is inclusive, `until` exclusive.
    """

    people: tuple[AccountId, ...] | None = None
    things: tuple[str, ...] | None = None
    actions: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return self == Wish()


_FIRST, _LAST = date(1970, 1, 1), date(2999, 12, 31)  # what every calendar on the way can count


def day_start(day: date | None, zone: tzinfo) -> datetime | None:
    """When a day begins, where the service is."""
    return datetime.combine(min(max(day, _FIRST), _LAST), time(), zone) if day else None


def day_after(day: date | None, zone: tzinfo) -> datetime | None:
    """When a day has ended: `until` a day includes that day."""
    return day_start(min(day, _LAST) + timedelta(days=1), zone) if day else None

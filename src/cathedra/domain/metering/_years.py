"""The licence year: from one local midnight to the next, in the site's time zone (R105)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Year:
    """A licence year by its label, as 2026-27, from `starts` until before `ends`, both in UTC."""

    label: str
    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Calendar:
    """When licence years begin. The 29th of February begins on the 1st of March where there is none."""

    zone: ZoneInfo
    month: int = 9
    day: int = 1

    def year_of(self, instant: datetime) -> Year:
        """The licence year that an instant belongs to."""
        local = instant.astimezone(self.zone)
        first = local.year if instant >= self._start(local.year) else local.year - 1
        return self.year_from(first)

    def year_from(self, first: int) -> Year:
        """The licence year that begins in the calendar year `first`."""
        return Year(_label(first), self._start(first), self._start(first + 1))

    def year_named(self, label: str) -> Year | None:
        """The year of a label as this calendar writes it; None for anything else."""
        first = label[:4]
        if not (first.isascii() and first.isdigit()) or not 1 < int(first) < 9998 or _label(int(first)) != label:
            return None
        return self.year_from(int(first))

    def month_from(self, year: int, month: int) -> tuple[datetime, datetime]:
        """A calendar month in the site's time zone: from, until before, in UTC."""
        after = (year + 1, 1) if month == 12 else (year, month + 1)
        return self._midnight(date(year, month, 1)), self._midnight(date(*after, 1))

    def _start(self, year: int) -> datetime:
        try:
            first = date(year, self.month, self.day)
        except ValueError:
            first = date(year, 3, 1)
        return self._midnight(first)

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.zone).astimezone(UTC)


def _label(first: int) -> str:
    return f"{first:04d}-{(first + 1) % 100:02d}"


def parse_year_start(text: str) -> tuple[int, int]:
    """`licence.year_start`, as 09-01. Raises ValueError with a sentence."""
    month, dash, day = text.partition("-")
    try:
        date(2024, int(month), int(day))
    except ValueError:
        dash = ""
    if not dash or len(text) != 5 or not (month + day).isascii():
        raise ValueError(f"licence.year_start must be a month and a day, as 09-01, and not {text!r}.")
    return int(month), int(day)

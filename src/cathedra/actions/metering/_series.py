"""The past year by day and what the trend leads to, of each category; read, and nothing changed (R107)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cathedra.actions.metering._limits import gauges
from cathedra.actions.metering._settle import calendar
from cathedra.db.reads import metering as reads
from cathedra.domain import metering
from cathedra.domain.metering import Calendar, Category, Forecast, Gauge, Year

_DAY = timedelta(days=1)
_PAST = 365
_SEEN = timedelta(days=400)  # for the trend: a year of teaching


@dataclass(frozen=True, slots=True)
class Series:
    """A gauge with the end of every day of the past year, today as far as it has come, and its forecast. Archived hours
    follow no trend: they have none."""

    gauge: Gauge
    past: tuple[tuple[date, int], ...]
    forecast: Forecast | None


def series(now: datetime) -> tuple[Series, ...]:
    """Recorded hours begin again at nought with each licence year, in the past year too (R105)."""
    known = calendar()
    today = now.astimezone(known.zone).date()
    first = today - (_PAST - 1) * _DAY
    since = datetime.combine(first, time(), known.zone)
    totals, changes = reads.totals(), reads.changes_by_day(since=since, zone=str(known.zone))
    year = known.year_of(now)
    found = []
    for gauge in gauges(now):
        past: tuple[tuple[date, int], ...] = ()
        for label, start, end in _years(gauge.category, known, year, first, today):
            key = (gauge.category, label)
            past += metering.history(totals.get(key, 0), changes.get(key, {}), first=start, last=end)
        found.append(Series(gauge, past, _forecast(gauge, known, year, now)))
    return tuple(found)


def _years(
    category: Category, known: Calendar, year: Year, first: date, today: date
) -> Iterator[tuple[str, date, date]]:
    """Which years of the ledger say the days from `first` to `today`: their labels, their first and last days."""
    begins = year.starts.astimezone(known.zone).date()
    if category is not Category.RECORDED:
        yield "", first, today
    else:
        if first < begins:
            yield known.year_of(year.starts - _DAY).label, first, begins - _DAY
        yield year.label, max(first, begins), today


def _forecast(gauge: Gauge, known: Calendar, year: Year, now: datetime) -> Forecast | None:
    if gauge.category is Category.ARCHIVED:
        return None
    grown = reads.growth_by_day(gauge.category, since=now - _SEEN, zone=str(known.zone))
    last = year.ends.astimezone(known.zone).date() - _DAY
    today = now.astimezone(known.zone).date()
    return metering.project(gauge.used_s, grown, today=today, until=last, limit_s=gauge.limit_s)

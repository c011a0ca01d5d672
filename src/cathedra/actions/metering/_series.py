"""The past year by day and what the trend leads to, of each category; read, and nothing changed (R107)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cathedra.actions.metering._limits import gauges
from cathedra.actions.metering._settle import calendar
from cathedra.db.reads import metering as reads
from cathedra.db.reads import retention as retention_reads
from cathedra.db.reads import scheduling as scheduling_reads
from cathedra.domain import metering
from cathedra.domain.metering import Calendar, Category, Forecast, Gauge, Year

_DAY = timedelta(days=1)
_PAST = 365
_SEEN = timedelta(days=400)  # for the trend: a year of teaching


@dataclass(frozen=True, slots=True)
class Freeing:
    """What is known to free stored hours (R107): the next archive run, and the bins to the end of the licence year."""

    run: retention_reads.Ahead | None
    bins: dict[date, int]

    @property
    def bins_s(self) -> int:
        return sum(self.bins.values())

    def by_day(self, today: date) -> dict[date, int]:
        """Together. A run that is under way, or that somebody stopped, counts today."""
        found = dict(self.bins)
        if self.run is not None:
            day = max(self.run.day, today)
            found[day] = found.get(day, 0) + self.run.seconds
        return found


@dataclass(frozen=True, slots=True)
class Series:
    """A gauge with the end of every day of the past year, today as far as it has come, and its forecast. Archived hours
    follow no trend: they have none."""

    gauge: Gauge
    past: tuple[tuple[date, int], ...]
    forecast: Forecast | None
    freeing: Freeing | None = None


def series(
    now: datetime,
    *,
    resting: Sequence[tuple[date, date]] = (),
) -> tuple[Series, ...]:
    """Where the trend rests, in vacations, nothing is added but what is known (R107): what is scheduled and still to
    come. Recorded hours begin again at nought with each licence year, in the
    past year too (R105)."""
    known = calendar()
    today = now.astimezone(known.zone).date()
    first = today - (_PAST - 1) * _DAY
    since = datetime.combine(first, time(), known.zone)
    totals, changes = reads.totals(), reads.changes_by_day(since=since, zone=str(known.zone))
    year = known.year_of(now)
    found = []
    scheduled = scheduling_reads.seconds_by_day(now=now, zone=known.zone)
    for gauge in gauges(now):
        past: tuple[tuple[date, int], ...] = ()
        for label, start, end in _years(gauge.category, known, year, first, today):
            key = (gauge.category, label)
            past += metering.history(totals.get(key, 0), changes.get(key, {}), first=start, last=end)
        freeing = _freeing(year, now) if gauge.category is Category.STORED else None
        found.append(Series(gauge, past, _forecast(gauge, year, now, freeing, resting, scheduled), freeing))
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


def _freeing(year: Year, now: datetime) -> Freeing:
    last = year.ends.astimezone(calendar().zone).date()
    bins = {day: seconds for day, seconds in retention_reads.bins_by_day(now=now).items() if day < last}
    return Freeing(retention_reads.find_ahead(now=now), bins)


def _forecast(
    gauge: Gauge,
    year: Year,
    now: datetime,
    freeing: Freeing | None,
    resting: Sequence[tuple[date, date]],
    scheduled: Mapping[date, int],
) -> Forecast | None:
    if gauge.category is Category.ARCHIVED:
        return None
    zone = calendar().zone
    today = now.astimezone(zone).date()
    return metering.project(
        gauge.used_s,
        reads.growth_by_day(gauge.category, since=now - _SEEN, zone=str(zone)),
        today=today,
        until=year.ends.astimezone(zone).date() - _DAY,
        limit_s=gauge.limit_s,
        scheduled=scheduled,
        resting=resting,
        freed=freeing.by_day(today) if freeing else None,
    )

"""When a limit will be reached: recorded so far, what is scheduled, and the trend of teaching (R107).

Plain arithmetic on a series of days. The trend is the mean of the last 28 days in which there was teaching; its
uncertainty is the spread of the sums of weeks, and grows with the root of the weeks ahead.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

WINDOW = 28
_WEEK = 7
_WIDTH = 1.28  # four times in five, if weeks spread as they did


@dataclass(frozen=True, slots=True)
class Point:
    """One day of the forecast: likely, at least, at most; in seconds, at the end of the day."""

    day: date
    likely_s: int
    low_s: int
    high_s: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """The series to the end of the year, and the days on which the limit is reached: likely, earliest, latest.

    A day is None where the limit is not reached before the series ends; all are where there is no limit.
    """

    per_day_s: float
    spread_s: float
    points: tuple[Point, ...]
    reached: date | None = None
    earliest: date | None = None
    latest: date | None = None

    @property
    def end(self) -> Point | None:
        return self.points[-1] if self.points else None


def teaching_days(daily: Mapping[date, int], *, today: date) -> tuple[int, ...]:
    """The amounts of the last 28 days of teaching before today: whole weeks in which anything was recorded, newest
    first. A vacation of any length is left out, so that it neither lifts nor lowers the trend."""
    if not any(amount for day, amount in daily.items() if day < today):
        return ()
    oldest = min(daily)
    amounts: list[int] = []
    end = today
    while end > oldest and len(amounts) < WINDOW:
        week = [daily.get(end - timedelta(days=back), 0) for back in range(1, _WEEK + 1)]
        if any(week):
            amounts += week
        end -= timedelta(days=_WEEK)
    return tuple(amounts)


def project(
    used_s: int,
    daily: Mapping[date, int],
    *,
    today: date,
    until: date,
    limit_s: int | None,
    scheduled: Mapping[date, int] | None = None,
    resting: Sequence[tuple[date, date]] = (),
    freed: Mapping[date, int] | None = None,
) -> Forecast:
    """From `used_s` at the start of today to the end of `until`. On a day with more scheduled than the trend says, the
    schedule counts; days inside `resting` (from, to, both included) follow the schedule alone. `freed` is what is known
    to go away, by day: the next archive run, and bins whose time is over."""
    amounts = teaching_days(daily, today=today)
    per_day = sum(amounts) / len(amounts) if amounts else 0.0
    weekly_spread = _spread([sum(amounts[at : at + _WEEK]) for at in range(0, len(amounts), _WEEK)])
    planned, going = scheduled or {}, freed or {}
    points: list[Point] = []
    likely, busy, least = float(used_s), 0, used_s
    for ahead in range((until - today).days + 1):
        day = today + timedelta(days=ahead)
        is_resting = any(start <= day <= end for start, end in resting)
        likely += max(0.0 if is_resting else per_day, float(planned.get(day, 0)))
        likely, least = max(0.0, likely - going.get(day, 0)), max(0, least - going.get(day, 0))
        busy += 0 if is_resting else 1
        margin = _WIDTH * weekly_spread * sqrt(busy / _WEEK)
        points.append(Point(day, round(likely), round(max(least, likely - margin)), round(likely + margin)))
    if limit_s is None:
        return Forecast(per_day, weekly_spread, tuple(points))
    return Forecast(
        per_day,
        weekly_spread,
        tuple(points),
        reached=next((one.day for one in points if one.likely_s >= limit_s), None),
        earliest=next((one.day for one in points if one.high_s >= limit_s), None),
        latest=next((one.day for one in points if one.low_s >= limit_s), None),
    )


def _spread(weeks: list[int]) -> float:
    """The standard deviation of whole weeks; of one week nothing can be said, so it is as wide as the week."""
    if not weeks:
        return 0.0
    if len(weeks) == 1:
        return float(weeks[0])
    mean = sum(weeks) / len(weeks)
    return sqrt(sum((week - mean) ** 2 for week in weeks) / (len(weeks) - 1))

"""Gauges, forecasts and the year in figures, as the page shows them (R106, R107)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy

from cathedra.actions.metering import Freeing, Series
from cathedra.domain import metering
from cathedra.domain.metering import Category, Forecast
from cathedra.web import words

HEADINGS: dict[Category, Any] = {
    Category.RECORDED: gettext_lazy("Recorded this licence year"),
    Category.STORED: gettext_lazy("Stored now"),
    Category.ARCHIVED: gettext_lazy("Archived"),
}
CHARTS: dict[Category, Any] = {
    Category.RECORDED: gettext_lazy("Hours recorded, by day"),
    Category.STORED: gettext_lazy("Hours stored, by day"),
    Category.ARCHIVED: gettext_lazy("Hours archived, by day"),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A line of the table that says the chart in figures: the end of a day, as it was or as it may come."""

    day: date
    used: str
    at_least: str = ""
    at_most: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """One category as the page shows it."""

    category: str
    heading: str
    chart: str
    used: str
    limit: str
    left: str
    percent: int | None
    mark: words.Mark
    forecast: Forecast | None
    figures: tuple[Figure, ...]
    freeing: Freeing | None = None

    @property
    def run_hours(self) -> str:
        """What the next archive run will free."""
        return metering.hours(self.freeing.run.seconds) if self.freeing and self.freeing.run else ""

    @property
    def bin_hours(self) -> str:
        """What the bins will let go this licence year."""
        return metering.hours(self.freeing.bins_s) if self.freeing and self.freeing.bins_s else ""

    @property
    def per_week(self) -> str:
        """The trend."""
        return metering.hours(round(self.forecast.per_day_s * 7)) if self.forecast else ""

    @property
    def at_end(self) -> str:
        """What the trend leads to at the end of the licence year."""
        return metering.hours(self.forecast.end.likely_s) if self.forecast and self.forecast.end else ""


def shown(series: Series) -> Shown:
    """A gauge with its word, its forecast and its year in figures."""
    gauge = series.gauge
    return Shown(
        category=gauge.category.value,
        heading=str(HEADINGS[gauge.category]),
        chart=str(CHARTS[gauge.category]),
        used=metering.hours(gauge.used_s),
        limit="" if gauge.limit_s is None else metering.hours(gauge.limit_s),
        left="" if gauge.left_s is None else metering.hours(gauge.left_s),
        percent=gauge.percent,
        mark=words.FULLNESS[gauge.level],
        forecast=series.forecast,
        figures=tuple(_figures(series)),
        freeing=series.freeing,
    )


def _figures(series: Series) -> Iterator[Figure]:
    """The last day of each month, today, and the last days of the months to come."""
    for day, seconds in series.past:
        if _ends_month(day) or day == series.past[-1][0]:
            yield Figure(day, metering.hours(seconds))
    for point in series.forecast.points[1:] if series.forecast else ():
        if _ends_month(point.day):
            low, high = metering.hours(point.low_s), metering.hours(point.high_s)
            yield Figure(point.day, metering.hours(point.likely_s), low, high)


def _ends_month(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1

"""Hours against the limits and by department, for those who read the meters (R38 row 23, R227)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from cathedra import wiring
from cathedra.actions import metering as actions
from cathedra.db.reads import metering as reads
from cathedra.domain.people import StaffArea
from cathedra.domain.terms import Channel
from cathedra.web import actor
from cathedra.web.api.accounts import for_staff
from cathedra.web.api.answers import REFUSED, Refusal, told
from cathedra.web.staff.hours import monthly, not_a_month

router = Router(tags=["hours"])


class GaugeOut(Schema):
    """One category against its limit, in whole seconds; no limit is null."""

    category: str
    used_s: int
    limit_s: int | None
    level: str


class DepartmentOut(Schema):
    """A department's hours in whole seconds; null is what belongs to none."""

    department_id: UUID | None
    name: str | None
    recorded_s: int
    stored_s: int
    archived_s: int


class RunAheadOut(Schema):
    """What an archive run will take from what is stored. `is_planned`: its plan stands; else what it would take, as of
    last night."""

    day: date
    recordings: int
    seconds: int
    is_planned: bool


class FreeingOut(Schema):
    """What is known to free stored hours: the next archive run, null where nobody has looked yet, and the bins to the
    end of the licence year. The forecast of stored hours counts both."""

    archive_run: RunAheadOut | None
    bins_s: int


class HoursOut(Schema):
    """The licence year of now."""

    licence_year: str
    gauges: list[GaugeOut]
    departments: list[DepartmentOut]


class StatementLineOut(Schema):
    """One category of one department, in whole seconds; what was taken is below nought. Null is of no department.
    Recorded hours are of a licence year, of the one before too where something still came to it; the others have none."""

    department_id: UUID | None
    name: str | None
    category: str
    licence_year: str
    opening_s: int
    added_s: int
    removed_s: int
    closing_s: int


class StatementOut(Schema):
    """A month; one that is over never changes."""

    month: str
    lines: list[StatementLineOut]


class SeriesOut(Schema):
    """One category day by day, in whole seconds. `past_s` is the end of each day from `first_day` to today, today as far
    as it has come; the others are the forecast of the end of each day from today to the end of the licence year: likely,
    at least and at most, four times in five. Archived hours have no forecast."""

    category: str
    limit_s: int | None
    first_day: date
    past_s: list[int]
    likely_s: list[int]
    low_s: list[int]
    high_s: list[int]


class AllSeriesOut(Schema):
    """Every category, and what will free stored hours (R107)."""

    series: list[SeriesOut]
    freeing: FreeingOut


@router.get("/hours", response={200: HoursOut, REFUSED: Refusal}, operation_id="getHours")
@for_staff(StaffArea.HOURS)
def hours(request: HttpRequest) -> Any:
    """What is recorded this licence year, stored and archived, against the limits and by department."""
    now = timezone.now()
    year = actions.calendar().year_of(now).label
    gauges = [
        GaugeOut(category=one.category.value, used_s=one.used_s, limit_s=one.limit_s, level=one.level.value)
        for one in actions.gauges(now)
    ]
    departments = [
        DepartmentOut(
            department_id=one.department_id,
            name=one.name,
            recorded_s=one.recorded_s,
            stored_s=one.stored_s,
            archived_s=one.archived_s,
        )
        for one in reads.hours_by_department(year)
    ]
    return HoursOut(licence_year=year, gauges=gauges, departments=departments)


@router.get("/hours/series", response={200: AllSeriesOut, REFUSED: Refusal}, operation_id="getHoursSeries")
@for_staff(StaffArea.HOURS)
def hours_series(request: HttpRequest) -> Any:
    """The past year by day and the forecast, of each category (R107)."""
    found = actions.series(timezone.now(), resting=wiring.course_policy().vacations())
    return {
        "series": [_series(one) for one in found],
        "freeing": next({"archive_run": one.freeing.run, "bins_s": one.freeing.bins_s} for one in found if one.freeing),
    }


@router.get("/hours/statement", response={200: StatementOut, REFUSED: Refusal}, operation_id="getHoursStatement")
@for_staff(StaffArea.HOURS)
def statement(request: HttpRequest, month: str = "") -> Any:
    """A month's account of every department, as 2026-11, from the ledger to the second; that it was taken is on the
    trail."""
    asked = monthly(month)
    if asked is None:
        return told(not_a_month())
    actions.note_statement(month, actor=actor.from_request(request, channel=Channel.API), now=timezone.now())
    return {"month": month, "lines": asked}


def _series(one: actions.Series) -> SeriesOut:
    points = one.forecast.points if one.forecast else ()
    return SeriesOut(
        category=one.gauge.category.value,
        limit_s=one.gauge.limit_s,
        first_day=one.past[0][0],
        past_s=[seconds for _day, seconds in one.past],
        likely_s=[point.likely_s for point in points],
        low_s=[point.low_s for point in points],
        high_s=[point.high_s for point in points],
    )

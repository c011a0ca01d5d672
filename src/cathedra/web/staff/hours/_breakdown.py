"""The whole library broken down, and the figures of the page as files (R106, R107, R111)."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cathedra import wiring
from cathedra.actions import metering as actions
from cathedra.db.reads import metering as reads
from cathedra.db.reads.metering import Scope
from cathedra.domain.metering import By
from cathedra.domain.people import StaffArea
from cathedra.domain.terms import Code, deny
from cathedra.domain.terms import gettext_noop as noop
from cathedra.web import actor, refusals
from cathedra.web.breakdown import answer, file
from cathedra.web.staff.door import for_staff

_COLUMNS: dict[str, tuple[str, ...]] = {
    "gauges": ("licence_year", "category", "used_s", "limit_s", "level"),
    "series": ("category", "day", "is_forecast", "seconds", "at_least_s", "at_most_s"),
    "departments": ("licence_year", "department", "recorded_s", "stored_s", "archived_s"),
}


@require_safe
@for_staff(StaffArea.HOURS)
def breakdown(request: HttpRequest) -> HttpResponse:
    """Every breakdown of all that is kept."""
    return answer(request, Scope(), _("the whole library"), offered=tuple(By), back=reverse("staff_hours"))


@require_safe
@for_staff(StaffArea.HOURS)
def figures(request: HttpRequest) -> HttpResponse:
    """The gauges, the charts or the departments as a file; that it was taken is on the trail (R223)."""
    wanted, now = request.GET.get("of", ""), timezone.now()
    if wanted not in _COLUMNS:
        return refusals.page(request, deny(Code.BAD_REQUEST, "R111", noop("Ask for gauges, series or departments.")))
    actions.note_export(wanted, actor=actor.from_request(request), now=now)
    year = actions.calendar().year_of(now).label
    rows: Any
    if wanted == "gauges":
        rows = [(year, one.category.value, one.used_s, one.limit_s, one.level.value) for one in actions.gauges(now)]
    elif wanted == "departments":
        rows = [
            (year, one.name or "", one.recorded_s, one.stored_s, one.archived_s)
            for one in reads.hours_by_department(year)
        ]
    else:
        rows = (row for one in actions.series(now, resting=wiring.course_policy().vacations()) for row in _days(one))
    return file(f"hours-{wanted}", _COLUMNS[wanted], rows)


def _days(series: actions.Series) -> Iterator[tuple[object, ...]]:
    category = series.gauge.category.value
    for day, seconds in series.past:
        yield (category, day, "", seconds, None, None)
    for point in series.forecast.points[1:] if series.forecast else ():
        yield (category, point.day, "yes", point.likely_s, point.low_s, point.high_s)

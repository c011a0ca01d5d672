"""The quarterly report on grants (R150)."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cathedra import wiring
from cathedra.actions import grants as actions
from cathedra.db.reads import grants as reads
from cathedra.domain import access
from cathedra.domain.access import Quarter
from cathedra.domain.people import StaffArea
from cathedra.web import actor, words
from cathedra.web.staff.door import for_staff


def quarter_asked(text: str) -> Quarter:
    """The quarter that was asked for; the present one otherwise."""
    return access.parse_quarter(text) or access.quarter_of(timezone.localdate())


def figures(quarter: Quarter) -> access.GrantReport:
    """The report of a quarter of the site's calendar."""
    zone = ZoneInfo(wiring.configuration().site.timezone)
    since, until = (datetime.combine(each.first_day, time(), zone) for each in (quarter, quarter.next))
    return reads.report(quarter, since=since, until=until)


@require_safe
@for_staff(StaffArea.GRANTS)
def report(request: HttpRequest) -> HttpResponse:
    """Grants by purpose, how many owners were told, deferred notices, refused requests (R150)."""
    quarter = quarter_asked(request.GET.get("quarter", ""))
    found = figures(quarter)
    context = {
        "report": found,
        "purposes": [(words.PURPOSES[purpose], found.by_purpose.get(purpose, 0)) for purpose in words.PURPOSES],
        "deferred": [(name, found.deferred.get(ground, 0)) for ground, name in words.DEFER_GROUNDS.items()],
        "refused": sorted(found.refused.items()),
        "later": quarter.next if quarter < access.quarter_of(timezone.localdate()) else None,
    }
    return render(request, "staff/grant_report.html", context)


@require_safe
@for_staff(StaffArea.GRANTS)
def export(request: HttpRequest) -> HttpResponse:
    """The same as a file; that somebody took it is on the trail."""
    quarter = quarter_asked(request.GET.get("quarter", ""))
    actions.note_report(quarter, actor=actor.from_request(request), now=timezone.now())
    answer = HttpResponse(access.report_csv(figures(quarter)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="access-grants-{quarter}.csv"'
    return answer

"""A month's account of every department as a file."""

import re

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cathedra.actions import metering as actions
from cathedra.db.reads import metering as reads
from cathedra.domain import metering
from cathedra.domain.people import StaffArea
from cathedra.domain.terms import Code, deny
from cathedra.domain.terms import gettext_noop as noop
from cathedra.web import actor, refusals
from cathedra.web.staff.door import for_staff

_MONTH = re.compile(r"(2\d{3})-(0[1-9]|1[0-2])")


@require_safe
@for_staff(StaffArea.HOURS)
def statement(request: HttpRequest) -> HttpResponse:
    """A month's account of every department, from the ledger to the second; the same whenever it is asked for."""
    asked = _MONTH.fullmatch(request.GET.get("month", ""))
    if asked is None:
        return refusals.page(request, deny(Code.BAD_REQUEST, "R104", noop("Give a month as 2026-11.")))
    calendar = actions.calendar()
    since, until = calendar.month_from(int(asked[1]), int(asked[2]))
    year = calendar.year_of(since).label
    lines = [
        (one.name or "", one.category.value, one.opening_s, one.added_s, one.removed_s)
        for one in reads.statement(since, until, licence_year=year)
    ]
    actions.note_statement(asked[0], actor=actor.from_request(request), now=timezone.now())
    answer = HttpResponse(metering.statement_csv(asked[0], lines), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="hours-{asked[0]}.csv"'
    return answer

"""A month's account of every department as a file."""

import re

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cathedra.actions import metering as actions
from cathedra.db.reads import metering as reads
from cathedra.domain import metering
from cathedra.domain.people import StaffArea
from cathedra.domain.terms import Code, Decision, deny
from cathedra.domain.terms import gettext_noop as noop
from cathedra.web import actor, refusals
from cathedra.web.staff.door import for_staff

_MONTH = re.compile(r"(2\d{3})-(0[1-9]|1[0-2])")


def monthly(month: str) -> list[reads.StatementLine] | None:
    """The account of a month, as 2026-11; None where that is none."""
    asked = _MONTH.fullmatch(month)
    if asked is None:
        return None
    calendar = actions.calendar()
    since, until = calendar.month_from(int(asked[1]), int(asked[2]))
    return reads.statement(since, until, licence_year=calendar.year_of(since).label)


def not_a_month() -> Decision:
    """What is said of anything else."""
    return deny(Code.BAD_REQUEST, "R104", noop("Give a month as 2026-11."))


@require_safe
@for_staff(StaffArea.HOURS)
def statement(request: HttpRequest) -> HttpResponse:
    """A month's account of every department, from the ledger to the second; the same whenever it is asked for."""
    month = request.GET.get("month", "")
    found = monthly(month)
    if found is None:
        return refusals.page(request, not_a_month())
    lines = [
        (one.name or "", one.category.value, one.licence_year, one.opening_s, one.added_s, one.removed_s)
        for one in found
    ]
    actions.note_statement(month, actor=actor.from_request(request), now=timezone.now())
    answer = HttpResponse(metering.statement_csv(month, lines), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="hours-{month}.csv"'
    return answer

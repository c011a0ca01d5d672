"""Staff page of bins: what everybody has deleted; take it out, or delete it for good before its time with a reason (R137)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cathedra import wiring
from cathedra.actions import audit as audit_actions
from cathedra.db.reads import retention as reads
from cathedra.domain.people import StaffArea
from cathedra.domain.terms import AccountId
from cathedra.web import actor, bins
from cathedra.web.staff.door import for_staff


@require_safe
@never_cache
@for_staff(StaffArea.BINS)
def index(request: HttpRequest) -> HttpResponse:
    """Everything in the bins, the newest first. Whose recordings somebody saw by their role alone is on the trail."""
    now = timezone.now()
    page = reads.list_bins(AccountId(request.user.pk), after=request.GET.get("after", ""))
    seen = [row.id for row in page.rows]
    audit_actions.note_list(seen, page="staff_bins", actor=actor.from_request(request), now=now)
    context = {
        "rows": [bins.line(row) for row in page.rows],
        "page": page,
        "is_later": "after" in request.GET,
        "days": wiring.configuration().bin.days,
    }
    return render(request, "staff/bins.html", context)

"""The runs of a year for staff: how each stands, stopped and let go on, what it left out and who deals with it (R126, R127)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cathedra.actions import audit as audit_actions
from cathedra.actions import retention as actions
from cathedra.db.reads import retention as reads
from cathedra.db.reads.people import Person
from cathedra.domain import retention
from cathedra.domain.people import StaffArea, SystemRole
from cathedra.domain.retention import ItemState, RunKind
from cathedra.domain.terms import Code, Decision, NotFound, RecordingId
from cathedra.web import actor, refusals, words
from cathedra.web.staff.door import for_staff
from cathedra.web.staff.need import Need

_ROWS = 100
KINDS = {RunKind.ARCHIVE: gettext_lazy("Archive run"), RunKind.DELETION: gettext_lazy("Deletion run")}
_STATES = {
    ItemState.PLANNED: gettext_lazy("Planned"),
    ItemState.CLAIMED: gettext_lazy("In hand"),
    ItemState.DONE: gettext_lazy("Done"),
    ItemState.SKIPPED: gettext_lazy("Left out"),
}


def summaries() -> list[dict[str, Any]]:
    """The latest runs, each with how many of its lines wait for somebody."""
    rows = reads.list_runs()
    waiting = reads.count_open_left_out([row.id for row in rows])
    return [{**_run(row, by_reason=False), "open": waiting.get(row.id, 0)} for row in rows]


def _run(row: reads.RunRow, *, by_reason: bool = True) -> dict[str, Any]:
    amounts = [
        {
            "state": _STATES[state],
            "why": retention.WHY_SENTENCES[retention.Why(why)] if why else "",
            "recordings": amount.recordings,
            "hours": words.hours(amount.seconds),
            "people": amount.owners,
        }
        for (state, why), amount in sorted(reads.counts_of(row.id, by_reason=by_reason).items())
    ]
    return {"row": row, "name": KINDS[row.kind], "amounts": amounts, "is_open": row.ended_at is None}


@require_safe
@never_cache
@for_staff(StaffArea.RETENTION)
def run(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """The lines that a run left out, with why: they wait for somebody to look at them and tick them off (R126, R127).
    With `all` in the address, those too that are dealt with. Whose recordings somebody saw by their role alone is on the
    trail (R223)."""
    try:
        row = reads.get_run(run_id)
    except NotFound:
        return refusals.page(request, refusals.missing(request))
    after, is_all = request.GET.get("after", "0"), "all" in request.GET
    place = int(after) if after.isdigit() and len(after) < 18 else 0
    items = reads.list_left_out(run_id, is_open=not is_all, after=place, limit=_ROWS)
    seen, who = [one.recording_id for one in items], actor.from_request(request)
    audit_actions.note_list(seen, page="staff_retention_run", actor=who, now=timezone.now())
    lines = [{"row": one, "why": retention.WHY_SENTENCES[one.why], "hours": words.hours(one.seconds)} for one in items]
    context = {
        **_run(row),
        "lines": lines,
        "next": items[-1].id if len(items) == _ROWS else None,
        "is_all": is_all,
        "is_clean": all(state is not ItemState.SKIPPED for state, _why in reads.counts_of(run_id)),
        "open": reads.count_open_left_out([run_id]).get(run_id, 0),
        "may_deal": may_decide(request) and any(one.dealt_at is None for one in items),
    }
    return render(request, "staff/retention_run.html", context)


@require_POST
@for_staff(StaffArea.RETENTION)
def deal(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Lines that a run left out are dealt with (R126)."""
    wanted = [RecordingId(one) for one in map(_id, request.POST.getlist("recording")[:_ROWS]) if one is not None]
    who, now, note = actor.from_request(request), timezone.now(), request.POST.get("note", "")
    try:
        decision = actions.deal_with_left_out(run_id, wanted, note=note, actor=who, now=now)
    except NotFound:
        return refusals.page(request, refusals.missing(request))
    return told(request, decision, _("Ticked off."), to="staff_retention_run", run_id=run_id)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def may_decide(request: HttpRequest) -> bool:
    """Whether whoever came in runs the service (R38 row 22)."""
    return SystemRole.SERVICE_ADMIN in request.staff.system_roles  # type: ignore[attr-defined]  # the door hangs it there


def needs(person: Person, now: datetime) -> list[Need]:
    """For the start page: what runs left out and nobody has dealt with."""
    count = sum(reads.count_open_left_out().values()) if SystemRole.SERVICE_ADMIN in person.system_roles else 0
    if not count:
        return []
    said = ngettext("A run left %(count)d recording out", "Runs left %(count)d recordings out", count)
    return [Need(said % {"count": count}, reverse("staff_retention"), icon="archive")]


@require_POST
@for_staff(StaffArea.RETENTION)
def stop(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Stop a run, or let it go on."""
    who, now = actor.from_request(request), timezone.now()
    try:
        if request.POST.get("go_on"):
            decision = actions.resume_run(run_id, actor=who, now=now)
            return told(request, decision, _("The run goes on where it was."))
        decision = actions.stop_run(run_id, reason=request.POST.get("reason", ""), actor=who, now=now)
    except NotFound:
        return refusals.page(request, refusals.missing(request))
    return told(request, decision, _("The run is stopped. Nothing of it happens until you let it go on."))


def told(
    request: HttpRequest, decision: Decision, done: str, *, to: str = "staff_retention", **places: object
) -> HttpResponse:
    """What came of a button, said on the next page."""
    if decision.code is Code.NO_PERMISSION:
        return refusals.page(request, decision)
    if decision.is_permitted:
        messages.success(request, done)
    else:
        messages.error(request, refusals.sentence(decision.reasons[0]))
    return redirect(to, **places)

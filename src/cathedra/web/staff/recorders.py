"""Staff pages of a facility's recorders: add one, call it something else, take it out of use, bring it back (R151, R157)."""

from collections.abc import Mapping

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cathedra import wiring
from cathedra.actions import recorders as recorder_actions
from cathedra.actions import scheduling as actions
from cathedra.actions.recorders import IssuedCode
from cathedra.db.reads import recorders as recorder_reads
from cathedra.db.reads import scheduling as reads
from cathedra.db.reads.scheduling import RecorderRow
from cathedra.domain import ingest
from cathedra.domain.ingest import ROOM_NAME_LENGTH, RecorderState
from cathedra.domain.people import StaffArea
from cathedra.domain.terms import Decision
from cathedra.web import actor, refusals
from cathedra.web.staff.door import for_staff
from cathedra.web.words import Mark

SHOWN = 20  # of what waits for a recorder


class RecorderName(forms.Form):
    """What a recorder is called."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=ROOM_NAME_LENGTH,
        help_text=gettext_lazy("The room that it records, or what it is: people choose by it when they schedule."),
    )


class NewRecorder(RecorderName):
    """A recorder of a facility."""

    keeps_primary = forms.BooleanField(
        label=gettext_lazy("Keeps the main picture and sound"),
        required=False,
        initial=True,
        help_text=gettext_lazy("Without that, it can only be scheduled together with a recorder that does."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(StaffArea.FACILITIES)
def new(request: HttpRequest, facility_id: int) -> HttpResponse:
    """Add a recorder to a facility."""
    form = NewRecorder(request.POST or None)
    try:
        line = reads.get_facility(facility_id, now=timezone.now()).line
        if request.method == "POST" and form.is_valid():
            outcome = actions.add_recorder(
                facility_id,
                form.cleaned_data["name"],
                keeps_primary=form.cleaned_data["keeps_primary"],
                actor=actor.from_request(request),
                now=timezone.now(),
            )
            if outcome.id is not None:
                messages.success(request, _("The recorder is added. Its facility's schedulers can schedule on it now."))
                return redirect("staff_facility", facility_id=facility_id)
            form.add_error("name", refusals.sentence(outcome.decision.reasons[0]))
    except reads.FacilityNotFound:
        return refusals.page(request, refusals.missing(request))
    context = {"form": form, "line": line}
    return render(request, "staff/new_recorder.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(StaffArea.FACILITIES)
def recorder(request: HttpRequest, recorder_id: int) -> HttpResponse:
    """Call a recorder something else, take it out of use, or bring it back."""
    now = timezone.now()
    try:
        row = reads.get_recorder(recorder_id, now=now)
        line = reads.get_facility(row.facility_id, now=now).line
        is_use = "retire" in request.POST or "bring_back" in request.POST
        form = RecorderName(None if is_use else request.POST or None, initial={"name": row.name})
        if request.method == "POST" and (is_use or form.is_valid()):
            decision = _do(request, form, recorder_id)
            if decision.is_permitted:
                messages.success(request, _told(request, row))
                return redirect("staff_facility", facility_id=row.facility_id)
            if not is_use:
                form.add_error("name", refusals.sentence(decision.reasons[0]))
            else:
                messages.error(request, refusals.sentence(decision.reasons[0]))
                return redirect("staff_recorder", recorder_id=recorder_id)
    except (reads.RecorderNotFound, reads.FacilityNotFound):
        return refusals.page(request, refusals.missing(request))
    waiting = reads.list_waiting(recorder_id, now=now)
    context = {"form": form, "row": row, "line": line, "waiting": waiting[:SHOWN], "more": max(0, len(waiting) - SHOWN)}
    return render(request, "staff/recorder.html", context, status=422 if form.is_bound and form.errors else 200)


def _do(request: HttpRequest, form: RecorderName, recorder_id: int) -> Decision:
    who, now = actor.from_request(request), timezone.now()
    if "bring_back" in request.POST:
        return actions.bring_recorder_back(recorder_id, actor=who, now=now)
    if "retire" in request.POST:
        return actions.retire_recorder(recorder_id, even_so="even_so" in request.POST, actor=who, now=now)
    return actions.rename_recorder(recorder_id, form.cleaned_data["name"], actor=who, now=now)


def _told(request: HttpRequest, row: RecorderRow) -> str:
    if "bring_back" in request.POST:
        return _("%(name)s is in use again.") % {"name": row.name}
    if "retire" in request.POST:
        return _("%(name)s is out of use. Nothing new is scheduled on it.") % {"name": row.name}
    return _("Saved.")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@for_staff(StaffArea.FACILITIES)
def connection(request: HttpRequest, recorder_id: int) -> HttpResponse:
    """How a recorder is connected, when it was heard of and what it reported; on POST it gets a code, which is shown this
    once, its token is taken back, or it is blocked or let in again (R158)."""
    now, code = timezone.now(), None
    try:
        row = reads.get_recorder(recorder_id, now=now)
        line = reads.get_facility(row.facility_id, now=now).line
        if request.method == "POST":
            made = _connect(request, recorder_id)
            if not isinstance(made, IssuedCode):
                say = messages.success if made.is_permitted else messages.error
                say(request, _("Done.") if made.is_permitted else refusals.sentence(made.reasons[0]))
                return redirect("staff_recorder_connection", recorder_id=recorder_id)
            code = made
    except (reads.RecorderNotFound, reads.FacilityNotFound):
        return refusals.page(request, refusals.missing(request))
    found = recorder_reads.find_connection(recorder_id) or recorder_reads.NEVER_CONNECTED
    context = {
        "row": row,
        "line": line,
        "code": code,
        "found": found,
        "state": STATES[ingest.seen_state(found.facts, now=now)],
        "errors": recorder_reads.list_errors(recorder_id),
        "server": wiring.configuration().site.url,
    }
    return render(request, "staff/recorder_connection.html", context)


def _connect(request: HttpRequest, recorder_id: int) -> IssuedCode | Decision:
    who, now = actor.from_request(request), timezone.now()
    if "revoke" in request.POST:
        return recorder_actions.revoke_recorder(recorder_id, actor=who, now=now)
    if "block" in request.POST or "unblock" in request.POST:
        is_blocked = "block" in request.POST
        return recorder_actions.block_recorder(recorder_id, is_blocked=is_blocked, actor=who, now=now)
    return recorder_actions.issue_code(recorder_id, actor=who, now=now)


STATES: Mapping[RecorderState, Mark] = {
    RecorderState.STOPPED: Mark(gettext_lazy("Not recording"), "circle"),
    RecorderState.PREVIEWING: Mark(gettext_lazy("Shows its picture, does not record"), "monitor"),
    RecorderState.RECORDING: Mark(gettext_lazy("Recording"), "video", "bad"),
    RecorderState.PAUSED: Mark(gettext_lazy("Recording, paused"), "clock", "warn"),
    RecorderState.FAULTED: Mark(gettext_lazy("Reports a fault"), "triangle-alert", "bad"),
    RecorderState.DISCONNECTED: Mark(gettext_lazy("Not heard of"), "circle-x", "warn"),
    RecorderState.BLOCKED: Mark(gettext_lazy("Blocked"), "ban", "warn"),
}

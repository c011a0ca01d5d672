"""Staff pages of recordings: what one is and who is responsible, without playing it; asking for access (R26, R222)."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cathedra.actions import audit as audit_actions
from cathedra.actions import grants as actions
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import encoding as encoding_reads
from cathedra.db.reads import ingest as ingest_reads
from cathedra.db.reads import library as reads
from cathedra.domain import access, encoding
from cathedra.domain.access import Action
from cathedra.domain.library import State
from cathedra.domain.people import StaffArea, SystemRole
from cathedra.domain.terms import RecordingId, RecordingNotFound
from cathedra.web import actor, refusals
from cathedra.web.staff import holds
from cathedra.web.staff.door import for_staff

ROWS = 50


class Asking(forms.Form):
    """What access is needed for."""

    message = forms.CharField(
        label=gettext_lazy("What you need access for"),
        error_messages={"required": gettext_lazy("Say what you need access for.")},
        max_length=2000,
        help_text=gettext_lazy("At least 20 characters. The other service administrators read it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@require_safe
@never_cache
@for_staff(StaffArea.RECORDINGS)
def index(request: HttpRequest) -> HttpResponse:
    """Find recordings by title, by id or by address. Who searches is on the trail."""
    text, after = request.GET.get("q", "").strip().replace("\0", "")[:500], request.GET.get("after", "")
    page = reads.find_metadata(text, after=after, limit=ROWS) if text else None
    if text and not after:
        actions.note_search(text, actor=actor.from_request(request), now=timezone.now())
    running = [row.id for row in page.rows if row.state is State.RECORDING] if page else []
    context = {"page": page, "search": text, "is_later": bool(after), "captures": ingest_reads.captures_of(running)}
    return render(request, "staff/recordings.html", context)


def _ways(request: HttpRequest, recording_id: RecordingId) -> dict[str, bool]:
    """What whoever looks may do to it, for the links of the page (R38)."""
    facts, now = access_reads.recording_facts(actor.account_id(request), recording_id), timezone.now()
    again = encoding.decide_replace(
        facts.state,
        may=access.decide(facts, Action.PROCESS_AGAIN, now),
        is_received=encoding_reads.is_received(recording_id),
    )
    ways = {name: access.decide(facts, action, now).is_permitted for name, action in _DOING.items()}
    return {**ways, "may_process_again": again.is_permitted}


_DOING = {
    "may_edit": Action.EDIT_RECORDING,
    "may_share": Action.SHARE,
    "may_set_availability": Action.SET_AVAILABILITY,
    "may_move": Action.MOVE,
    "may_copy": Action.COPY,
    "may_change_owner": Action.CHANGE_OWNER,
    "may_read_audit": Action.READ_AUDIT,
    "may_hold": Action.REVIEW,
}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@for_staff(StaffArea.RECORDINGS)
def recording(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    """What a recording is, never what is said or shown in it. The look is on the trail (R223)."""
    wanted, now = RecordingId(recording_id), timezone.now()
    form = Asking(request.POST or None)
    try:
        found = reads.get_metadata(wanted)
        if request.method == "POST" and form.is_valid():
            decision = actions.ask_for_grant(
                wanted, message=form.cleaned_data["message"], actor=actor.from_request(request), now=now
            )
            if decision.is_permitted:
                messages.success(request, _("The other service administrators are told of your request."))
                return redirect("staff_recording", recording_id=wanted)
            form.add_error(None, refusals.sentence(decision.reasons[0]))
    except RecordingNotFound:
        return refusals.page(request, refusals.missing(request))
    audit_actions.note_look(
        audit_actions.Seen.RECORDING,
        target_id=wanted,
        page="staff_recording",
        actor=actor.from_request(request),
        now=now,
    )
    may_give = SystemRole.SERVICE_ADMIN in request.staff.system_roles  # type: ignore[attr-defined]  # the door hangs it there
    context = {
        "recording": found,
        "form": form,
        "may_give": may_give,
        **_ways(request, wanted),
        "holds": holds.open_of(wanted, now),
    }
    return render(request, "staff/recording.html", context, status=422 if form.is_bound and form.errors else 200)

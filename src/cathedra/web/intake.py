"""The intake list: what was imported for somebody and waits for their decision, to keep it or to discard it (R93)."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cathedra import wiring
from cathedra.actions import ingest as actions
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import ingest as reads
from cathedra.db.reads import policy as policy_reads
from cathedra.domain import ingest, policy
from cathedra.domain.terms import AccountId, Decision, RecordingId, RecordingNotFound
from cathedra.web import actor, declaring, refusals


def until(row: reads.ImportRow) -> datetime:
    """When it goes to the bin unless its owner keeps it."""
    return ingest.waits_until(row.since_at, days=wiring.configuration().import_.decide_days)


@require_safe
@never_cache
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """Everything that waits for whoever is signed in."""
    rows = reads.list_imports(AccountId(request.user.pk))
    context = {"rows": [(row, until(row)) for row in rows], "bin_days": wiring.configuration().bin.days}
    return render(request, "ingest/intake.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def keep(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """What it is and the questions; on POST it is kept, and goes on as any recording does."""
    wanted = RecordingId(import_id)
    row = _own(request, wanted)
    if isinstance(row, HttpResponse):
        return row
    error = ""
    if request.method == "POST":
        wish = declaring.wish_from(request.POST)
        found = actions.keep_import(wanted, wish, actor=actor.from_request(request), now=timezone.now())
        if not isinstance(found, Decision):
            messages.success(request, _("It is kept. It is being prepared now, as any recording of yours."))
            return redirect("recording", recording_id=wanted)
        error = refusals.sentence(found.reasons[0])
    return _page(request, row, error)


def _page(request: HttpRequest, row: reads.ImportRow, error: str) -> HttpResponse:
    is_asked = not policy.decide_contribution(policy_reads.unaccepted(row.owner_id)).is_permitted
    context = {
        "row": row,
        "until": until(row),
        "bin_days": wiring.configuration().bin.days,
        "is_asked": is_asked,  # R15
        "declaration": declaring.form_for_upload(row.owner_id, row.folder_id),
        "error": error,
    }
    return render(request, "ingest/keep.html", context, status=422 if error else 200)


@require_POST
def discard(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Into the bin."""
    wanted = RecordingId(import_id)
    row = _own(request, wanted)
    if isinstance(row, HttpResponse):
        return row
    decision = actions.discard_import(wanted, actor=actor.from_request(request), now=timezone.now())
    if decision.is_permitted:
        messages.success(request, _("It is in your bin. You can take it out again until its days there are over."))
    else:
        messages.error(request, refusals.sentence(decision.reasons[0]))
    return redirect("intake")


def _own(request: HttpRequest, wanted: RecordingId) -> reads.ImportRow | HttpResponse:
    """The import, where it waits for whoever asks; its owner is led on where it does not, to others there is nothing."""
    try:
        facts = access_reads.recording_facts(actor.account_id(request), wanted)
    except RecordingNotFound:
        return refusals.page(request, refusals.missing(request))
    if not facts.is_signed_in or not facts.is_owner:
        return refusals.page(request, refusals.missing(request))
    row = reads.find_import(wanted)
    if row is not None:
        return row
    messages.info(request, _("This recording does not wait for your decision."))
    return redirect("intake") if facts.is_in_intake else redirect("recording", recording_id=wanted)

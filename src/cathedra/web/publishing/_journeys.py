"""Move and copy: choose a folder, read what it does, do it (R57, R72). Two plain pages behind one address each."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cathedra.actions import publishing as actions
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import library
from cathedra.db.reads import publishing as reads
from cathedra.domain import access
from cathedra.domain.access import Action, FolderRole
from cathedra.domain.library import NAME_LIMIT
from cathedra.domain.terms import (
    Actor,
    Code,
    Decision,
    FolderId,
    FolderNotFound,
    NotFound,
    RecordingId,
    permit,
)
from cathedra.web import actor, office, refusals
from cathedra.web.access.door import calendar, noted
from cathedra.web.library import audience_sentence
from cathedra.web.publishing._crossing import crossing_of

FOLDERS = 50


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def move(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    """To another folder; the address stays."""
    wanted = RecordingId(recording_id)

    def carry_out(target: FolderId, who: Actor) -> tuple[Decision, RecordingId | None]:
        return actions.move_recording(wanted, target, calendar=calendar(), actor=who, now=timezone.now()), wanted

    return _page(request, wanted, Action.MOVE, carry_out, _("The recording was moved. Its address is the same."))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def copy(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    """Into another folder too, by reference or in full."""
    wanted, is_full = RecordingId(recording_id), request.POST.get("kind") == "full"

    def carry_out(target: FolderId, who: Actor) -> tuple[Decision, RecordingId | None]:
        outcome = actions.copy_recording(wanted, target, is_full=is_full, actor=who, now=timezone.now())
        return outcome.decision, outcome.recording_id

    done = _("The copy is being made.") if is_full else _("The copy was made. It plays the original’s media.")
    return _page(request, wanted, Action.COPY, carry_out, done)


def _page(request: HttpRequest, wanted: RecordingId, action: Action, carry_out: Any, done: str) -> HttpResponse:
    viewer, now = actor.account_id(request), timezone.now()
    try:
        facts = access_reads.recording_facts(viewer, wanted)
        decision = access.decide(facts, action, now)
        if decision.is_permitted:
            office.at_recording(request, facts)
            return noted(_allowed(request, wanted, action, carry_out, done), request, facts, action, wanted)
    except NotFound:
        decision = refusals.missing(request)
    return refusals.page(request, decision)


def _allowed(request: HttpRequest, wanted: RecordingId, action: Action, carry_out: Any, done: str) -> HttpResponse:
    viewer = actor.account_id(request)
    target = _target(request)
    problem = ""
    if request.method == "POST" and target is not None:
        decision, made = carry_out(target, actor.from_request(request))
        if decision.is_permitted and made is not None:
            messages.success(request, done)
            return redirect(office.home_of(request, made))
        if decision.code is Code.NO_PERMISSION:
            return refusals.page(request, decision)
        problem = refusals.sentence(decision.reasons[0])
    context = {
        "recording": library.get_recording(viewer, wanted),
        "is_copy": action is Action.COPY,
        "copies": reads.count_copies(wanted),
        "problem": problem,
        "home": office.home_of(request, wanted),
        **_choice(request, wanted, action, target),
    }
    return render(request, "publishing/journey.html", context, status=409 if problem else 200)


def _target(request: HttpRequest) -> FolderId | None:
    try:
        return FolderId(UUID(request.POST.get("to") or request.GET.get("to", "")))
    except ValueError:
        return None


def _choice(request: HttpRequest, wanted: RecordingId, action: Action, target: FolderId | None) -> dict[str, Any]:
    viewer, who, now = actor.account_id(request), actor.from_request(request), timezone.now()
    if target is not None:
        preview_of = actions.preview_copy if action is Action.COPY else actions.preview_move
        preview = preview_of(wanted, target, actor=who, now=now)
        if preview.decision.code is Code.NO_PERMISSION:
            raise FolderNotFound(str(target))
        full = actions.admit_full(target, actor=who, now=now) if action is Action.COPY else permit()
        return {
            "full_refusal": "" if full.is_permitted else refusals.sentence(full.reasons[0]),
            "target": library.get_folder(viewer, target),
            "audience": audience_sentence(library.get_audience(viewer, target)),
            "preview": preview,
            "obstacle": "" if preview.decision.is_permitted else refusals.sentence(preview.decision.reasons[0]),
            "is_publisher": FolderRole.PUBLISHER in access_reads.recording_facts(viewer, wanted).roles,
            "crossing": crossing_of(viewer, wanted, target, now) if action is Action.MOVE else None,
        }
    search = request.GET.get("q", "").strip().replace("\0", "")[:NAME_LIMIT]
    rows = reads.list_targets(viewer, action, now=now, search=search, limit=FOLDERS) if viewer else ()
    return {"places": rows, "search": search, "is_cut": len(rows) == FOLDERS}


@require_POST
def make_full(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    """R140: while its original lies in the bin."""
    wanted = RecordingId(recording_id)
    try:
        decision = actions.make_full(wanted, actor=actor.from_request(request), now=timezone.now())
    except NotFound:
        decision = refusals.missing(request)
    if not decision.is_permitted:
        return refusals.page(request, decision)
    messages.success(request, _("The copy gets media of its own. You get a notice when it plays."))
    return redirect("recording", recording_id=wanted)

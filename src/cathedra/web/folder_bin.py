"""Deleting a folder with everything in it: what goes, what stands in its way, and having it back whole (R138, R140)."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cathedra import wiring
from cathedra.actions import retention as actions
from cathedra.db.reads import library
from cathedra.db.reads import publishing as publishing_reads
from cathedra.domain import access, retention
from cathedra.domain.terms import Code, FolderId, NotFound
from cathedra.web import actor, refusals, words

_SILENT = (Code.NO_PERMISSION, Code.NOT_FOUND, Code.SIGN_IN, Code.EULA_REQUIRED)


@require_http_methods(["GET", "HEAD", "POST"])
def delete_folder(request: HttpRequest, folder_id: UUID) -> HttpResponse:
    """What deleting it takes along; on POST it goes to the bin."""
    wanted, who, now = FolderId(folder_id), actor.from_request(request), timezone.now()
    try:
        if request.method == "POST":
            decision = actions.recycle_folder(wanted, actor=who, now=now).decision
            if decision.is_permitted:
                messages.success(
                    request, _("The folder is in the bin with everything in it. You can take it out again.")
                )
                return redirect("bin")
        shown = actions.preview_recycle_folder(wanted, actor=who, now=now)
    except NotFound:
        return refusals.page(request, refusals.missing(request))
    if shown.decision.code in _SILENT:
        return refusals.page(request, shown.decision)
    refused = None if shown.decision.is_permitted else refusals.sentence(shown.decision.reasons[0])
    context = {
        "folder": library.get_folder(actor.account_id(request), wanted),
        "shown": shown,
        "below": shown.folders - 1,
        "hours": words.hours(shown.seconds),
        "days": wiring.configuration().bin.days,
        "refused": refused if not shown.obstacles else None,
        "obstacles": [
            {"id": one.recording_id, "title": one.title, "why": retention.WHY_SENTENCES[one.why]}
            for one in shown.obstacles[: retention.MOST_LISTED]
        ],
        "more": max(0, len(shown.obstacles) - retention.MOST_LISTED),
        "copies": publishing_reads.list_copies(shown.recording_ids, but_not_in=wanted),
    }
    return render(request, "retention/folder.html", context, status=200 if request.method != "POST" else 409)


@require_POST
@login_required
def take_back_folder(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """T35, of a whole folder."""
    try:
        decision = actions.take_back_folder(unit_id, actor=actor.from_request(request), now=timezone.now())
    except NotFound:
        return refusals.page(request, refusals.missing(request))
    if not decision.is_permitted and decision.code in _SILENT:
        return refusals.page(request, access.as_told(decision))
    if decision.is_permitted:
        messages.success(request, _("The folder is back where it was, with everything that went with it."))
    else:
        messages.error(request, refusals.sentence(decision.reasons[0]))
    return redirect("bin")

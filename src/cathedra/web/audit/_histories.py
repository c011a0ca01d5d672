"""Who did what to my things: of a recording, of a folder, of my account, and what I approved (R225)."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cathedra.db.reads import access as access_reads
from cathedra.db.reads import audit as reads
from cathedra.db.reads import library
from cathedra.db.reads.keyset import Page
from cathedra.domain import access
from cathedra.domain.terms import AccountId, FolderId, FolderNotFound, RecordingId, RecordingNotFound
from cathedra.web import actor, office, refusals
from cathedra.web.access.door import noted
from cathedra.web.audit._lines import lines

ROWS = 50


@require_safe
@never_cache
def recording_history(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    """What was done to a recording: for its owner and the Creators of its folder."""
    viewer, wanted = actor.account_id(request), RecordingId(recording_id)
    try:
        facts = access_reads.recording_facts(viewer, wanted)
        decision = access.decide(facts, access.Action.READ_AUDIT, timezone.now())
    except RecordingNotFound:
        decision = refusals.missing(request)
    if viewer is None or not decision.is_permitted:
        return refusals.page(request, decision)
    recording = library.get_recording(viewer, wanted)
    page = reads.list_of_recording(viewer, wanted, after=_after(request), limit=ROWS)
    office.at_recording(request, facts)
    more = {
        "recording": recording,
        "folder": library.get_folder(viewer, recording.folder_id),
        "home": office.home_of(request, wanted),
    }
    answer = render(request, "audit/recording.html", _context(request, page, about=str(wanted), **more))
    return noted(answer, request, facts, access.Action.READ_AUDIT, wanted)


@require_safe
@never_cache
def folder_history(request: HttpRequest, folder_id: UUID) -> HttpResponse:
    """What was done to a folder and to the recordings in it: for its Creators."""
    viewer, wanted = actor.account_id(request), FolderId(folder_id)
    try:
        facts = access_reads.folder_facts(viewer, wanted)
        decision = access.decide_folder(facts, access.Action.READ_AUDIT, timezone.now())
    except FolderNotFound:
        decision = refusals.missing(request)
    if viewer is None or not decision.is_permitted:
        return refusals.page(request, decision)
    page = reads.list_of_folder(viewer, wanted, after=_after(request), limit=ROWS)
    office.at_folder(request, facts)
    more = {"folder": library.get_folder(viewer, wanted)}
    answer = render(request, "audit/folder.html", _context(request, page, about="", **more))
    return noted(answer, request, facts, access.Action.READ_AUDIT, wanted)


@require_safe
@never_cache
@login_required
def account_history(request: HttpRequest) -> HttpResponse:
    """What happened to my own account: sign-ins, passwords, roles, terms."""
    viewer = AccountId(request.user.pk)
    page = reads.list_of_account(viewer, after=_after(request), limit=ROWS)
    return render(request, "audit/account.html", _context(request, page, about=str(viewer)))


@require_safe
@never_cache
@login_required
def own_approvals(request: HttpRequest) -> HttpResponse:
    """What I approved and returned as a Publisher."""
    page = reads.list_approvals(AccountId(request.user.pk), now=timezone.now(), after=_after(request), limit=ROWS)
    return render(request, "audit/approvals.html", _context(request, page, about=""))


def _after(request: HttpRequest) -> str:
    return request.GET.get("after", "")


def _context(request: HttpRequest, page: Page[reads.Event], *, about: str, **more: Any) -> dict[str, Any]:
    return {"page": page, "lines": lines(page.rows, about=about), "is_later": bool(_after(request)), **more}

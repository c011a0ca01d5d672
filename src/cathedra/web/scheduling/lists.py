"""Lists of schedules: what is to come in a folder, and what somebody scheduled, presents or owns."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cathedra.db.reads import access as access_reads
from cathedra.db.reads import library as library_reads
from cathedra.db.reads import scheduling as reads
from cathedra.db.reads.keyset import Page
from cathedra.db.reads.scheduling import ScheduleLine
from cathedra.domain import access
from cathedra.domain.access import Action
from cathedra.domain.terms import AccountId, FolderId, FolderNotFound
from cathedra.web import actor, office, refusals
from cathedra.web.access.door import noted
from cathedra.web.scheduling import door, placing

ROWS = 30


@require_safe
@never_cache
def here(request: HttpRequest, folder_id: UUID) -> HttpResponse:
    """What is to come in a folder: for who may schedule there, and for who follows what becomes of its recordings."""
    viewer, wanted, now = actor.account_id(request), FolderId(folder_id), timezone.now()
    try:
        facts = access_reads.folder_facts(viewer, wanted)
    except FolderNotFound:
        return refusals.page(request, refusals.missing(request))
    may = door.decide(facts, now)
    follows = access.decide_folder(facts, Action.SEE_PROGRESS, now)
    if not (may.is_permitted or follows.is_permitted):
        return refusals.page(request, may)
    office.at_folder(request, facts)
    after = request.GET.get("after", "")
    page = reads.list_in_folder(viewer, wanted, may_schedule=may.is_permitted, now=now, after=after, limit=ROWS)
    context = {
        "folder": library_reads.get_folder(viewer, wanted),
        "page": page,
        "rows": shown(page),
        "is_later": bool(after),
        "may_schedule": door.may_begin(viewer, facts, now),
    }
    return noted(render(request, "scheduling/folder.html", context), request, facts, Action.SEE_FOLDER, wanted)


@require_safe
@never_cache
@login_required
def own(request: HttpRequest) -> HttpResponse:
    """One's own: to come, or with `past` what is over, was called off or missed."""
    is_past, after = "past" in request.GET, request.GET.get("after", "")
    viewer = AccountId(request.user.pk)
    page = reads.list_own(viewer, now=timezone.now(), is_past=is_past, after=after, limit=ROWS)
    context = {"page": page, "rows": shown(page), "is_past": is_past, "is_later": bool(after)}
    return render(request, "scheduling/own.html", context)


def next_in(viewer: AccountId | None, facts: access.FolderFacts, folder_id: FolderId, now: datetime) -> str:
    """When the folder's next one is recorded, for who may open the list; empty where nothing is to come."""
    may = door.decide(facts, now).is_permitted
    if not (may or access.permits(facts, Action.SEE_PROGRESS, now)):
        return ""
    page = reads.list_in_folder(viewer, folder_id, may_schedule=may, now=now, limit=1)
    return placing.times(page.rows[0].span, door.zone()) if page.rows else ""


def shown(page: Page[ScheduleLine]) -> list[tuple[ScheduleLine, str]]:
    """Each with its times as people read them."""
    zone = door.zone()
    return [(row, placing.times(row.span, zone)) for row in page.rows]

"""What is watched of a folder and all below it: the page, its file, and the folders whose statistics somebody may see
(R23, R38 row 19, R216)."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cathedra.actions import viewing as actions
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import library
from cathedra.db.reads import viewing as reads
from cathedra.domain import access, playback
from cathedra.domain.access import Action
from cathedra.domain.terms import AccountId, FolderId
from cathedra.web import actor, office
from cathedra.web.access.door import for_folder

LISTED = 50


@require_safe
@never_cache
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """Whoever looks after figures alone begins here."""
    viewer, now, search = AccountId(request.user.pk), timezone.now(), request.GET.get("q", "")[:100]
    rows = reads.list_counted_folders(viewer, now=now, search=search, limit=LISTED + 1)
    context = {"rows": rows[:LISTED], "has_more": len(rows) > LISTED, "search": search}
    return render(request, "playback/statistics.html", context)


@require_safe
@never_cache
@for_folder(Action.SEE_STATISTICS)
def folder(request: HttpRequest, folder_id: FolderId) -> HttpResponse:
    """Each recording with its figures, the newest first."""
    viewer, now, after = actor.account_id(request), timezone.now(), request.GET.get("after", "")
    page = reads.list_in_folder(viewer, folder_id, now=now, after=after, limit=LISTED)
    context = {
        "folder": library.get_folder(viewer, folder_id),
        "page": page,
        "is_later": bool(after),
        "fewest": playback.FEWEST,
        "has_few": any(line.is_hidden for line in page.rows),
        "home": office.home_of_folder(request, folder_id),
        "may_open": access.decide_folder(
            access_reads.folder_facts(viewer, folder_id), Action.SEE_FOLDER, now
        ).is_permitted,
    }
    return render(request, "playback/folder_views.html", context)


@require_safe
@never_cache
@for_folder(Action.SEE_STATISTICS)
def export(request: HttpRequest, folder_id: FolderId) -> HttpResponse:
    """The same of all of them, as CSV."""
    viewer, now = actor.account_id(request), timezone.now()
    text = playback.lines_csv(reads.each_in_folder(viewer, folder_id, now=now))
    actions.note_folder_export(folder_id, actor=actor.from_request(request), now=now)
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="views-{folder_id}-{timezone.localdate().isoformat()}.csv"'
    return answer

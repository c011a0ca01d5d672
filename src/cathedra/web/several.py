"""The same done to several recordings of a folder, which were ticked in its list: said first, then done, each judged by
itself, and told one by one where not all of it was done."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cathedra import wiring
from cathedra.actions import library as actions
from cathedra.actions import publishing
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import library as reads
from cathedra.db.reads import publishing as publishing_reads
from cathedra.domain import access
from cathedra.domain.access import Action
from cathedra.domain.library import NAME_LIMIT
from cathedra.domain.terms import AccountId, Code, Decision, FolderId, FolderNotFound, RecordingId, deny
from cathedra.web import actor, refusals
from cathedra.web.access.door import for_folder
from cathedra.web.deeds import DEEDS, Deed
from cathedra.web.library import ROWS, audience_sentence
from cathedra.web.publishing import crossing_of_several

FOLDERS = 50


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@for_folder(Action.MOVE, Action.DELETE)
def several(request: HttpRequest, folder_id: FolderId) -> HttpResponse:
    """What it would do; on POST it is done."""
    given = request.POST if request.method == "POST" else request.GET
    verb = given.get("verb", "")
    if (deed := DEEDS.get(verb)) is None:
        unknown = deny(Code.BAD_REQUEST, "R53", gettext_noop("Choose what to do with the recordings."))
        return refusals.page(request, unknown)
    here = access_reads.OneFolder(actor.account_id(request), folder_id, timezone.now())
    ticked = [RecordingId(one) for one in map(_id, given.getlist("recording")[:ROWS]) if one is not None]
    wanted = reads.shown_of(here, ticked)
    if not wanted:
        messages.error(request, _("Tick recordings of this folder first, then choose what to do with them."))
        return redirect("folder", folder_id=folder_id)
    target = _target(request, given.get("to", "")) if deed.has_target else None
    is_ready = target is not None or not deed.has_target
    if request.method == "POST" and is_ready:
        return _carry_out(request, deed, here, wanted, target)
    context = {"verb": verb, **_told(here, deed, wanted, len(set(ticked)) - len(wanted))}
    if deed.has_target:
        context |= _where(
            request, here.folder_id, wanted, target, urlencode({"verb": verb, "recording": wanted}, doseq=True)
        )
    return render(request, "library/several.html", context)


def _told(here: access_reads.OneFolder, deed: Deed, wanted: tuple[RecordingId, ...], missing: int) -> dict[str, Any]:
    return {
        "folder": reads.get_folder(here.viewer, here.folder_id),
        "deed": deed,
        "question": deed.question % {"count": len(wanted)},
        "rows": reads.list_rows(here.viewer, wanted),
        "missing": missing,
        "copies": _copies(here, wanted) if deed.stops_copies else [],
        "bin_days": wiring.configuration().bin.days if deed.is_grave else None,
    }


def _copies(here: access_reads.OneFolder, wanted: tuple[RecordingId, ...]) -> list[publishing_reads.CopyPlace]:
    """R140: where copies by reference stop playing too, of those that the person may delete."""
    facts = {one: access_reads.recording_facts(here.viewer, one) for one in wanted}
    theirs = [one for one, about in facts.items() if access.decide(about, Action.DELETE, here.now).is_permitted]
    return publishing_reads.list_copies(theirs, but_not=theirs)


def _where(
    request: HttpRequest, folder_id: FolderId, wanted: tuple[RecordingId, ...], target: FolderId | None, query: str
) -> dict[str, Any]:
    """To which folder, and once that is chosen, what becomes of each there (R72), and who gains and loses access (R203)."""
    who, viewer, now = actor.from_request(request), AccountId(request.user.pk), timezone.now()
    if target is None:
        search = request.GET.get("q", "").strip().replace("\0", "")[:NAME_LIMIT]
        places = publishing_reads.list_targets(viewer, Action.MOVE, now=now, search=search, limit=FOLDERS)
        return {"places": places, "search": search, "query": query, "is_cut": len(places) == FOLDERS}
    previews = {one: publishing.preview_move(one, target, actor=who, now=now) for one in wanted}
    refused = {one: each.decision for one, each in previews.items() if not each.decision.is_permitted}
    return {
        "target": reads.get_folder(viewer, target),
        "audience": audience_sentence(reads.get_audience(viewer, target)),
        "crossing": crossing_of_several(viewer, folder_id, target, wanted, now),
        "waiting": sum(each.publication_after == "WAITING" for each in previews.values()),
        "refused": _lines(viewer, refused),
        "is_possible": len(refused) < len(wanted),
        "query": query,
    }


def _carry_out(
    request: HttpRequest,
    deed: Deed,
    here: access_reads.OneFolder,
    wanted: tuple[RecordingId, ...],
    target: FolderId | None,
) -> HttpResponse:
    """All of it done is a line above the list; else a page says what was not, and why."""
    rows = reads.list_rows(here.viewer, wanted)
    who, now = actor.from_request(request), timezone.now()
    decisions = actions.do_to_each(wanted, lambda one: deed.do(one, target, who, now))
    done = [row for row in rows if row.id in decisions and decisions[row.id].is_permitted]
    refused = {one: each for one, each in decisions.items() if not each.is_permitted}
    said = deed.done % {"count": len(done)}
    if len(done) == len(wanted):
        messages.success(request, said)
        return redirect("folder", folder_id=here.folder_id)
    context = {
        "folder": reads.get_folder(here.viewer, here.folder_id),
        "said": said if done else "",
        "done": done,
        "refused": _lines(here.viewer, refused),
        "missing": len(wanted) - len(decisions),
    }
    return render(request, "library/several_done.html", context, status=200 if done else 409)


def _lines(viewer: AccountId | None, refused: Mapping[RecordingId, Decision]) -> list[dict[str, Any]]:
    """Each with the sentence of the rule that says no, and the rule's number."""
    lines = []
    for row in reads.list_rows(viewer, list(refused)):
        reason = access.as_told(refused[row.id]).reasons[0]
        lines.append({"row": row, "why": refusals.sentence(reason), "rule": reason.rule})
    return lines


def _target(request: HttpRequest, given: str) -> FolderId | None:
    """A folder that the viewer may see; the rule judges each recording that comes there."""
    if (found := _id(given)) is None:
        return None
    try:
        facts = access_reads.folder_facts(actor.account_id(request), FolderId(found))
    except FolderNotFound:
        return None
    return FolderId(found) if access.permits(facts, Action.SEE_FOLDER, timezone.now()) else None


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None

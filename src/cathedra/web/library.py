"""Pages of the library: home, browse, a folder, and the two small forms."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from cathedra.actions import library as actions
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import ingest as ingest_reads
from cathedra.db.reads import library as reads
from cathedra.db.reads import playback as playback_reads
from cathedra.domain import access
from cathedra.domain.ingest import Capture
from cathedra.domain.library import NAME_LIMIT, State
from cathedra.domain.terms import AccountId, Code, FolderId, FolderNotFound, RecordingId
from cathedra.web import actor, deeds, refusals
from cathedra.web.access.door import noted
from cathedra.web.scheduling import door as scheduling_door
from cathedra.web.scheduling import lists as scheduling

ROWS = 30


class FolderName(forms.Form):
    """What a new folder is called."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=NAME_LIMIT,
        help_text=gettext_lazy("As people will look for it, for instance “Lectures, Michaelmas 2026”."),
    )


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """What to go on with, what is new, and for Creators what needs them."""
    viewer, now = AccountId(request.user.pk), timezone.now()
    context = {
        "in_progress": playback_reads.list_in_progress(viewer, now=now),
        "newest": reads.list_newest(viewer, limit=12, now=now),
        "needing_me": reads.list_needing_me(viewer, now=now),
        "unfinished": ingest_reads.list_unfinished(viewer, now=now, limit=10),
        "has_imports": ingest_reads.has_imports(viewer),
        "folders": _own_folders(viewer, now),
    }
    return render(request, "library/home.html", context)


_MOST_FOLDERS = 6


def _own_folders(viewer: AccountId, now: datetime) -> tuple[reads.FolderRow, ...]:
    """Where they may make recordings first; then those of their courses, which a place to hand something in does not
    push out."""
    places = reads.list_places_to_upload(viewer, limit=_MOST_FOLDERS)
    if len(places) == _MOST_FOLDERS:
        return places
    had = {place.id for place in places}
    others = [row for row in reads.list_folders(viewer, limit=_MOST_FOLDERS, now=now).rows if row.id not in had]
    return (*places, *others)[:_MOST_FOLDERS]


@require_safe
@login_required
def browse(request: HttpRequest) -> HttpResponse:
    """Folders that the viewer can see."""
    search = request.GET.get("q", "").strip().replace("\0", "")[:NAME_LIMIT]
    page = reads.list_folders(
        AccountId(request.user.pk),
        search=search,
        after=request.GET.get("after", ""),
        limit=ROWS * 2,
        now=timezone.now(),
    )
    return render(request, "library/browse.html", {"page": page, "search": search})


@require_safe
def folder(request: HttpRequest, folder_id: UUID) -> HttpResponse:
    """What is here, who can see it, what waits; upload starts here."""
    viewer = actor.account_id(request)
    try:
        here = access_reads.OneFolder(viewer, FolderId(folder_id), timezone.now())
    except FolderNotFound:
        return refusals.page(request, refusals.missing(request))
    facts = here.facts
    decision = access.decide_folder(facts, access.Action.SEE_FOLDER, here.now)
    if not decision.is_permitted:
        return refusals.page(request, decision)
    found = reads.get_folder(viewer, FolderId(folder_id))
    page = render(request, "library/folder.html", _folder_context(request, found, here))
    return noted(page, request, facts, access.Action.SEE_FOLDER, found.id)


def _folder_context(request: HttpRequest, found: reads.FolderPage, here: access_reads.OneFolder) -> dict[str, Any]:
    viewer, facts, now = actor.account_id(request), here.facts, here.now
    is_inside = access.permits(facts, access.Action.SEE_PROGRESS, now)
    order = _order(request, is_inside=is_inside)
    wanted = _filter(request, is_inside=is_inside)
    after = request.GET.get("after", "")
    page = reads.list_recordings_here(here, order=order, wanted=wanted, after=after, limit=ROWS)
    return {
        "folder": found,
        "subfolders": reads.list_subfolders(viewer, found.id, now=now) if not (wanted.is_any or after) else (),
        "page": page,
        "audience": audience_sentence(reads.get_audience(viewer, found.id)),
        "order": order,
        "orders": [each for each in _ORDERS if is_inside or each[0].by != "state"],
        "wanted": wanted,
        "states": _STATES if is_inside else (),
        "owners": reads.list_owners(here) if is_inside else (),
        "is_later": bool(after),
        "view": "cards" if request.GET.get("view") == "cards" else "table",
        "may_upload": access.permits(facts, access.Action.CREATE_RECORDING, now),
        "may_schedule": scheduling_door.may_begin(viewer, facts, now),
        "next_scheduled": scheduling.next_in(viewer, facts, found.id, now),
        "may_delete_folder": not found.is_own_place and access.permits(facts, access.Action.DELETE, now),
        "may_make_folder": access.permits(facts, access.Action.CREATE_FOLDER, now),
        "may_read_audit": access.permits(facts, access.Action.READ_AUDIT, now),
        "may_see_views": access.permits(facts, access.Action.SEE_STATISTICS, now),
        "may_see_hours": access.permits(facts, access.Action.SEE_METERS, now),
        "is_inside": is_inside,
        "may_share": access.permits(facts, access.Action.SHARE, now),
        "may_set_availability": access.permits(facts, access.Action.SET_AVAILABILITY, now),
        "captures": _captures(page.rows),
        "own_settings": _own_settings(facts, [row.id for row in page.rows], now),
        "needs_approval": facts.needs_approval,
        "may_set_approval": access.permits(facts, access.Action.SET_AVAILABILITY, now),
        "form": FolderName(prefix="new"),
        "deeds": deeds.offered(facts, now),
    }


def _captures(rows: Iterable[reads.RecordingRow]) -> dict[RecordingId, Capture]:
    """Of what is being recorded, its phase (R55)."""
    return ingest_reads.captures_of([row.id for row in rows if row.state == State.RECORDING])


def _own_settings(facts: access.FolderFacts, shown: list[RecordingId], now: datetime) -> frozenset[RecordingId]:
    """Those of the recordings shown that do not follow the folder (R50), for those who may change that: who shares them,
    as Content Organizers do, and who sets when they are seen."""
    if not any(access.permits(facts, one, now) for one in (access.Action.SET_AVAILABILITY, access.Action.SHARE)):
        return frozenset()
    return access_reads.with_own_settings(shown)


_ORDERS = (
    (reads.RecordingOrder.NEWEST, gettext_lazy("Newest first")),
    (reads.RecordingOrder.OLDEST, gettext_lazy("Oldest first")),
    (reads.RecordingOrder.TITLE, gettext_lazy("Title, A to Z")),
    (reads.RecordingOrder.TITLE_DOWN, gettext_lazy("Title, Z to A")),
    (reads.RecordingOrder.LENGTH_DOWN, gettext_lazy("Longest first")),
    (reads.RecordingOrder.LENGTH, gettext_lazy("Shortest first")),
    (reads.RecordingOrder.OWNER, gettext_lazy("Owner, A to Z")),
    (reads.RecordingOrder.OWNER_DOWN, gettext_lazy("Owner, Z to A")),
    (reads.RecordingOrder.STATE, gettext_lazy("State, from draft on")),
    (reads.RecordingOrder.STATE_DOWN, gettext_lazy("State, from the end")),
)
# What stands in a folder's list; the others are in the bin, gone, or about to be.
_STATES = tuple(state for state in State if state not in (State.RECYCLED, State.PURGED))


def _order(request: HttpRequest, *, is_inside: bool) -> reads.RecordingOrder:
    """The state is shown to those inside, and told by no order to others."""
    given = request.GET.get("sort")
    order = reads.RecordingOrder(given) if given in set(reads.RecordingOrder) else reads.RecordingOrder.NEWEST
    return order if is_inside or order.by != "state" else reads.RecordingOrder.NEWEST


def _filter(request: HttpRequest, *, is_inside: bool) -> reads.Filter:
    """By words for everybody; by state and owner for those who are inside."""
    search = request.GET.get("q", "").strip().replace("\0", "")[:NAME_LIMIT]
    if not is_inside:
        return reads.Filter(search)
    state, owner = request.GET.get("state", ""), None
    with suppress(ValueError):
        owner = UUID(request.GET.get("owner", ""))
    return reads.Filter(search, State(state) if state in set(_STATES) else None, owner)


def _group(name: str, size: int) -> str:
    if size > reads.MOST_COUNTED:
        return _("%(name)s (more than %(count)s people)") % {"name": name, "count": f"{reads.MOST_COUNTED:,}"}
    return ngettext("%(name)s (%(count)d person)", "%(name)s (%(count)d people)", size) % {"name": name, "count": size}


def audience_sentence(audience: reads.Audience) -> str:
    """Who can watch what is published in a folder, in one line."""
    parts = [_group(name, size) for name, size in audience.groups[:3]]
    if (more := len(audience.groups) - 3) > 0:
        parts.append(ngettext("%(count)d more group", "%(count)d more groups", more) % {"count": more})
    if audience.people:
        parts.append(
            ngettext("%(count)d person by name", "%(count)d people by name", audience.people)
            % {"count": audience.people}
        )
    if not parts:
        return _("Nobody has been given access to this folder yet.")
    listed = _("%(some)s and %(last)s") % {"some": ", ".join(parts[:-1]), "last": parts[-1]} if parts[1:] else parts[0]
    return _("Seen by %(who)s.") % {"who": listed}


@require_http_methods(["GET", "HEAD", "POST"])
def new_folder(request: HttpRequest, folder_id: UUID) -> HttpResponse:
    """A folder inside a folder."""
    viewer, parent = actor.account_id(request), FolderId(folder_id)
    try:
        decision = access.decide_folder(
            access_reads.folder_facts(viewer, parent), access.Action.CREATE_FOLDER, timezone.now()
        )
    except FolderNotFound:
        decision = refusals.missing(request)
    if not decision.is_permitted:
        return refusals.page(request, decision)
    form = FolderName(request.POST or None, prefix="new")
    if request.method == "POST" and form.is_valid():
        outcome = actions.make_subfolder(
            parent, name=form.cleaned_data["name"], actor=actor.from_request(request), now=timezone.now()
        )
        if outcome.folder_id is not None:
            messages.success(request, _("The folder was made. It is seen by the same people as the folder around it."))
            return redirect("folder", folder_id=outcome.folder_id)
        if outcome.decision.code not in (Code.CONFLICT, Code.BAD_REQUEST):
            return refusals.page(request, outcome.decision)
        form.add_error("name", refusals.sentence(outcome.decision.reasons[0]))
    context = {"form": form, "folder": reads.get_folder(viewer, parent)}
    return render(request, "library/new_folder.html", context, status=422 if form.errors else 200)


def folder_url(folder_id: FolderId) -> str:
    """The address of a folder's page."""
    return reverse("folder", kwargs={"folder_id": folder_id})

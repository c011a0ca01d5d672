"""Who can see a folder: its members by role, its level, and whether they are its own (R28 to R34)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cathedra.actions import access as actions
from cathedra.db.reads import access as reads
from cathedra.db.reads import library, notes, publishing
from cathedra.db.reads.retention import get_summative
from cathedra.domain import access
from cathedra.domain.access import Action, FolderRole
from cathedra.domain.terms import Code, Decision, FolderId, PrincipalId
from cathedra.web import actor, pickers, refusals, words
from cathedra.web.access.door import calendar, for_folder, is_hidden
from cathedra.web.access.forms import AddMembers, DownloadPolicy, Level

ROLES = tuple(FolderRole)


def roles_given(request: HttpRequest, folder_id: FolderId) -> tuple[FolderRole, ...]:
    """The roles that this person may give here (R38 rows 12 and 13)."""
    facts, now = reads.folder_facts(actor.account_id(request), folder_id), timezone.now()
    return tuple(role for role in ROLES if access.permits(facts, access.action_for(role), now))


@require_http_methods(["GET", "HEAD", "POST"])
@for_folder(Action.SHARE)
def members(request: HttpRequest, folder_id: FolderId) -> HttpResponse:
    """Everybody with a role here; on POST people and groups are given one."""
    roles = roles_given(request, folder_id)
    form = AddMembers(request.POST or None, roles=roles, initial={"role": FolderRole.VIEWER})
    if request.method == "POST" and form.is_valid():
        found = pickers.chosen(request, form, "people")
        if not form.errors:
            decision = actions.share_folder(
                folder_id,
                principals=[each.id for each in found],
                role=FolderRole(form.cleaned_data["role"]),
                is_told=form.cleaned_data["tells"],
                actor=actor.from_request(request),
                now=timezone.now(),
            )
            if decision.is_permitted:
                messages.success(request, _("Added: %(names)s.") % {"names": ", ".join(each.name for each in found)})
                return redirect("folder_access", folder_id=folder_id)
            form.add_error(None, refusals.sentence(decision.reasons[0]))
    context = _context(request, folder_id, roles) | {"form": form}
    return render(request, "access/folder.html", context, status=422 if form.errors else 200)


def _context(request: HttpRequest, folder_id: FolderId, roles: tuple[FolderRole, ...]) -> dict[str, Any]:
    viewer, now = actor.account_id(request), timezone.now()
    sharing = reads.folder_sharing(viewer, folder_id)
    lines = reads.lines_of(sharing.members)
    cap = reads.reaching(folder_id, None, now)
    return {
        "folder": library.get_folder(viewer, folder_id),
        "sharing": sharing,
        "groups": [(role, [line for line in lines if line.role is role]) for role in ROLES],
        "may_give": roles,
        "may_share": access.decide_share(sharing.ownership).is_permitted,
        "may_inherit": access.decide_inherit(sharing.ownership).is_permitted,
        "may_manage": FolderRole.CREATOR in roles,
        "level_form": Level(cap=cap, now=sharing.level),
        "is_capped": cap is not access.SharingLevel.PUBLIC,
        "downloads_form": DownloadPolicy.of_folder(sharing),
        "may_download": may_download(sharing, cap),
        "may_set_downloads": access.permits(reads.folder_facts(viewer, folder_id), Action.EDIT_FOLDER, now),
        "public_notes": notes.get_public_notes(folder_id),
        "summative": get_summative(folder_id),
        "followers": reads.followers(folder_id),
        "requests": reads.list_open_requests(folder_id),
        "overrides": [each for each in reads.list_overrides(folder_id) if each.has_level],
        "tab": "access",
    }


def may_download(sharing: reads.FolderSharing, cap: access.SharingLevel) -> tuple[str, ...]:
    """Who can download from a folder, in sentences (R204)."""
    told = [words.MAY_DOWNLOAD[sharing.downloads]]
    reached = access.audience_of(access.within(sharing.level, cap))
    if sharing.downloads is access.Downloads.VIEWERS and reached in words.MAY_DOWNLOAD_FURTHER:
        told.append(words.MAY_DOWNLOAD_FURTHER[reached])
    return tuple(str(sentence) for sentence in told)


@require_POST
@for_folder(Action.SHARE)
def remove(request: HttpRequest, folder_id: FolderId) -> HttpResponse:
    """Take a role away; who would shut themselves out is asked first (R39)."""
    try:
        who, role = PrincipalId(UUID(request.POST.get("principal", ""))), FolderRole(request.POST.get("role", ""))
    except ValueError:
        return redirect("folder_access", folder_id=folder_id)
    decision = actions.unshare_folder(
        folder_id,
        principal_id=who,
        role=role,
        is_confirmed="confirmed" in request.POST,
        actor=actor.from_request(request),
        now=timezone.now(),
    )
    if decision.code is Code.CONFLICT and decision.reasons[0].rule == "R39":
        context = {
            "folder": library.get_folder(actor.account_id(request), folder_id),
            "sentence": refusals.sentence(decision.reasons[0]),
            "principal": who,
            "role": role,
        }
        return render(request, "access/leave.html", context)
    if decision.is_permitted and "confirmed" in request.POST:
        messages.success(request, _("You are no longer a Creator here."))
        return redirect("home")
    return _told(request, decision, _("Taken away."), folder_id)


@require_POST
@for_folder(Action.SHARE)
def level(request: HttpRequest, folder_id: FolderId) -> HttpResponse:
    """Share the folder further, or less far."""
    sharing = reads.folder_sharing(actor.account_id(request), folder_id)
    form = Level(request.POST, cap=access.SharingLevel.PUBLIC, now=sharing.level)
    chosen = form.chosen() if form.is_valid() else None
    if chosen is None:
        messages.error(request, _("Choose whom to share it with."))
        return redirect("folder_access", folder_id=folder_id)
    decision = actions.set_folder_level(folder_id, chosen, actor=actor.from_request(request), now=timezone.now())
    return _told(request, decision, _("Saved. It counts from now on."), folder_id)


@require_http_methods(["GET", "HEAD", "POST"])
@for_folder(Action.SHARE)
def inheritance(request: HttpRequest, folder_id: FolderId) -> HttpResponse:
    """Say what stopping or beginning to inherit does, who loses access (R30); on POST do it."""
    viewer, by, now = actor.account_id(request), actor.from_request(request), timezone.now()
    sharing = reads.folder_sharing(viewer, folder_id)
    if request.method == "POST":
        if "seen" in request.POST:
            decision = actions.inherit_again(
                folder_id, seen=request.POST["seen"], calendar=calendar(), actor=by, now=now
            )
            return _told(request, decision, _("This folder inherits its members again."), folder_id)
        keeps = request.POST.get("members") != "none"
        decision = actions.stop_inheriting(folder_id, keeps_members=keeps, actor=by, now=now)
        return _told(request, decision, _("This folder has members of its own now."), folder_id)
    above = reads.effective_members(sharing.parent_id) if sharing.parent_id else frozenset()
    context = {
        "folder": library.get_folder(viewer, folder_id),
        "sharing": sharing,
        "losing": reads.lines_of(access.losing(sharing.members, above)),
        "seen": access.fingerprint(sharing.members, sharing.level),
        "public_notes": notes.get_public_notes(folder_id),
        "followers": reads.followers(folder_id),
        "below": reads.followers_below(folder_id),
        "parent": library.get_folder(viewer, sharing.parent_id) if sharing.parent_id else None,
        "may_manage": FolderRole.CREATOR in roles_given(request, folder_id),
        "disappearing": _disappearing(folder_id, sharing.parent_id),
    }
    return render(request, "access/inherit.html", context)


def _disappearing(folder_id: FolderId, parent_id: FolderId | None) -> int:
    """How many published recordings wait for approval as soon as the folder follows the one above (R69)."""
    above = publishing.folder_approval(parent_id) if parent_id else None
    if above is None or not above.is_on:
        return 0
    standing = publishing.folder_approval(folder_id)
    return 0 if standing.is_on else standing.published


def _told(request: HttpRequest, decision: Decision, done: str, folder_id: FolderId) -> HttpResponse:
    if is_hidden(decision):
        return refusals.page(request, decision)
    if decision.is_permitted:
        messages.success(request, done)
    else:
        messages.error(request, refusals.sentence(decision.reasons[0]))
    return redirect("folder_access", folder_id=folder_id)

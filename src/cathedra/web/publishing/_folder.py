"""A folder's approval: on or off, and what that does, said before it is done (R69, R70)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cathedra.actions import publishing as actions
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import library
from cathedra.domain.access import Action
from cathedra.domain.terms import FolderId, FolderNotFound
from cathedra.web import actor, office, refusals
from cathedra.web.access.door import noted


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def folder_approval(request: HttpRequest, folder_id: UUID) -> HttpResponse:
    """What a switch would do; on POST, switch."""
    wanted, who = FolderId(folder_id), actor.from_request(request)
    try:
        preview = actions.preview_switch(wanted, actor=who, now=timezone.now())
    except FolderNotFound:
        return refusals.page(request, refusals.missing(request))
    if preview.standing is None:
        return refusals.page(request, preview.may_switch)
    facts = access_reads.folder_facts(who.account_id, wanted)
    office.at_folder(request, facts)
    if request.method == "POST":
        return _switch(request, wanted)
    context = {
        "folder": library.get_folder(actor.account_id(request), wanted),
        "home": office.home_of_folder(request, wanted),
        "standing": preview.standing,
        "preview": preview,
        "obstacle": "" if preview.may_switch.is_permitted else refusals.sentence(preview.may_switch.reasons[0]),
    }
    return noted(render(request, "publishing/folder.html", context), request, facts, Action.SET_AVAILABILITY, wanted)


def _switch(request: HttpRequest, folder_id: FolderId) -> HttpResponse:
    is_on = request.POST.get("approval") == "on"
    result = actions.switch_approval(
        folder_id,
        is_on=is_on,
        approve_existing=request.POST.get("existing") == "approve",
        actor=actor.from_request(request),
        now=timezone.now(),
    )
    if not result.decision.is_permitted:
        messages.error(request, refusals.sentence(result.decision.reasons[0]))
        return redirect("folder_approval", folder_id=folder_id)
    messages.success(request, _told(result, is_on=is_on))
    return redirect(office.home_of_folder(request, folder_id))


def _told(result: actions.SwitchResult, *, is_on: bool) -> str:
    if not result.is_changed:
        return _("Approval is on already.") if is_on else _("Approval is off already.")
    if not is_on:
        sentence = ngettext(
            "Approval is off. %(count)d recording that waited is published.",
            "Approval is off. %(count)d recordings that waited are published.",
            result.now_published,
        )
        return sentence % {"count": result.now_published}
    sentence = ngettext(
        "Approval is on. %(count)d recording waits for a Publisher now.",
        "Approval is on. %(count)d recordings wait for a Publisher now.",
        result.now_waiting,
    )
    return sentence % {"count": result.now_waiting}

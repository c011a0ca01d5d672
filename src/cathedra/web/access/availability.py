"""From when until when: the settings of a folder and of a recording (R44 to R50)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from cathedra.actions import access as actions
from cathedra.db.reads import access as reads
from cathedra.db.reads import library
from cathedra.domain import access
from cathedra.domain.access import Action
from cathedra.domain.terms import FolderId, RecordingId
from cathedra.web import actor, refusals
from cathedra.web.access.door import calendar, for_folder, for_recording, is_hidden
from cathedra.web.access.forms import FolderTimes, RecordingTimes
from cathedra.web.access.recordings import may_follow, place


@require_http_methods(["GET", "HEAD", "POST"])
@for_folder(Action.SET_AVAILABILITY)
def folder(request: HttpRequest, folder_id: FolderId) -> HttpResponse:
    """When the recordings of a folder can be watched, and which of them do not follow it."""
    viewer, now = actor.account_id(request), timezone.now()
    sharing, facts = reads.folder_sharing(viewer, folder_id), reads.folder_facts(viewer, folder_id)
    courses = reads.courses_reached(folder_id)
    form = FolderTimes(
        request.POST or None,
        own=sharing.schedule,
        inherits=sharing.inherits,
        needs_approval=facts.needs_approval,
        is_course=bool(courses),
    )
    if request.method == "POST" and form.is_valid():
        decision = actions.set_folder_schedule(
            folder_id,
            form.chosen(),
            reference=form.cleaned_data.get("reference", ""),
            calendar=calendar(),
            actor=actor.from_request(request),
            now=now,
        )
        if decision.is_permitted:
            messages.success(request, _("Saved. It counts from now on."))
            return redirect("folder_availability", folder_id=folder_id)
        if is_hidden(decision):
            return refusals.page(request, decision)
        form.add_error(None, refusals.sentence(decision.reasons[0]))
    guards = (calendar().guard(each.academic_year, each.taught_at or now) for each in courses)
    context: dict[str, Any] = {
        "folder": library.get_folder(viewer, folder_id),
        "sharing": sharing,
        "form": form,
        "guard": max(filter(None, guards), key=lambda guard: (guard.floor, guard.year_end), default=None),
        "needs_approval": facts.needs_approval,
        "overrides": reads.list_overrides(folder_id),
        "below": len(reads.followers(folder_id)),
        "may_see_access": access.permits(facts, Action.SHARE, now),
        "tab": "availability",
    }
    return render(request, "access/folder_availability.html", context, status=422 if form.errors else 200)


@require_POST
@for_folder(Action.SET_AVAILABILITY, Action.SHARE)
def clear(request: HttpRequest, folder_id: FolderId) -> HttpResponse:
    """The recordings that have settings of their own follow the folder again (R50)."""
    decision, count = actions.clear_overrides(
        folder_id, calendar=calendar(), actor=actor.from_request(request), now=timezone.now()
    )
    if not decision.is_permitted:
        return refusals.page(request, decision)
    told = ngettext(
        "%(count)d recording follows the folder again.", "%(count)d recordings follow the folder again.", count
    )
    messages.success(request, told % {"count": count})
    facts = reads.folder_facts(actor.account_id(request), folder_id)
    may_set = access.permits(facts, Action.SET_AVAILABILITY, timezone.now())
    return redirect("folder_availability" if may_set else "folder_access", folder_id=folder_id)


@require_http_methods(["GET", "HEAD", "POST"])
@for_recording(Action.SET_AVAILABILITY)
def recording(request: HttpRequest, recording_id: RecordingId) -> HttpResponse:
    """When one recording can be watched, whatever its folder says (R45)."""
    found = place(request, recording_id)
    own, now = found["recording"], timezone.now()
    is_course = bool(found["sharing"].academic_year)
    form = RecordingTimes(request.POST or None, own=own.schedule, is_course=is_course)
    if request.method == "POST" and form.is_valid():
        decision = actions.set_recording_schedule(
            recording_id,
            form.chosen(),
            reference=form.cleaned_data.get("reference", ""),
            calendar=calendar(),
            actor=actor.from_request(request),
            now=now,
        )
        if decision.is_permitted:
            messages.success(request, _("Saved. It counts from now on."))
            return redirect("recording_availability", recording_id=recording_id)
        if is_hidden(decision):
            return refusals.page(request, decision)
        form.add_error(None, refusals.sentence(decision.reasons[0]))
    facts = reads.recording_facts(actor.account_id(request), recording_id)
    context = found | {
        "form": form,
        "guard": calendar().guard(found["sharing"].academic_year, own.taught_at),
        "window": access.window(facts.availability),
        "approval_is_missing": facts.state in ("waiting", "rejected"),
        "overrides": not own.schedule.follows_folder,
        "may_follow": may_follow(request, own),
        "may_see_access": access.permits(facts, Action.SHARE, now),
        "tab": "availability",
    }
    return render(request, "access/recording_availability.html", context, status=422 if form.errors else 200)

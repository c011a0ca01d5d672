"""Who can see one recording beside its folder: its level, its extra viewers, and how to show it to some only."""

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
from cathedra.db.reads import library
from cathedra.domain import access
from cathedra.domain.access import Action
from cathedra.domain.terms import Decision, PrincipalId, RecordingId
from cathedra.web import actor, office, pickers, refusals, words
from cathedra.web.access.door import calendar, for_recording, is_hidden
from cathedra.web.access.forms import AddViewers, DownloadPolicy, Level, Restrict


@require_http_methods(["GET", "HEAD", "POST"])
@for_recording(Action.SHARE)
def viewers(request: HttpRequest, recording_id: RecordingId) -> HttpResponse:
    """The recording's own level and viewers (R24, R32); on POST people and groups are let in."""
    form = AddViewers(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = pickers.chosen(request, form, "people")
        if not form.errors:
            decision = actions.share_recording(
                recording_id,
                principals=[each.id for each in found],
                is_told=form.cleaned_data["tells"],
                actor=actor.from_request(request),
                now=timezone.now(),
            )
            if decision.is_permitted:
                messages.success(request, _("Added: %(names)s.") % {"names": ", ".join(each.name for each in found)})
                return redirect("recording_access", recording_id=recording_id)
            form.add_error(None, refusals.sentence(decision.reasons[0]))
    context = _context(request, recording_id) | {"form": form}
    return render(request, "access/recording.html", context, status=422 if form.errors else 200)


def place(request: HttpRequest, recording_id: RecordingId) -> dict[str, Any]:
    """The recording, its folder and how both are shared, for every page of this part."""
    viewer = actor.account_id(request)
    recording = reads.recording_sharing(recording_id)
    return {
        "recording": recording,
        "folder": library.get_folder(viewer, recording.folder_id),
        "sharing": reads.folder_sharing(viewer, recording.folder_id),
    }


def _context(request: HttpRequest, recording_id: RecordingId) -> dict[str, Any]:
    found = place(request, recording_id)
    recording, now = found["recording"], timezone.now()
    facts = reads.recording_facts(actor.account_id(request), recording_id)
    names = reads.describe(recording.viewers)
    cap = reads.reaching(recording.folder_id, recording_id, now)
    return {
        **found,
        "viewers": sorted(names.values(), key=lambda who: (not who.is_group, who.name.lower())),
        "level_form": Level(cap=cap, now=recording.level, is_recording=True),
        "adds_nothing": access.adds_nothing(recording.level, found["sharing"].level),
        "is_capped": cap is not access.SharingLevel.PUBLIC,
        "downloads_form": DownloadPolicy.of_recording(recording),
        "may_set_downloads": access.permits(facts, Action.EDIT_FOLDER, now),
        "may_download": words.DOWNLOADS[facts.downloads],
        "overrides": recording.level is not None or not recording.schedule.follows_folder,
        "may_follow": may_follow(request, recording),
        "tab": "access",
    }


def may_follow(request: HttpRequest, recording: reads.RecordingSharing) -> bool:
    """Whether this person may let the recording follow its folder again (R50)."""
    facts = reads.recording_facts(actor.account_id(request), recording.id)
    has_level, has_schedule = recording.level is not None, not recording.schedule.follows_folder
    return access.decide_follow(facts, has_level=has_level, has_schedule=has_schedule, now=timezone.now()).is_permitted


@require_POST
@for_recording(Action.SHARE)
def remove(request: HttpRequest, recording_id: RecordingId) -> HttpResponse:
    """Take an extra viewer away."""
    try:
        who = PrincipalId(UUID(request.POST.get("principal", "")))
    except ValueError:
        return redirect("recording_access", recording_id=recording_id)
    decision = actions.unshare_recording(
        recording_id, principal_id=who, actor=actor.from_request(request), now=timezone.now()
    )
    return told(request, decision, _("Taken away."), "recording_access", recording_id)


@require_POST
@for_recording(Action.SHARE)
def level(request: HttpRequest, recording_id: RecordingId) -> HttpResponse:
    """Share the recording further than its folder; a stricter level is kept and has no effect (R32)."""
    now_at = reads.recording_sharing(recording_id).level
    form = Level(request.POST, cap=access.SharingLevel.PUBLIC, now=now_at, is_recording=True)
    if not form.is_valid():
        messages.error(request, _("Choose whom to share it with."))
        return redirect("recording_access", recording_id=recording_id)
    decision = actions.set_recording_level(
        recording_id, form.chosen(), actor=actor.from_request(request), now=timezone.now()
    )
    return told(request, decision, _("Saved. It counts from now on."), "recording_access", recording_id)


@require_POST
@for_recording(Action.SHARE, Action.SET_AVAILABILITY)
def follow(request: HttpRequest, recording_id: RecordingId) -> HttpResponse:
    """Level and availability are the folder's again (R50)."""
    decision = actions.follow_folder(
        recording_id, calendar=calendar(), actor=actor.from_request(request), now=timezone.now()
    )
    if not decision.is_permitted:
        return refusals.page(request, decision)
    messages.success(request, _("This recording follows its folder again."))
    return redirect(office.home_of(request, recording_id))


@require_http_methods(["GET", "HEAD", "POST"])
@for_recording(Action.SHARE)
def restrict(request: HttpRequest, recording_id: RecordingId) -> HttpResponse:
    """Show the recording to some people only, in one step (R35)."""
    form = Restrict(request.POST or None, initial={"name": _("Shown to some people")})
    if request.method == "POST" and form.is_valid():
        found = pickers.chosen(request, form, "people")
        if not form.errors:
            outcome = actions.restrict_recording(
                recording_id,
                principals=[each.id for each in found],
                name=form.cleaned_data["name"],
                actor=actor.from_request(request),
                now=timezone.now(),
            )
            if outcome.folder_id is not None:
                messages.success(
                    request, _("Only they and those who run the folder see it now. Its address is the same.")
                )
                return redirect("recording_explained", recording_id=recording_id)
            if is_hidden(outcome.decision):
                return refusals.page(request, outcome.decision)
            form.add_error(None, refusals.sentence(outcome.decision.reasons[0]))
    context = place(request, recording_id) | {"form": form}
    return render(request, "access/restrict.html", context, status=422 if form.errors else 200)


def told(request: HttpRequest, decision: Decision, done: str, route: str, recording_id: RecordingId) -> HttpResponse:
    """Back to a page of the recording with what came of it."""
    if is_hidden(decision):
        return refusals.page(request, decision)
    if decision.is_permitted:
        messages.success(request, done)
    else:
        messages.error(request, refusals.sentence(decision.reasons[0]))
    return redirect(route, recording_id=recording_id)

"""The page of a recording: watch it, follow its preparation, say what it is called."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cathedra.actions import grants
from cathedra.actions import library as actions
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import audio_description as description_reads
from cathedra.db.reads import encoding as encoding_reads
from cathedra.db.reads import ingest as ingest_reads
from cathedra.db.reads import library as reads
from cathedra.domain import access, encoding
from cathedra.domain.library import DESCRIPTION_LIMIT, NAME_LIMIT, TAG_LIMIT, TAGS_LIMIT, State
from cathedra.domain.terms import Code, Decision, RecordingId, RecordingNotFound
from cathedra.web import (
    actor,
    archived,
    downloads,
    holding,
    office,
    publishing,
    refusals,
    saving,
    tombstones,
    watch_bar,
)
from cathedra.web.access.door import for_recording
from cathedra.web.scheduling import one as scheduled


class Details(forms.Form):
    """What a recording is called and what it is about."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=NAME_LIMIT)
    description = forms.CharField(
        label=gettext_lazy("Description"),
        max_length=DESCRIPTION_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("What it is about, for people who look for it. Plain text."),
    )
    tags = forms.CharField(
        label=gettext_lazy("Tags"),
        max_length=TAGS_LIMIT * (TAG_LIMIT + 2),
        required=False,
        help_text=gettext_lazy("Words it is found by, with commas between them: thermodynamics, past paper."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_tags(self) -> list[str]:
        return [part for part in self.cleaned_data["tags"].split(",") if part.strip()]


@dataclass(frozen=True, slots=True)
class Admission:
    """What the access rule says of this person and this recording."""

    view: Decision
    follow: Decision
    edit: Decision
    edit_media: Decision
    read_audit: Decision
    download: Decision
    is_under_grant: bool = False  # only an administrative grant lets them in (R148)
    facts: access.RecordingFacts | None = None
    may_set_chapters: bool = False

    def may_have_whole(self, now: datetime) -> bool:
        """May download what was uploaded."""
        return self.download.is_permitted and self.facts is not None and access.may_have_whole(self.facts, now)

    @property
    def is_let_in(self) -> bool:
        """May see the page: to play, or to follow what becomes of it."""
        return self.view.is_permitted or self.follow.is_permitted


def admit(request: HttpRequest, recording_id: RecordingId) -> Admission:
    """Ask the rule once for the page. A missing recording looks like a forbidden one."""
    try:
        facts = access_reads.recording_facts(actor.account_id(request), recording_id)
    except RecordingNotFound:
        refused = refusals.missing(request)
        return Admission(refused, refused, refused, refused, refused, refused)
    now = timezone.now()
    return Admission(
        view=access.decide(facts, access.Action.VIEW, now),
        follow=access.decide(facts, access.Action.SEE_PROGRESS, now),
        edit=access.decide(facts, access.Action.EDIT_RECORDING, now),
        edit_media=access.decide(facts, access.Action.EDIT_MEDIA, now),
        read_audit=access.decide(facts, access.Action.READ_AUDIT, now),
        download=access.decide(facts, access.Action.DOWNLOAD, now),
        is_under_grant=access.through_grant(facts, access.Action.VIEW, now) is not None,
        facts=facts,
        may_set_chapters=access.permits(facts, access.Action.EDIT_MEDIA, now),
    )


@require_safe
@never_cache
def watch(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    """The recording: player or what is in the way of it, what it is, and for its Creators what to do next."""
    wanted, viewer = RecordingId(recording_id), actor.account_id(request)
    admission = admit(request, wanted)
    admission = replace(admission, view=archived.dated(wanted, admission.view, timezone.now()))
    if not admission.is_let_in:
        instead = saving.successor(request, wanted, admission.view)
        return refusals.page(request, tombstones.gone(wanted, admission.view), instead=instead)
    if _waits_in_intake(admission):
        return redirect("keep_import", import_id=wanted)
    now = timezone.now()
    if admission.view.is_permitted and admission.is_under_grant and request.method == "GET":
        grants.note_playback(wanted, actor=actor.from_request(request), now=now)
    recording = reads.get_recording(viewer, wanted)
    here = access_reads.OneFolder(viewer, recording.folder_id, now)
    facts, beside = here.facts, reads.list_recordings_here(here, limit=9).rows
    context = {
        **_standing(recording, admission),
        **(publishing.approval_bar(request, wanted, admission.facts) if admission.follow.is_permitted else {}),
        "recording": recording,
        "downloads": downloads.offers(wanted, with_whole=admission.may_have_whole(now))
        if admission.download.is_permitted
        else (),
        **(holding.told(wanted, admission.facts, now) if admission.facts and recording.state == State.HELD else {}),
        **scheduled.told_of(viewer, recording, now),
        "is_under_grant": admission.is_under_grant,
        "is_cut": admission.facts is not None and admission.facts.cut_version is not None,
        "may_restore": admission.view.code is Code.ARCHIVED
        and admission.facts is not None
        and access.decide(admission.facts, access.Action.RESTORE_FROM_ARCHIVE, now).is_permitted,
        "may_make_full": publishing.may_make_full(request, wanted, admission.view),
        "folder": reads.get_folder(viewer, recording.folder_id),
        "may_upload": access.permits(facts, access.Action.CREATE_RECORDING, now),
        "may_share": access.permits(facts, access.Action.SHARE, now),
        "may_set_chapters": admission.may_set_chapters,
        "may_set_availability": access.permits(facts, access.Action.SET_AVAILABILITY, now),
        "may_edit_captions": admission.facts is not None
        and access.decide(admission.facts, access.Action.EDIT_MEDIA, now).is_permitted,
        "may_see_folder": access.permits(facts, access.Action.SEE_FOLDER, now),
        "may_see_statistics": admission.facts is not None
        and access.decide(admission.facts, access.Action.SEE_STATISTICS, now).is_permitted,
        "bar": _bar(recording, admission, facts, now),
        "saved_as": saving.successor(request, wanted, admission.view),
        "is_described": admission.view.is_permitted and _is_described(wanted),
        "beside": [row for row in beside if row.id != wanted][:8],
    }
    return render(request, "playback/watch.html", context)


def _is_described(wanted: RecordingId) -> bool:
    """R212: whether its player offers an audio description."""
    described = description_reads.find(wanted)
    return described is not None and described.is_made


def _bar(
    recording: reads.RecordingPage, admission: Admission, here: access.FolderFacts, now: datetime
) -> list[watch_bar.Said]:
    """For who may do more with it than watch it. Under a grant the pages behind it say it, and write down who saw it."""
    facts = None if admission.is_under_grant else admission.facts
    more = (access.Action.EDIT_RECORDING, access.Action.SHARE, access.Action.SET_AVAILABILITY, access.Action.EDIT_MEDIA)
    if facts is None or not (facts.is_owner or any(access.permits(facts, action, now) for action in more)):
        return []
    return watch_bar.values(recording, facts, here, now)


def _waits_in_intake(admission: Admission) -> bool:
    """R93: imported, and not kept yet; there is nothing of it to watch or to follow."""
    facts = admission.facts
    return facts is not None and facts.is_in_intake and facts.media.keeping == "ONLINE"


def _standing(recording: reads.RecordingPage, admission: Admission) -> dict[str, Any]:
    is_owner = admission.facts is not None and admission.facts.is_owner
    is_moving = recording.state in (State.UPLOADED, State.PROCESSING)
    is_finishing = admission.view.is_permitted and not recording.is_complete and bool(recording.stage)
    return {
        "recording": recording,
        "may_play": admission.view.is_permitted,
        "may_follow": admission.follow.is_permitted,
        "may_edit": admission.edit.is_permitted,
        "may_edit_media": admission.edit_media.is_permitted,
        "may_read_audit": admission.read_audit.is_permitted,
        **_again(recording, admission.facts),
        "may_change_owner": admission.facts is not None
        and not admission.is_under_grant
        and access.decide(admission.facts, access.Action.CHANGE_OWNER, timezone.now()).is_permitted,
        "may_declare": is_owner or admission.edit.is_permitted,
        "may_report": not is_owner and admission.view.is_permitted and not admission.edit.is_permitted,
        **_capture(recording, admission),
        "is_moving": is_moving,
        "is_archived": admission.view.code in (Code.ARCHIVED, Code.RESTORING),
        "is_original_gone": admission.view.code is Code.ORIGINAL_DELETED,
        "is_finishing": is_finishing and admission.follow.is_permitted,
        "queue_position": encoding_reads.queue_position(recording.id)
        if admission.follow.is_permitted and (is_moving or is_finishing)
        else None,
        "obstacle": "" if admission.view.is_permitted else refusals.sentence(admission.view.reasons[0]),
    }


def _capture(recording: reads.RecordingPage, admission: Admission) -> dict[str, Any]:
    """What is being recorded, for who follows it, with its phase (R55)."""
    if recording.state != State.RECORDING or not admission.follow.is_permitted:
        return {}
    is_recorder = admission.facts is not None and admission.facts.is_owner
    return {"capture": ingest_reads.get_capture_row(recording.id), "is_recorder": is_recorder}


def _again(recording: reads.RecordingPage, facts: access.RecordingFacts | None) -> dict[str, Any]:
    """What the page of a recording that failed offers (T18), or why it cannot."""
    if facts is None or recording.state != State.FAILED:
        return {}
    may = access.decide(facts, access.Action.PROCESS_AGAIN, timezone.now())
    is_received = encoding_reads.is_received(recording.id)
    decision = encoding.decide_replace(recording.state, may=may, is_received=is_received)
    obstacle = refusals.sentence(decision.reasons[0]) if may.is_permitted and decision.reasons else ""
    may_replace = access.decide(facts, access.Action.REPLACE_FILE, timezone.now())
    return {
        "may_process_again": decision.is_permitted,
        "may_replace_file": may_replace.is_permitted,
        "again_obstacle": obstacle,
    }


@require_safe
@never_cache
def progress(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    """The live part of the page, asked for again while something moves. `was` is the state the page shows."""
    wanted = RecordingId(recording_id)
    admission = admit(request, wanted)
    if not admission.follow.is_permitted:
        return refusals.page(request, admission.follow)
    recording = reads.get_recording(actor.account_id(request), wanted)
    response = render(request, "playback/_progress.html", _standing(recording, admission))
    if request.GET.get("was", "") != recording.state:
        response["HX-Refresh"] = "true"  # the page has other parts now: a player, or why there is none
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@for_recording(access.Action.EDIT_RECORDING)
def edit(request: HttpRequest, wanted: RecordingId) -> HttpResponse:
    """Title, description and tags: for whom row 6 of R38 names, whether or not they may watch it."""
    viewer = actor.account_id(request)
    recording = reads.get_recording(viewer, wanted)
    now_called = {
        "title": recording.title,
        "description": recording.description,
        "tags": ", ".join(recording.tags),
        "version": recording.version,
    }
    form = Details(request.POST or None, initial=now_called)
    if request.method == "POST" and form.is_valid():
        decision = actions.edit_recording(
            wanted, **form.cleaned_data, actor=actor.from_request(request), now=timezone.now()
        )
        if decision.is_permitted:
            messages.success(request, _("Saved."))
            return redirect(office.home_of(request, wanted))
        if decision.code not in (Code.CONFLICT, Code.BAD_REQUEST):
            return refusals.page(request, decision)
        form.add_error(None, refusals.sentence(decision.reasons[0]))
    context = {
        "form": form,
        "recording": recording,
        "folder": reads.get_folder(viewer, recording.folder_id),
        "home": office.home_of(request, wanted),
    }
    return render(request, "playback/edit.html", context, status=422 if form.errors else 200)

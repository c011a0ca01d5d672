"""The page of a recording's audio description (R212): what there is, add, replace, remove. Works without JavaScript."""

import tempfile
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from cathedra import wiring
from cathedra.actions import audio_description as actions
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import audio_description as reads
from cathedra.db.reads import content, library, slides
from cathedra.domain import access
from cathedra.domain.access import Action
from cathedra.domain.library import AUDIO_LIMIT_BYTES
from cathedra.domain.terms import Actor, Decision, RecordingId
from cathedra.web import actor, captioning, office, refusals
from cathedra.web.access.door import for_recording, is_hidden
from cathedra.web.caption_forms import Language

ACCEPTED = ".wav,.flac,.m4a,.mp3,.opus,.ogg,.aac,.aiff,audio/*"


class SoundFile(Language):
    """The sound, and the language that is spoken in it."""

    file = forms.FileField(
        label=gettext_lazy("Sound file"),
        help_text=gettext_lazy("WAV, FLAC, M4A, MP3, Opus or another sound, as long as the recording."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    field_order = ("file", "language")


@require_http_methods(["GET", "HEAD", "POST"])
@for_recording(Action.EDIT_MEDIA)
def index(request: HttpRequest, wanted: RecordingId) -> HttpResponse:
    """What there is; a file to add, or to put in its place; take it away."""
    who = actor.from_request(request)
    if "remove" in request.POST:
        decision = actions.remove_description(wanted, actor=who, now=timezone.now(), store=wiring.object_store())
        if not decision.is_permitted:
            return refusals.page(request, decision)
        messages.success(request, _("The audio description is gone. Viewers hear the recording's own sound."))
        return redirect("audio_description", recording_id=wanted)
    form = SoundFile(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        decision = attach(wanted, form.cleaned_data["file"], form.cleaned_data["language"], actor=who)
        if decision.is_permitted:
            messages.success(request, _("Added. It is being prepared, and the recording plays meanwhile."))
            return redirect("audio_description", recording_id=wanted)
        if is_hidden(decision):
            return refusals.page(request, decision)
        form.add_error("file", refusals.sentence(decision.reasons[0]))
    return _page(request, wanted, form)


def attach(wanted: RecordingId, file: Any, language: str, *, actor: Actor) -> Decision:
    """Hand over a file that came with a form: as it lies on the disk, or from memory where it is small."""
    now, store = timezone.now(), wiring.object_store()
    with tempfile.NamedTemporaryFile(prefix="described-") as kept:
        path = Path(kept.name)
        if hasattr(file, "temporary_file_path"):
            path = Path(file.temporary_file_path())
        else:
            for part in file.chunks():
                kept.write(part)
            kept.flush()
        return actions.add_description(
            wanted, name=file.name or "", language=language, path=path, actor=actor, now=now, store=store
        )


def _page(request: HttpRequest, wanted: RecordingId, form: SoundFile) -> HttpResponse:
    viewer, now = actor.account_id(request), timezone.now()
    recording = library.get_recording(viewer, wanted)
    may_change = actions.may_change(wanted, actor=actor.from_request(request), now=now).is_permitted
    context = {
        "recording": recording,
        "folder": library.get_folder(viewer, recording.folder_id),
        "home": office.home_of(request, wanted),
        "form": form,
        "is_copy": slides.is_reference(wanted),
        "may_change": may_change,
        "may_copy": access.permits(access_reads.recording_facts(viewer, wanted), Action.COPY, now),
        "is_cut": bool(content.edits_of(wanted).cuts),
        "lasts_ms": slides.duration_of(wanted),
        "megabytes": AUDIO_LIMIT_BYTES // 1024**2,
        **_about(wanted),
    }
    return render(request, "playback/audio_description.html", context, status=422 if form.errors else 200)


@require_safe
@for_recording(Action.EDIT_MEDIA)
def state(request: HttpRequest, wanted: RecordingId) -> HttpResponse:
    """How far its preparation is, for the page to ask again; what somebody is choosing on it stays."""
    context = {"recording": {"id": wanted}, "is_asked": True, **_about(wanted)}
    return render(request, "playback/_describing.html", context)


def _about(wanted: RecordingId) -> dict[str, Any]:
    described = reads.find(wanted)
    spoken = captioning.language_name(described.language) if described else ""
    return {"described": described, "spoken_in": spoken}

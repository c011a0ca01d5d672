"""The pages of captions: languages, upload, download, ask again, correct (R208 to R210)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cathedra import wiring
from cathedra.actions import captions as actions
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import captions as reads
from cathedra.db.reads import content
from cathedra.db.reads import library as library_reads
from cathedra.domain import access, library
from cathedra.domain.access import Action
from cathedra.domain.library import CaptionFormat, CaptionOrigin, CaptionTimes, Wanted
from cathedra.domain.terms import Decision, RecordingId
from cathedra.web import actor, captioning, office, refusals
from cathedra.web.access.door import for_recording
from cathedra.web.caption_forms import Language, Rewording, Upload


@require_http_methods(["GET", "HEAD", "POST"])
@for_recording(Action.EDIT_MEDIA)
def index(request: HttpRequest, wanted: RecordingId) -> HttpResponse:
    """Which captions there are; a file to add."""
    is_cut = bool(content.edits_of(wanted).cuts)
    form = Upload(request.POST or None, request.FILES or None, known=_languages_of(wanted), is_cut=is_cut)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        saved = actions.upload_captions(
            wanted,
            form.cleaned_data["language"],
            data=file.read(library.FILE_MOST + 1),
            name=file.name,
            replaces=form.cleaned_data["replaces"],
            times=form.said_times,
            actor=actor.from_request(request),
            now=timezone.now(),
        )
        if saved.decision.is_permitted:
            messages.success(
                request, _("The captions are here. Viewers see them the next time they open the recording.")
            )
            return redirect("captions", wanted)
        form.add_error(_field_of(saved.decision), refusals.sentence(saved.decision.reasons[0]))
    return _page(request, wanted, form)


def _field_of(decision: Decision) -> str | None:
    """Which field a refusal of an upload is about."""
    said = decision.reasons[0]
    if "language" in said.values:
        return "replaces"
    return "file" if said.values else None


def _languages_of(wanted: RecordingId) -> tuple[str, ...]:
    return tuple(row.language for row in reads.list_tracks(reads.media_of(wanted)))


def _page(request: HttpRequest, wanted: RecordingId, form: Upload) -> HttpResponse:
    now = timezone.now()
    seen = captioning.seen(wanted, can_edit=True)
    recording = library_reads.get_recording(actor.account_id(request), wanted)
    words = reads.course_words(recording.folder_id)
    facts = access_reads.folder_facts(actor.account_id(request), recording.folder_id)
    context = {
        **_about_copy(request, wanted),
        "form": form,
        "begin": Language(known=seen.languages, auto_id="begin_%s"),
        "is_cut": "times" in form.fields,
        "recording": recording,
        "folder": library_reads.get_folder(actor.account_id(request), recording.folder_id),
        "home": office.home_of(request, wanted),
        "seen": seen,
        "has_engine": wiring.has_speech_engine(),
        "has_persons": any(
            line.row.is_spoken and line.row.origin is not CaptionOrigin.AUTOMATIC for line in seen.lines
        ),
        "words": words,
        "may_set_up": access.permits(facts, Action.EDIT_FOLDER, now),
    }
    return render(request, "captions/list.html", context, status=422 if form.errors else 200)


def _about_copy(request: HttpRequest, wanted: RecordingId) -> dict[str, Any]:
    """R201: whether it repeats another recording, and what can be done about that."""
    who, now = actor.from_request(request), timezone.now()
    facts = access_reads.recording_facts(who.account_id, wanted)
    return {
        "is_copy": facts.original is not None,
        "may_change": actions.may_change(wanted, actor=who, now=now).is_permitted,
        "may_copy": access.permits(facts, Action.COPY, now),
    }


@require_safe
@for_recording(Action.EDIT_MEDIA)
def state(request: HttpRequest, wanted: RecordingId) -> HttpResponse:
    """The live part of the page; when the engine has ended, the page is loaded anew."""
    seen = captioning.seen(wanted, can_edit=True)
    recording = library_reads.get_recording(actor.account_id(request), wanted)
    context = {"seen": seen, "recording": recording, "has_engine": wiring.has_speech_engine()}
    response = render(request, "captions/_state.html", context)
    if not seen.is_moving:
        response["HX-Refresh"] = "true"
    return response


@require_safe
@for_recording(Action.EDIT_MEDIA)
def begin(request: HttpRequest, wanted: RecordingId) -> HttpResponse:
    """A language was chosen: to where its captions are written, be there any or not yet."""
    form = Language(request.GET, known=_languages_of(wanted))
    if not form.is_valid():
        return redirect("captions", wanted)
    return redirect("edit_captions", wanted, form.cleaned_data["language"])


@require_http_methods(["GET", "HEAD", "POST"])
def editor(request: HttpRequest, recording_id: UUID, language: str) -> HttpResponse:
    """Write or correct the captions of a language; find and replace works without a script too."""
    return _editor(language)(request, recording_id)


def _editor(language: str) -> Any:
    @for_recording(Action.EDIT_MEDIA)
    def view(request: HttpRequest, wanted: RecordingId) -> HttpResponse:
        decision = actions.may_change(wanted, actor=actor.from_request(request), now=timezone.now())
        if not decision.is_permitted:
            return refusals.page(request, decision)
        track = _begun(wanted, language)
        form = Rewording(request.POST or None, initial={"version": track.version})
        if request.method == "POST" and form.is_valid():
            saved = _reword(request, wanted, track, form.cleaned_data)
            if saved.decision.is_permitted:
                messages.success(request, _replaced(saved.count))
                return redirect("edit_captions", wanted, track.language)
            form.add_error(None, refusals.sentence(saved.decision.reasons[0]))
        context = {**editor_context(request, wanted, track), "form": form}
        return render(request, "captions/edit.html", context, status=422 if form.errors else 200)

    return view


def editor_context(request: HttpRequest, wanted: RecordingId, track: reads.Track) -> dict[str, Any]:
    """What the partial template of the editor needs."""
    recording = library_reads.get_recording(actor.account_id(request), wanted)
    media_id = reads.media_of(wanted)
    return {
        "recording": recording,
        "folder": library_reads.get_folder(actor.account_id(request), recording.folder_id),
        "track": track,
        "language_name": captioning.language_name(track.language),
        "others": [
            line for line in captioning.seen(wanted, can_edit=True).lines if line.row.language != track.language
        ],
        "media_id": media_id,
        **_about_copy(request, wanted),
    }


def _reword(request: HttpRequest, wanted: RecordingId, track: reads.Track, given: dict[str, Any]) -> actions.Saving:
    return actions.reword_captions(
        wanted,
        track.language,
        wanted=Wanted(given["find"], is_case_kept=given["keeps_case"], is_whole_word=given["whole_words"]),
        instead=given["instead"],
        version=given["version"],
        actor=actor.from_request(request),
        now=timezone.now(),
    )


def _replaced(count: int) -> str:
    if not count:
        return _("That was not found, so nothing was changed.")
    return ngettext("Replaced in %(count)d place.", "Replaced in %(count)d places.", count) % {"count": count}


@require_safe
def download(request: HttpRequest, recording_id: UUID, language: str, ending: str) -> HttpResponse:
    """The captions of a language as a file: as viewers see them; for who may change them with `times=uncut` as they are
    kept."""

    @for_recording(Action.EDIT_MEDIA)
    def view(request: HttpRequest, wanted: RecordingId) -> HttpResponse:
        track, edits = _track(wanted, language), content.edits_of(wanted)
        try:
            form, times = CaptionFormat(ending), CaptionTimes(request.GET.get("times", CaptionTimes.EDITED))
        except ValueError as error:
            raise Http404 from error
        is_uncut = bool(edits.cuts) and times is CaptionTimes.UNCUT
        if is_uncut:
            decision = actions.may_change(wanted, actor=actor.from_request(request), now=timezone.now())
            if not decision.is_permitted:
                return refusals.page(request, decision)
        title = library_reads.get_recording(actor.account_id(request), wanted).title
        named = ".".join((slugify(title) or "captions", track.language, *(["uncut"] if is_uncut else []), form.value))
        kind = "text/vtt" if form is CaptionFormat.WEBVTT else "application/x-subrip"
        cues = track.cues if is_uncut else library.edited_cues(track.cues, edits)
        answer = HttpResponse(library.write_captions(cues, form), content_type=f"{kind}; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{named}"'
        answer["Cache-Control"] = "private, no-store"
        return answer

    return view(request, recording_id)


@require_POST
def delete(request: HttpRequest, recording_id: UUID, language: str) -> HttpResponse:
    """Delete a language, as it was seen."""

    @for_recording(Action.EDIT_MEDIA)
    def view(request: HttpRequest, wanted: RecordingId) -> HttpResponse:
        version = request.POST.get("version", "")
        decision = actions.delete_captions(
            wanted,
            language,
            version=int(version) if version.isdecimal() and len(version) < 10 else 0,
            actor=actor.from_request(request),
            now=timezone.now(),
        )
        return _back(request, wanted, decision, _("The captions were deleted."))

    return view(request, recording_id)


@require_POST
@for_recording(Action.EDIT_MEDIA)
def again(request: HttpRequest, wanted: RecordingId) -> HttpResponse:
    """Have the engine listen; what a person wrote goes only when that box is ticked (R210)."""
    decision = actions.ask_again(
        wanted,
        is_confirmed=request.POST.get("is_confirmed") == "on",
        has_engine=wiring.has_speech_engine(),
        actor=actor.from_request(request),
        now=timezone.now(),
    )
    return _back(request, wanted, decision, _("The recording is listened to. That can take as long as it lasts."))


def _back(request: HttpRequest, wanted: RecordingId, decision: Decision, said: str) -> HttpResponse:
    if decision.is_permitted:
        messages.success(request, said)
    else:
        messages.error(request, refusals.sentence(decision.reasons[0]))
    return redirect("captions", wanted)


def _track(wanted: RecordingId, language: str) -> reads.Track:
    """Raises TrackNotFound, which the door tells as a page that is not there."""
    return reads.get_track(reads.media_of(wanted), library.clean_language(language))


def _begun(wanted: RecordingId, language: str) -> reads.Track:
    """The same; of a language that nobody has written in yet an empty one, which is kept when it says something."""
    tidy, media_id = library.clean_language(language), reads.media_of(wanted)
    if tidy == language and tidy in dict(captioning.languages()) and reads.find_track(media_id, tidy) is None:
        return reads.Track(tidy, CaptionOrigin.EDITED, is_spoken=False, version=0, cues=())
    return reads.get_track(media_id, tidy)

"""Chapters, slides and the deck of a recording, for its Creators (R38 row 5). Works without JavaScript."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cathedra import wiring
from cathedra.actions import slides as actions
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import library
from cathedra.db.reads import slides as reads
from cathedra.db.reads.content import edits_of, edits_of_version, shown_edit
from cathedra.domain import access
from cathedra.domain.access import Action
from cathedra.domain.library import DECK_LIMIT_BYTES, NAME_LIMIT, AnalysisState, Chapter, Edits, instant
from cathedra.domain.terms import Actor, Decision, RecordingId
from cathedra.web import actor, captioning, refusals
from cathedra.web.access.door import for_recording, is_hidden
from cathedra.web.page_tags import clock


class Place(forms.Form):
    """Where a chapter begins and what it is called."""

    at = forms.CharField(label=gettext_lazy("Begins at"), max_length=12)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=NAME_LIMIT)

    def clean_at(self) -> int:
        found = instant(self.cleaned_data["at"])
        if found is None:
            raise forms.ValidationError(_("Write the time as the player shows it, such as 12:30 or 1:02:03."))
        return found


class DeckFile(forms.Form):
    """The file that was shown."""

    file = forms.FileField(
        label=gettext_lazy("PDF or PowerPoint file (PPTX)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.pptx"}),
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A chapter on the page, with the form that changes it; and what that form says it was, on the timeline of which
    version."""

    id: UUID
    form: Place
    was: Chapter
    version: str


@require_http_methods(["GET", "HEAD", "POST"])
@for_recording(Action.EDIT_MEDIA)
def chapters(request: HttpRequest, wanted: RecordingId) -> HttpResponse:
    """What there is; and add a chapter."""
    form = Place(request.POST or None, auto_id="new_%s")
    if request.method == "POST" and form.is_valid():
        outcome = actions.add_chapter(
            wanted,
            start_ms=_edits(request, wanted).original(form.cleaned_data["at"]),
            title=form.cleaned_data["title"],
            actor=actor.from_request(request),
            now=timezone.now(),
        )
        if outcome.decision.is_permitted:
            return _saved(request, wanted, _("Chapter added."))
        if is_hidden(outcome.decision):
            return refusals.page(request, outcome.decision)
        form.add_error(None, refusals.sentence(outcome.decision.reasons[0]))
    return _page(request, wanted, new=form)


@require_POST
def chapter(request: HttpRequest, recording_id: UUID, chapter_id: UUID) -> HttpResponse:
    """Rename, move or remove one. A time that was left as it stood stays exactly where it was."""

    @for_recording(Action.EDIT_MEDIA)
    def changed(request: HttpRequest, wanted: RecordingId) -> HttpResponse:
        who, now = actor.from_request(request), timezone.now()
        row = reads.get_chapter(wanted, chapter_id)
        if "remove" in request.POST:
            decision = actions.remove_chapter(wanted, chapter_id, actor=who, now=now)
            return _answer(request, wanted, decision, _("Chapter removed. Its part belongs to the one before."))
        form, was = Place(request.POST, auto_id=f"c{chapter_id}_%s"), _was(request, row)
        if form.is_valid():
            title = form.cleaned_data["title"]
            start_ms = _start(_edits(request, wanted), was, form.cleaned_data["at"])
            decision = actions.change_chapter(
                wanted, chapter_id, start_ms=start_ms, title=title, was=was, actor=who, now=now
            )
            if decision.is_permitted or is_hidden(decision):
                return _answer(request, wanted, decision, _("Saved."))
            form.add_error(None, refusals.sentence(decision.reasons[0]))
        return _page(request, wanted, wrong=Line(chapter_id, form, was, request.POST.get("version", "")))

    return changed(request, recording_id)


@require_POST
@for_recording(Action.EDIT_MEDIA)
def reset(request: HttpRequest, wanted: RecordingId) -> HttpResponse:
    """Set them from the slides again."""
    decision = actions.give_chapters_back(wanted, actor=actor.from_request(request), now=timezone.now())
    return _answer(
        request, wanted, decision, _("The chapters are set from the titles of the slides again, in a moment.")
    )


@require_POST
@for_recording(Action.EDIT_MEDIA)
def look(request: HttpRequest, wanted: RecordingId) -> HttpResponse:
    """Look for slides again."""
    decision = actions.ask_again(wanted, actor=actor.from_request(request), now=timezone.now())
    return _answer(request, wanted, decision, _("The slides are looked for again. That takes some minutes."))


@require_POST
@for_recording(Action.EDIT_MEDIA)
def deck(request: HttpRequest, wanted: RecordingId) -> HttpResponse:
    """Add the file that was shown, or take it away."""
    who, now = actor.from_request(request), timezone.now()
    if "remove" in request.POST:
        decision = actions.remove_deck(wanted, actor=who, now=now, store=wiring.object_store())
        return _answer(request, wanted, decision, _("Your slides file is gone. The slides say what was read of them."))
    form = DeckFile(request.POST, request.FILES)
    if form.is_valid():
        decision = attach(wanted, form.cleaned_data["file"], actor=who)
        if decision.is_permitted or is_hidden(decision):
            return _answer(request, wanted, decision, _("Added. It is being read, and found beside the slides."))
        form.add_error("file", refusals.sentence(decision.reasons[0]))
    return _page(request, wanted, file=form)


def attach(wanted: RecordingId, file: Any, *, actor: Actor) -> Decision:
    """Hand over a file that came with a form: as it lies on the disk, or from memory where it is small."""
    now, store = timezone.now(), wiring.object_store()
    with tempfile.NamedTemporaryFile(prefix="deck-") as kept:
        path = Path(kept.name)
        if hasattr(file, "temporary_file_path"):
            path = Path(file.temporary_file_path())
        else:
            for part in file.chunks():
                kept.write(part)
            kept.flush()
        return actions.attach_deck(wanted, name=file.name or "", path=path, actor=actor, now=now, store=store)


def _edits(request: HttpRequest, wanted: RecordingId) -> Edits:
    """On whose timeline the times of the form are: of the version that viewers had when the page was sent, whatever was
    cut since."""
    given = request.POST.get("version", "")
    known = edits_of_version(wanted, int(given)) if given.isdecimal() and len(given) < 10 else None
    return edits_of(wanted) if known is None else known


def _was(request: HttpRequest, row: reads.ChapterRow) -> Chapter:
    """What the page said of the chapter; of a form that does not tell, what it is."""
    start, title = request.POST.get("was_ms", ""), request.POST.get("was_title")
    is_told = title is not None and start.isdecimal() and len(start) < 12
    return Chapter(int(start), title or "") if is_told else Chapter(row.start_ms, row.title)


def _start(edits: Edits, was: Chapter, at_ms: int) -> int:
    shown = edits.edited(was.start_ms)
    return was.start_ms if shown // 1000 == at_ms // 1000 else edits.original(at_ms)


def _saved(request: HttpRequest, wanted: RecordingId, told: str) -> HttpResponse:
    messages.success(request, told)
    return redirect("chapters", recording_id=wanted)


def _answer(request: HttpRequest, wanted: RecordingId, decision: Decision, told: str) -> HttpResponse:
    return _saved(request, wanted, told) if decision.is_permitted else refusals.page(request, decision)


def _page(
    request: HttpRequest,
    wanted: RecordingId,
    *,
    new: Place | None = None,
    wrong: Line | None = None,
    file: DeckFile | None = None,
) -> HttpResponse:
    viewer = actor.account_id(request)
    recording = library.get_recording(viewer, wanted)
    edits, rows, who = edits_of(wanted), reads.list_chapters(wanted), actor.from_request(request)
    shown = shown_edit(wanted)
    version = str(shown.version if shown else 0)
    may_change = actions.may_change(wanted, actor=who, now=timezone.now()).is_permitted
    lines = [wrong if wrong and row.id == wrong.id else _line(row, edits.edited(row.start_ms), version) for row in rows]
    if not may_change:  # of a copy, whose Creator has what viewers have
        lines = [_line(row, at, version) for row, at in reads.list_offered_chapters(wanted)]
    given = new or (wrong.form if wrong else None) or file
    context = {
        "recording": recording,
        "folder": library.get_folder(viewer, recording.folder_id),
        "lines": lines,
        "version": version,
        "is_copy": reads.is_reference(wanted),
        "may_change": may_change,
        "may_copy": access.permits(access_reads.recording_facts(viewer, wanted), Action.COPY, timezone.now()),
        "new": new or Place(auto_id="new_%s"),
        "errors": given if given is not None and given.is_bound and given.errors else None,
        "is_automatic": bool(rows) and all(row.origin == "AUTOMATIC" for row in rows),
        "slides": [(slide, clock(slide.start_ms)) for slide in reads.list_offered_slides(wanted)],
        **_about_progress(wanted),
        "deck": reads.find_deck(wanted) if may_change else None,
        "deck_form": file or DeckFile(),
        "megabytes": DECK_LIMIT_BYTES // 1024**2,
    }
    return render(request, "playback/chapters.html", context, status=422 if context["errors"] else 200)


@require_safe
@for_recording(Action.EDIT_MEDIA)
def state(request: HttpRequest, wanted: RecordingId) -> HttpResponse:
    """How far looking for slides is, for the page to ask again; what somebody is writing on it stays."""
    context = {"recording": {"id": wanted}, "is_ended": True, **_about_progress(wanted)}
    return render(request, "playback/_looking.html", context)


def _about_progress(wanted: RecordingId) -> dict[str, Any]:
    progress = reads.progress(wanted)
    is_running = progress.state is AnalysisState.RUNNING
    left_s = captioning.seconds_left(progress.percent, progress.since) if is_running and progress.since else None
    return {"progress": progress, "is_looking": progress.is_moving, "left_s": left_s}


def _line(row: reads.ChapterRow, at_ms: int, version: str) -> Line:
    form = Place(initial={"at": clock(at_ms), "title": row.title}, auto_id=f"c{row.id}_%s")
    return Line(row.id, form, Chapter(row.start_ms, row.title), version)

"""What stands beside the player, as a page: chapters, transcript and slides to read and to print; and one's own notes as
a file (R212, R218)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cathedra.actions import grants
from cathedra.actions import notes as actions
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import library
from cathedra.db.reads import notes as note_reads
from cathedra.db.reads import panel as reads
from cathedra.db.reads.content import edits_of
from cathedra.domain import access
from cathedra.domain.access import Action
from cathedra.domain.library import CaptionOrigin
from cathedra.domain.library import transcript as joined
from cathedra.domain.terms import Decision, FolderId, RecordingId, RecordingNotFound
from cathedra.web import actor, captioning, refusals
from cathedra.web.access.door import for_folder
from cathedra.web.page_tags import clock


@require_safe
@never_cache
def transcript(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    """All that is said and shown, as text with pictures; each time leads to that place in the player."""
    wanted, viewer = RecordingId(recording_id), actor.account_id(request)
    decision, can_edit = _may(request, wanted, Action.VIEW), _may(request, wanted, Action.EDIT_MEDIA).is_permitted
    if not decision.is_permitted:
        return refusals.page(request, decision)
    if request.method == "GET":
        grants.note_playback(wanted, actor=actor.from_request(request), now=timezone.now())
    seen = captioning.seen(wanted, can_edit=can_edit)
    found = reads.content_of(wanted, language=request.GET.get("language", "")[:40], shown=seen.languages)
    chosen = next((each for each in found.captions if each.language == found.language), None)
    context = {
        "recording": library.get_recording(viewer, wanted),
        "parts": [_part(part) for part in joined(found.cues, found.chapters)],
        "has_words": bool(found.cues),
        "chapters": [_at(each.start_ms, title=each.title) for each in found.chapters],
        "slides": [
            _at(each.start_ms, title=each.title, text=each.text, image=f"/stream/{recording_id}/{each.image}")
            for each in found.slides
        ],
        "languages": [
            (line.row.language, line.name, line.row.language == found.language)
            for line in seen.lines
            if len(seen.lines) > 1
        ],
        "language": found.language,
        "is_automatic": chosen is not None and chosen.origin is CaptionOrigin.AUTOMATIC,
    }
    return render(request, "playback/transcript.html", context)


def _part(part: Any) -> dict[str, Any]:
    said = [_at(each.start_ms, text=each.text) for each in part.paragraphs]
    return _at(part.start_ms, title=part.title, said=said)


def _at(start_ms: int, **more: Any) -> dict[str, Any]:
    """Where it is, for people and for the player's address."""
    seconds = start_ms // 1000
    return {"at": clock(seconds * 1000), "seconds": seconds, **more}


def _may(request: HttpRequest, recording_id: RecordingId, action: Action) -> Decision:
    try:
        facts = access_reads.recording_facts(actor.account_id(request), recording_id)
    except RecordingNotFound:
        return refusals.missing(request)
    return access.decide(facts, action, timezone.now())


@require_safe
@never_cache
def export_notes(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    """One's own notes and bookmarks as plain text, in the order of the recording."""
    wanted, viewer = RecordingId(recording_id), actor.account_id(request)
    decision = _may(request, wanted, Action.KEEP_NOTES)
    if not decision.is_permitted or viewer is None:
        return refusals.page(request, decision)
    page, now = library.get_recording(viewer, wanted), timezone.now()
    edits = edits_of(wanted)
    lines = [(edits.edited(each.at_ms), each.text) for each in note_reads.list_notes(wanted, viewer) if each.is_own] + [
        (edits.edited(each.at_ms), _("Bookmark: %(title)s") % {"title": each.title or "–"})
        for each in note_reads.list_bookmarks(wanted, viewer)
    ]
    answer = HttpResponse(_text(page.title, sorted(lines), now), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="notes-{wanted}.txt"'
    return answer


def _text(title: str, lines: list[tuple[int, str]], now: datetime) -> str:
    said = "\n\n".join(f"{clock(at_ms)}\n{text}" for at_ms, text in lines)
    return f"{title}\n{now.date().isoformat()}\n\n{said}\n"


@require_POST
@for_folder(Action.EDIT_FOLDER)
def public_notes(request: HttpRequest, folder_id: FolderId) -> HttpResponse:
    """Say whether notes may be public in a folder."""
    wanted = {"yes": True, "no": False, "follow": None}
    given = request.POST.get("public_notes", "")
    if given not in wanted:
        messages.error(request, _("Choose whether notes may be public."))
        return redirect("folder_access", folder_id=folder_id)
    decision = actions.set_public_notes(folder_id, wanted[given], actor=actor.from_request(request), now=timezone.now())
    if not decision.is_permitted:
        return refusals.page(request, decision)
    messages.success(request, _("Saved. It counts from now on."))
    return redirect("folder_access", folder_id=folder_id)

"""What is said and shown in a recording, and what one has written down in it: all that stands beside the player."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from cathedra.actions import grants
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import notes as note_reads
from cathedra.db.reads import panel as reads
from cathedra.domain import access
from cathedra.domain.access import Action
from cathedra.domain.library import AnalysisKind, CaptionOrigin
from cathedra.domain.terms import Channel, RecordingId
from cathedra.web import actor, captioning
from cathedra.web.api.answers import REFUSED, Refusal, told
from cathedra.web.api.notes import BookmarkOut, NoteOut, bookmarks_out, notes_out

router = Router(tags=["content"])


class CaptionsOut(Schema):
    """Captions in a language. `is_automatic`: nobody has looked at them."""

    language: str
    label: str
    is_automatic: bool
    url: str


class CueOut(Schema):
    """What is shown at once."""

    start_ms: int
    end_ms: int
    text: str


class ChapterOut(Schema):
    """Where a part begins."""

    start_ms: int
    title: str


class SlideOut(Schema):
    """A slide, from its first to before its last instant."""

    start_ms: int
    end_ms: int
    image_url: str
    title: str
    text: str


class ContentOut(Schema):
    """All times in milliseconds of what is played. `speech` and `slides_state` say how far the analysis is, empty where
    there is none."""

    captions: list[CaptionsOut]
    language: str
    cues: list[CueOut]
    chapters: list[ChapterOut]
    slides: list[SlideOut]
    speech: str
    slides_state: str
    notes: list[NoteOut]
    bookmarks: list[BookmarkOut]
    may_keep_notes: bool
    may_make_public: bool
    may_moderate: bool


@router.get(
    "/recordings/{uuid:recording_id}/content",
    response={200: ContentOut, REFUSED: Refusal},
    operation_id="getContent",
    auth=None,  # what is public plays for anybody (R13); the rule asks others to sign in
)
def content(request: HttpRequest, recording_id: UUID, language: str = "") -> Any:
    """Captions in one language, chapters, slides, notes and bookmarks, for whoever may watch it."""
    viewer, wanted, now = actor.account_id(request), RecordingId(recording_id), timezone.now()
    facts = access_reads.recording_facts(viewer, wanted)
    decision = access.decide(facts, Action.VIEW, now)
    if not decision.is_permitted:
        return told(decision)
    grants.note_playback(wanted, actor=actor.from_request(request, channel=Channel.API), now=now, facts=facts)
    seen = captioning.seen(wanted, can_edit=access.decide(facts, Action.EDIT_MEDIA, now).is_permitted)
    found = reads.content_of(wanted, language=language, shown=seen.languages)
    may_keep = viewer is not None and access.decide(facts, Action.KEEP_NOTES, now).is_permitted
    notes = note_reads.list_notes(wanted, viewer) if viewer and may_keep else []
    bookmarks = note_reads.list_bookmarks(wanted, viewer) if viewer and may_keep else []
    return ContentOut(
        captions=[
            CaptionsOut(
                language=line.row.language,
                label=line.name,
                is_automatic=line.row.origin is CaptionOrigin.AUTOMATIC,
                url=line.url,
            )
            for line in seen.lines
        ],
        language=found.language,
        cues=[CueOut(start_ms=cue.start_ms, end_ms=cue.end_ms, text=cue.text) for cue in found.cues],
        chapters=[ChapterOut(start_ms=each.start_ms, title=each.title) for each in found.chapters],
        slides=[
            SlideOut(
                start_ms=each.start_ms,
                end_ms=each.end_ms,
                image_url=f"/stream/{recording_id}/{each.image}",
                title=each.title,
                text=each.text,
            )
            for each in found.slides
        ],
        speech=found.analyses.get(AnalysisKind.SPEECH, "") if seen.shows_automatic else "",  # else none will come
        slides_state=found.analyses.get(AnalysisKind.SLIDES, ""),
        notes=notes_out(notes, found.edits),
        bookmarks=bookmarks_out(bookmarks, found.edits),
        may_keep_notes=may_keep,
        may_make_public=may_keep and note_reads.allows_public(wanted),
        may_moderate=access.decide(facts, Action.MODERATE, now).is_permitted,
    )

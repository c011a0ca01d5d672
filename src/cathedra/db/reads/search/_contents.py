"""What is to be found of a recording, as it is now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cathedra.db import prepared
from cathedra.db.models import CaptionTrack, Chapter, Recording, SearchDocument, Slide
from cathedra.db.reads import content
from cathedra.domain.library import Cue, Edits, Keeping, Span, SpokenWord, text_left
from cathedra.domain.search import CHAPTER, SLIDE, SPEECH, Line, Said
from cathedra.domain.terms import RecordingId


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything searchable, and the `content_version` that it is of, which was read first."""

    said: Said
    content_version: int


def is_indexed(recording_id: RecordingId) -> bool:
    """Whether nothing has changed since its document was made; a recording that is gone needs none."""
    version = Recording.objects.exclude(keeping=Keeping.PURGED).filter(id=recording_id)
    wanted = version.values_list("content_version", flat=True).first()
    document = SearchDocument.objects.filter(recording_id=recording_id)
    return wanted is None or document.values_list("content_version", flat=True).first() == wanted


def contents_of(recording_id: RecordingId) -> Contents | None:
    """None when the recording is purged or gone. A copy by reference has the original's speech, slides and chapters."""
    row = Recording.objects.exclude(keeping=Keeping.PURGED).filter(id=recording_id).first()
    if row is None:
        return None
    whole = RecordingId(row.reference_of_id or row.id)
    edits = content.edits_of(whole)
    slides = list(Slide.objects.filter(recording_id=whole).order_by("start_ms"))
    shown = [(slide, at) for slide in slides if (at := _left(edits, slide.start_ms, slide.end_ms)) is not None]
    said = Said(
        title=row.title,
        description=row.description,
        tags=tuple(row.tags),
        chapters=tuple(_chapters(whole, edits, row.duration_ms or 0)),
        slide_titles=tuple(slide.title for slide, _ in shown),
        slides=tuple(Line(SLIDE, at, _text(slide)) for slide, at in shown),
        speech=tuple(_speech(whole, edits)),
    )
    return Contents(said, row.content_version)


def _chapters(recording_id: UUID, edits: Edits, duration_ms: int) -> Iterator[Line]:
    """Those that the panel shows: of a chapter whose beginning is cut, from where the rest begins."""
    rows = Chapter.objects.filter(recording_id=recording_id).order_by("start_ms").values_list("start_ms", "title")
    marks = list(rows)
    ends = [*(start_ms for start_ms, _ in marks[1:]), duration_ms]
    for (start_ms, title), end_ms in zip(marks, ends, strict=False):
        at = _left(edits, start_ms, max(end_ms, start_ms + 1))
        if at is not None:
            yield Line(CHAPTER, at, title)


def _speech(recording_id: UUID, edits: Edits) -> Iterator[Line]:
    tracks = CaptionTrack.objects.filter(recording_id=recording_id).order_by("-is_spoken", "language")
    for cues in tracks.values_list("cues", flat=True):
        for start_ms, end_ms, text, words in cues:
            at = _left(edits, start_ms, end_ms)
            if at is not None and (left := _heard(edits, start_ms, end_ms, text, words)):
                yield Line(SPEECH, at, left)


def _heard(edits: Edits, start_ms: int, end_ms: int, text: str, words: Sequence[Sequence[Any]]) -> str:
    if not edits.cuts:
        return text
    return text_left(Cue(start_ms, end_ms, text, tuple(SpokenWord(*word) for word in words)), edits)


def _text(slide: Slide) -> str:
    return slide.text if slide.title in slide.text else f"{slide.title} {slide.text}"


def _left(edits: Edits, start_ms: int, end_ms: int) -> int | None:
    """The first instant of a span that is not cut."""
    if edits.edited_span(Span(start_ms, end_ms)) is None:
        return None
    return edits.original(edits.edited(start_ms)) if edits.is_cut(start_ms) else start_ms


def list_lagging(*, most: int) -> tuple[RecordingId, ...]:
    """Recordings whose document is missing, of before their last change, or elsewhere; the newest first."""
    return tuple(RecordingId(row.id) for row in prepared.rows("lagging_documents", most=most))

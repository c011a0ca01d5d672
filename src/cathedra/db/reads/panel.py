"""What is said and shown in a recording, as its edits leave it: captions, chapters, slides (R208, R209, R212)."""

from collections.abc import Collection
from dataclasses import dataclass

from cathedra.db.models import Analysis, CaptionTrack, Chapter, Recording, Slide
from cathedra.db.reads.content import edits_of
from cathedra.domain.library import (
    AnalysisKind,
    AnalysisState,
    CaptionOrigin,
    Cue,
    Edits,
    Span,
    SpokenWord,
    edited_cues,
    shown_chapters,
)
from cathedra.domain.library import Chapter as Mark
from cathedra.domain.terms import RecordingId, RecordingNotFound


@dataclass(frozen=True, slots=True)
class Captions:
    """That there are captions in a language, and who made them."""

    language: str
    origin: CaptionOrigin
    is_spoken: bool


@dataclass(frozen=True, slots=True)
class SlideLine:
    """A slide, on the timeline that is shown; `image` is the name of its picture among the recording's files."""

    start_ms: int
    end_ms: int
    image: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Content:
    """All of it, on the timeline that is shown. `language` is that of the cues; empty when there are none."""

    captions: tuple[Captions, ...]
    language: str
    cues: tuple[Cue, ...]
    chapters: tuple[Mark, ...]
    slides: tuple[SlideLine, ...]
    analyses: dict[AnalysisKind, AnalysisState]
    edits: Edits


def content_of(recording_id: RecordingId, *, language: str = "", shown: Collection[str]) -> Content:
    """For a viewer whom the access rule let in; the spoken language unless another is asked for that there is. Of the
    captions those in the `shown` languages (R208). A copy by
    reference says and shows what its original does (R140). Raises RecordingNotFound."""
    row = Recording.objects.filter(id=recording_id).values_list("reference_of_id", "duration_ms").first()
    if row is None:
        raise RecordingNotFound(str(recording_id))
    holder = RecordingId(row[0] or recording_id)
    edits = edits_of(holder)
    captions = tuple(each for each in _captions(holder) if each.language in shown)
    chosen = _chosen(captions, language)
    marks = [
        Mark(start, title)
        for start, title in Chapter.objects.filter(recording_id=holder)
        .order_by("start_ms")
        .values_list("start_ms", "title")
    ]
    return Content(
        captions=captions,
        language=chosen,
        cues=edited_cues(_cues(holder, chosen), edits),
        chapters=shown_chapters(marks, edits, duration_ms=row[1] or 0),
        slides=_slides(holder, edits),
        analyses={
            AnalysisKind(kind): AnalysisState(state)
            for kind, state in Analysis.objects.filter(recording_id=holder).values_list("kind", "state")
        },
        edits=edits,
    )


def _captions(holder: RecordingId) -> tuple[Captions, ...]:
    rows = CaptionTrack.objects.filter(recording_id=holder).order_by("-is_spoken", "language")
    return tuple(
        Captions(language, CaptionOrigin(origin), is_spoken)
        for language, origin, is_spoken in rows.values_list("language", "origin", "is_spoken")
    )


def _chosen(captions: tuple[Captions, ...], wanted: str) -> str:
    languages = [each.language for each in captions]
    return wanted if wanted in languages else next(iter(languages), "")


def _cues(holder: RecordingId, language: str) -> list[Cue]:
    if not language:
        return []
    rows = CaptionTrack.objects.values_list("cues", flat=True).get(recording_id=holder, language=language)
    return [Cue(start, end, text, tuple(SpokenWord(*word) for word in words)) for start, end, text, words in rows]


def _slides(holder: RecordingId, edits: Edits) -> tuple[SlideLine, ...]:
    rows = Slide.objects.filter(recording_id=holder).order_by("start_ms", "position")
    spans = ((edits.edited_span(Span(row.start_ms, row.end_ms)), row) for row in rows)
    return tuple(
        SlideLine(span.start_ms, span.end_ms, row.image, row.title, row.text) for span, row in spans if span is not None
    )

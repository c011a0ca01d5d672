"""What is said and shown in a recording, on the timeline of what is kept of it (R103)."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from cathedra.db.models import Analysis, CaptionTrack, Chapter, ChapterList, Edit, Slide, SlideDeck, Stream
from cathedra.db.writes.slides import deck_key
from cathedra.domain import library
from cathedra.domain.library import AnalysisKind, AnalysisState, Cue, Edits, Span, SpokenWord
from cathedra.domain.terms import AccountId, RecordingId

_ENDED = (AnalysisState.DONE, AnalysisState.NOTHING)


def carry_captions(original_id: RecordingId, recording_id: RecordingId, edits: Edits, *, now: datetime) -> None:
    """Every language, as whoever wrote or corrected it left it; and that the engine has listened."""
    for track in CaptionTrack.objects.filter(recording_id=original_id):
        cues = library.kept_cues([_unpacked(cue) for cue in track.cues], edits)
        track.id, track.recording_id, track.changed_at = uuid4(), recording_id, now
        track.cues = [_packed(cue) for cue in cues]
        track.save(force_insert=True)
    _carry_analysis(original_id, recording_id, AnalysisKind.SPEECH, now)


def carry_looks(recording_id: RecordingId, edits: Edits, *, by: AccountId | None, now: datetime) -> None:
    """Which streams show when: the first version of the new one's edits, which cuts nothing."""
    looks = edits.edited_looks()
    if looks:
        Edit.objects.create(
            recording_id=recording_id,
            version=1,
            looks=[[look.start_ms, look.layout] for look in looks],
            made_by_id=by,
            made_at=now,
            shown_at=now,
            is_made=True,
        )


def carry_slides(
    original_id: RecordingId,
    recording_id: RecordingId,
    edits: Edits,
    *,
    duration_ms: int,
    images: Collection[str],
    now: datetime,
) -> bool:
    """Chapters, the deck, and the slides whose pictures are in place (`images`). False when the slides are to be looked
    for anew: nobody had looked to the end, or a picture is missing."""
    _carry_chapters(original_id, recording_id, edits, duration_ms)
    for deck in SlideDeck.objects.filter(recording_id=original_id):
        deck.recording_id, deck.object_key = recording_id, deck_key(recording_id, deck.object_key)
        deck.earlier = None
        deck.save(force_insert=True)
    slides = [(slide, edits.edited_span(Span(slide.start_ms, slide.end_ms))) for slide in _slides(original_id)]
    kept = [(slide, left) for slide, left in slides if left]
    found = {one: _stream_as(one, recording_id) for one in {slide.stream_id for slide, _ in kept}}
    streams = {old: new for old, new in found.items() if new}
    if len(streams) < len(found) or not {slide.image for slide, _ in kept} <= set(images):
        return False
    if not _carry_analysis(original_id, recording_id, AnalysisKind.SLIDES, now):
        return False
    for position, (slide, left) in enumerate(kept):
        slide.stream_id = streams[slide.stream_id]
        slide.id, slide.recording_id, slide.position = uuid4(), recording_id, position
        slide.start_ms, slide.end_ms = left.start_ms, left.end_ms
    Slide.objects.bulk_create(slide for slide, _ in kept)
    return True


def _slides(recording_id: RecordingId) -> list[Slide]:
    return list(Slide.objects.filter(recording_id=recording_id).order_by("position"))


def _stream_as(stream_id: UUID, recording_id: RecordingId) -> UUID | None:
    """The new one's stream that shows what this one shows."""
    role = Stream.objects.values_list("role", flat=True).get(id=stream_id)
    return Stream.objects.filter(recording_id=recording_id, role=role).values_list("id", flat=True).first()


def _carry_chapters(original_id: RecordingId, recording_id: RecordingId, edits: Edits, duration_ms: int) -> None:
    for chosen in ChapterList.objects.filter(recording_id=original_id):
        chosen.recording_id = recording_id
        chosen.save(force_insert=True)
    rows = list(Chapter.objects.filter(recording_id=original_id).order_by("start_ms"))
    places = [library.Chapter(row.start_ms, row.title) for row in rows]
    for number, place in library.offered_chapters(places, edits, duration_ms=duration_ms):
        row = rows[number]
        row.id, row.recording_id, row.start_ms = uuid4(), recording_id, place.start_ms
        row.save(force_insert=True)


def _carry_analysis(original_id: RecordingId, recording_id: RecordingId, kind: AnalysisKind, now: datetime) -> bool:
    looked = Analysis.objects.filter(recording_id=original_id, kind=kind, state__in=_ENDED).first()
    if looked is None:
        return False
    Analysis.objects.filter(recording_id=recording_id, kind=kind).delete()
    looked.id, looked.recording_id, looked.changed_at = uuid4(), recording_id, now
    looked.save(force_insert=True)
    return True


def _unpacked(part: Sequence[Any]) -> Cue:
    start, end, text, words = part
    return Cue(start, end, text, tuple(SpokenWord(*word) for word in words))


def _packed(cue: Cue) -> list[object]:
    words = [[word.start_ms, word.end_ms, word.text, word.confidence] for word in cue.words]
    return [cue.start_ms, cue.end_ms, cue.text, words]

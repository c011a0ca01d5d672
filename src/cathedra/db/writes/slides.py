"""Put away slides, chapters, the attached deck, and how far looking for slides is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from cathedra.db.models import Account, Analysis, Chapter, ChapterList, Slide, SlideDeck, Stream
from cathedra.domain.library import AnalysisKind, AnalysisState, MarkOrigin
from cathedra.domain.library import Chapter as Place
from cathedra.domain.terms import AccountId, RecordingId

_KIND = AnalysisKind.SLIDES
_DECK = ("original_name", "object_key", "size_bytes", "sha256", "pages")


@dataclass(frozen=True, slots=True)
class NewSlide:
    """A slide whose picture is in place."""

    start_ms: int
    end_ms: int
    image: str
    text: str
    title: str
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Said:
    """What a slide says in the end, and on which page of the deck it stands, from 1."""

    text: str
    title: str
    page: int | None


def ask(recording_id: RecordingId, *, now: datetime) -> None:
    """The recording is to be looked at (again)."""
    Analysis.objects.update_or_create(
        recording_id=recording_id,
        kind=_KIND,
        defaults={"state": AnalysisState.WAITING, "percent": None, "problem": "", "attempt": None, "changed_at": now},
    )


def claim(recording_id: RecordingId, *, expected: UUID | None, attempt: UUID, now: datetime) -> bool:
    """Take the looking over. False when somebody else did in between."""
    Analysis.objects.get_or_create(recording_id=recording_id, kind=_KIND, defaults={"changed_at": now})
    rows = Analysis.objects.filter(recording_id=recording_id, kind=_KIND, attempt=expected)
    return bool(rows.update(attempt=attempt, state=AnalysisState.RUNNING, percent=0, problem="", changed_at=now))


def set_percent(recording_id: RecordingId, *, attempt: UUID, percent: int) -> bool:
    """How far it is. False when the attempt no longer holds."""
    return bool(Analysis.objects.filter(recording_id=recording_id, kind=_KIND, attempt=attempt).update(percent=percent))


def finish(
    recording_id: RecordingId,
    *,
    attempt: UUID | None,
    state: AnalysisState,
    engine: str | None = None,
    problem: str = "",
    now: datetime,
) -> bool:
    """It ended like that. False when the attempt no longer holds."""
    rows = Analysis.objects.filter(recording_id=recording_id, kind=_KIND, attempt=attempt)
    named = {} if engine is None else {"engine": engine}
    return bool(rows.update(state=state, percent=None, problem=problem, attempt=None, changed_at=now, **named))


def replace_slides(recording_id: RecordingId, stream_id: UUID, slides: Sequence[NewSlide]) -> None:
    """These and no others."""
    Slide.objects.filter(recording_id=recording_id).delete()
    Slide.objects.bulk_create(
        Slide(
            recording_id=recording_id,
            stream_id=stream_id,
            position=number,
            start_ms=slide.start_ms,
            end_ms=slide.end_ms,
            image=slide.image,
            text=slide.text,
            title=slide.title,
            read_text=slide.text,
            read_title=slide.title,
            confidence=slide.confidence,
        )
        for number, slide in enumerate(slides)
    )


def set_said(recording_id: RecordingId, said: Sequence[Said]) -> None:
    """What each slide says, in order."""
    rows = list(Slide.objects.filter(recording_id=recording_id).order_by("position"))
    for row, one in zip(rows, said, strict=True):
        row.text, row.title, row.page = one.text, one.title, one.page
    Slide.objects.bulk_update(rows, ["text", "title", "page"])


def replace_chapters(recording_id: RecordingId, chapters: Iterable[Place]) -> None:
    """The product's own, in place of those that it set before."""
    Chapter.objects.filter(recording_id=recording_id).delete()
    Chapter.objects.bulk_create(
        Chapter(recording_id=recording_id, start_ms=one.start_ms, title=one.title, origin=MarkOrigin.AUTOMATIC)
        for one in chapters
    )


def take_chapters(recording_id: RecordingId, *, by: AccountId | None, now: datetime) -> None:
    """From now on they are a person's: no analysis sets them any more."""
    given = {"changed_by_id": by, "changed_at": now}
    ChapterList.objects.update_or_create(recording_id=recording_id, defaults=given)
    Chapter.objects.filter(recording_id=recording_id).update(origin=MarkOrigin.PERSON)


def give_chapters_back(recording_id: RecordingId) -> bool:
    """The product may set them again. False when it might anyway."""
    return bool(ChapterList.objects.filter(recording_id=recording_id).delete()[0])


def add_chapter(recording_id: RecordingId, place: Place) -> UUID | None:
    """A chapter of a person; None when another begins at that very instant."""
    if Chapter.objects.filter(recording_id=recording_id, start_ms=place.start_ms).exists():
        return None
    return Chapter.objects.create(
        recording_id=recording_id, start_ms=place.start_ms, title=place.title, origin=MarkOrigin.PERSON
    ).id


def change_chapter(recording_id: RecordingId, chapter_id: UUID, place: Place) -> bool:
    """Another place or name. False when another chapter begins there."""
    others = Chapter.objects.filter(recording_id=recording_id, start_ms=place.start_ms).exclude(id=chapter_id)
    if others.exists():
        return False
    rows = Chapter.objects.filter(recording_id=recording_id, id=chapter_id)
    return bool(rows.update(start_ms=place.start_ms, title=place.title))


def remove_chapter(recording_id: RecordingId, chapter_id: UUID) -> bool:
    """False when it was gone."""
    return bool(Chapter.objects.filter(recording_id=recording_id, id=chapter_id).delete()[0])


def set_deck(
    recording_id: RecordingId,
    *,
    name: str,
    object_key: str,
    size_bytes: int,
    sha256: str,
    by: AccountId | None,
    now: datetime,
) -> frozenset[str]:
    """The deck of a recording, not yet read, in place of any other; one that was read stays in use until it is. Keys of
    files that are not needed any more."""
    before = SlideDeck.objects.select_for_update().filter(recording_id=recording_id).first()
    earlier = _in_use(before)
    SlideDeck.objects.update_or_create(
        recording_id=recording_id,
        defaults={
            "original_name": name,
            "object_key": object_key,
            "size_bytes": size_bytes,
            "sha256": sha256,
            "pages": [],
            "problem": "",
            "problem_values": {},
            "refused_name": "",
            "earlier": earlier,
            "added_by_id": by,
            "added_at": now,
        },
    )
    return frozenset([before.object_key] if before else ()) - {object_key, earlier and earlier["object_key"]}


def _in_use(row: SlideDeck | None) -> dict[str, Any] | None:
    if row is None or not row.pages:
        return row.earlier if row else None
    return {one: getattr(row, one) for one in _DECK} | {
        "added_by_id": str(row.added_by_id) if row.added_by_id else None,
        "added_at": row.added_at.isoformat(),
    }


def set_pages(
    recording_id: RecordingId,
    object_key: str,
    *,
    pages: Sequence[tuple[str, str]],
    problem: str = "",
    problem_values: Mapping[str, str] | None = None,
) -> frozenset[str] | None:
    """What was read of the deck with that key; where that is a problem, the one that was in use before it stays. Keys of
    files that are not needed any more; None when another has taken its place."""
    row = SlideDeck.objects.select_for_update().filter(recording_id=recording_id, object_key=object_key).first()
    if row is None:
        return None
    row.pages, row.problem, row.problem_values = list(pages), problem, dict(problem_values or {})
    earlier, row.earlier = row.earlier, None
    unneeded = frozenset([earlier["object_key"]] if earlier else ())
    if problem and earlier:
        unneeded, row.refused_name = frozenset([object_key]), row.original_name
        for name in _DECK:
            setattr(row, name, earlier[name])
        row.added_at = datetime.fromisoformat(earlier["added_at"])
        row.added_by_id = Account.objects.filter(id=earlier["added_by_id"]).values_list("id", flat=True).first()
    row.save()
    return unneeded - {row.object_key}


def remove_deck(recording_id: RecordingId) -> frozenset[str]:
    """Keys of its files; none when there was no deck."""
    row = SlideDeck.objects.select_for_update().filter(recording_id=recording_id).first()
    if row is None:
        return frozenset()
    row.delete()
    return frozenset([row.object_key, *([row.earlier["object_key"]] if row.earlier else [])])


def copy_shown(original_id: RecordingId, copy_id: RecordingId, *, now: datetime) -> bool:
    """R200: a full copy begins with the slides, chapters and deck of its original, whose files are in place and whose
    streams it has already. False when the original was not looked at to the end: then the copy is to be."""
    for kind in (SlideDeck, ChapterList):
        for row in kind._default_manager.filter(recording_id=original_id):
            row.recording_id = copy_id
            if isinstance(row, SlideDeck):
                row.object_key, row.earlier = deck_key(copy_id, row.object_key), None
            row.save(force_insert=True)
    for chapter in Chapter.objects.filter(recording_id=original_id):
        chapter.id, chapter.recording_id = uuid4(), copy_id
        chapter.save(force_insert=True)
    ended = (AnalysisState.DONE, AnalysisState.NOTHING)
    looked = Analysis.objects.filter(recording_id=original_id, kind=_KIND, state__in=ended).first()
    if looked is None:
        return False
    looked.id, looked.recording_id, looked.changed_at = uuid4(), copy_id, now
    looked.save(force_insert=True)
    _copy_slides(original_id, copy_id)
    return True


def _copy_slides(original_id: RecordingId, copy_id: RecordingId) -> None:
    order = ("source__position", "source_index")
    own = Stream.objects.filter(recording_id=original_id, source__problem="").order_by(*order)
    copied = Stream.objects.filter(recording_id=copy_id).order_by(*order)
    streams = dict(zip(own.values_list("id", flat=True), copied.values_list("id", flat=True), strict=True))
    rows = list(Slide.objects.filter(recording_id=original_id))
    for row in rows:
        row.id, row.recording_id, row.stream_id = uuid4(), copy_id, streams[row.stream_id]
    Slide.objects.bulk_create(rows)


def deck_key(recording_id: RecordingId, key: str) -> str:
    """Where a copy keeps the deck that its original keeps there."""
    return f"originals/{recording_id}/{key.rpartition('/')[2]}"

"""What is shown in a recording: slides, chapters, the attached deck, and how far looking for them is.

For a viewer whom the access rule let in, or for the job; times are those of the unedited recording. A reference copy shows
the slides and chapters of what it plays (R140)."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from cathedra.db.models import Analysis, Chapter, ChapterList, Recording, Rendition, Slide, SlideDeck, Stream
from cathedra.db.reads.content import edits_of
from cathedra.domain.encoding import RenditionKind
from cathedra.domain.library import (
    AnalysisKind,
    AnalysisState,
    Keeping,
    MarkOrigin,
    MediaState,
    Span,
    offered_chapters,
)
from cathedra.domain.library import Chapter as Chapter_
from cathedra.domain.terms import AccountId, NotFound, RecordingId


class ChapterNotFound(NotFound):
    """The recording has no such chapter."""


@dataclass(frozen=True, slots=True)
class Screen:
    """The stream that shows slides; `tallest` and `smallest` are names of its renditions."""

    stream_id: UUID
    is_first: bool  # of the recording's first file, whose scene scores are kept
    offset_ms: int
    duration_ms: int
    width: int
    height: int
    tallest: str
    smallest: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What the job needs to know."""

    recording_id: RecordingId
    is_playable: bool
    duration_ms: int
    screen: Screen | None
    state: AnalysisState | None
    attempt: UUID | None
    engine: str
    images: tuple[str, ...]
    has_own_chapters: bool


@dataclass(frozen=True, slots=True)
class SlideRow:
    """A slide as it was shown. `image` is the name of its picture among the recording's files."""

    position: int
    start_ms: int
    end_ms: int
    image: str
    title: str
    text: str
    page: int | None
    read_title: str
    read_text: str


@dataclass(frozen=True, slots=True)
class ChapterRow:
    """Where a part begins."""

    id: UUID
    start_ms: int
    title: str
    origin: MarkOrigin


@dataclass(frozen=True, slots=True)
class Deck:
    """The deck that a Creator added. `pages` are (text, title), `pages_in_use` those of the one before it until it has
    been read. With a `refused_name`, the problem is of a file of that name, added later, and this one stays in use."""

    original_name: str
    size_bytes: int
    object_key: str
    pages: tuple[tuple[str, str], ...]
    problem: str
    problem_values: dict[str, str]
    added_by: AccountId | None
    added_at: datetime
    pages_in_use: tuple[tuple[str, str], ...] = ()
    refused_name: str = ""

    @property
    def is_read(self) -> bool:
        """Whether it has been looked into, be it in vain."""
        return bool(self.pages or self.problem)


@dataclass(frozen=True, slots=True)
class About:
    """What a notice names."""

    title: str
    folder_name: str
    owner_id: AccountId


@dataclass(frozen=True, slots=True)
class Progress:
    """How far looking for slides is; `problem` is a sentence, `since` when it became so."""

    state: AnalysisState | None
    percent: int | None
    engine: str
    problem: str
    since: datetime | None = None

    @property
    def is_moving(self) -> bool:
        return self.state in (AnalysisState.WAITING, AnalysisState.RUNNING)


def facts(recording_id: RecordingId, *, lock: bool = False) -> Facts | None:
    """Of a recording; None when it is gone. `lock` keeps its row until the transaction ends."""
    rows = Recording.objects.select_for_update() if lock else Recording.objects.all()
    row = rows.filter(id=recording_id).first()
    if row is None:
        return None
    analysis = Analysis.objects.filter(recording_id=recording_id, kind=AnalysisKind.SLIDES).first()
    images = Slide.objects.filter(recording_id=recording_id).order_by("position").values_list("image", flat=True)
    return Facts(
        recording_id=recording_id,
        is_playable=row.media_state == MediaState.READY and row.keeping == Keeping.ONLINE and not row.reference_of_id,
        duration_ms=row.duration_ms or 0,
        screen=_screen(recording_id),
        state=AnalysisState(analysis.state) if analysis else None,
        attempt=analysis.attempt if analysis else None,
        engine=analysis.engine if analysis else "",
        images=tuple(images),
        has_own_chapters=ChapterList.objects.filter(recording_id=recording_id).exists(),
    )


def _screen(recording_id: RecordingId) -> Screen | None:
    streams = Stream.objects.filter(recording_id=recording_id, is_screen=True, width__isnull=False)
    stream = streams.select_related("source").order_by("source__position", "source_index").first()
    if stream is None:
        return None
    made = Rendition.objects.filter(stream=stream, kind=RenditionKind.VIDEO, height__isnull=False).order_by("height")
    names = list(made.values_list("name", flat=True))
    if not names:
        return None
    return Screen(
        stream_id=stream.id,
        is_first=stream.source.position == 0,
        offset_ms=stream.offset_ms,
        duration_ms=stream.duration_ms,
        width=stream.width or 1,
        height=stream.height or 1,
        tallest=names[-1],
        smallest=names[0],
    )


def list_slides(recording_id: RecordingId) -> tuple[SlideRow, ...]:
    """In the order of time."""
    rows = Slide.objects.filter(recording_id=_whole(recording_id)).order_by("position")
    return tuple(
        SlideRow(
            position=row.position,
            start_ms=row.start_ms,
            end_ms=row.end_ms,
            image=row.image,
            title=row.title,
            text=row.text,
            page=row.page,
            read_title=row.read_title,
            read_text=row.read_text,
        )
        for row in rows
    )


def list_chapters(recording_id: RecordingId) -> tuple[ChapterRow, ...]:
    """In the order of time."""
    rows = Chapter.objects.filter(recording_id=_whole(recording_id)).order_by("start_ms")
    return tuple(ChapterRow(row.id, row.start_ms, row.title, MarkOrigin(row.origin)) for row in rows)


def list_offered_slides(recording_id: RecordingId) -> tuple[SlideRow, ...]:
    """As a viewer of the edited recording gets them: on its timeline, without those that are cut out altogether."""
    edits = edits_of(recording_id)
    placed = ((row, edits.edited_span(Span(row.start_ms, row.end_ms))) for row in list_slides(recording_id))
    return tuple(replace(row, start_ms=left.start_ms, end_ms=left.end_ms) for row, left in placed if left is not None)


def list_offered_chapters(recording_id: RecordingId) -> tuple[tuple[ChapterRow, int], ...]:
    """The same of chapters, each beside where it begins in the edited recording."""
    rows = list_chapters(recording_id)
    places = [Chapter_(row.start_ms, row.title) for row in rows]
    offered = offered_chapters(places, edits_of(recording_id), duration_ms=duration_of(recording_id))
    return tuple((rows[number], place.start_ms) for number, place in offered)


def get_chapter(recording_id: RecordingId, chapter_id: UUID) -> ChapterRow:
    """One of those that it shows. Raises ChapterNotFound."""
    row = Chapter.objects.filter(recording_id=_whole(recording_id), id=chapter_id).first()
    if row is None:
        raise ChapterNotFound(str(chapter_id))
    return ChapterRow(row.id, row.start_ms, row.title, MarkOrigin(row.origin))


def is_reference(recording_id: RecordingId) -> bool:
    """Whether it only repeats another recording's media."""
    return Recording.objects.filter(id=recording_id, reference_of__isnull=False).exists()


def duration_of(recording_id: RecordingId) -> int:
    """The unedited length, 0 while it is not known."""
    return Recording.objects.filter(id=recording_id).values_list("duration_ms", flat=True).first() or 0


def find_deck(recording_id: RecordingId) -> Deck | None:
    """The deck that was attached to what it shows, if there is one."""
    row = SlideDeck.objects.filter(recording_id=_whole(recording_id)).first()
    if row is None:
        return None
    return Deck(
        original_name=row.original_name,
        size_bytes=row.size_bytes,
        object_key=row.object_key,
        pages=tuple((text, title) for text, title in row.pages),
        problem=row.problem,
        problem_values=row.problem_values,
        added_by=AccountId(row.added_by_id) if row.added_by_id else None,
        added_at=row.added_at,
        pages_in_use=tuple((text, title) for text, title in row.pages or (row.earlier or {"pages": []})["pages"]),
        refused_name=row.refused_name,
    )


def about(recording_id: RecordingId) -> About:
    """For notices."""
    row = Recording.objects.select_related("folder").get(id=recording_id)
    return About(row.title, row.folder.name, AccountId(row.owner_id))


def progress(recording_id: RecordingId) -> Progress:
    """How far it is."""
    row = Analysis.objects.filter(recording_id=_whole(recording_id), kind=AnalysisKind.SLIDES).first()
    if row is None:
        return Progress(None, None, "", "")
    return Progress(AnalysisState(row.state), row.percent, row.engine, row.problem, row.changed_at)


def _whole(recording_id: RecordingId) -> UUID:
    """Whose slides a recording shows: its own, or those of what it is a reference copy of."""
    reference = Recording.objects.filter(id=recording_id).values_list("reference_of_id", flat=True).first()
    return reference or recording_id

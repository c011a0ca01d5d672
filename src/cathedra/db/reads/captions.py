"""Captions as they are kept, how far the listening is, and what it needs. A reference copy has those of its original.

Who may ask is decided by the doors and verbs that call: to watch, or to edit the media."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from cathedra.db.models import Analysis, CaptionPolicy, CaptionTrack, Folder, Glossary, Recording, Rendition, Slide
from cathedra.domain.encoding import RenditionKind
from cathedra.domain.library import (
    AnalysisKind,
    AnalysisState,
    CaptionOrigin,
    Cue,
    Keeping,
    MediaState,
    SpokenWord,
    likeliest_first,
)
from cathedra.domain.terms import AccountId, FolderId, FolderNotFound, NotFound, RecordingId, RecordingNotFound


class TrackNotFound(NotFound):
    """The recording has no captions in this language."""


@dataclass(frozen=True, slots=True)
class Exactly:
    """These captions as they stand at one moment: those that are made anew in their language are others, whatever their
    version (R210)."""

    id: UUID
    version: int

    @property
    def told(self) -> str:
        """As a text."""
        return f"{self.id}:{self.version}"


@dataclass(frozen=True, slots=True)
class TrackRow:
    """The captions of one language, without their text."""

    exactly: Exactly

    language: str
    origin: CaptionOrigin
    is_spoken: bool
    engine: str
    version: int
    changed_at: datetime
    changed_by_name: str


@dataclass(frozen=True, slots=True)
class Track:
    """The captions of one language, on the unedited timeline."""

    language: str
    origin: CaptionOrigin
    is_spoken: bool
    version: int
    cues: tuple[Cue, ...]
    exactly: Exactly | None = None


@dataclass(frozen=True, slots=True)
class Listening:
    """How far the engine is with a recording, and when that began; `problem` is the sentence when FAILED or OFF."""

    state: AnalysisState
    percent: int | None
    problem: str
    engine: str
    attempt: UUID | None
    since: datetime

    def is_over_for(self, sound: "Sound") -> bool:
        """Whether it need not be listened to again. Where nothing was said because there was no sound, one that came later,
        with another file, has been heard by nobody (R208)."""
        if self.state is AnalysisState.NOTHING:
            return bool(self.engine) or not sound.name
        return self.state is AnalysisState.DONE


@dataclass(frozen=True, slots=True)
class Sound:
    """What there is to listen to. `name` is the rendition's; empty when the recording has no sound. `hints` are the words
    of its course, the likeliest in this recording first."""

    recording_id: RecordingId
    is_here: bool  # its media can be read now
    name: str
    duration_ms: int
    hints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class About:
    """What is told of a recording with its captions."""

    title: str
    folder_name: str
    owner_id: AccountId


@dataclass(frozen=True, slots=True)
class CourseWords:
    """The glossary of a folder's course; `course` is empty when the folder belongs to none."""

    course_id: UUID | None
    course: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """Whether viewers are shown automatic captions: what a folder says itself, and what counts there. None: as the folder
    whose settings it follows, and as the site."""

    own: bool | None
    counts: bool | None


def shown_in(folder_id: FolderId) -> Shown:
    """What a folder says of automatic captions (R208). Raises FolderNotFound."""
    found = Folder.objects.filter(id=folder_id).values_list("access_from_id", flat=True).first()
    if found is None:
        raise FolderNotFound(str(folder_id))
    said = dict(
        CaptionPolicy.objects.filter(folder_id__in=(folder_id, found)).values_list("folder_id", "shows_automatic")
    )
    own = said.get(folder_id)
    return Shown(own, said.get(found) if own is None else own)


def shows_automatic(recording_id: RecordingId) -> bool | None:
    """What counts for a recording; None: as the site."""
    folder_id = Recording.objects.values_list("folder_id", flat=True).get(id=recording_id)
    return shown_in(FolderId(folder_id)).counts


def media_of(recording_id: RecordingId) -> RecordingId:
    """Whose captions a recording shows: its own, or those of what it is a reference copy of (R200). Raises
    RecordingNotFound."""
    found = Recording.objects.filter(id=recording_id).values_list("reference_of_id", flat=True)
    if not found:
        raise RecordingNotFound(str(recording_id))
    return RecordingId(found[0] or recording_id)


def list_tracks(media_id: RecordingId) -> tuple[TrackRow, ...]:
    """Every language, the spoken one first."""
    rows = CaptionTrack.objects.filter(recording_id=media_id).select_related("changed_by").defer("cues")
    return tuple(
        TrackRow(
            exactly=Exactly(row.id, row.version),
            language=row.language,
            origin=CaptionOrigin(row.origin),
            is_spoken=row.is_spoken,
            engine=row.engine,
            version=row.version,
            changed_at=row.changed_at,
            changed_by_name=row.changed_by.full_name if row.changed_by else "",
        )
        for row in rows.order_by("-is_spoken", "language")
    )


def get_track(media_id: RecordingId, language: str) -> Track:
    """One language with its cues. Raises TrackNotFound."""
    found = find_track(media_id, language)
    if found is None:
        raise TrackNotFound(f"{media_id} {language}")
    return found


def find_track(media_id: RecordingId, language: str, *, lock: bool = False) -> Track | None:
    """The same, or nothing. `lock` keeps the row until the transaction ends."""
    rows = CaptionTrack.objects.filter(recording_id=media_id, language=language)
    row = (rows.select_for_update() if lock else rows).first()
    if row is None:
        return None
    cues = tuple(_cue(part) for part in row.cues)
    return Track(
        row.language, CaptionOrigin(row.origin), row.is_spoken, row.version, cues, Exactly(row.id, row.version)
    )


def _cue(part: Sequence[Any]) -> Cue:
    start, end, text, words = part
    return Cue(start, end, text, tuple(SpokenWord(*word) for word in words))


def find_listening(media_id: RecordingId, *, lock: bool = False) -> Listening | None:
    """How far the engine is; None when nobody asked it."""
    rows = Analysis.objects.filter(recording_id=media_id, kind=AnalysisKind.SPEECH)
    row = (rows.select_for_update() if lock else rows).first()
    if row is None:
        return None
    return Listening(AnalysisState(row.state), row.percent, row.problem, row.engine, row.attempt, row.changed_at)


def sound_of(recording_id: RecordingId) -> Sound:
    """For the job that listens. Raises RecordingNotFound."""
    row = Recording.objects.filter(id=recording_id, reference_of=None).first()
    if row is None:
        raise RecordingNotFound(str(recording_id))
    sounds = Rendition.objects.filter(recording_id=recording_id, kind=RenditionKind.AUDIO)
    first = sounds.order_by("stream__source__position", "stream__source_index", "name").first()
    course_id = Folder.objects.values_list("course_id", flat=True).get(id=row.folder_id)
    slides = Slide.objects.filter(recording_id=recording_id).order_by("position").values_list("text", flat=True)
    is_here = row.media_state == MediaState.READY and row.keeping in (Keeping.ONLINE, Keeping.RECYCLED)
    return Sound(
        recording_id=RecordingId(row.id),
        is_here=is_here,
        name=first.name if first else "",
        duration_ms=(first.duration_ms if first else row.duration_ms) or 0,
        hints=likeliest_first(_words(course_id), (row.title, row.description, *slides)),
    )


def about(recording_id: RecordingId) -> About:
    """For notices."""
    row = Recording.objects.select_related("folder").get(id=recording_id)
    return About(row.title, row.folder.name, AccountId(row.owner_id))


def duration_of(media_id: RecordingId) -> int | None:
    """How long it is, uncut."""
    return Recording.objects.values_list("duration_ms", flat=True).get(id=media_id)


def course_words(folder_id: FolderId) -> CourseWords:
    """The glossary of a folder's course (R209)."""
    found = Folder.objects.filter(id=folder_id).values_list("course_id", "course__full_name").first()
    course_id, name = found or (None, "")
    return CourseWords(course_id, name or "", _words(course_id))


def _words(course_id: UUID | None) -> tuple[str, ...]:
    if course_id is None:
        return ()
    words = Glossary.objects.filter(course_id=course_id).values_list("words", flat=True).first()
    return tuple(words or ())


def list_unheard(*, most: int) -> tuple[RecordingId, ...]:
    """Recordings with sound that nobody has listened to, or only when there was no engine or no sound yet, the newest
    first."""
    sounds = Rendition.objects.filter(recording_id=OuterRef("recording_id"), kind=RenditionKind.AUDIO)
    is_unheard = Q(state=AnalysisState.OFF) | (Q(state=AnalysisState.NOTHING, engine="") & Exists(sounds))
    heard = Analysis.objects.filter(kind=AnalysisKind.SPEECH).exclude(is_unheard).values("recording_id")
    rows = Recording.objects.filter(media_state=MediaState.READY, keeping=Keeping.ONLINE, reference_of=None)
    ids = rows.exclude(id__in=heard).order_by("-created_at").values_list("id", flat=True)[:most]
    return tuple(RecordingId(found) for found in ids)

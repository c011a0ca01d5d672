"""What the encoding room needs to know of sources and renditions. For the product itself: no viewer is asked for,
because these reads serve jobs, never a page."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q

from cathedra import config
from cathedra.db import prepared
from cathedra.db.models import AudioDescription, Recording, Rendition, Source, Stream, Upload
from cathedra.domain import jobs
from cathedra.domain.encoding import SET_ASIDE, Note, Probe, RenditionKind, StreamRole, probe_from_json
from cathedra.domain.jobs import Turn
from cathedra.domain.library import FolderKind, Keeping, MediaState, Origin
from cathedra.domain.terms import AccountId, NotFound, RecordingId, SourceId


class SourceNotFound(NotFound):
    """No source has this id: its recording was purged. Or it was set aside, and nothing is made of it (T18)."""


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """A source with what its recording says of the processing."""

    id: SourceId
    recording_id: RecordingId
    position: int
    original_name: str
    size_bytes: int
    object_key: str
    probe: Probe | None
    is_refused: bool
    is_packaged: bool
    has_first_sound: bool  # the first file gives the recording its sound
    is_screen: bool
    media: MediaState
    attempt: UUID | None
    is_encoded: bool
    begun_at: datetime  # when somebody began to send it
    ready_at: datetime | None  # when its recording could first be played
    title: str
    folder_name: str
    owner_id: AccountId
    owner_name: str


@dataclass(frozen=True, slots=True)
class RenditionRow:
    """A rendition as the playlists need it. `is_description`: of the audio description (R212), which is nobody's stream."""

    name: str
    kind: RenditionKind
    role: StreamRole
    language: str
    label: str
    codecs: str
    width: int
    height: int
    frame_rate: float
    peak_bps: int
    average_bps: int
    is_description: bool = False


def source_facts(source_id: SourceId, *, lock: bool = False, even_set_aside: bool = False) -> SourceFacts:
    """Facts of one source. Raises SourceNotFound. `lock` keeps its recording's row until the transaction ends."""
    recording_id = Source.objects.filter(id=source_id).values_list("recording_id", flat=True).first()
    rows = Recording.objects.select_related("folder", "owner")
    rows = rows.select_for_update(of=("self",)) if lock else rows
    recording = rows.filter(id=recording_id).first() if recording_id else None
    row = Source.objects.filter(id=source_id).first()
    if row is None or recording is None or (row.position >= SET_ASIDE and not even_set_aside):
        raise SourceNotFound(str(source_id))
    streams = Stream.objects.filter(recording_id=row.recording_id)
    mine = [stream for stream in streams if stream.source_id == row.id]
    first = Source.objects.filter(recording_id=row.recording_id, position=0, problem="").exclude(probe=None).first()
    return SourceFacts(
        id=SourceId(row.id),
        recording_id=RecordingId(row.recording_id),
        position=row.position,
        original_name=row.original_name,
        size_bytes=row.size_bytes,
        object_key=row.object_key,
        probe=probe_from_json(row.probe) if row.probe else None,
        is_refused=bool(row.problem),
        is_packaged=bool(mine),
        has_first_sound=bool(first and first.probe and probe_from_json(first.probe).sounds),
        is_screen=any(stream.is_screen for stream in mine),
        media=MediaState(recording.media_state),
        attempt=row.attempt,
        is_encoded=row.encoded_at is not None,
        begun_at=Upload.objects.filter(id=row.id).values_list("created_at", flat=True).first() or row.received_at,
        ready_at=recording.ready_at,
        title=recording.title,
        folder_name=recording.folder.name,
        owner_id=AccountId(recording.owner_id),
        owner_name=recording.owner.full_name,
    )


def list_renditions(recording_id: RecordingId) -> list[RenditionRow]:
    """Everything that is ready to be played, the first file's sound first, the audio description last."""
    rows = Rendition.objects.filter(recording_id=recording_id).select_related("stream")
    ordered = rows.order_by("stream__source__position", "stream__source_index", "name")
    return [
        RenditionRow(
            name=row.name,
            kind=RenditionKind(row.kind),
            role=StreamRole(row.stream.role),
            language=row.stream.language,
            label=row.stream.label,
            codecs=row.codecs,
            width=row.width or 0,
            height=row.height or 0,
            frame_rate=row.frame_rate or 0.0,
            peak_bps=row.peak_bps,
            average_bps=row.average_bps,
        )
        for row in ordered
    ] + _description(recording_id)


def _description(recording_id: RecordingId) -> list[RenditionRow]:
    rows = AudioDescription.objects.filter(recording_id=recording_id).exclude(codecs="")
    return [
        RenditionRow(
            name=row.name,
            kind=RenditionKind.AUDIO,
            role=StreamRole.AUDIO,
            language=row.language,
            label="",
            codecs=row.codecs,
            width=0,
            height=0,
            frame_rate=0.0,
            peak_bps=row.peak_bps,
            average_bps=row.average_bps,
            is_description=True,
        )
        for row in rows
    ]


def find_other(recording_id: RecordingId, source_id: SourceId) -> SourceId | None:
    """The recording's other file, unless it could not be used either (R59)."""
    rows = Source.objects.filter(recording_id=recording_id, problem="").exclude(id=source_id)
    found = rows.values_list("id", flat=True).first()
    return SourceId(found) if found else None


def list_refused(recording_id: RecordingId) -> list[tuple[SourceId, Note]]:
    """Its files that could not be used, and why; without those that were set aside (T18)."""
    rows = (
        Source.objects.filter(recording_id=recording_id, position__lt=SET_ASIDE)
        .exclude(problem="")
        .order_by("position")
    )
    return [(SourceId(row.id), Note(row.problem, row.problem_values)) for row in rows]


def turn_of(recording_id: RecordingId, *, now: datetime) -> Turn:
    """The class that whatever is made of this recording waits in (R60). For jobs to be: takes no viewer."""
    row = Recording.objects.select_related("folder").get(id=recording_id)
    zone = ZoneInfo(config.get().site.timezone)
    return jobs.turn_of(
        row.origin,
        row.captured_at.astimezone(zone).date() if row.captured_at else None,
        is_submission=row.folder.kind == FolderKind.ASSIGNMENT,
        is_restoring=row.keeping == Keeping.RESTORING,
        today=now.astimezone(zone).date(),
    )


def queue_position(recording_id: RecordingId) -> int | None:
    """Which place the recording has among all that wait as it does, the next one being the first (R60); None when
    nothing of it waits. For whoever may see its progress: takes no viewer."""
    found = prepared.rows("queue_position", id=recording_id)
    return found[0].place if found else None


def is_source(source_id: SourceId) -> bool:
    """Whether a recording has this file still."""
    return Source.objects.filter(id=source_id).exists()


def is_received(recording_id: RecordingId) -> bool:
    """Whether the recording has files that came from outside: a copy that failed has none."""
    rows = Source.objects.filter(recording_id=recording_id)
    return rows.exclude(recording__origin__in=(Origin.FULL_COPY, Origin.REFERENCE_COPY)).exists()


def names_of(recording_id: RecordingId, *, set_aside: bool = False) -> list[str]:
    """What its files were called by whoever sent them: those in use, or those that were set aside (T18)."""
    which = Q(position__gte=SET_ASIDE) if set_aside else Q(position__lt=SET_ASIDE)
    rows = Source.objects.filter(which, recording_id=recording_id).order_by("position")
    return list(rows.values_list("original_name", flat=True))


def list_spans(recording_id: RecordingId) -> list[tuple[int, int]]:
    """Where each of its streams begins on its timeline, and how long it lasts, in milliseconds (R6)."""
    return list(Stream.objects.filter(recording_id=recording_id).values_list("offset_ms", "duration_ms"))


def has_screen(recording_id: RecordingId, *, position: int) -> bool:
    """Whether the picture of one file is a screen."""
    return Stream.objects.filter(recording_id=recording_id, source__position=position, is_screen=True).exists()


def list_current_attempts(source_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """The attempt that may write results, by source; those without one are left out."""
    rows = Source.objects.filter(id__in=source_ids, attempt__isnull=False)
    return {row_id: attempt for row_id, attempt in rows.values_list("id", "attempt") if attempt}


def list_given_up(form: int, *, most: int) -> tuple[tuple[SourceId, RecordingId], ...]:
    """Files of which an earlier form of the encoding could not make the lower versions, the newest first; of recordings
    that play, and whose original is kept."""
    rows = Source.objects.filter(given_up_form__lt=form, position__lt=SET_ASIDE, problem="").exclude(object_key="")
    playing = rows.filter(recording__media_state=MediaState.READY, recording__keeping=Keeping.ONLINE)
    found = playing.order_by("-received_at", "id").values_list("id", "recording_id")[:most]
    return tuple((SourceId(source), RecordingId(recording)) for source, recording in found)

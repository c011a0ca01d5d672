"""What the player needs, where somebody stopped, and what they are in the middle of."""

from dataclasses import dataclass
from typing import Any

from cathedra.db.models import Recording, Stream, ViewingPosition
from cathedra.db.reads.access import visible_to
from cathedra.db.reads.library import RecordingRow, list_rows
from cathedra.domain.encoding import StreamRole
from cathedra.domain.terms import AccountId, RecordingId, RecordingNotFound, StreamId


@dataclass(frozen=True, slots=True)
class StreamRow:
    """A picture or sound that plays in step with the others."""

    id: StreamId
    role: StreamRole
    is_screen: bool
    width: int | None
    height: int | None
    offset_ms: int
    language: str
    label: str


@dataclass(frozen=True, slots=True)
class PlayerPage:
    """Everything the player starts with; `position_ms` is where the viewer stopped last time."""

    id: RecordingId
    title: str
    duration_ms: int | None
    streams: tuple[StreamRow, ...]
    position_ms: int


def player_page(viewer: AccountId | None, recording_id: RecordingId) -> PlayerPage:
    """For a viewer whom the access rule let in. Raises RecordingNotFound."""
    row = Recording.objects.filter(id=recording_id).first()
    if row is None:
        raise RecordingNotFound(str(recording_id))
    streams = Stream.objects.filter(recording_id=recording_id).order_by("source__position", "source_index")
    return PlayerPage(
        id=RecordingId(row.id),
        title=row.title,
        duration_ms=row.duration_ms,
        streams=tuple(_stream(stream) for stream in streams),
        position_ms=position(viewer, recording_id),
    )


def _stream(row: Stream) -> StreamRow:
    return StreamRow(
        id=StreamId(row.id),
        role=StreamRole(row.role),
        is_screen=row.is_screen,
        width=row.width,
        height=row.height,
        offset_ms=row.offset_ms,
        language=row.language,
        label=row.label,
    )


def position(viewer: AccountId | None, recording_id: RecordingId) -> int:
    """Where the viewer stopped, in milliseconds; 0 when they did not begin."""
    if viewer is None:
        return 0
    rows = ViewingPosition.objects.filter(account_id=viewer, recording_id=recording_id)
    return rows.values_list("position_ms", flat=True).first() or 0


def list_in_progress(viewer: AccountId, *, limit: int = 8) -> tuple[RecordingRow, ...]:
    """Recordings that the viewer began, may still play, and did not end; the last one watched first."""
    positions: Any = (
        ViewingPosition.objects.filter(account_id=viewer, position_ms__gt=0)
        .filter(recording__in=Recording.objects.filter(visible_to(viewer)))
        .order_by("-updated_at")[:limit]
    )
    stopped = {row.recording_id: row.position_ms for row in positions}
    return list_rows(viewer, list(stopped), positions_ms=stopped)

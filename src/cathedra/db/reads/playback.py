"""What the player needs, where somebody stopped, and what they are in the middle of."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from cathedra.db import prepared
from cathedra.db.models import Recording, ViewingPosition
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
    found = prepared.rows("player_page", viewer=viewer, recording_id=recording_id)
    if not found:
        raise RecordingNotFound(str(recording_id))
    row = found[0]
    return PlayerPage(
        id=RecordingId(row.id),
        title=row.title,
        duration_ms=row.duration_ms,
        streams=tuple(_stream(json.loads(stream)) for stream in row.streams),
        position_ms=row.position_ms,
    )


def _stream(row: dict[str, Any]) -> StreamRow:
    return StreamRow(**{**row, "id": StreamId(UUID(row["id"])), "role": StreamRole(row["role"])})


def position(viewer: AccountId | None, recording_id: RecordingId) -> int:
    """Where the viewer stopped, in milliseconds; 0 when they did not begin."""
    if viewer is None:
        return 0
    rows = ViewingPosition.objects.filter(account_id=viewer, recording_id=recording_id)
    return rows.values_list("position_ms", flat=True).first() or 0


def list_in_progress(viewer: AccountId, *, now: datetime, limit: int = 8) -> tuple[RecordingRow, ...]:
    """Recordings that the viewer began, may still play, and did not end; the last one watched first."""
    if not prepared.rows("has_begun", viewer=viewer):
        return ()
    positions: Any = (
        ViewingPosition.objects.filter(account_id=viewer, position_ms__gt=0)
        .filter(recording__in=Recording.objects.filter(visible_to(viewer, now)))
        .order_by("-updated_at")[:limit]
    )
    stopped = {row.recording_id: row.position_ms for row in positions}
    return list_rows(viewer, list(stopped), positions_ms=stopped)

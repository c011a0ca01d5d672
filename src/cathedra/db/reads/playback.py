"""What the player needs, where somebody stopped, what they are in the middle of, and the originals to download."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from cathedra.db import prepared
from cathedra.db.models import Recording, ViewingPosition
from cathedra.db.reads.access import visible_to
from cathedra.db.reads.content import edits_from_json, edits_of_several, shown_edit
from cathedra.db.reads.library import RecordingRow, list_rows
from cathedra.domain import playback
from cathedra.domain.encoding import StreamRole
from cathedra.domain.library import UNEDITED, Edits
from cathedra.domain.terms import AccountId, NotFound, RecordingId, RecordingNotFound, SourceId, StreamId


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
    """Everything the player starts with; `position_ms` is where the viewer stopped last time. Both times are of the
    unedited recording; `edits` is how it is cut for viewers. It is not `is_made` while the edges of its cuts have to be encoded anew, as after it came back from the archive."""

    id: RecordingId
    title: str
    duration_ms: int | None
    streams: tuple[StreamRow, ...]
    position_ms: int
    edits: Edits = UNEDITED
    is_made: bool = True
    version: int = 0  # of the edits; 0: never edited


class OriginalNotFound(NotFound):
    """The recording has no such file."""


@dataclass(frozen=True, slots=True)
class Original:
    """A file of a recording as it was uploaded. `holder_id` is the recording that holds it: of a reference copy, its
    original. `object_key` is empty until the object store has the file."""

    id: SourceId
    holder_id: RecordingId
    picture: playback.Picture
    title: str
    original_name: str
    size_bytes: int
    object_key: str
    is_edited: bool = False  # not what was uploaded, but what viewers have of it

    @property
    def is_kept(self) -> bool:
        """It can be sent."""
        return bool(self.object_key)


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
        **(_edit(json.loads(row.edit)) if row.edit else {}),
    )


def _edit(row: dict[str, Any]) -> dict[str, Any]:
    edits = edits_from_json(row["cuts"], row["looks"])
    return {
        "edits": edits,
        "is_made": row["is_made"] or not edits.cuts,
        "version": row["version"],
    }


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
        .values_list("recording_id", "position_ms", "recording__edited_ms")
    )
    rows = list(positions)
    cut = [recording_id for recording_id, _, edited_ms in rows if edited_ms is not None]
    edits = edits_of_several(cut) if cut else {}  # mostly there is nothing to ask
    stopped = {recording_id: edits.get(recording_id, UNEDITED).edited(at_ms) for recording_id, at_ms, _ in rows}
    return list_rows(viewer, list(stopped), positions_ms=stopped)


def list_originals(recording_id: RecordingId) -> tuple[Original, ...]:
    """The files that a recording is made of, in their order, without those that could not be used. For a viewer whom the
    access rule lets download it."""
    files = prepared.rows("originals", recording_id=recording_id)
    shown = playback.pictures([(each.has_picture, each.has_screen) for each in files])
    return tuple(
        Original(
            id=SourceId(each.id),
            holder_id=RecordingId(each.recording_id),
            picture=picture,
            title=each.title,
            original_name=each.original_name,
            size_bytes=each.size_bytes,
            object_key=each.object_key,
        )
        for each, picture in zip(files, shown, strict=True)
    )


def find_edited(recording_id: RecordingId) -> Original | None:
    """What viewers have of an edited recording, as one file; None of one that is not cut. For a viewer whom the access rule
    lets download it."""
    found = shown_edit(recording_id)
    if found is None or not found.edits.cuts:
        return None
    return Original(
        id=SourceId(found.id),
        holder_id=found.recording_id,
        picture=playback.Picture.ONLY,
        title=Recording.objects.values_list("title", flat=True).get(id=recording_id),
        original_name="edited.mp4",
        size_bytes=found.file_bytes,
        object_key=found.file_key,
        is_edited=True,
    )


def get_original(recording_id: RecordingId, source_id: SourceId) -> Original:
    """One of them, or the edited one. Raises OriginalNotFound."""
    edited = find_edited(recording_id)
    offered: tuple[Original, ...] = (*list_originals(recording_id), *((edited,) if edited else ()))
    for each in offered:
        if each.id == source_id:
            return each
    raise OriginalNotFound(str(source_id))

"""Captures: recordings that are being made."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from cathedra.db import models
from cathedra.domain.ingest import Capture, CapturePhase, Pause, UploadState
from cathedra.domain.library import Keeping, MediaState, Origin
from cathedra.domain.terms import AccountId, FolderId, RecordingId, UploadId


def find_capture(recording_id: RecordingId, *, lock: bool = False) -> Capture | None:
    """How its capture stands; None when it was not captured here. Asked by whoever has checked the viewer. `lock` keeps
    the row until the transaction ends."""
    rows = models.Capture.objects.filter(recording_id=recording_id)
    row = (rows.select_for_update(no_key=True) if lock else rows).first()
    return _capture(row) if row else None


def captures_of(recording_ids: Collection[RecordingId]) -> dict[RecordingId, Capture]:
    """Those of these recordings that are being made, or were. Asked by whoever has checked the viewer."""
    rows = models.Capture.objects.filter(recording_id__in=recording_ids)
    return {RecordingId(row.recording_id): _capture(row) for row in rows}


def list_left(*, before: datetime, limit: int = 200) -> list[RecordingId]:
    """Captures that nobody ended, and of which nothing was heard since. For the product itself."""
    rows = models.Capture.objects.exclude(phase=CapturePhase.ENDED)
    rows = rows.filter(heard_at__lte=before, recording__origin=Origin.BROWSER)  # a recorder keeps its own
    return [RecordingId(one) for one in rows.order_by("heard_at").values_list("recording_id", flat=True)[:limit]]


@dataclass(frozen=True, slots=True)
class CapturePart:
    """One of its files: how much of it is safely here, and whether all of it is."""

    upload_id: UploadId
    position: int
    original_name: str
    offset_bytes: int
    is_whole: bool


@dataclass(frozen=True, slots=True)
class CaptureRow:
    """A capture of the viewer's that goes on, or waits for what is not here yet."""

    capture: Capture
    title: str
    folder_id: FolderId
    folder_name: str
    owner_id: AccountId
    parts: tuple[CapturePart, ...]

    @property
    def bytes_here(self) -> int:
        """How much of it is safe."""
        return sum(part.offset_bytes for part in self.parts)


def list_captures(viewer: AccountId, *, folder_id: FolderId | None = None, limit: int = 50) -> list[CaptureRow]:
    """The viewer's own captures that have not ended, the newest first; in a folder only those of it."""
    rows = models.Capture.objects.exclude(phase=CapturePhase.ENDED).filter(
        recording__created_by_id=viewer,
        recording__media_state=MediaState.RECORDING,
        recording__keeping=Keeping.ONLINE,
        recording__origin=Origin.BROWSER,
    )
    rows = rows.filter(recording__folder_id=folder_id) if folder_id else rows
    return [_row(row) for row in rows.select_related("recording__folder").order_by("-begun_at")[:limit]]


def get_capture_row(recording_id: RecordingId) -> CaptureRow | None:
    """One of them, whoever's. Asked by whoever has checked the viewer."""
    row = models.Capture.objects.select_related("recording__folder").filter(recording_id=recording_id).first()
    return _row(row) if row else None


def capture_parts(recording_id: RecordingId, *, lock: bool = False) -> tuple[CapturePart, ...]:
    """Its files, in order. Asked by whoever has checked the viewer."""
    rows = models.Upload.objects.filter(recording_id=recording_id, state__in=(UploadState.OPEN, UploadState.COMPLETE))
    rows = rows.select_for_update() if lock else rows
    return tuple(
        CapturePart(
            UploadId(row.id), row.position, row.original_name, row.offset_bytes, row.state == UploadState.COMPLETE
        )
        for row in rows.order_by("position")
    )


def was_begun_by(recording_id: RecordingId, account_id: AccountId | None) -> bool:
    """Whether this is who records it. For an action: takes no viewer."""
    if account_id is None:
        return False
    return models.Recording.objects.filter(id=recording_id, created_by_id=account_id, origin=Origin.BROWSER).exists()


def is_scheduled(recording_id: RecordingId) -> bool:
    """Whether it is recorded by recorders in a room. For an action: takes no viewer."""
    return models.Schedule.objects.filter(recording_id=recording_id).exists()


def _row(row: models.Capture) -> CaptureRow:
    return CaptureRow(
        capture=_capture(row),
        title=row.recording.title,
        folder_id=FolderId(row.recording.folder_id),
        folder_name=row.recording.folder.name,
        owner_id=AccountId(row.recording.owner_id),
        parts=capture_parts(RecordingId(row.recording_id)),
    )


def _capture(row: models.Capture) -> Capture:
    return Capture(
        recording_id=RecordingId(row.recording_id),
        phase=CapturePhase(row.phase),
        begun_at=row.begun_at,
        heard_at=row.heard_at,
        parts=tuple(row.parts),
        stopped_at=row.stopped_at,
        pauses=tuple(Pause(start, end) for start, end in row.pauses),
    )

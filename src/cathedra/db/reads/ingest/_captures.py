"""Captures: recordings that are being made."""

from collections.abc import Collection
from datetime import datetime

from cathedra.db import models
from cathedra.domain.ingest import Capture, CapturePhase, Pause
from cathedra.domain.terms import RecordingId


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
    rows = models.Capture.objects.exclude(phase=CapturePhase.ENDED).filter(heard_at__lte=before)
    return [RecordingId(one) for one in rows.order_by("heard_at").values_list("recording_id", flat=True)[:limit]]


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

"""Put away uploads: every change of one is a compare-and-set on its state and, while bytes come, on its lease. And the
captures, and the imports that wait for their owners."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F

from cathedra.db import models
from cathedra.db.models import Intake, Recording, Source, Upload
from cathedra.domain.ingest import Capture, CapturePhase, Pause, UploadKind, UploadState
from cathedra.domain.library import Keeping, MediaState, Publication
from cathedra.domain.terms import AccountId, RecordingId, SourceId, UploadId


@dataclass(frozen=True, slots=True)
class NewUpload:
    """What a new upload's row holds."""

    account_id: AccountId | None
    recording_id: RecordingId | None
    position: int
    kind: UploadKind
    original_name: str
    fingerprint: str
    metadata: str
    length_bytes: int
    expires_at: datetime
    parts: tuple[UploadId, ...] = ()
    is_deferred: bool = False
    recorder_id: int | None = None  # that sends it, in place of a person


def add_upload(new: NewUpload, *, now: datetime) -> UploadId:
    """Make an open upload without a byte."""
    row = Upload.objects.create(
        id=uuid.uuid4(),
        account_id=new.account_id,
        recorder_id=new.recorder_id,
        recording_id=new.recording_id,
        position=new.position,
        kind=new.kind,
        state=UploadState.OPEN,
        original_name=new.original_name,
        fingerprint=new.fingerprint,
        metadata=new.metadata,
        length_bytes=new.length_bytes,
        is_deferred=new.is_deferred,
        parts=[str(part) for part in new.parts],
        created_at=now,
        updated_at=now,
        expires_at=new.expires_at,
    )
    return UploadId(row.id)


def claim(upload_id: UploadId, *, at_bytes: int, lease: UUID, until: datetime) -> bool:
    """Give the lease to a writer. False when the upload does not stand open at that offset.

    Whoever asks holds the lock on the file, so an older lease belongs to a writer that is gone.
    """
    rows = Upload.objects.filter(id=upload_id, state=UploadState.OPEN, offset_bytes=at_bytes)
    return bool(rows.update(lease=lease, lease_until=until))


def set_length(upload_id: UploadId, length_bytes: int, *, at_bytes: int, now: datetime) -> bool:
    """How long it is, which nobody knew before; False when it does not stand open at that offset, or was told already."""
    rows = Upload.objects.filter(id=upload_id, state=UploadState.OPEN, is_deferred=True, offset_bytes=at_bytes)
    return bool(rows.update(length_bytes=length_bytes, is_deferred=False, updated_at=now))


def advance(
    upload_id: UploadId,
    *,
    lease: UUID,
    from_bytes: int,
    to_bytes: int,
    lease_until: datetime,
    expires_at: datetime,
    now: datetime,
) -> bool:
    """Count bytes that are on the disk. False when the lease or the offset is no longer the writer's."""
    rows = Upload.objects.filter(id=upload_id, state=UploadState.OPEN, lease=lease, offset_bytes=from_bytes)
    return bool(
        rows.update(offset_bytes=to_bytes, lease_until=lease_until, expires_at=expires_at, updated_at=now),
    )


def release(upload_id: UploadId, *, lease: UUID) -> bool:
    """Give the lease back. False when it was another's by then."""
    return bool(Upload.objects.filter(id=upload_id, lease=lease).update(lease=None, lease_until=None))


def set_joined(upload_id: UploadId, *, now: datetime) -> bool:
    """All parts of a final upload are in its file. False when it is not open."""
    rows = Upload.objects.filter(id=upload_id, state=UploadState.OPEN, kind=UploadKind.FINAL)
    return bool(rows.update(offset_bytes=F("length_bytes"), updated_at=now))


def end(
    upload_ids: Iterable[UploadId], *, sources: tuple[UploadState, ...], to: UploadState, now: datetime
) -> list[UploadId]:
    """Move uploads to a last state; those that stood elsewhere stay. Returns the ones that moved."""
    rows = Upload.objects.select_for_update().filter(id__in=list(upload_ids), state__in=sources)
    moved = [UploadId(one) for one in rows.values_list("id", flat=True)]
    Upload.objects.filter(id__in=moved).update(state=to, lease=None, lease_until=None, updated_at=now)
    return moved


def close_upload(upload_id: UploadId, *, now: datetime) -> bool:
    """What has arrived is all of it. False when it does not stand open any more, or nothing has."""
    rows = Upload.objects.filter(id=upload_id, state=UploadState.OPEN, offset_bytes__gt=0)
    return bool(rows.update(length_bytes=F("offset_bytes"), is_deferred=False, updated_at=now))


def take_first_place(recording_id: RecordingId) -> None:
    """Nothing came of its first file: the second is the first."""
    Upload.objects.filter(recording_id=recording_id, position=1).update(position=0)
    Source.objects.filter(recording_id=recording_id, position=1).update(position=0)


def add_source(upload_id: UploadId, *, now: datetime) -> SourceId | None:
    """The upload's file becomes a source of its recording, under the same id. None when its place is taken or gone."""
    row = Upload.objects.get(id=upload_id)
    if row.recording_id is None or Source.objects.filter(recording_id=row.recording_id, position=row.position).exists():
        return None
    source = Source.objects.create(
        id=row.id,
        recording_id=row.recording_id,
        position=row.position,
        original_name=row.original_name,
        size_bytes=row.length_bytes,
        object_key="",
        received_at=now,
    )
    return SourceId(source.id)


def set_uploaded_at(recording_id: RecordingId, *, now: datetime) -> None:
    """When the first file of the recording had arrived (T12)."""
    Recording.objects.filter(id=recording_id, uploaded_at=None).update(uploaded_at=now, updated_at=now)


def remove_capture(recording_id: RecordingId) -> bool:
    """Remove a recording of which nothing ever arrived. False when there is something of it, or more to come."""
    row = Recording.objects.select_for_update().filter(id=recording_id, media_state=MediaState.RECORDING).first()
    waiting = Upload.objects.filter(recording_id=recording_id, state=UploadState.OPEN)
    if row is None or waiting.exists() or Source.objects.filter(recording_id=recording_id).exists():
        return False
    row.delete()
    return True


def remove_draft(recording_id: RecordingId) -> bool:
    """Remove a recording that has nothing and waits for nothing. False when it has something worth keeping."""
    row = (
        Recording.objects.select_for_update()
        .filter(
            id=recording_id,
            media_state=MediaState.EMPTY,
            publication=Publication.DRAFT,
            keeping=Keeping.ONLINE,
        )
        .first()
    )
    if row is None:
        return False
    if Source.objects.filter(recording_id=recording_id).exists():
        return False
    if Upload.objects.filter(recording_id=recording_id, state=UploadState.OPEN).exists():
        return False
    row.delete()
    return True


def add_to_intake(recording_id: RecordingId, *, brought_by: AccountId | None, now: datetime) -> None:
    """An import has arrived and waits for its owner (R93)."""
    Intake.objects.create(recording_id=recording_id, brought_by_id=brought_by, since_at=now)


def leave_intake(recording_id: RecordingId) -> bool:
    """Its owner keeps it. False when it did not wait: somebody got there first."""
    return bool(Intake.objects.filter(recording_id=recording_id).delete()[0])


def set_checksum(upload_id: UploadId, sha256: str, *, now: datetime) -> bool:
    """What the whole file is to be, as its recorder says. False when it is not on its way any more."""
    rows = Upload.objects.filter(id=upload_id, state=UploadState.OPEN)
    return bool(rows.update(sha256=sha256, updated_at=now))


def add_capture(capture: Capture, *, recorder_id: int | None = None) -> None:
    """A recording is being made (T5, T8)."""
    models.Capture.objects.create(
        recording_id=capture.recording_id,
        phase=capture.phase,
        begun_at=capture.begun_at,
        stopped_at=capture.stopped_at,
        pauses=_pairs(capture.pauses),
        parts=list(capture.parts),
        heard_at=capture.heard_at,
        recorder_id=recorder_id,
    )
    Recording.objects.filter(id=capture.recording_id).update(captured_at=capture.begun_at)


def set_capture(capture: Capture, *, was: CapturePhase) -> bool:
    """How it stands now. False when it stood elsewhere: somebody got there first."""
    rows = models.Capture.objects.filter(recording_id=capture.recording_id, phase=was)
    return bool(
        rows.update(
            phase=capture.phase,
            stopped_at=capture.stopped_at,
            pauses=_pairs(capture.pauses),
            parts=list(capture.parts),
            heard_at=capture.heard_at,
        )
    )


def hear_of_capture(recording_id: RecordingId, *, now: datetime) -> None:
    """Whoever captures has sent something."""
    rows = models.Capture.objects.filter(recording_id=recording_id).exclude(phase=CapturePhase.ENDED)
    rows.update(heard_at=now)


def _pairs(pauses: Iterable[Pause]) -> list[list[int | None]]:
    return [[pause.start_ms, pause.end_ms] for pause in pauses]

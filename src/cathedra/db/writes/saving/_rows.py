"""The new recording: begun, given its files, made what its original is, or removed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db.models import F

from cathedra.db.models import (
    Exemption,
    Recording,
    RecordingViewer,
    RetentionExemption,
    Saving,
    Source,
)
from cathedra.db.writes import policy, search
from cathedra.domain.encoding import Probe, probe_to_json
from cathedra.domain.library import Keeping, MediaState, Origin
from cathedra.domain.terms import AccountId, FolderId, RecordingId, SourceId

# What the new one says from the first moment on, so that those who look after the folder know what is being made.
_DESCRIBED = ("folder_id", "owner_id", "title", "description", "tags", "captured_at", "uploaded_at", "created_at")
# How the original reaches people, and how its approval stands: taken over with the last step, as it is then.
_OFFERED = (
    *("sharing", "downloads", "start", "starts_at", "end", "ends_at"),
    *("submitted_at", "submitted_by_id", "approval", "approval_at", "approval_by_id", "approval_reason"),
)
_DONE = {"stage": "", "stage_percent": None, "stage_estimate_s": None, "stage_started_at": None}


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file of what is kept, which is in place and was looked into."""

    id: SourceId
    object_key: str
    size_bytes: int
    sha256: str
    probe: Probe


def begin(original_id: RecordingId, *, version: int, by: AccountId | None, now: datetime) -> RecordingId:
    """The recording that is to be, of the origin of a full copy (R102), without media; and that somebody asked for it."""
    row = Recording.objects.get(id=original_id)
    new = Recording(
        id=uuid4(),
        created_by_id=by or row.owner_id,
        origin=Origin.FULL_COPY,
        media_state=MediaState.PREPARING,
        keeping=Keeping.ONLINE,
        updated_at=now,
        **{name: getattr(row, name) for name in _DESCRIBED},
    )
    new.save(force_insert=True)
    Saving.objects.create(original_id=original_id, recording_id=new.id, version=version, asked_by_id=by, asked_at=now)
    return RecordingId(new.id)


def add_files(recording_id: RecordingId, files: Sequence[NewFile], *, name: str, now: datetime) -> bool:
    """Its files, the first one first. False when it has some."""
    if Source.objects.filter(recording_id=recording_id).exists():
        return False
    Source.objects.bulk_create(
        Source(
            id=file.id,
            recording_id=recording_id,
            position=position,
            original_name=name,
            size_bytes=file.size_bytes,
            sha256=file.sha256,
            object_key=file.object_key,
            received_at=now,
            probe=probe_to_json(file.probe),
        )
        for position, file in enumerate(files)
    )
    return True


def carry_over(original_id: RecordingId, recording_id: RecordingId, *, duration_ms: int, now: datetime) -> str | None:
    """What the original says, whom it reaches, what it was declared for and what it is let off is the new one's. It is
    ready, and a draft still. Returns how the original is published; None when the new one is not being made any more."""
    row = Recording.objects.get(id=original_id)
    said = {name: getattr(row, name) for name in (*_DESCRIBED, *_OFFERED)}
    rows = Recording.objects.filter(id=recording_id, media_state=MediaState.PREPARING)
    made = {"media_state": MediaState.READY, "duration_ms": duration_ms, "ready_at": now}
    if not rows.update(**said, **made, **_DONE, updated_at=now, version=F("version") + 1):
        return None
    search.move(recording_id, FolderId(row.folder_id))
    for viewer in RecordingViewer.objects.filter(recording_id=original_id):
        viewer.pk, viewer.recording_id = None, recording_id
        viewer.save(force_insert=True)
    for let_off in Exemption.objects.filter(recording_id=original_id, ended_at=None):
        let_off.id, let_off.recording_id = uuid4(), recording_id
        let_off.save(force_insert=True)
    _carry_exemptions(original_id, recording_id)
    policy.carry_use(original_id, recording_id)
    return str(row.publication)


def _carry_exemptions(original_id: RecordingId, recording_id: RecordingId) -> None:
    """R128: what was granted holds for both; what nobody has decided yet is about the new one."""
    asked = RetentionExemption.objects.filter(recording_id=original_id, ended_at=None)
    for granted in asked.filter(is_granted=True):
        granted.id, granted.recording_id = uuid4(), recording_id
        granted.save(force_insert=True)
    asked.filter(is_granted=None).update(recording_id=recording_id)


def end(recording_id: RecordingId, *, now: datetime) -> bool:
    """It plays, and the original is in the bin. False when it had ended."""
    return bool(Saving.objects.filter(recording_id=recording_id, ended_at=None).update(ended_at=now))


def remove(recording_id: RecordingId, *, problem: str, now: datetime) -> list[UUID] | None:
    """It could not be made: nothing of it stays but the sentence why. Returns the ids of its files, whose bytes are still
    to be removed; None when it is not being made any more."""
    rows = Saving.objects.filter(recording_id=recording_id, ended_at=None)
    if not rows.update(ended_at=now, problem=problem):
        return None
    files = list(Source.objects.filter(recording_id=recording_id).order_by("position").values_list("id", flat=True))
    Recording.objects.filter(id=recording_id, media_state=MediaState.PREPARING).delete()
    return files

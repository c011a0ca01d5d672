"""Put away the audio description of a recording, and what was made of it (R212)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cathedra.db.models import AudioDescription
from cathedra.domain.library import description_name
from cathedra.domain.terms import AccountId, RecordingId

_NOTHING_MADE = {"attempt": None, "percent": None, "codecs": "", "peak_bps": 0, "average_bps": 0, "made_bytes": 0}


@dataclass(frozen=True, slots=True)
class NewDescription:
    """A file that lies in the object store."""

    language: str
    original_name: str
    object_key: str
    size_bytes: int
    sha256: str
    by: AccountId | None


def put(recording_id: RecordingId, new: NewDescription, *, now: datetime) -> None:
    """The audio description of a recording, not yet prepared, in place of any other."""
    AudioDescription.objects.update_or_create(
        recording_id=recording_id,
        defaults={
            "language": new.language,
            "original_name": new.original_name,
            "object_key": new.object_key,
            "size_bytes": new.size_bytes,
            "sha256": new.sha256,
            "added_by_id": new.by,
            "added_at": now,
            "problem": "",
            "problem_values": {},
            "name": description_name(new.sha256),
            **_NOTHING_MADE,
        },
    )


def remove(recording_id: RecordingId) -> bool:
    """False when there was none."""
    return bool(AudioDescription.objects.filter(recording_id=recording_id).delete()[0])


def claim(recording_id: RecordingId, *, expected: UUID | None, attempt: UUID) -> bool:
    """Take its preparation over. False when somebody else did in between."""
    rows = AudioDescription.objects.filter(recording_id=recording_id, attempt=expected)
    return bool(rows.update(attempt=attempt))


def set_percent(recording_id: RecordingId, *, attempt: UUID, percent: int) -> bool:
    """Progress for people. False when the attempt no longer holds."""
    return bool(AudioDescription.objects.filter(recording_id=recording_id, attempt=attempt).update(percent=percent))


def set_made(
    recording_id: RecordingId, *, attempt: UUID, codecs: str, peak_bps: int, average_bps: int, size_bytes: int
) -> bool:
    """Its files are in place. False when the attempt no longer holds: another file has taken its place, or it is gone."""
    rows = AudioDescription.objects.filter(recording_id=recording_id, attempt=attempt)
    return bool(
        rows.update(
            attempt=None,
            percent=None,
            codecs=codecs,
            peak_bps=peak_bps,
            average_bps=average_bps,
            made_bytes=size_bytes,
        )
    )


def set_problem(recording_id: RecordingId, sentence: str, values: Mapping[str, str], *, attempt: UUID | None) -> bool:
    """It cannot be used; the sentence is for its people. False when the attempt no longer holds."""
    rows = AudioDescription.objects.filter(recording_id=recording_id, attempt=attempt, codecs="")
    return bool(rows.update(attempt=None, percent=None, problem=sentence, problem_values=dict(values)))


def forget_made(recording_id: RecordingId) -> None:
    """What was made of it is not there: it is to be prepared again."""
    AudioDescription.objects.filter(recording_id=recording_id).update(**_NOTHING_MADE)


def copy(original_id: RecordingId, copy_id: RecordingId) -> bool:
    """R200: a full copy begins with that of its original, whose files are in place. False when there is none."""
    row = AudioDescription.objects.filter(recording_id=original_id).first()
    if row is None:
        return False
    row.recording_id, row.object_key, row.attempt = copy_id, key_of(copy_id, row.object_key), None
    row.save(force_insert=True)
    return True


def key_of(recording_id: RecordingId, key: str) -> str:
    """Where a copy keeps the file that its original keeps there."""
    return f"originals/{recording_id}/{key.rpartition('/')[2]}"

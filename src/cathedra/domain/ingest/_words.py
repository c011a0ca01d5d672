"""The words of getting bytes in: kinds of upload, where one stands, what is known of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cathedra.domain.terms import RecordingId, UploadId


class UploadKind(StrEnum):
    """tus 1.0: a whole file, a part, or the joining of parts (concatenation extension)."""

    WHOLE = "WHOLE"
    PARTIAL = "PARTIAL"
    FINAL = "FINAL"


class UploadState(StrEnum):
    """Where an upload stands."""

    OPEN = "OPEN"
    COMPLETE = "COMPLETE"
    TERMINATED = "TERMINATED"
    EXPIRED = "EXPIRED"


class Place(StrEnum):
    """Where what an upload goes to is kept by now: it may have been deleted while bytes came (R134, R138)."""

    THERE = "THERE"
    RECYCLED = "RECYCLED"
    FOLDER_RECYCLED = "FOLDER_RECYCLED"
    PURGED = "PURGED"


@dataclass(frozen=True, slots=True)
class UploadFacts:
    """One upload, as seen by one person."""

    id: UploadId
    is_mine: bool
    kind: UploadKind
    state: UploadState
    recording_id: RecordingId | None
    position: int
    original_name: str
    metadata: str
    length_bytes: int
    offset_bytes: int
    parts: tuple[UploadId, ...]
    expires_at: datetime
    place: Place = Place.THERE
    is_deferred: bool = False  # how long it is is told at its end; until then `length_bytes` is the most it may become
    is_of_recorder: bool = False  # it is whole when its checksum is right (R159)
    told_sha256: str = ""  # of the whole, as its recorder told it
    is_captured: bool = False  # it belongs to a recording that is being made, and is finished with that

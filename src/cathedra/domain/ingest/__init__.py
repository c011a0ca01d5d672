"""Getting bytes in: what may be uploaded, who may add bytes to it, and when it is complete."""

from cathedra.domain.ingest._going_on import (
    decide_append,
    decide_find,
    decide_parts,
    decide_place,
    decide_resume,
    decide_terminate,
    is_abandoned,
    is_complete,
    longer_than_announced,
    no_such_upload,
    wrong_offset,
)
from cathedra.domain.ingest._names import FINGERPRINT_CHARACTERS, NAME_CHARACTERS, label_of, size_words, title_of
from cathedra.domain.ingest._opening import (
    POSITIONS,
    PlaceFacts,
    RoomFacts,
    decide_open,
    folder_in_bin,
    no_media_of_its_own,
)
from cathedra.domain.ingest._words import Place, UploadFacts, UploadKind, UploadState

__all__ = [
    "FINGERPRINT_CHARACTERS",
    "NAME_CHARACTERS",
    "POSITIONS",
    "Place",
    "PlaceFacts",
    "RoomFacts",
    "UploadFacts",
    "UploadKind",
    "UploadState",
    "decide_append",
    "decide_find",
    "decide_open",
    "decide_parts",
    "decide_place",
    "decide_resume",
    "decide_terminate",
    "folder_in_bin",
    "is_abandoned",
    "is_complete",
    "label_of",
    "longer_than_announced",
    "no_media_of_its_own",
    "no_such_upload",
    "size_words",
    "title_of",
    "wrong_offset",
]

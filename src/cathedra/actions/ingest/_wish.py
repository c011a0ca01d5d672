"""What somebody wants to send."""

from dataclasses import dataclass, field

from cathedra.actions.policy import DeclareWish
from cathedra.domain.ingest import UploadKind
from cathedra.domain.terms import AccountId, FolderId, RecordingId, UploadId


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to send. `name` and `title` are theirs, untidied; `metadata` is given back as it came."""

    length_bytes: int | None  # None: it is told at the end (creation-defer-length)
    kind: UploadKind = UploadKind.WHOLE
    name: str = ""
    title: str = ""
    fingerprint: str = ""
    metadata: str = ""
    folder_id: FolderId | None = None
    recording_id: RecordingId | None = None
    position: int = 0
    parts: tuple[UploadId, ...] = field(default=())
    use: DeclareWish | None = None  # what it is for (R84)
    is_import: bool = False  # it waits for its owner's word (R93)
    is_capture: bool = False  # it is being made in a browser while it is sent
    owner: str = ""  # of an import: the login name of whom it is for; empty: whoever brings it
    owner_id: AccountId | None = None  # found by `_bring`

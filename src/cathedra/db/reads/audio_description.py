"""The audio description of a recording (R212): for its Creators, for a viewer whom the access rule let in, or for the job.
A reference copy has that of what it plays (R140)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cathedra.db.models import AudioDescription, Recording, Stream
from cathedra.domain.encoding import StreamRole
from cathedra.domain.library import DescribedFacts
from cathedra.domain.terms import AccountId, RecordingId


@dataclass(frozen=True, slots=True)
class Described:
    """The file that somebody added, and what came of it. `name` is the stem of what is played."""

    language: str
    original_name: str
    object_key: str
    size_bytes: int
    sha256: str
    added_by: AccountId | None
    added_by_name: str
    added_at: datetime
    attempt: UUID | None
    percent: int | None
    problem: str
    problem_values: dict[str, str]
    name: str
    is_made: bool

    @property
    def is_moving(self) -> bool:
        """It waits to be prepared, or is being prepared."""
        return not self.is_made and not self.problem


@dataclass(frozen=True, slots=True)
class Facts:
    """What its actions need to know of a recording that has media of its own."""

    recording_id: RecordingId
    is_playable: bool
    has_picture: bool
    duration_ms: int
    title: str
    folder_name: str
    owner_id: AccountId
    described: Described | None

    @property
    def standing(self) -> DescribedFacts:
        """As the rule looks at it."""
        return DescribedFacts(self.is_playable, self.has_picture)


def find(recording_id: RecordingId) -> Described | None:
    """That of what it plays, if there is one."""
    reference = Recording.objects.filter(id=recording_id).values_list("reference_of_id", flat=True).first()
    return _of(reference or recording_id)


def facts(recording_id: RecordingId, *, lock: bool = False) -> Facts | None:
    """Of a recording; None when it is gone. `lock` keeps its row until the transaction ends."""
    rows = Recording.objects.select_related("folder")
    row = (rows.select_for_update(of=("self",)) if lock else rows).filter(id=recording_id).first()
    if row is None:
        return None
    return Facts(
        recording_id=recording_id,
        is_playable=row.media_state == "READY" and row.keeping == "ONLINE" and not row.reference_of_id,
        has_picture=Stream.objects.filter(recording_id=recording_id).exclude(role=StreamRole.AUDIO).exists(),
        duration_ms=row.duration_ms or 0,
        title=row.title,
        folder_name=row.folder.name,
        owner_id=AccountId(row.owner_id),
        described=_of(recording_id),
    )


def places(recording_id: RecordingId, copy_id: RecordingId) -> list[tuple[str, str]]:
    """Where the file that was added to a recording is kept, and where a full copy's shall be (R200)."""
    keys = AudioDescription.objects.filter(recording_id=recording_id).values_list("object_key", flat=True)
    return [(key, f"originals/{copy_id}/{key.rpartition('/')[2]}") for key in keys]


def is_waiting(recording_id: RecordingId) -> bool:
    """Whether one is still to be prepared."""
    return AudioDescription.objects.filter(recording_id=recording_id, codecs="", problem="").exists()


def _of(recording_id: UUID) -> Described | None:
    row = AudioDescription.objects.filter(recording_id=recording_id).select_related("added_by").first()
    if row is None:
        return None
    return Described(
        language=row.language,
        original_name=row.original_name,
        object_key=row.object_key,
        size_bytes=row.size_bytes,
        sha256=row.sha256,
        added_by=AccountId(row.added_by_id) if row.added_by_id else None,
        added_by_name=row.added_by.full_name if row.added_by else "",
        added_at=row.added_at,
        attempt=row.attempt,
        percent=row.percent,
        problem=row.problem,
        problem_values=row.problem_values,
        name=row.name,
        is_made=bool(row.codecs),
    )

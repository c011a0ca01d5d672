"""Recordings as those who run the service see them: what they are and whose, never what is said or shown (R26, R222)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from cathedra.db import prepared
from cathedra.db.models import Hold, Recording
from cathedra.db.reads.access import IN_INTAKE
from cathedra.db.reads.keyset import Page, page_of, parse_instant, place
from cathedra.domain.library import Keeping, MediaState, Origin, Publication, Standing, State, state_of
from cathedra.domain.terms import AccountId, FolderId, RecordingId, RecordingNotFound


@dataclass(frozen=True, slots=True)
class Metadata:
    """Everything that R26 lets administrators see of a recording, and who is responsible for it (R222)."""

    id: RecordingId
    title: str
    state: State
    origin: Origin
    folder_id: FolderId
    folder_name: str
    owner_id: AccountId
    owner_name: str
    is_owner_active: bool
    course: str
    department: str
    department_contact: str
    creators: tuple[str, ...]
    duration_ms: int | None
    captured_at: datetime | None
    uploaded_at: datetime | None
    ready_at: datetime | None
    created_at: datetime
    updated_at: datetime
    source_count: int
    source_bytes: int
    stream_count: int
    rendition_count: int
    rendition_bytes: int
    viewer_count: int


def get_metadata(recording_id: RecordingId) -> Metadata:
    """For those whom `people.decide_enter(RECORDINGS)` lets in. Raises RecordingNotFound."""
    found = prepared.rows("recording_metadata", recording_id=recording_id)
    if not found:
        raise RecordingNotFound(str(recording_id))
    row = found[0]
    return Metadata(
        id=RecordingId(row.id),
        title=row.title,
        state=_state(row.media_state, row.publication, row.keeping, is_held=row.is_held),
        origin=Origin(row.origin),
        folder_id=FolderId(row.folder_id),
        folder_name=row.folder_name,
        owner_id=AccountId(row.owner_id),
        owner_name=row.owner_name,
        is_owner_active=row.is_owner_active,
        course=row.course,
        department=row.department or "",
        department_contact=row.department_contact or "",
        creators=tuple(row.creators),
        duration_ms=row.duration_ms,
        captured_at=row.captured_at,
        uploaded_at=row.uploaded_at,
        ready_at=row.ready_at,
        created_at=row.created_at,
        updated_at=row.updated_at,
        source_count=row.source_count,
        source_bytes=row.source_bytes,
        stream_count=row.stream_count,
        rendition_count=row.rendition_count,
        rendition_bytes=row.rendition_bytes,
        viewer_count=row.viewer_count,
    )


@dataclass(frozen=True, slots=True)
class MetadataLine:
    """A recording that staff found."""

    id: RecordingId
    title: str
    state: State
    folder_name: str
    owner_name: str
    created_at: datetime
    duration_ms: int | None


def find_metadata(text: str, *, after: str = "", limit: int) -> Page[MetadataLine]:
    """Recordings whose title holds every word, or the one whose id or address this is; the newest first. For those
    whom `people.decide_enter(RECORDINGS)` lets in."""
    rows = Recording.objects.filter(~IN_INTAKE, _fitting(text))
    if found := parse_instant(after):
        at, row_id = found
        rows = rows.filter(Q(created_at__lt=at) | Q(created_at=at, id__lt=row_id))
    held = Exists(Hold.objects.filter(recording_id=OuterRef("pk"), released_at=None))
    asked = list(
        rows.annotate(is_held=held)
        .select_related("folder", "owner")
        .only(
            "id", "title", "media_state", "publication", "keeping", "created_at", "duration_ms",
            "folder__name", "owner__full_name",
        )
        .order_by("-created_at", "-id")[: limit + 1]
    )  # fmt: skip
    lines = [
        MetadataLine(
            id=RecordingId(row.id),
            title=row.title,
            state=_state(row.media_state, row.publication, row.keeping, is_held=row.is_held),
            folder_name=row.folder.name,
            owner_name=row.owner.full_name,
            created_at=row.created_at,
            duration_ms=row.duration_ms,
        )
        for row in asked
    ]
    return page_of(lines, [place(row.created_at.isoformat(), row.id) for row in asked], limit=limit)


def _fitting(text: str) -> Q:
    for part in text.split("?")[0].strip("/ ").split("/"):
        try:
            return Q(id=UUID(part))
        except ValueError:
            continue
    matching = Q()
    for word in text.split()[:6]:
        matching &= Q(title__icontains=word)
    return matching


def _state(media: str, publication: str, keeping: str, *, is_held: bool) -> State:
    return state_of(
        Standing(
            media=MediaState(media), publication=Publication(publication), keeping=Keeping(keeping), is_held=is_held
        )
    )

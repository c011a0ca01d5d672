"""Uploads as facts and rows."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, F, Q, QuerySet, Sum, Value, When

from cathedra.db import prepared
from cathedra.db.models import Folder, FolderAccess, Recording, Source, SystemRoleScope, Upload
from cathedra.db.reads.access import may_in_folders, principals_of
from cathedra.domain import access
from cathedra.domain.ingest import DEFERRED_BYTES, Place, UploadFacts, UploadKind, UploadState
from cathedra.domain.library import FolderKind, Keeping, MediaState, Origin
from cathedra.domain.terms import AccountId, FolderId, RecordingId, SourceId, UploadId, UploadNotFound


@dataclass(frozen=True, slots=True)
class UploadRow:
    """An upload of the viewer's, for pages and the API."""

    id: UploadId
    recording_id: RecordingId | None
    recording_title: str
    folder_id: FolderId | None
    position: int
    original_name: str
    fingerprint: str
    length_bytes: int
    offset_bytes: int
    state: UploadState
    created_at: datetime
    expires_at: datetime


def upload_facts(
    viewer: AccountId | None, upload_id: UploadId, *, recorder_id: int | None = None, lock: bool = False
) -> UploadFacts:
    """Facts for the rules of the room, as a person or a recorder sees them. Raises UploadNotFound. `lock` keeps the row
    until the transaction ends."""
    rows = Upload.objects.select_related("recording__folder")
    row = (rows.select_for_update(of=("self",)) if lock else rows).filter(id=upload_id).first()
    if row is None:
        raise UploadNotFound(str(upload_id))
    return _facts(viewer, row, recorder_id)


def list_upload_facts(
    viewer: AccountId | None, upload_ids: Iterable[UploadId], *, lock: bool = False
) -> tuple[UploadFacts, ...]:
    """Facts of several uploads in the order asked. Raises UploadNotFound when one is missing."""
    wanted = list(upload_ids)
    rows = Upload.objects.select_related("recording__folder").order_by("id")
    rows = rows.select_for_update(of=("self",)) if lock else rows
    found = {row.id: row for row in rows.filter(id__in=wanted)}
    missing = [str(upload_id) for upload_id in wanted if upload_id not in found]
    if missing:
        raise UploadNotFound(missing[0])
    return tuple(_facts(viewer, found[upload_id]) for upload_id in wanted)


_CAPTURED = (MediaState.RECORDING, MediaState.MISSED)  # being made, or reported late (T7): finished with it


def _facts(viewer: AccountId | None, row: Upload, recorder_id: int | None = None) -> UploadFacts:
    is_persons = viewer is not None and row.account_id == viewer
    return UploadFacts(
        id=UploadId(row.id),
        is_mine=is_persons or (recorder_id is not None and row.recorder_id == recorder_id),
        kind=UploadKind(row.kind),
        state=UploadState(row.state),
        recording_id=RecordingId(row.recording_id) if row.recording_id else None,
        position=row.position,
        original_name=row.original_name,
        metadata=row.metadata,
        length_bytes=row.length_bytes,
        offset_bytes=row.offset_bytes,
        parts=tuple(UploadId(UUID(part)) for part in row.parts),
        expires_at=row.expires_at,
        place=_place(row.recording.keeping, row.recording.folder.recycled_in_id) if row.recording else Place.THERE,
        is_deferred=row.is_deferred,
        is_of_recorder=row.recorder_id is not None,
        told_sha256=row.sha256,
        is_captured=bool(row.recording and row.recording.media_state in _CAPTURED),
    )


def _place(keeping: str, recycled_in: UUID | None) -> Place:
    if keeping == Keeping.PURGED:
        return Place.PURGED
    if keeping == Keeping.RECYCLED:
        return Place.FOLDER_RECYCLED if recycled_in else Place.RECYCLED
    return Place.THERE


def place_of(recording_id: RecordingId | None, *, lock: bool = False) -> Place:
    """Where what an upload goes to is kept by now; a part goes nowhere yet, and what is not there any more has no place
    to lose. `lock` keeps it there until the transaction ends."""
    if recording_id is None:
        return Place.THERE
    rows = Recording.objects.filter(id=recording_id)
    rows = rows.select_for_update(of=("self",), no_key=True) if lock else rows
    found = rows.values_list("keeping", "folder__recycled_in_id").first()
    return _place(*found) if found else Place.THERE


def reserved_bytes() -> int:
    """What all open uploads will still take. A sum over everybody: it tells nobody anything, so it takes no viewer."""
    left = Case(When(is_deferred=True, then=Value(DEFERRED_BYTES)), default=F("length_bytes") - F("offset_bytes"))
    total = Upload.objects.filter(state=UploadState.OPEN).aggregate(left=Sum(left))
    return int(total["left"] or 0)


def may_create_anywhere(viewer: AccountId | None) -> bool:
    """Is there any folder that the viewer may add recordings to? Asked for parts, which name no folder."""
    if viewer is None:
        return False
    roles = [role for role, may in access.CAPABILITIES.items() if access.Action.CREATE_RECORDING in may]
    is_appointed = SystemRoleScope.objects.filter(holder__account_id=viewer).exists()
    return is_appointed or FolderAccess.objects.filter(principal_id__in=principals_of(viewer), role__in=roles).exists()


def may_submit_anywhere(viewer: AccountId | None, now: datetime) -> bool:
    """Is there any assignment folder that the viewer may submit to (R82)? Asked for parts, which name no folder."""
    may = may_in_folders(viewer, access.Action.CREATE_RECORDING, now)
    return Folder.objects.filter(may, kind=FolderKind.ASSIGNMENT).exists()


def taken_positions(recording_id: RecordingId) -> frozenset[int]:
    """Positions of a recording that hold a file or wait for one. Asked inside an action that has checked the viewer."""
    return held_positions(recording_id) | awaited_positions(recording_id)


def held_positions(recording_id: RecordingId) -> frozenset[int]:
    """Positions of a recording that hold a file. Asked inside an action that has checked the viewer."""
    held = Source.objects.filter(recording_id=recording_id).values_list("position", flat=True)
    return frozenset(held)


def awaited_positions(recording_id: RecordingId) -> frozenset[int]:
    """Positions of a recording that wait for a file. Asked inside an action that has checked the viewer."""
    waiting = Upload.objects.filter(recording_id=recording_id, state=UploadState.OPEN)
    return frozenset(waiting.values_list("position", flat=True))


def home_of(recording_id: RecordingId) -> tuple[FolderId, AccountId]:
    """Its folder and its owner. Asked inside an action that has checked the viewer."""
    folder_id, owner_id = Recording.objects.values_list("folder_id", "owner_id").get(id=recording_id)
    return FolderId(folder_id), AccountId(owner_id)


def is_kept_online(recording_id: RecordingId) -> bool:
    """Is the recording where files can be added to it? Asked inside an action that has checked the viewer."""
    return Recording.objects.filter(id=recording_id, keeping=Keeping.ONLINE).exists()


def find_joined(viewer: AccountId, part_ids: Iterable[UploadId]) -> UploadId | None:
    """The viewer's upload that was or is being joined from exactly these parts: asking twice joins once."""
    rows = Upload.objects.filter(
        account_id=viewer,
        kind=UploadKind.FINAL,
        state__in=(UploadState.OPEN, UploadState.COMPLETE),
        parts=[str(part) for part in part_ids],
    )
    found = rows.order_by("created_at").values_list("id", flat=True).first()
    return UploadId(found) if found else None


def list_unfinished(viewer: AccountId, *, now: datetime, limit: int = 50) -> list[UploadRow]:
    """The viewer's own uploads that can still go on, newest first."""
    return [_row(row) for row in prepared.rows("unfinished_uploads", viewer=viewer, now=now, count=limit)]


def find_upload(
    viewer: AccountId,
    fingerprint: str,
    *,
    folder_id: FolderId | None = None,
    length_bytes: int | None = None,
    now: datetime,
) -> UploadRow | None:
    """The viewer's own upload of this file: one that can go on, else the last that arrived and still is there."""
    if not fingerprint:
        return None
    rows = _of(viewer).filter(fingerprint=fingerprint, kind__in=(UploadKind.WHOLE, UploadKind.FINAL))
    if folder_id is not None:
        rows = rows.filter(recording__folder_id=folder_id)
    if length_bytes is not None:
        rows = rows.filter(length_bytes=length_bytes)
    is_open = Q(state=UploadState.OPEN, expires_at__gt=now, kind=UploadKind.WHOLE)
    has_arrived = Q(state=UploadState.COMPLETE, recording__keeping=Keeping.ONLINE)
    row = (
        rows.filter(is_open).order_by("-created_at").first() or rows.filter(has_arrived).order_by("-created_at").first()
    )
    return _row(row) if row else None


# What a line of it is made of, as the ORM calls it and as unfinished_uploads.sql does.
_COLUMNS = (
    *("id", "recording_id", "recording__title", "recording__folder_id", "recording__origin", "recording__owner_id"),
    *("account_id", "position", "original_name", "fingerprint", "length_bytes", "offset_bytes", "state"),
    *("created_at", "expires_at"),
)


def _of(viewer: AccountId) -> QuerySet[Upload, Any]:
    return Upload.objects.filter(account_id=viewer).values_list(*_COLUMNS, named=True)


def _row(row: Any) -> UploadRow:
    is_anothers = row.recording__origin == Origin.IMPORT and row.recording__owner_id != row.account_id  # R93
    return UploadRow(
        id=UploadId(row.id),
        recording_id=RecordingId(row.recording_id) if row.recording_id else None,
        recording_title="" if is_anothers else row.recording__title or "",
        folder_id=FolderId(row.recording__folder_id) if row.recording_id and not is_anothers else None,
        position=row.position,
        original_name=row.original_name,
        fingerprint=row.fingerprint,
        length_bytes=row.length_bytes,
        offset_bytes=row.offset_bytes,
        state=UploadState(row.state),
        created_at=row.created_at,
        expires_at=row.expires_at,
    )


def list_expired(now: datetime, *, limit: int = 500) -> list[UploadId]:
    """Uploads, and parts that nobody joined, whose time is over; not those of a recording that is being made. For the product itself, so it takes no viewer."""
    unfinished = Q(state=UploadState.OPEN) | Q(state=UploadState.COMPLETE, kind=UploadKind.PARTIAL)
    rows = Upload.objects.filter(unfinished, expires_at__lte=now).order_by("expires_at")
    rows = rows.exclude(state=UploadState.OPEN, recording__media_state__in=_CAPTURED)  # finished with it
    return [UploadId(upload_id) for upload_id in rows.values_list("id", flat=True)[:limit]]


def list_wanted(upload_ids: Collection[UploadId]) -> frozenset[UploadId]:
    """Those whose file in the spool is still needed: to go on, to be joined, or as the only copy of a source.

    For the product itself, so it takes no viewer.
    """
    waiting = Q(state=UploadState.OPEN) | Q(state=UploadState.COMPLETE, kind=UploadKind.PARTIAL)
    uploads = Upload.objects.filter(waiting, id__in=upload_ids).values_list("id", flat=True)
    sources = Source.objects.filter(id__in=upload_ids, object_key="").values_list("id", flat=True)
    return frozenset(UploadId(one) for one in (*uploads, *sources))


@dataclass(frozen=True, slots=True)
class UnseenRow:
    """A file that arrived and that nobody has looked into yet."""

    source_id: SourceId
    recording_id: RecordingId
    position: int
    sender_id: AccountId | None


def list_unseen(recording_ids: Collection[RecordingId]) -> list[UnseenRow]:
    """Such files of these recordings, where they can be looked into. For the product itself."""
    is_first = Q(position=0, recording__media_state__in=(MediaState.RECEIVED, MediaState.PREPARING))
    rows = Source.objects.filter(is_first | Q(position__gt=0), recording_id__in=recording_ids, probe__isnull=True)
    rows = rows.filter(recording__keeping=Keeping.ONLINE, problem="").order_by("received_at", "id")
    sent = Upload.objects.filter(id__in=rows.values("id")).values_list("id", "account_id")
    senders = {upload_id: AccountId(account_id) for upload_id, account_id in sent if account_id}
    return [
        UnseenRow(SourceId(row.id), RecordingId(row.recording_id), row.position, senders.get(row.id)) for row in rows
    ]


def takes_submissions(folder_id: FolderId) -> bool:
    """Whether what comes into this folder is somebody's assignment: no limit may keep it out (R108)."""
    return Folder.objects.filter(id=folder_id, kind=FolderKind.ASSIGNMENT).exists()

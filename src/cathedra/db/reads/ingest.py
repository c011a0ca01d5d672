"""Uploads as facts and rows, and imports that wait for their owners."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum

from cathedra.db.models import Account, Folder, FolderAccess, Intake, Recording, Source, SystemRoleScope, Upload
from cathedra.db.reads.access import principals_of
from cathedra.domain import access
from cathedra.domain.ingest import UploadFacts, UploadKind, UploadState
from cathedra.domain.library import FolderKind, Keeping, Origin
from cathedra.domain.people import Affiliation
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


def upload_facts(viewer: AccountId | None, upload_id: UploadId, *, lock: bool = False) -> UploadFacts:
    """Facts for the rules of the room. Raises UploadNotFound. `lock` keeps the row until the transaction ends."""
    rows = Upload.objects.select_for_update() if lock else Upload.objects.all()
    row = rows.filter(id=upload_id).first()
    if row is None:
        raise UploadNotFound(str(upload_id))
    return _facts(viewer, row)


def list_upload_facts(
    viewer: AccountId | None, upload_ids: Iterable[UploadId], *, lock: bool = False
) -> tuple[UploadFacts, ...]:
    """Facts of several uploads in the order asked. Raises UploadNotFound when one is missing."""
    wanted = list(upload_ids)
    rows = Upload.objects.select_for_update().order_by("id") if lock else Upload.objects.all()
    found = {row.id: row for row in rows.filter(id__in=wanted)}
    missing = [str(upload_id) for upload_id in wanted if upload_id not in found]
    if missing:
        raise UploadNotFound(missing[0])
    return tuple(_facts(viewer, found[upload_id]) for upload_id in wanted)


def _facts(viewer: AccountId | None, row: Upload) -> UploadFacts:
    return UploadFacts(
        id=UploadId(row.id),
        is_mine=viewer is not None and row.account_id == viewer,
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
    )


def reserved_bytes() -> int:
    """What all open uploads will still take. A sum over everybody: it tells nobody anything, so it takes no viewer."""
    total = Upload.objects.filter(state=UploadState.OPEN).aggregate(left=Sum(F("length_bytes") - F("offset_bytes")))
    return int(total["left"] or 0)


def may_create_anywhere(viewer: AccountId | None) -> bool:
    """Is there any folder that the viewer may add recordings to? Asked for parts, which name no folder."""
    if viewer is None:
        return False
    roles = [role for role, may in access.CAPABILITIES.items() if access.Action.CREATE_RECORDING in may]
    is_appointed = SystemRoleScope.objects.filter(holder__account_id=viewer).exists()
    return is_appointed or FolderAccess.objects.filter(principal_id__in=principals_of(viewer), role__in=roles).exists()


def taken_positions(recording_id: RecordingId) -> frozenset[int]:
    """Positions of a recording that hold a file or wait for one. Asked inside an action that has checked the viewer."""
    held = Source.objects.filter(recording_id=recording_id).values_list("position", flat=True)
    waiting = Upload.objects.filter(recording_id=recording_id, state=UploadState.OPEN)
    return frozenset(held) | frozenset(waiting.values_list("position", flat=True))


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
    rows = _of(viewer).filter(state=UploadState.OPEN, expires_at__gt=now, kind=UploadKind.WHOLE)
    return [_row(row) for row in rows.order_by("-created_at")[:limit]]


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


def _of(viewer: AccountId) -> QuerySet[Upload]:
    return Upload.objects.filter(account_id=viewer).select_related("recording")


def _row(row: Upload) -> UploadRow:
    made = row.recording
    is_anothers = made is not None and made.origin == Origin.IMPORT and made.owner_id != row.account_id  # R93
    return UploadRow(
        id=UploadId(row.id),
        recording_id=RecordingId(made.id) if made else None,
        recording_title=made.title if made and not is_anothers else "",
        folder_id=FolderId(made.folder_id) if made and not is_anothers else None,
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
    """Uploads, and parts that nobody joined, whose time is over. For the product itself, so it takes no viewer."""
    unfinished = Q(state=UploadState.OPEN) | Q(state=UploadState.COMPLETE, kind=UploadKind.PARTIAL)
    rows = Upload.objects.filter(unfinished, expires_at__lte=now).order_by("expires_at")
    return [UploadId(upload_id) for upload_id in rows.values_list("id", flat=True)[:limit]]


def list_wanted(upload_ids: Collection[UploadId]) -> frozenset[UploadId]:
    """Those whose file in the spool is still needed: to go on, to be joined, or as the only copy of a source.

    For the product itself, so it takes no viewer.
    """
    waiting = Q(state=UploadState.OPEN) | Q(state=UploadState.COMPLETE, kind=UploadKind.PARTIAL)
    uploads = Upload.objects.filter(waiting, id__in=upload_ids).values_list("id", flat=True)
    sources = Source.objects.filter(id__in=upload_ids, object_key="").values_list("id", flat=True)
    return frozenset(UploadId(one) for one in (*uploads, *sources))


def takes_submissions(folder_id: FolderId) -> bool:
    """Whether what comes into this folder is somebody's assignment: no limit may keep it out (R108)."""
    return Folder.objects.filter(id=folder_id, kind=FolderKind.ASSIGNMENT).exists()


@dataclass(frozen=True, slots=True)
class ImportRow:
    """An import that waits for its owner (R93)."""

    recording_id: RecordingId
    title: str
    owner_id: AccountId
    folder_id: FolderId
    folder_name: str
    brought_by: str
    original_name: str
    size_bytes: int
    since_at: datetime


def is_import(recording_id: RecordingId) -> bool:
    """Whether it is decided about by its owner when it has arrived. For an action that has checked the viewer."""
    return Recording.objects.filter(id=recording_id, origin=Origin.IMPORT).exists()


def is_program(account_id: AccountId) -> bool:
    """Whether this is the account of a program (R14)."""
    return Account.objects.filter(id=account_id, affiliation=Affiliation.SERVICE_ACCOUNT).exists()


def is_open_account(account_id: AccountId) -> bool:
    """Whether somebody can still sign in with it. For an action: takes no viewer."""
    return Account.objects.filter(id=account_id, is_active=True).exists()


def list_imports(viewer: AccountId, *, limit: int = 200) -> list[ImportRow]:
    """What waits for the viewer, the longest first."""
    return [_import_row(row) for row in _waiting().filter(recording__owner_id=viewer).order_by("since_at")[:limit]]


def has_imports(viewer: AccountId) -> bool:
    """Whether anything waits for the viewer."""
    return Intake.objects.filter(recording__owner_id=viewer, recording__keeping=Keeping.ONLINE).exists()


def find_import(recording_id: RecordingId) -> ImportRow | None:
    """The import with this id, if it waits. For whoever has asked the access rule about it: takes no viewer."""
    row = _waiting().filter(recording_id=recording_id).first()
    return _import_row(row) if row else None


def list_waiting(*, before: datetime, after: RecordingId | None = None, limit: int = 200) -> list[ImportRow]:
    """What has waited since an instant or longer, of everybody; by id. For the product itself: takes no viewer."""
    rows = _waiting().filter(since_at__lte=before).order_by("recording_id")
    if after is not None:
        rows = rows.filter(recording_id__gt=after)
    return [_import_row(row) for row in rows[:limit]]


def _waiting() -> QuerySet[Intake]:
    first = Source.objects.filter(recording_id=OuterRef("recording_id"), position=0)
    rows = Intake.objects.filter(recording__keeping=Keeping.ONLINE).select_related("recording__folder", "brought_by")
    return rows.annotate(name=Subquery(first.values("original_name")), size=Subquery(first.values("size_bytes")))


def _import_row(row: Any) -> ImportRow:
    made = row.recording
    return ImportRow(
        recording_id=RecordingId(made.id),
        title=made.title,
        owner_id=AccountId(made.owner_id),
        folder_id=FolderId(made.folder_id),
        folder_name=made.folder.name,
        brought_by=row.brought_by.full_name if row.brought_by and row.brought_by_id != made.owner_id else "",
        original_name=row.name or "",
        size_bytes=row.size or 0,
        since_at=row.since_at,
    )


def first_source(recording_id: RecordingId) -> SourceId | None:
    """The first file of a recording. For an action that has checked the viewer."""
    found = Source.objects.filter(recording_id=recording_id, position=0).values_list("id", flat=True).first()
    return SourceId(found) if found else None

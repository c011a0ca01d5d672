"""Imports that wait for their owners, and what is asked about them (R93)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from cathedra.db.models import Account, Intake, Recording, Source
from cathedra.domain.library import Keeping, Origin
from cathedra.domain.people import Affiliation
from cathedra.domain.terms import AccountId, FolderId, RecordingId, SourceId


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

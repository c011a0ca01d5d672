"""Uploads of mine: what can go on, and whether a file is known."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from cathedra.db.reads import ingest as reads
from cathedra.domain.terms import AccountId, FolderId

router = Router(tags=["ingest"])


class Upload(Schema):
    """An upload of mine; `url` is where tus goes on with it."""

    id: UUID
    url: str
    original_name: str
    fingerprint: str
    offset_bytes: int
    length_bytes: int
    recording_id: UUID | None
    recording_title: str
    folder_id: UUID | None
    position: int
    state: str
    expires_at: datetime

    @staticmethod
    def resolve_url(row: Any) -> str:
        return f"/files/{row.id}"


@router.get("/uploads", response=list[Upload], operation_id="listUploads")
def list_uploads(
    request: HttpRequest, fingerprint: str = "", folder: UUID | None = None, length_bytes: int | None = None
) -> Any:
    """My unfinished uploads; with `fingerprint`, the one upload of that file that is open or has arrived, if any."""
    viewer, now = AccountId(request.user.pk), timezone.now()
    if not fingerprint:
        return reads.list_unfinished(viewer, now=now)
    found = reads.find_upload(
        viewer,
        fingerprint.replace("\0", ""),
        folder_id=FolderId(folder) if folder else None,
        length_bytes=length_bytes,
        now=now,
    )
    return [found] if found else []

"""When a download was written down last: the parts of one file are one download (R204). For the product itself."""

from datetime import datetime
from uuid import UUID

from cathedra.db.models import AuditEvent
from cathedra.domain.terms import AccountId, RecordingId, SourceId

_DOWNLOADS = ("recording:download", "recording:download_under_grant")


def find_last_download(
    recording_id: RecordingId, source_id: SourceId, *, by: AccountId | None, grant_id: UUID | None
) -> datetime | None:
    """When this person began to download this file last, under this grant or without one; None: never. People who are
    not signed in cannot be told apart, so they are one. By audit_target, backwards."""
    rows = AuditEvent.objects.filter(target_kind="recording", target_id=str(recording_id), action__in=_DOWNLOADS)
    rows = rows.filter(actor_id=by, facts__source_id=str(source_id))
    rows = rows.filter(facts__grant_id=str(grant_id)) if grant_id else rows.filter(facts__grant_id__isnull=True)
    return rows.order_by("-id").values_list("at", flat=True).first()


def find_last_view_by_download(recording_id: RecordingId, *, by: AccountId) -> datetime | None:
    """When this person began to download any file of this recording last, by a right of their own. By audit_target."""
    rows = AuditEvent.objects.filter(target_kind="recording", target_id=str(recording_id), action=_DOWNLOADS[0])
    return rows.filter(actor_id=by).order_by("-id").values_list("at", flat=True).first()

"""Put away exemptions: asked for, decided, taken back (R128)."""

from datetime import datetime
from uuid import UUID

from cathedra.db.models import RetentionExemption
from cathedra.domain.retention import Exempt, ExemptionReason
from cathedra.domain.terms import AccountId, FolderId, RecordingId


def add_exemption(
    *,
    folder_id: FolderId | None,
    recording_id: RecordingId | None,
    what: Exempt,
    reason_kind: ExemptionReason,
    reason: str,
    by: AccountId,
    expires_at: datetime,
    now: datetime,
) -> UUID:
    """Somebody asks for one."""
    row = RetentionExemption.objects.create(
        folder_id=folder_id,
        recording_id=recording_id,
        what=what,
        reason_kind=reason_kind,
        reason=reason,
        asked_by_id=by,
        asked_at=now,
        expires_at=expires_at,
    )
    return row.id


def decide_exemption(exemption_id: UUID, *, is_granted: bool, answer: str, by: AccountId | None, now: datetime) -> bool:
    """Yes or no. False when somebody has decided it already."""
    rows = RetentionExemption.objects.filter(id=exemption_id, is_granted=None)
    return bool(rows.update(is_granted=is_granted, answer=answer, decided_by_id=by, decided_at=now))


def end_exemption(exemption_id: UUID, *, now: datetime) -> bool:
    """Take it back before its time. False when it is not in force."""
    rows = RetentionExemption.objects.filter(id=exemption_id, is_granted=True, ended_at=None, expires_at__gt=now)
    return bool(rows.update(ended_at=now))

"""Put away requests for access and exemptions."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from cathedra.db.models import AccessRequest, Exemption
from cathedra.domain.access import ExemptionKind, RequestAnswer
from cathedra.domain.terms import AccountId, FolderId, RecordingId


def add_request(
    asker_id: AccountId, *, folder_id: FolderId | None, recording_id: RecordingId | None, message: str, now: datetime
) -> UUID:
    """Somebody asks for access; who asked already and waits keeps one request, with the newest words (R36)."""
    target = Q(folder_id=folder_id) if folder_id else Q(recording_id=recording_id or UUID(int=0))
    open_one = AccessRequest.objects.filter(target, asker_id=asker_id, answered_at=None)
    given = {"asker_id": asker_id, "folder_id": folder_id, "recording_id": recording_id}
    row, is_new = open_one.get_or_create(defaults={**given, "message": message, "at": now})
    if not is_new and message and row.message != message:
        AccessRequest.objects.filter(id=row.id).update(message=message)
    return row.id


def answer_request(request_id: UUID, answer: RequestAnswer, *, by: AccountId | None, now: datetime) -> bool:
    """Put the answer away. False when somebody answered before."""
    rows = AccessRequest.objects.filter(id=request_id, answered_at=None)
    return bool(rows.update(answer=answer, answered_at=now, answered_by_id=by))


def add_exemption(
    kind: ExemptionKind,
    *,
    folder_id: FolderId | None,
    recording_id: RecordingId | None,
    reason: str,
    by: AccountId,
    expires_at: datetime,
    now: datetime,
) -> UUID:
    """Let a folder with all below it, or a recording, off a rule (R33)."""
    row = Exemption.objects.create(
        kind=kind,
        folder_id=folder_id,
        recording_id=recording_id,
        reason=reason,
        given_by_id=by,
        given_at=now,
        expires_at=expires_at,
    )
    return row.id


def end_exemption(exemption_id: UUID, *, now: datetime) -> bool:
    """Take it back. False when it was before."""
    return bool(Exemption.objects.filter(id=exemption_id, ended_at=None).update(ended_at=now))

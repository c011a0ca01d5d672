"""Requests for access, and exemptions: open ones, and one by its id (R33, R36)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from cathedra.db.models import AccessRequest, Exemption
from cathedra.domain.access import ExemptionKind, RequestAnswer
from cathedra.domain.library import Keeping
from cathedra.domain.terms import AccountId, FolderId, NotFound, RecordingId


class RequestNotFound(NotFound):
    """No request for access has this id."""


class ExemptionNotFound(NotFound):
    """No exemption has this id."""


@dataclass(frozen=True, slots=True)
class Request:
    """Somebody asks to be let in to a folder or to a recording."""

    id: UUID
    asker_id: AccountId
    asker_name: str
    asker_login: str
    folder_id: FolderId | None
    recording_id: RecordingId | None
    thing: str
    message: str
    at: datetime
    answer: RequestAnswer | None


def get_request(request_id: UUID, *, lock: bool = False) -> Request:
    """One request, for whoever may share the thing. Raises RequestNotFound."""
    rows = AccessRequest.objects.filter(id=request_id)
    if lock:
        list(AccessRequest.objects.select_for_update().filter(id=request_id).values_list("id"))
    found = _requests(rows)
    if not found:
        raise RequestNotFound(str(request_id))
    return found[0]


def find_open_request(
    asker_id: AccountId, *, folder_id: FolderId | None, recording_id: RecordingId | None
) -> Request | None:
    """What this person has asked for and nobody has answered."""
    target = Q(folder_id=folder_id) if folder_id else Q(recording_id=recording_id or UUID(int=0))
    rows = AccessRequest.objects.filter(target, asker_id=asker_id, answered_at=None)
    return next(iter(_requests(rows)), None)


def list_open_requests(folder_id: FolderId) -> tuple[Request, ...]:
    """Unanswered requests for a folder and the recordings directly in it, the oldest first, for who may share it."""
    rows = AccessRequest.objects.filter(Q(folder_id=folder_id) | Q(recording__folder_id=folder_id), answered_at=None)
    return _requests(rows.order_by("at")[:100])


def _requests(rows: QuerySet[AccessRequest]) -> tuple[Request, ...]:
    found = rows.select_related("asker", "folder", "recording")
    return tuple(
        Request(
            id=row.id,
            asker_id=AccountId(row.asker_id),
            asker_name=row.asker.full_name,
            asker_login=row.asker.login_name,
            folder_id=FolderId(row.folder_id) if row.folder_id else None,
            recording_id=RecordingId(row.recording_id) if row.recording_id else None,
            thing=_name(row),
            message=row.message,
            at=row.at,
            answer=RequestAnswer(row.answer) if row.answer else None,
        )
        for row in found
    )


@dataclass(frozen=True, slots=True)
class ExemptionLine:
    """A folder or recording that is let off a rule."""

    id: UUID
    kind: ExemptionKind
    folder_id: FolderId | None
    recording_id: RecordingId | None
    thing: str
    reason: str
    given_by_id: AccountId
    given_by: str
    given_at: datetime
    expires_at: datetime
    ended_at: datetime | None


def list_exemptions(*, now: datetime) -> tuple[ExemptionLine, ...]:
    """Those that count now, the soonest to end first. Staff look at them."""
    rows = Exemption.objects.filter(ended_at=None, expires_at__gt=now).order_by("expires_at", "id")
    return tuple(_exemption(row) for row in rows.select_related("folder", "recording", "given_by")[:500])


def list_ending_exemptions(
    *, now: datetime, before: datetime, after: UUID | None, limit: int
) -> tuple[ExemptionLine, ...]:
    """Those that count and end before an instant, by their ids (N52). For the daily job, so it asks for no viewer."""
    rows = Exemption.objects.filter(ended_at=None, expires_at__gt=now, expires_at__lte=before)
    rows = rows.exclude(recording__keeping=Keeping.PURGED)
    rows = rows.filter(id__gt=after) if after is not None else rows
    return tuple(
        _exemption(row) for row in rows.select_related("folder", "recording", "given_by").order_by("id")[:limit]
    )


def get_exemption(exemption_id: UUID, *, lock: bool = False) -> ExemptionLine:
    """One of them. Raises ExemptionNotFound."""
    if lock:
        list(Exemption.objects.select_for_update().filter(id=exemption_id).values_list("id"))
    row = Exemption.objects.select_related("folder", "recording", "given_by").filter(id=exemption_id).first()
    if row is None:
        raise ExemptionNotFound(str(exemption_id))
    return _exemption(row)


def _exemption(row: Exemption) -> ExemptionLine:
    return ExemptionLine(
        id=row.id,
        kind=ExemptionKind(row.kind),
        folder_id=FolderId(row.folder_id) if row.folder_id else None,
        recording_id=RecordingId(row.recording_id) if row.recording_id else None,
        thing=_name(row),
        reason=row.reason,
        given_by_id=AccountId(row.given_by_id),
        given_by=row.given_by.full_name,
        given_at=row.given_at,
        expires_at=row.expires_at,
        ended_at=row.ended_at,
    )


def _name(row: AccessRequest | Exemption) -> str:
    if row.folder is not None:
        return row.folder.name
    return row.recording.title if row.recording is not None else ""

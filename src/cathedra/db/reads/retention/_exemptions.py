"""Exemptions: asked for, decided, about to end (R128). Whoever shows them decides before they ask."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from cathedra.db.models import Folder, RetentionExemption
from cathedra.domain.retention import Exempt, ExemptionReason
from cathedra.domain.terms import AccountId, FolderId, NotFound, RecordingId


class RetentionExemptionNotFound(NotFound):
    """No exemption has this id."""


@dataclass(frozen=True, slots=True)
class ExemptionRow:
    """One of them, as it stands."""

    id: UUID
    folder_id: FolderId | None
    recording_id: RecordingId | None
    name: str
    home_id: FolderId
    what: Exempt
    reason_kind: ExemptionReason
    reason: str
    asked_by: AccountId
    asker: str
    asked_at: datetime
    expires_at: datetime
    is_granted: bool | None
    answer: str
    ended_at: datetime | None

    @property
    def link(self) -> str:
        """The page of what it is about."""
        return f"/recordings/{self.recording_id}/" if self.recording_id else f"/folders/{self.folder_id}/"


def get_exemption(exemption_id: UUID, *, lock: bool = False) -> ExemptionRow:
    """Raises RetentionExemptionNotFound."""
    if lock:
        list(RetentionExemption.objects.select_for_update().filter(id=exemption_id).values_list("id"))
    row = _rows().filter(id=exemption_id).first()
    if row is None:
        raise RetentionExemptionNotFound(str(exemption_id))
    return _row(row)


def list_waiting(*, limit: int = 200) -> list[ExemptionRow]:
    """Those that nobody has decided, the oldest first."""
    return [_row(row) for row in _rows().filter(is_granted=None).order_by("asked_at", "id")[:limit]]


def list_declined(*, limit: int = 20) -> list[ExemptionRow]:
    """Those that were declined, the last first."""
    return [_row(row) for row in _rows().filter(is_granted=False).order_by("-decided_at", "id")[:limit]]


def list_live(*, now: datetime, limit: int = 500) -> list[ExemptionRow]:
    """Those in force, by their end."""
    rows = _rows().filter(is_granted=True, ended_at=None, expires_at__gt=now)
    return [_row(row) for row in rows.order_by("expires_at", "id")[:limit]]


def list_of(*, recording_id: RecordingId, folder_id: FolderId, now: datetime) -> list[ExemptionRow]:
    """What is in force, or waits, for a recording: its own, and those of its folder and the ones above."""
    path = Folder.objects.values_list("path", flat=True).get(id=folder_id)
    above = [UUID(part) for part in path.split(".")]
    rows = _rows().filter(Q(recording_id=recording_id) | Q(folder_id__in=above), ended_at=None, expires_at__gt=now)
    return [_row(row) for row in rows.exclude(is_granted=False).order_by("asked_at", "id")]


def list_ending(*, now: datetime, before: datetime, after: UUID | None, limit: int) -> list[ExemptionRow]:
    """Those in force that end before an instant, by their ids (N52)."""
    rows = _rows().filter(is_granted=True, ended_at=None, expires_at__gt=now, expires_at__lte=before)
    if after is not None:
        rows = rows.filter(id__gt=after)
    return [_row(row) for row in rows.order_by("id")[:limit]]


def _rows() -> QuerySet[RetentionExemption]:
    return RetentionExemption.objects.select_related("folder", "recording", "asked_by")


def _row(row: RetentionExemption) -> ExemptionRow:
    if row.folder is not None:
        name, home = row.folder.name, row.folder.id
    elif row.recording is not None:
        name, home = row.recording.title, row.recording.folder_id
    else:  # its constraint forbids that
        raise RetentionExemptionNotFound(str(row.id))
    return ExemptionRow(
        id=row.id,
        folder_id=FolderId(row.folder_id) if row.folder_id else None,
        recording_id=RecordingId(row.recording_id) if row.recording_id else None,
        name=name,
        home_id=FolderId(home),
        what=Exempt(row.what),
        reason_kind=ExemptionReason(row.reason_kind),
        reason=row.reason,
        asked_by=AccountId(row.asked_by_id),
        asker=row.asked_by.full_name,
        asked_at=row.asked_at,
        expires_at=row.expires_at,
        is_granted=row.is_granted,
        answer=row.answer,
        ended_at=row.ended_at,
    )

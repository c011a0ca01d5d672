"""Holds that somebody of the service laid by hand: the open ones, one of them, those whose time has come (R130, T29)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from cathedra.db.models import Hold
from cathedra.domain.library import Keeping
from cathedra.domain.policy import HoldKind
from cathedra.domain.terms import AccountId, NotFound, RecordingId

_MOST = 500


class HoldNotFound(NotFound):
    """No hold of the service has this id."""


@dataclass(frozen=True, slots=True)
class HoldRow:
    """A hold with the recording it is about. `reason` and who opened it are for the service alone."""

    id: UUID
    recording_id: RecordingId
    title: str
    folder_name: str
    owner_id: AccountId
    owner_name: str
    duration_ms: int | None
    kind: HoldKind
    reason: str
    told: str
    reference: str
    review_on: date | None
    opened_at: datetime
    opened_by: AccountId | None
    opened_by_name: str
    released_at: datetime | None
    released_by_name: str
    release_reason: str
    remove_at: datetime | None
    remove_told_at: datetime | None
    remove_by: AccountId | None
    remove_by_name: str
    remove_reason: str


def _rows() -> "QuerySet[Hold]":
    people = ("recording__owner", "opened_by", "released_by", "remove_by")
    return Hold.objects.filter(kind__in=list(HoldKind)).select_related("recording__folder", *people)


def _row(row: Hold) -> HoldRow:
    return HoldRow(
        id=row.id,
        recording_id=RecordingId(row.recording_id),
        title=row.recording.title,
        folder_name=row.recording.folder.name,
        owner_id=AccountId(row.recording.owner_id),
        owner_name=row.recording.owner.full_name,
        duration_ms=row.recording.duration_ms,
        kind=HoldKind(row.kind),
        reason=row.reason,
        told=row.told,
        reference=row.reference,
        review_on=row.review_on,
        opened_at=row.opened_at,
        opened_by=AccountId(row.opened_by_id) if row.opened_by_id else None,
        opened_by_name=row.opened_by.full_name if row.opened_by else "",
        released_at=row.released_at,
        released_by_name=row.released_by.full_name if row.released_by else "",
        release_reason=row.release_reason,
        remove_at=row.remove_at,
        remove_told_at=row.remove_told_at,
        remove_by=AccountId(row.remove_by_id) if row.remove_by_id else None,
        remove_by_name=row.remove_by.full_name if row.remove_by else "",
        remove_reason=row.remove_reason,
    )


def get_hold(hold_id: UUID) -> HoldRow:
    """One of them, open or ended, for whoever has asked whether the person may. Raises HoldNotFound."""
    row = _rows().filter(id=hold_id).first()
    if row is None:
        raise HoldNotFound(str(hold_id))
    return _row(row)


def list_holds() -> tuple[HoldRow, ...]:
    """The open ones, what is to be looked at first at the top. For the service, whose door has asked."""
    rows = _rows().filter(released_at=None).exclude(recording__keeping=Keeping.PURGED)
    return tuple(_row(row) for row in rows.order_by("review_on", "opened_at")[:_MOST])


def holds_of(recording_id: RecordingId) -> tuple[HoldRow, ...]:
    """The open ones of a recording, the oldest first, for whoever has asked whether the person may."""
    rows = _rows().filter(recording_id=recording_id, released_at=None)
    return tuple(_row(row) for row in rows.order_by("opened_at"))


def due_takedowns(before: datetime) -> tuple[UUID, ...]:
    """Holds by which something is taken away before then (T29, N19). For the product itself."""
    rows = Hold.objects.filter(released_at=None, remove_at__lte=before)
    return tuple(rows.order_by("remove_at").values_list("id", flat=True)[:_MOST])

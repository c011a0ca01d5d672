"""Exceptions from the limits (R108). Pages for people decide before they ask."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from cathedra.db.models import LimitException
from cathedra.domain.terms import AccountId

_MOST = 200


@dataclass(frozen=True, slots=True)
class ExceptionRow:
    """One exception: who, why, from when until when. Without `until` it was asked for and waits."""

    id: UUID
    account_id: AccountId
    name: str
    login_name: str
    reason: str
    made_at: datetime
    given_by: str
    until: datetime | None
    ended_at: datetime | None


def is_excepted(account: AccountId, now: datetime) -> bool:
    """Whether the limits do not refuse this person now."""
    return LimitException.objects.filter(account_id=account, ended_at=None, until__gt=now).exists()


def list_exceptions(now: datetime) -> list[ExceptionRow]:
    """What waits, the longest first; then what is in force, by its end."""
    rows = LimitException.objects.filter(Q(until=None) | Q(until__gt=now), ended_at=None)
    rows = rows.select_related("account", "given_by").order_by("-given_at", "until", "made_at", "id")
    found = [_row(one) for one in rows[:_MOST]]
    return sorted(found, key=lambda one: (one.until is not None, one.until or one.made_at))


def exception_of(account: AccountId, now: datetime) -> ExceptionRow | None:
    """Somebody's own: in force, else waiting."""
    rows = LimitException.objects.filter(Q(until=None) | Q(until__gt=now), account_id=account, ended_at=None)
    found = [_row(one) for one in rows.select_related("account", "given_by").order_by("made_at")]
    return min(found, key=lambda one: one.until is None, default=None)


def find_exception(exception_id: UUID) -> ExceptionRow | None:
    """One of them, however it stands, held until the transaction ends."""
    rows = LimitException.objects.select_for_update(of=("self",)).select_related("account", "given_by")
    row = rows.filter(id=exception_id).first()
    return _row(row) if row else None


def _row(row: LimitException) -> ExceptionRow:
    return ExceptionRow(
        id=row.id,
        account_id=AccountId(row.account_id),
        name=row.account.full_name,
        login_name=row.account.login_name,
        reason=row.reason,
        made_at=row.made_at,
        given_by=row.given_by.full_name if row.given_by else "",
        until=row.until,
        ended_at=row.ended_at,
    )

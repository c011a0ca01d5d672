"""Put away roles on the platform (R25, R27)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils.timezone import localdate

from cathedra.db.models import SystemRoleHolder, SystemRoleScope
from cathedra.domain.people import SystemRole, year_after
from cathedra.domain.terms import AccountId, FolderId


def give_system_role(
    account_id: AccountId,
    role: SystemRole,
    *,
    reason: str,
    now: datetime,
    review_date: date | None = None,
    given_by: AccountId | None = None,
    approver: AccountId | None = None,
    scopes: Iterable[FolderId] = (),
) -> None:
    """Give a role on the platform; giving it again changes nothing. Without a review date it has twelve months (R27).

    `scopes` are the folders, each with all below it, that a videographer or scheduler is appointed to (R25).
    """
    row, is_new = SystemRoleHolder.objects.get_or_create(
        account_id=account_id,
        role=role,
        defaults={
            "reason": reason,
            "given_at": now,
            "review_date": review_date or year_after(localdate(now)),
            "given_by_id": given_by,
            "approver_id": approver,
        },
    )
    if is_new:
        SystemRoleScope.objects.bulk_create(SystemRoleScope(holder=row, folder_id=folder_id) for folder_id in scopes)


def renew_system_role(
    account_id: AccountId,
    role: SystemRole,
    *,
    reason: str,
    review_date: date,
    approver: AccountId | None,
    now: datetime,
) -> None:
    """A review: the reason of today, who found it good, and until when."""
    SystemRoleHolder.objects.filter(account_id=account_id, role=role).update(
        reason=reason, review_date=review_date, approver_id=approver, reviewed_at=now
    )


def take_system_role(account_id: AccountId, role: SystemRole) -> bool:
    """Take a role on the platform away; False when it was not held."""
    return SystemRoleHolder.objects.filter(account_id=account_id, role=role).delete()[0] > 0


def note_role_use(account_id: AccountId, roles: Iterable[SystemRole], *, now: datetime) -> None:
    """These roles were used; written at most once a day."""
    SystemRoleHolder.objects.filter(account_id=account_id, role__in=list(roles)).filter(
        Q(last_used_at=None) | Q(last_used_at__lte=now - timedelta(days=1))
    ).update(last_used_at=now)

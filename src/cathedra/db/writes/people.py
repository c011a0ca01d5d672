"""Put away accounts, groups, memberships and system roles."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import connection

from cathedra.db.models import Account, Group, Membership, Principal, SystemRoleHolder, WebSession
from cathedra.domain.people import Affiliation, GroupKind, SystemRole
from cathedra.domain.terms import AccountId, GroupId


def add_account(
    login_name: str,
    *,
    full_name: str,
    email: str,
    affiliation: Affiliation,
    password: str | None,
    department_id: UUID | None = None,
    now: datetime,
) -> AccountId:
    """Make an account and its principal. Without a password nobody can sign in with one."""
    principal = Principal.objects.create()
    Account.objects.create(
        id=principal.id,
        login_name=login_name.lower(),
        full_name=full_name,
        email=email,
        affiliation=affiliation,
        password=make_password(password),
        department_id=department_id,
        created_at=now,
    )
    return AccountId(principal.id)


def hold_first_run() -> None:
    """Until the transaction ends, only this one may make the first administrator."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('cathedra first administrator'))")


def set_password(account_id: AccountId, password: str) -> None:
    """Replace the password and end every browser session of the account."""
    Account.objects.filter(id=account_id).update(password=make_password(password))
    end_sessions(account_id)


def set_active(account_id: AccountId, *, is_active: bool, now: datetime) -> None:
    """Deactivate or reactivate. Deactivating ends every session at once."""
    Account.objects.filter(id=account_id).update(is_active=is_active, deactivated_at=None if is_active else now)
    if not is_active:
        end_sessions(account_id)


def end_sessions(account_id: AccountId, *, except_key: str | None = None) -> None:
    """Sign the account out of every browser but `except_key`."""
    WebSession.objects.filter(account_id=account_id).exclude(session_key=except_key or "").delete()


def add_group(name: str, *, kind: GroupKind, external_id: str | None = None) -> GroupId:
    """Make a group and its principal."""
    principal = Principal.objects.create(is_group=True)
    Group.objects.create(id=principal.id, name=name, kind=kind, external_id=external_id)
    return GroupId(principal.id)


def add_members(group_id: GroupId, account_ids: Iterable[AccountId]) -> None:
    """Put accounts into a group; those already in it stay."""
    rows = [Membership(group_id=group_id, account_id=account_id) for account_id in account_ids]
    Membership.objects.bulk_create(rows, ignore_conflicts=True)


def give_system_role(account_id: AccountId, role: SystemRole, *, reason: str, now: datetime) -> None:
    """Give a role on the platform (R25); giving it again changes nothing."""
    SystemRoleHolder.objects.get_or_create(
        account_id=account_id, role=role, defaults={"reason": reason, "given_at": now}
    )

"""Put away accounts: made, changed, closed; their sign-ins and their second step."""

from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db import connection

from cathedra.db.models import Account, Principal, WebSession
from cathedra.domain.people import Affiliation, Details
from cathedra.domain.terms import AccountId


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
    """Until the transaction ends, only this one may make, end or close an administrator, or make an account."""
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


def end_sessions(account_id: AccountId, *, except_key: str | None = None) -> int:
    """Sign the account out of every browser but `except_key`; how many those were."""
    return WebSession.objects.filter(account_id=account_id).exclude(session_key=except_key or "").delete()[0]


def set_details(account_id: AccountId, details: Details) -> None:
    """What a person is called, where mail goes, what they are to the university."""
    Account.objects.filter(id=account_id).update(
        full_name=details.full_name, email=details.email, affiliation=details.affiliation
    )


def forget_second_step(account_id: AccountId) -> int:
    """Take away the app, the keys and the recovery codes of an account; how many there were."""
    count: int = Authenticator.objects.filter(user_id=account_id).delete()[0]
    return count

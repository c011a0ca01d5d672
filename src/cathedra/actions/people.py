"""Verbs of people: make an account, change a password, close an account, sign out everywhere else."""

from collections.abc import Iterable
from datetime import datetime

from cathedra.adapters.first_run import FirstRunCode
from cathedra.db.reads import people as people_reads
from cathedra.db.writes import access, audit, library, people
from cathedra.db.writes.transaction import transaction
from cathedra.domain.access import FolderRole
from cathedra.domain.library import FolderKind
from cathedra.domain.people import Affiliation, SystemRole, decide_first_administrator, decide_new_account
from cathedra.domain.terms import AccountId, Actor, Decision, PrincipalId


def create_first_administrator(
    login_name: str,
    *,
    full_name: str,
    email: str,
    password: str,
    given_code: str,
    first_run: FirstRunCode,
    actor: Actor,
    now: datetime,
) -> AccountId | Decision:
    """Make the administrator of an empty installation. Of two at once, one is refused; the code is used up.

    The password was checked by the door.
    """
    is_code_right = first_run.matches(given_code)
    with transaction():
        people.hold_first_run()
        decision = decide_first_administrator(
            has_administrator=people_reads.has_administrator(), is_code_right=is_code_right
        )
        if decision.is_permitted:
            is_taken = people_reads.find_account_by_login(login_name) is not None
            decision = decide_new_account(login_name, is_taken=is_taken)
        if not decision.is_permitted:
            return decision
        account_id = _add_person(login_name, full_name, email, Affiliation.UNIVERSITY_STAFF, password, now)
        for role in (SystemRole.SYS_ADMIN, SystemRole.SERVICE_ADMIN):
            people.give_system_role(account_id, role, reason="The first administrator.", now=now)
        audit.record(actor, "account:create_first_administrator", target_kind="account", target_id=account_id, now=now)
    first_run.forget()
    return account_id


def create_account(
    login_name: str,
    *,
    full_name: str,
    email: str,
    affiliation: Affiliation,
    password: str,
    roles: Iterable[SystemRole] = (),
    actor: Actor,
    now: datetime,
) -> AccountId | Decision:
    """Make an account with its personal folder. Operators only: the door is the command line.

    The password was checked by the door.
    """
    given = tuple(roles)
    with transaction():
        people.hold_first_run()
        is_taken = people_reads.find_account_by_login(login_name) is not None
        decision = decide_new_account(login_name, is_taken=is_taken)
        if not decision.is_permitted:
            return decision
        account_id = _add_person(login_name, full_name, email, affiliation, password, now)
        for role in given:
            people.give_system_role(account_id, role, reason="Given when the account was made.", now=now)
        audit.record(
            actor,
            "account:create",
            target_kind="account",
            target_id=account_id,
            now=now,
            facts={"roles": [role.value for role in given]},
        )
    return account_id


def _add_person(
    login_name: str, full_name: str, email: str, affiliation: Affiliation, password: str, now: datetime
) -> AccountId:
    account_id = people.add_account(
        login_name, full_name=full_name, email=email, affiliation=affiliation, password=password, now=now
    )
    own = library.add_folder(f"{full_name}'s folder", kind=FolderKind.PERSONAL, owner_id=account_id, now=now)
    if affiliation is not Affiliation.STUDENT:
        access.add_member(own, PrincipalId(account_id), FolderRole.CREATOR, now=now)
    return account_id


def set_account_active(account_id: AccountId, *, is_active: bool, actor: Actor, now: datetime) -> None:
    """Close an account, which ends its sign-ins at once, or open it again."""
    with transaction():
        people.set_active(account_id, is_active=is_active, now=now)
        verb = "account:reopen" if is_active else "account:close"
        audit.record(actor, verb, target_kind="account", target_id=account_id, now=now)


def change_password(account_id: AccountId, *, password: str, actor: Actor, now: datetime) -> None:
    """Replace the password and end every sign-in of the account: whoever knew the old one is out within seconds.

    The door that changed it signs its own browser in again. The password was checked by the door.
    """
    with transaction():
        people.set_password(account_id, password)
        audit.record(actor, "account:change_password", target_kind="account", target_id=account_id, now=now)


def end_other_sign_ins(account_id: AccountId, *, keep_session_key: str, actor: Actor, now: datetime) -> None:
    """Sign the account out of every browser but the one in hand."""
    with transaction():
        people.end_sessions(account_id, except_key=keep_session_key)
        audit.record(actor, "account:end_sign_ins", target_kind="account", target_id=account_id, now=now)


def note_sign_in(
    account_id: AccountId | None, *, is_accepted: bool, login_name: str, actor: Actor, now: datetime
) -> None:
    """Put a sign-in, or a failed one, on the audit trail (R224)."""
    with transaction():
        audit.record(
            actor,
            "account:sign_in" if is_accepted else "account:fail_sign_in",
            target_kind="account",
            target_id=account_id or "",
            now=now,
            facts={} if is_accepted else {"login_name": login_name[:150]},
        )

"""Make accounts: the first administrator, and those that an operator adds on the command line."""

from datetime import datetime

from cathedra.actions.people._may import decide_configured
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
        account_id = add_person(login_name, full_name, email, Affiliation.UNIVERSITY_STAFF, password, now)
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
    configured_by: AccountId | None = None,
    actor: Actor,
    now: datetime,
) -> AccountId | Decision:
    """Make an account, of others than students with a personal folder. Operators only: the door is the command line. A
    role on the platform is given to it by `give_role`, with what R27 asks for. `configured_by` is the person who answers for
    a program (R14).

    The password was checked by the door.
    """
    with transaction():
        people.hold_first_run()
        is_taken = people_reads.find_account_by_login(login_name) is not None
        decision = decide_new_account(login_name, is_taken=is_taken)
        if decision.is_permitted:
            decision = decide_configured(affiliation, configured_by)
        if not decision.is_permitted:
            return decision
        account_id = add_person(login_name, full_name, email, affiliation, password, now)
        audit.record(
            actor,
            "account:create",
            target_kind="account",
            target_id=account_id,
            now=now,
            after={"affiliation": affiliation.value},
            facts={"configured_by_id": str(configured_by)} if configured_by else {},
        )
    return account_id


def add_person(
    login_name: str, full_name: str, email: str, affiliation: Affiliation, password: str | None, now: datetime
) -> AccountId:
    """An account; everybody but students has a personal folder, in which they create: a folder without a Creator would
    be nobody's (R34, R40). For verbs of this room."""
    account_id = people.add_account(
        login_name, full_name=full_name, email=email, affiliation=affiliation, password=password, now=now
    )
    if affiliation is not Affiliation.STUDENT:
        add_own_folder(account_id, full_name, now)
    return account_id


def add_own_folder(account_id: AccountId, full_name: str, now: datetime) -> None:
    """A personal folder, whose owner creates in it."""
    own = library.add_folder(f"{full_name}'s folder", kind=FolderKind.PERSONAL, owner_id=account_id, now=now)
    access.add_member(own, PrincipalId(account_id), FolderRole.CREATOR, now=now)

"""What systems administrators do to accounts (R38 row 24): change, close, reopen, end sign-ins, reset the second step."""

from datetime import datetime

from cathedra.actions import grants
from cathedra.actions.people._accounts import add_own_folder
from cathedra.actions.people._left import tell_left
from cathedra.actions.people._may import decide_configured, decide_staff
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import people as reads
from cathedra.db.writes import access, audit, people
from cathedra.db.writes.transaction import transaction
from cathedra.domain.access import FolderRole
from cathedra.domain.notices import Phrase
from cathedra.domain.people import (
    Affiliation,
    Details,
    StaffArea,
    decide_deactivate,
    decide_edit,
    decide_reactivate,
    leaves_staff,
)
from cathedra.domain.terms import AccountId, Actor, Decision, PrincipalId, permit
from cathedra.domain.terms import gettext_noop as _


def edit_person(
    account_id: AccountId, details: Details, *, seen: str | None = None, actor: Actor, now: datetime
) -> Decision:
    """Change a name, an address, an affiliation. CONFLICT if they changed since `seen`, the mark of what was shown.

    Raises AccountNotFound.
    """
    with transaction():
        decision = decide_staff(actor, StaffArea.PEOPLE)
        if not decision.is_permitted:
            return decision
        before = reads.account_facts(account_id, lock=True).details
        decision = decide_edit(before, details, seen=seen)
        if decision.is_permitted and details.affiliation is not before.affiliation:
            decision = decide_configured(details.affiliation, actor.account_id)
        if not decision.is_permitted or details == before:
            return decision
        people.set_details(account_id, details)
        _follow_affiliation(account_id, before, details, actor=actor, now=now)
        audit.record(
            actor,
            "account:edit",
            target_kind="account",
            target_id=account_id,
            now=now,
            before=_changed(before, details),
            after=_changed(details, before),
        )
    return permit()


def _follow_affiliation(account_id: AccountId, before: Details, after: Details, *, actor: Actor, now: datetime) -> None:
    """What an affiliation brings and takes: everybody but students creates in a personal folder (R34)."""
    if leaves_staff(before.affiliation, after.affiliation):
        grants.end_grants_of(account_id, reason="They are staff no more.", actor=actor, now=now)
    if before.affiliation is Affiliation.STUDENT and after.affiliation is not Affiliation.STUDENT:
        own = reads.find_personal_folder(account_id)
        if own is None:
            add_own_folder(account_id, after.full_name, now)
        else:
            access.add_member(own, PrincipalId(account_id), FolderRole.CREATOR, now=now)


def _changed(details: Details, other: Details) -> dict[str, object]:
    pairs = (
        ("full_name", details.full_name, other.full_name),
        ("email", details.email, other.email),
        ("affiliation", details.affiliation.value, other.affiliation.value),
    )
    return {name: value for name, value, was in pairs if value != was}


def set_account_active(account_id: AccountId, *, is_active: bool, actor: Actor, now: datetime) -> Decision:
    """Close an account, which ends its sign-ins at once and makes nothing of theirs unreachable (R220); or open it
    again. Of folders in which nobody is a Creator any more the service is told (R40). Raises AccountNotFound."""
    with transaction():
        decision = decide_staff(actor, StaffArea.PEOPLE)
        if not decision.is_permitted:
            return decision
        people.hold_first_run()
        facts = reads.account_facts(account_id, lock=True)
        if is_active:
            decision = decide_reactivate(is_active=facts.is_active)
        else:
            decision = decide_deactivate(
                is_active=facts.is_active,
                is_own=actor.account_id == account_id,
                is_last_administrator=reads.is_last_administrator(account_id),
            )
        if not decision.is_permitted:
            return decision
        people.set_active(account_id, is_active=is_active, now=now)
        left: dict[str, object] = {}
        if not is_active:
            grants.end_grants_of(account_id, reason="Their account was closed.", actor=actor, now=now)
            why = Phrase(_("The account of {name} was closed."), {"name": facts.details.full_name})
            left = tell_left(access_reads.principals_of(account_id), why, now=now)
        audit.record(
            actor,
            "account:reopen" if is_active else "account:close",
            target_kind="account",
            target_id=account_id,
            now=now,
            before={"is_active": not is_active},
            after={"is_active": is_active},
            facts=left,
        )
    return decision


def end_sign_ins(account_id: AccountId, *, actor: Actor, now: datetime) -> Decision:
    """Sign somebody out of every browser. Raises AccountNotFound."""
    with transaction():
        decision = decide_staff(actor, StaffArea.PEOPLE)
        if not decision.is_permitted:
            return decision
        reads.account_facts(account_id, lock=True)
        count = people.end_sessions(account_id)
        audit.record(
            actor,
            "account:end_all_sign_ins",
            target_kind="account",
            target_id=account_id,
            now=now,
            facts={"count": count},
        )
    return decision


def reset_second_step(account_id: AccountId, *, actor: Actor, now: datetime) -> Decision:
    """Take the app, the keys and the recovery codes of somebody who lost them, and sign them out everywhere.

    Raises AccountNotFound.
    """
    with transaction():
        decision = decide_staff(actor, StaffArea.PEOPLE)
        if not decision.is_permitted:
            return decision
        reads.account_facts(account_id, lock=True)
        count = people.forget_second_step(account_id)
        people.end_sessions(account_id)
        audit.record(
            actor,
            "account:reset_second_step",
            target_kind="account",
            target_id=account_id,
            now=now,
            facts={"count": count},
        )
    return decision

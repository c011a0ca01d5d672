"""Make an account for somebody and invite them: by a link that works once they choose their first password."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from cathedra.actions.people._accounts import add_person
from cathedra.actions.people._may import decide_configured, decide_staff
from cathedra.db.reads import people as reads
from cathedra.db.writes import audit, notices, people
from cathedra.db.writes.transaction import transaction
from cathedra.domain.notices import NoticeKind
from cathedra.domain.people import (
    Details,
    StaffArea,
    decide_accept,
    decide_details,
    decide_invite,
    decide_new_account,
    invitation_ends,
)
from cathedra.domain.terms import AccountId, Actor, Decision, permit

PATH = "/invitation/"


@dataclass(frozen=True, slots=True)
class Invited:
    """What came of inviting somebody. The secret of the link is here and, if there is an address, in the mail: the
    account's row keeps only its digest."""

    decision: Decision
    account_id: AccountId | None = None
    path: str = ""
    expires_at: datetime | None = None


def invite_person(login_name: str, details: Details, *, actor: Actor, now: datetime) -> Invited:
    """Make an account with its personal folder and no password, and the link by which its holder chooses one."""
    with transaction():
        decision = decide_staff(actor, StaffArea.PEOPLE)
        if decision.is_permitted:
            people.hold_first_run()
            decision = decide_details(details)
        if decision.is_permitted:
            decision = decide_configured(details.affiliation, actor.account_id)
        if decision.is_permitted:
            is_taken = reads.find_account_by_login(login_name) is not None
            decision = decide_new_account(login_name, is_taken=is_taken)
        if not decision.is_permitted:
            return Invited(decision)
        account_id = add_person(login_name, details.full_name, details.email, details.affiliation, None, now)
        audit.record(
            actor,
            "account:create",
            target_kind="account",
            target_id=account_id,
            now=now,
            after={
                "login_name": login_name.lower(),
                "full_name": details.full_name,
                "email": details.email,
                "affiliation": details.affiliation.value,
            },
        )
        return _invite(account_id, login_name.lower(), details.email, actor, now)


def invite_again(account_id: AccountId, *, actor: Actor, now: datetime) -> Invited:
    """A new link for somebody who never chose a password; an older one stops working. Raises AccountNotFound."""
    with transaction():
        decision = decide_staff(actor, StaffArea.PEOPLE)
        if not decision.is_permitted:
            return Invited(decision)
        facts = reads.account_facts(account_id, lock=True)
        decision = decide_invite(is_active=facts.is_active, has_password=facts.has_password)
        if not decision.is_permitted:
            return Invited(decision)
        return _invite(account_id, facts.login_name, facts.details.email, actor, now)


def _invite(account_id: AccountId, login_name: str, email: str, actor: Actor, now: datetime) -> Invited:
    secret, expires_at = secrets.token_urlsafe(32), invitation_ends(now)
    people.add_invitation(
        account_id, digest=_digest(secret), created_by=actor.account_id, now=now, expires_at=expires_at
    )
    audit.record(
        actor,
        "account:invite",
        target_kind="account",
        target_id=account_id,
        now=now,
        facts={"expires_at": expires_at.isoformat()},
    )
    path = f"{PATH}{secret}/"
    if email:  # to the address, not to the account: its holder cannot sign in to read it
        who = reads.account_facts(actor.account_id).details.full_name if actor.account_id else ""
        notices.add(
            NoticeKind.ACCOUNT_INVITATION,
            event=f"{account_id}:{now.isoformat()}",
            to=(),
            addresses=(email,),
            values={"who": who or "The service", "login": login_name},
            link=path,
            now=now,
        )
    return Invited(permit(), account_id, path, expires_at)


def accept_invitation(secret: str, *, password: str, actor: Actor, now: datetime) -> Decision:
    """Choose the first password by the link, which is used up. Of two at once, one is refused.

    The password was checked by the door.
    """
    digest = _digest(secret)
    with transaction():
        found = reads.find_invitation(digest, lock=True)
        decision = decide_accept(
            found.invitation if found else None, is_active=found is not None and found.is_active, now=now
        )
        if found is None or not decision.is_permitted:
            return decision
        people.use_invitation(digest, now=now)
        people.set_password(found.account_id, password)
        audit.record(actor, "account:accept_invitation", target_kind="account", target_id=found.account_id, now=now)
    return decision


def whom_invited(secret: str, *, now: datetime) -> reads.InvitationFound | Decision:
    """Whom a link is for, for the page that asks for the password."""
    found = reads.find_invitation(_digest(secret))
    decision = decide_accept(
        found.invitation if found else None, is_active=found is not None and found.is_active, now=now
    )
    return found if found is not None and decision.is_permitted else decision


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()

"""Who may administer: those whose system roles enter the part of the staff area, and operators at the command line."""

from datetime import datetime

from cathedra.db.reads import people as reads
from cathedra.db.reads import policy as policy_reads
from cathedra.db.writes import people
from cathedra.db.writes.transaction import transaction
from cathedra.domain.people import Affiliation, Answering, StaffArea, decide_enter, decide_program, roles_for
from cathedra.domain.policy import TermsDocument
from cathedra.domain.terms import AccountId, Actor, Channel, Decision, permit


def decide_staff(actor: Actor, area: StaffArea) -> Decision:
    """May whoever acts do what belongs to this part of the staff area (R38)? Whoever can run our commands on the
    server may: they could change the database itself."""
    if actor.account_id is None:
        return permit() if actor.channel is Channel.CLI else decide_enter((), area)
    return decide_enter(reads.system_roles(actor.account_id), area)


def decide_configured(affiliation: Affiliation, by: AccountId | None) -> Decision:
    """R14: where an account is to be a program's, may whoever sets it up? Nothing is asked for a person's."""
    if affiliation is not Affiliation.SERVICE_ACCOUNT:
        return permit()
    if by is None:
        return decide_program(None)
    found = reads.account_facts(by)
    has_accepted = TermsDocument.EULA not in policy_reads.unaccepted(by)
    is_program = found.details.affiliation is Affiliation.SERVICE_ACCOUNT
    return decide_program(Answering(found.is_active, is_program, has_accepted))


def enter_staff(actor: Actor, area: StaffArea, *, now: datetime) -> Decision:
    """Come into a part of the staff area, through any door. That uses the roles that let one in, which keeps them from
    ending as unused (R27); written once a day at most. The start page uses none."""
    decision = decide_staff(actor, area)
    if decision.is_permitted and actor.account_id is not None and area is not StaffArea.START:
        used = roles_for(reads.system_roles(actor.account_id), area)
        with transaction():
            people.note_role_use(actor.account_id, used, now=now)
    return decision

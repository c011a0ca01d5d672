"""Who may administer: those whose system roles enter the part of the staff area, and operators at the command line."""

from cathedra.db.reads import people as reads
from cathedra.domain.people import StaffArea, decide_enter
from cathedra.domain.terms import Actor, Channel, Decision, permit


def decide_staff(actor: Actor, area: StaffArea) -> Decision:
    """May whoever acts do what belongs to this part of the staff area (R38)? Whoever can run our commands on the
    server may: they could change the database itself."""
    if actor.account_id is None:
        return permit() if actor.channel is Channel.CLI else decide_enter((), area)
    return decide_enter(reads.system_roles(actor.account_id), area)

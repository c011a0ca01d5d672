"""Who gives and ends grants (R144). For verbs of this room."""

from cathedra.db.reads import people
from cathedra.domain.people import StaffArea, SystemRole, decide_enter
from cathedra.domain.terms import Actor, Decision


def is_service_admin(actor: Actor) -> bool:
    """Whether whoever acts is a service administrator."""
    return actor.account_id is not None and SystemRole.SERVICE_ADMIN in people.system_roles(actor.account_id)


def decide_staff(actor: Actor, area: StaffArea) -> Decision:
    """May whoever acts do what belongs to this part of the staff area?"""
    return decide_enter(people.system_roles(actor.account_id) if actor.account_id else (), area)

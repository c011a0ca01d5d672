"""Whose a recording is, and who may make it somebody else's (R219)."""

from dataclasses import dataclass, replace
from datetime import datetime

from cathedra.domain.access import _refusals as refuse
from cathedra.domain.access._decide import decide
from cathedra.domain.access._facts import RecordingFacts
from cathedra.domain.access._standing import permits
from cathedra.domain.access._words import Action, Standing
from cathedra.domain.terms import Code, Decision, deny, permit
from cathedra.domain.terms import gettext_noop as _


@dataclass(frozen=True, slots=True)
class Successor:
    """Whoever is to own it. `is_creator`: of its folder; `is_actor`: who asks means themself."""

    name: str
    is_person: bool  # an open account, and not one of a program
    is_creator: bool
    is_owner: bool
    is_actor: bool


def decide_owner(facts: RecordingFacts, to: Successor, now: datetime) -> Decision:
    """May this person make that one the owner? Inside the folder its Creators and the owner hand it on, to a Creator;
    the service to anybody, since whoever leaves may have left nobody behind (R220). An owner sees what they own in any
    state (R38 row 2): so the service gives nothing to itself that it may not watch (R26), and nothing that is looked
    into changes hands but by the service (R43)."""
    may = decide(facts, Action.CHANGE_OWNER, now)
    if not may.is_permitted or to.is_owner:
        return may
    if facts.is_in_intake:
        return refuse.in_intake()
    is_service = Standing.SERVICE_ADMIN in facts.appointments
    return _of_person(to) or (_by_service(facts, to, now) if is_service else _inside(facts, to)) or permit()


def _of_person(to: Successor) -> Decision | None:
    if to.is_person:
        return None
    return deny(
        Code.BAD_REQUEST,
        "R219",
        _("{name} is not somebody who can look after a recording. Choose a person."),
        name=to.name,
    )


def _by_service(facts: RecordingFacts, to: Successor, now: datetime) -> Decision | None:
    if facts.media.has_hold and facts.is_owner:
        return _held()
    if not to.is_actor or permits(replace(facts, grants=()), Action.VIEW, now):
        return None
    return deny(
        Code.SIGHT_NEEDED,
        "R26",
        _(
            "You may not watch this, so you cannot make it yours. Another service administrator can, or grant you access."
        ),
    )


def _inside(facts: RecordingFacts, to: Successor) -> Decision | None:
    if facts.media.has_hold:
        return _held()
    if facts.is_assignment:
        return deny(
            Code.ILLEGAL_TRANSITION,
            "R183",
            _("A submission belongs to whoever handed it in. Only the service team can change that."),
        )
    if to.is_creator:
        return None
    return deny(
        Code.BAD_REQUEST,
        "R219",
        _("{name} is not a Creator of its folder. Make them one first, or move the recording to a folder of theirs."),
        name=to.name,
    )


def _held() -> Decision:
    return deny(
        Code.HELD,
        "R43",
        _(
            "It is on hold. While that is looked into, somebody of the service team who does not own it can change its owner."
        ),
    )

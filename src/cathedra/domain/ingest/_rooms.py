"""Facilities and the recorders in them: who may keep them, what they are called, who schedules there, and what is taken
out of use (R25, R152, R165).

Whoever names a facility's schedulers gives away the right to schedule on its recorders (R152), and R38 gives that on
every recorder to those who run the service and not to systems administrators (row 21): so service administrators make
facilities, say which department is host, who its schedulers are, and which recorders there are. The host is trusted with
its own rooms (R165): its schedulers say who its technicians are and what its recorders are called, which gives nobody a
right over any recording.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cathedra.domain.ingest._schedules import Span
from cathedra.domain.terms import AccountId, Code, Decision, deny, permit
from cathedra.domain.terms import gettext_noop as _

ROOM_NAME_LENGTH = 100


class RoomPart(StrEnum):
    """For what somebody is named at a facility."""

    SCHEDULER = "scheduler"
    TECHNICIAN = "technician"


@dataclass(frozen=True, slots=True)
class RoomPerson:
    """Somebody who is, or is to be, named at a facility."""

    id: AccountId
    login_name: str
    full_name: str
    is_active: bool
    is_staff: bool


def clean_room_name(name: str) -> str:
    """As it is stored: one line, with single spaces, and none round it."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in name).split())


def decide_run_facility(*, runs_service: bool, looks_after: bool = False) -> Decision:
    """Make one, call it something else, change its host, its schedulers or which recorders it has? Those who run the
    service (R25). Whoever looks after it is told whom to ask; to everybody else it does not exist."""
    if runs_service:
        return permit()
    if looks_after:
        return deny(Code.NO_PERMISSION, "R165", _("The service team does this for your rooms. Ask them, and say why."))
    return deny(Code.NO_PERMISSION, "R38", _("There is nothing here, or you may not see it."))


def decide_look_after(*, runs_service: bool, looks_after: bool) -> Decision:
    """Look at all that is scheduled there (R169), say who its technicians are and what its recorders are called? Its own
    schedulers as well (R165)."""
    return permit() if looks_after else decide_run_facility(runs_service=runs_service)


def decide_facility_name(name: str, *, is_taken: bool) -> Decision:
    """May a facility be called so?"""
    if not 0 < len(name) <= ROOM_NAME_LENGTH:
        return deny(Code.BAD_REQUEST, "R165", _("Give the facility a name of at most 100 characters."))
    if is_taken:
        return deny(
            Code.CONFLICT,
            "R165",
            _("There is a facility called “{name}” already. Choose another name, or add the recorder there."),
            name=name,
        )
    return permit()


def decide_recorder_name(name: str, *, is_taken: bool) -> Decision:
    """May a recorder be called so? Those of one facility have different names, also beside one that is retired."""
    if not 0 < len(name) <= ROOM_NAME_LENGTH:
        return deny(Code.BAD_REQUEST, "R165", _("Give the recorder a name of at most 100 characters."))
    if is_taken:
        return deny(
            Code.CONFLICT,
            "R165",
            _("This facility has a recorder called “{name}” already. Choose another name, or bring that one back."),
            name=name,
        )
    return permit()


def decide_host(*, exists: bool) -> Decision:
    """Is this a department, which can be host of a facility (R165)?"""
    return (
        permit() if exists else deny(Code.NOT_FOUND, "R165", _("Choose the department that the facility belongs to."))
    )


def decide_named(part: RoomPart, people: Collection[RoomPerson]) -> Decision:
    """May these be named? Everybody with an open account; a facility's schedulers are staff besides: they book rooms
    for others (R152, R165)."""
    for one in people:
        if not one.is_active:
            return deny(
                Code.CONFLICT, "R165", _("The account of {name} is closed. Name somebody else."), name=one.full_name
            )
        if part is RoomPart.SCHEDULER and not one.is_staff:
            return deny(
                Code.CONFLICT,
                "R165",
                _("{name} is not a member of staff, so they cannot schedule for others. Name somebody who is."),
                name=one.full_name,
            )
    return permit()


def decide_retire(name: str, waiting: Sequence[Span], *, even_so: bool) -> Decision:
    """Take a recorder out of use? Not by mistake while recordings wait for it, which nothing would record: whoever
    means it says so (R157)."""
    if not waiting or even_so:
        return permit()
    return deny(
        Code.CONFLICT,
        "R157",
        _(
            "Still to be made on {name}: {count}, the first at {from_at}. Call that off or have it scheduled elsewhere first,"
            " or say that the recorder is to be taken out of use even so: then nothing records it."
        ),
        count=str(len(waiting)),
        name=name,
        from_at=waiting[0].starts_at.isoformat(),
    )


def decide_bring_back(retired_at: datetime | None) -> Decision:
    """Take a recorder into use again?"""
    if retired_at is None:
        return deny(
            Code.ILLEGAL_TRANSITION, "R151", _("This recorder is in use already. There is nothing to bring back.")
        )
    return permit()

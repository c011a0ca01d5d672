"""Groups: internal ones are edited here, the others only by the system that sends them (R2)."""

import re
from dataclasses import dataclass

from cathedra.domain.people._words import GroupKind
from cathedra.domain.terms import Code, Decision, deny, permit
from cathedra.domain.terms import gettext_noop as _

GROUP_NAME_LENGTH = 200
_COURSE_GROUP = re.compile(r"[^\s:]+:.+_(viewers|creators|publishers)")


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """What the rule needs to know about a group."""

    name: str
    kind: GroupKind
    folder_count: int  # folders on which it was given a role


def clean_group_name(name: str) -> str:
    """As it is stored: one line, no spaces round it, and no commas, which part the names in a field of people."""
    return " ".join("".join(" " if not letter.isprintable() or letter == "," else letter for letter in name).split())


def decide_group_name(name: str, *, is_taken: bool) -> Decision:
    """May a group be called so?"""
    if not 0 < len(name) <= GROUP_NAME_LENGTH:
        return deny(Code.BAD_REQUEST, "R2", _("Give the group a name of at most 200 characters."))
    if is_taken:
        return deny(Code.CONFLICT, "R2", _("There is a group called “{name}” already. Choose another name."), name=name)
    return permit()


def decide_edit_group(facts: GroupFacts) -> Decision:
    """May its name and members be changed here? Only an internal group's (R2)."""
    if facts.kind is not GroupKind.INTERNAL:
        return deny(
            Code.ILLEGAL_TRANSITION,
            "R2",
            _("This group comes from another system, which alone changes its members. Change them there."),
        )
    return permit()


def decide_remove_group(facts: GroupFacts) -> Decision:
    """May it be removed? Not while it holds roles on folders: people would lose access without a word."""
    decision = decide_edit_group(facts)
    if not decision.is_permitted:
        return decision
    if facts.folder_count:
        return deny(
            Code.CONFLICT,
            "R2",
            _("This group has roles on {count} folders. Take those away first."),
            count=str(facts.folder_count),
        )
    return permit()


def decide_leave_group(alone: str) -> Decision:
    """May somebody be taken out? Not who is the last active Creator of a folder by this group (R40): `alone` is what
    such a folder is called, empty where there is none."""
    if not alone:
        return permit()
    return deny(
        Code.ILLEGAL_TRANSITION,
        "R40",
        _("“{name}” would have no Creator any more. Make another active person a Creator there first."),
        name=alone,
    )


def decide_join(*, is_opening: bool) -> Decision:
    """May an administrator put themself into a group? Not into one that lets them watch what they may not: for that
    there are grants, which somebody else gives and the owner is told of (R26, R144)."""
    if not is_opening:
        return permit()
    return deny(
        Code.SIGHT_NEEDED,
        "R26",
        _(
            "This group may watch what you may not, so you cannot put yourself into it. If the service needs you to watch something, ask a service administrator for access to it."
        ),
    )


def decide_push(external_id: str, kind: GroupKind, *, known_kind: GroupKind | None) -> Decision:
    """May another system send the members of this group? `known_kind` is what it is here; None when it is new."""
    if kind is GroupKind.INTERNAL or known_kind not in (None, kind):
        return deny(Code.CONFLICT, "R2", _("There is a group with this id already, and another system sends it."))
    is_named = 0 < len(external_id) <= GROUP_NAME_LENGTH and external_id.isprintable()
    if not is_named or (kind is GroupKind.EXTERNAL and not _COURSE_GROUP.fullmatch(external_id)):
        return deny(
            Code.BAD_REQUEST,
            "R2",
            _(
                "A course's group is called INSTANCE:COURSE_viewers, INSTANCE:COURSE_creators or INSTANCE:COURSE_publishers."
            ),
        )
    return permit()

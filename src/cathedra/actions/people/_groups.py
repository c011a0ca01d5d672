"""Groups: internal ones are edited here; the members of the others are sent by an LMS or the directory (R2).

Who is in a group is read whenever access is decided, so a change counts from the next request on.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cathedra.actions.people._join import decide_own
from cathedra.actions.people._left import tell_left
from cathedra.actions.people._may import decide_staff
from cathedra.db.reads import people as reads
from cathedra.db.writes import audit, people
from cathedra.db.writes.transaction import transaction
from cathedra.domain.notices import Phrase
from cathedra.domain.people import (
    GroupKind,
    StaffArea,
    clean_group_name,
    decide_edit_group,
    decide_group_name,
    decide_leave_group,
    decide_push,
    decide_remove_group,
    names_in,
)
from cathedra.domain.terms import AccountId, Actor, Decision, GroupId, PrincipalId, permit
from cathedra.domain.terms import gettext_noop as _


@dataclass(frozen=True, slots=True)
class GroupOutcome:
    """What came of a change to a group: the decision, the group, who came in, who went, which names stand for nobody."""

    decision: Decision
    group_id: GroupId | None = None
    added: int = 0
    removed: int = 0
    missing: tuple[str, ...] = ()


def make_group(name: str, *, members: str = "", actor: Actor, now: datetime) -> GroupOutcome:
    """An internal group, with the people whose login names were pasted; names that stand for nobody are told."""
    called = clean_group_name(name)
    with transaction():
        decision = decide_staff(actor, StaffArea.GROUPS)
        if decision.is_permitted:
            people.hold_first_run()
            decision = decide_group_name(called, is_taken=reads.is_group_name_taken(called))
        if not decision.is_permitted:
            return GroupOutcome(decision)
        group_id = people.add_group(called, kind=GroupKind.INTERNAL)
        found, missing = _people(members)
        people.add_members(group_id, found)
        audit.record(
            actor,
            "group:create",
            target_kind="group",
            target_id=group_id,
            now=now,
            after={"name": called, "members": _listed(found)},
        )
    return GroupOutcome(permit(), group_id, added=len(found), missing=missing)


def rename_group(group_id: GroupId, name: str, *, actor: Actor, now: datetime) -> Decision:
    """Call an internal group something else. Raises GroupNotFound."""
    called = clean_group_name(name)
    with transaction():
        decision = decide_staff(actor, StaffArea.GROUPS)
        if not decision.is_permitted:
            return decision
        people.hold_first_run()
        facts = reads.group_facts(group_id, lock=True)
        decision = decide_edit_group(facts)
        if decision.is_permitted:
            decision = decide_group_name(called, is_taken=reads.is_group_name_taken(called, besides=group_id))
        if not decision.is_permitted or called == facts.name:
            return decision
        people.set_group_name(group_id, called)
        audit.record(
            actor,
            "group:rename",
            target_kind="group",
            target_id=group_id,
            now=now,
            before={"name": facts.name},
            after={"name": called},
        )
    return decision


def add_group_members(group_id: GroupId, names: str, *, actor: Actor, now: datetime) -> GroupOutcome:
    """Put the people of the pasted login names into an internal group; nobody puts themself into one that may watch what
    they may not (R26). Raises GroupNotFound."""
    with transaction():
        decision = _decide_edit(group_id, actor)
        if not decision.is_permitted:
            return GroupOutcome(decision)
        found, missing = _people(names)
        new = [each for each in found if each not in reads.member_ids(group_id)]
        decision = decide_own(group_id, new, actor=actor, now=now)
        if not decision.is_permitted:
            return GroupOutcome(decision)
        people.add_members(group_id, new)
        if new:
            audit.record(
                actor,
                "group:add_members",
                target_kind="group",
                target_id=group_id,
                now=now,
                after={"members": _listed(new)},
            )
    return GroupOutcome(decision, group_id, added=len(new), missing=missing)


def remove_group_member(group_id: GroupId, account_id: AccountId, *, actor: Actor, now: datetime) -> GroupOutcome:
    """Take somebody out of an internal group; nothing changes when they are not in it. Raises GroupNotFound."""
    with transaction():
        decision = _decide_edit(group_id, actor)
        if decision.is_permitted:
            decision = decide_leave_group(reads.left_alone(group_id, account_id))
        if not decision.is_permitted:
            return GroupOutcome(decision)
        count = people.remove_members(group_id, [account_id])
        if count:
            audit.record(
                actor,
                "group:remove_members",
                target_kind="group",
                target_id=group_id,
                now=now,
                before={"members": _listed([account_id])},
            )
    return GroupOutcome(decision, group_id, removed=count)


def remove_group(group_id: GroupId, *, actor: Actor, now: datetime) -> Decision:
    """Remove an internal group that has no roles on folders any more. Raises GroupNotFound."""
    with transaction():
        decision = decide_staff(actor, StaffArea.GROUPS)
        if not decision.is_permitted:
            return decision
        facts = reads.group_facts(group_id, lock=True)
        decision = decide_remove_group(facts)
        if not decision.is_permitted:
            return decision
        inside = reads.member_ids(group_id)
        people.remove_group(group_id)
        audit.record(
            actor,
            "group:remove",
            target_kind="group",
            target_id=group_id,
            now=now,
            before={"name": facts.name, "members": _listed(inside)},
        )
    return decision


def push_group(
    external_id: str, names: str, *, kind: GroupKind, name: str = "", actor: Actor, now: datetime
) -> GroupOutcome:
    """An LMS or a directory says who is in a group of its own: exactly these, whoever was in it before (R2).

    A group that was not known is made. Names that stand for nobody are told and left out; sent again once their
    accounts are there, they come in. Of folders in which nobody is a Creator any more the service is told (R40): what the
    other system says is not refused. Repeating it changes nothing.
    """
    with transaction():
        decision = decide_staff(actor, StaffArea.GROUPS)
        if not decision.is_permitted:
            return GroupOutcome(decision)
        people.hold_first_run()
        known = reads.find_pushed(external_id)
        decision = decide_push(external_id, kind, known_kind=known[1] if known else None)
        if not decision.is_permitted:
            return GroupOutcome(decision)
        group_id = known[0] if known else _add_pushed(external_id, kind, clean_group_name(name))
        found, missing = _people(names)
        before, after = reads.member_ids(group_id), frozenset(found)
        decision = decide_own(group_id, after - before, actor=actor, now=now)
        if not decision.is_permitted:
            return GroupOutcome(decision)
        people.add_members(group_id, after - before)
        people.remove_members(group_id, before - after)
        people.note_push(group_id, now=now)
        left: dict[str, object] = {}
        if before - after:
            why = Phrase(_("“{group}” was sent without them by the system that it comes from."), {"group": external_id})
            left = tell_left([PrincipalId(group_id)], why, now=now)
        if known is None or before != after:
            audit.record(
                actor,
                "group:push",
                target_kind="group",
                target_id=group_id,
                now=now,
                before={"members": _listed(before - after)},
                after={"members": _listed(after - before)},
                facts={"external_id": external_id, **left},
            )
    return GroupOutcome(permit(), group_id, added=len(after - before), removed=len(before - after), missing=missing)


def _add_pushed(external_id: str, kind: GroupKind, name: str) -> GroupId:
    called = name if name and not reads.is_group_name_taken(name) else clean_group_name(external_id)
    return people.add_group(called, kind=kind, external_id=external_id)


def _decide_edit(group_id: GroupId, actor: Actor) -> Decision:
    decision = decide_staff(actor, StaffArea.GROUPS)
    return decide_edit_group(reads.group_facts(group_id, lock=True)) if decision.is_permitted else decision


def _people(names: str) -> tuple[list[AccountId], tuple[str, ...]]:
    wanted = names_in(names)
    found = reads.accounts_called(wanted)
    return [found[each] for each in wanted if each in found], tuple(each for each in wanted if each not in found)


def _listed(account_ids: Iterable[AccountId]) -> list[str]:
    return sorted(str(each) for each in account_ids)

"""Administrators let themselves in to nothing by way of a group (R26)."""

from collections.abc import Collection
from datetime import datetime

from cathedra.db.reads import access as access_reads
from cathedra.db.reads import people as reads
from cathedra.domain import access
from cathedra.domain.people import decide_join
from cathedra.domain.terms import AccountId, Actor, Decision, GroupId, PrincipalId, permit


def decide_own(group_id: GroupId, new: Collection[AccountId], *, actor: Actor, now: datetime) -> Decision:
    """Of those who are put into a group, whoever does it: may they be? Asked after the part of the staff area."""
    who = actor.account_id
    if who is None or who not in new:
        return permit()
    return decide_join(is_opening=_opens(group_id, who, now))


def _opens(group_id: GroupId, who: AccountId, now: datetime) -> bool:
    """Whether the group lets somebody watch what they may not."""
    folders, recordings = reads.opened_by(group_id)
    group = PrincipalId(group_id)

    def gains(facts: access.FolderFacts, role: access.FolderRole) -> bool:
        return not access.decide_let_in(facts, [(group, role)], mine=[group], now=now).is_permitted

    in_folders = (gains(access_reads.folder_facts(who, each, in_bin=True), role) for each, role in folders)
    viewed = (gains(access_reads.recording_facts(who, each), access.FolderRole.VIEWER) for each in recordings)
    return any(in_folders) or any(viewed)

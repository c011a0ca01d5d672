"""Members of a folder: give and take roles (R29, R34, R38 rows 12 and 13, R39, R40)."""

from collections.abc import Collection
from datetime import datetime

from cathedra.actions.access._tell import tell_shared
from cathedra.db.reads import access as access_reads
from cathedra.db.writes import access as writes
from cathedra.db.writes import audit
from cathedra.db.writes.transaction import transaction
from cathedra.domain import access
from cathedra.domain.access import FolderRole
from cathedra.domain.terms import Actor, Code, Decision, FolderId, PrincipalId, deny, permit
from cathedra.domain.terms import gettext_noop as _


def share_folder(
    folder_id: FolderId,
    *,
    principals: Collection[PrincipalId],
    role: FolderRole,
    is_told: bool = False,
    actor: Actor,
    now: datetime,
) -> Decision:
    """Give people and groups a role; who holds it already keeps it. Told by N9 if wished. Raises FolderNotFound."""
    with transaction():
        sharing = access_reads.folder_sharing(actor.account_id, folder_id, lock=True)
        decision = decide_folder(folder_id, access.action_for(role), actor, now)
        if decision.is_permitted:
            decision = access.decide_share(sharing.ownership)
        if decision.is_permitted:
            decision = decide_people(principals)
        if decision.is_permitted:
            facts = access_reads.folder_facts(actor.account_id, folder_id)
            decision = decide_let_in(facts, [(each, role) for each in principals], actor, now)
        if not decision.is_permitted:
            return decision
        new = [each for each in principals if (each, role) not in sharing.members]
        if not new:
            return permit()
        writes.add_members(folder_id, [(each, role) for each in new], now=now)
        audit.record(
            actor,
            "folder:share",
            target_kind="folder",
            target_id=folder_id,
            now=now,
            after={"role": role, "members": listed(new)},
        )
        if is_told:
            tell_shared(new, role, thing=sharing.name, link=f"/folders/{folder_id}/", actor=actor, now=now)
    return permit()


def unshare_folder(
    folder_id: FolderId,
    *,
    principal_id: PrincipalId,
    role: FolderRole,
    is_confirmed: bool = False,
    actor: Actor,
    now: datetime,
) -> Decision:
    """Take a role away; CONFLICT by R39 asks whether somebody means to shut themselves out. Raises FolderNotFound."""
    with transaction():
        sharing = access_reads.folder_sharing(actor.account_id, folder_id, lock=True)
        decision = decide_folder(folder_id, access.action_for(role), actor, now)
        if decision.is_permitted and sharing.inherits:
            decision = access.decide_share(sharing.ownership)
        if not decision.is_permitted:
            return decision
        gone = (principal_id, role)
        if gone not in sharing.members:
            return permit()
        decision = access.decide_members(
            sharing.ownership, before=sharing.members, after=sharing.members - {gone}, is_confirmed=is_confirmed
        )
        if not decision.is_permitted:
            return decision
        writes.remove_member(folder_id, principal_id, role)
        audit.record(
            actor,
            "folder:unshare",
            target_kind="folder",
            target_id=folder_id,
            now=now,
            before={"role": role, "members": listed([principal_id])},
        )
    return permit()


def decide_folder(folder_id: FolderId, action: access.Action, actor: Actor, now: datetime) -> Decision:
    """The matrix, for a folder: asked after the folder is held. Raises FolderNotFound."""
    return access.decide_folder(access_reads.folder_facts(actor.account_id, folder_id), action, now)


def decide_people(principals: Collection[PrincipalId]) -> Decision:
    """Do they all stand for a group or an active account?"""
    found = access_reads.describe(principals)
    if principals and all(each in found and found[each].is_active for each in principals):
        return permit()
    return deny(Code.BAD_REQUEST, "R2", _("Choose people or groups that are here."))


def decide_let_in(facts: access.FolderFacts, new: Collection[access.Member], actor: Actor, now: datetime) -> Decision:
    """Nobody lets themself in to what they may not watch (R26)."""
    mine = access_reads.principals_of(actor.account_id)
    return access.decide_let_in(facts, new, mine=mine, now=now)


def listed(principals: Collection[PrincipalId]) -> list[str]:
    """For the audit trail."""
    return sorted(str(each) for each in principals)

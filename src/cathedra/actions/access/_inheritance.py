"""Stop inheriting, and inherit again (R28 to R30)."""

from datetime import datetime

from cathedra.actions import publishing
from cathedra.actions.access._members import decide_folder, decide_let_in
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import publishing as publishing_reads
from cathedra.db.writes import access as writes
from cathedra.db.writes import audit
from cathedra.db.writes.transaction import transaction
from cathedra.domain import access
from cathedra.domain.access import Action, Calendar, FolderRole, Member, SharingLevel
from cathedra.domain.terms import Actor, Decision, FolderId, PrincipalId, permit


def stop_inheriting(folder_id: FolderId, *, keeps_members: bool, actor: Actor, now: datetime) -> Decision:
    """The folder has members of its own from now on: those that it has now, or, started empty, the Creator who did it
    and nobody else (R29). Its level goes along, started empty it is Restricted. Raises FolderNotFound."""
    with transaction():
        sharing = access_reads.folder_sharing(actor.account_id, folder_id, lock=True)
        needed = Action.SHARE if keeps_members else Action.MANAGE_MEMBERS
        decision = decide_folder(folder_id, needed, actor, now)
        if decision.is_permitted:
            decision = access.decide_stop_inheriting(sharing.ownership)
        members = sharing.members if keeps_members else _starting(sharing, actor)
        if decision.is_permitted:
            decision = access.decide_members(
                sharing.ownership, before=sharing.members, after=members, is_confirmed=True
            )
        if not decision.is_permitted:
            return decision
        level = sharing.level if keeps_members else SharingLevel.RESTRICTED
        asks = access_reads.folder_facts(actor.account_id, folder_id).needs_approval
        schedule = access.with_approval(access.resolve(sharing.schedule, sharing.given), is_needed=asks)
        writes.own_access(folder_id, members=members, level=level, schedule=schedule, now=now)
        audit.record(
            actor,
            "folder:stop_inheriting",
            target_kind="folder",
            target_id=folder_id,
            now=now,
            before={"members": told(sharing.members), "sharing": sharing.level},
            after={"members": told(members), "sharing": level},
        )
    return permit()


def _starting(sharing: access_reads.FolderSharing, actor: Actor) -> frozenset[Member]:
    is_creator = any(r is FolderRole.CREATOR and who in sharing.ownership.mine for who, r in sharing.members)
    if actor.account_id is None or not is_creator:
        return frozenset()
    return frozenset({(PrincipalId(actor.account_id), FolderRole.CREATOR)})


def inherit_again(folder_id: FolderId, *, seen: str, calendar: Calendar, actor: Actor, now: datetime) -> Decision:
    """The folder has the members and level of the one above again; its own are gone (R30). `seen` is the fingerprint
    that the page which asked has shown: CONFLICT when they are others now. Recordings of a course that would end early
    with it are a reason to refuse (R48). Raises FolderNotFound."""
    with transaction():
        access_reads.hold_reached(folder_id)  # approval may come with it (R69)
        sharing = access_reads.folder_sharing(actor.account_id, folder_id, lock=True)
        decision = decide_folder(folder_id, Action.MANAGE_MEMBERS, actor, now)
        if decision.is_permitted:
            decision = access.decide_inherit(sharing.ownership)
        if decision.is_permitted:
            decision = access.decide_unchanged(seen, access.fingerprint(sharing.members, sharing.level))
        if not decision.is_permitted or sharing.parent_id is None:
            return decision
        after = access_reads.effective_members(sharing.parent_id)
        was = access_reads.folder_facts(actor.account_id, folder_id)
        decision = access.decide_members(sharing.ownership, before=sharing.members, after=after, is_confirmed=True)
        if decision.is_permitted:
            decision = decide_let_in(was, after, actor, now)
        if decision.is_permitted:
            decision = _decide_end(sharing, calendar, actor, now)
        if not decision.is_permitted:
            return decision
        followers = publishing_reads.followers_of(folder_id)
        writes.follow_parent(folder_id)
        facts = access_reads.folder_facts(actor.account_id, folder_id)
        waiting = 0
        if facts.needs_approval and not was.needs_approval:  # R69: approval comes with it
            waiting = publishing.follow_above(folder_id, followers, actor=actor, now=now)
        audit.record(
            actor,
            "folder:inherit",
            target_kind="folder",
            target_id=folder_id,
            now=now,
            before={"members": told(sharing.members), "sharing": sharing.level},
            after={"members": told(after), "sharing": facts.level},
            facts={"recordings": waiting},
        )
    return permit()


def _decide_end(sharing: access_reads.FolderSharing, calendar: Calendar, actor: Actor, now: datetime) -> Decision:
    """R48, for the latest recording: where the folder has no availability of its own, the one above's comes along, for
    it and for every course's folder that follows it."""
    if sharing.parent_id is None:
        return permit()
    given = access_reads.folder_sharing(actor.account_id, sharing.parent_id).given
    for each in access_reads.courses_reached(sharing.id):
        guard = calendar.guard(each.academic_year, each.taught_at) if each.taught_at else None
        held = sharing.schedule if each.id == sharing.id else access.resolve(each.schedule, sharing.schedule)
        was, will = (access.availability_of(one) for one in (held, access.resolve(each.schedule, given)))
        decision = access.decide_end_in_passing(guard, was=was, will=will, now=now)
        if not decision.is_permitted:
            return decision
    return permit()


def told(members: frozenset[Member]) -> list[str]:
    """Members for the audit trail, each with the role."""
    return sorted(f"{role} {who}" for who, role in members)

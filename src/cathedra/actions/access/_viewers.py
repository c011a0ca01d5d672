"""Extra viewers of one recording (R24), and the way to show it to some only (R35)."""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from cathedra.actions import metering, publishing
from cathedra.actions.access._inheritance import told
from cathedra.actions.access._members import decide_let_in, decide_people, listed
from cathedra.actions.access._tell import tell_shared
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import library as library_reads
from cathedra.db.writes import access as writes
from cathedra.db.writes import audit
from cathedra.db.writes import library as library_writes
from cathedra.db.writes import publishing as publishing_writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import access
from cathedra.domain.access import Action, FolderRole, FolderSchedule, Member, SharingLevel
from cathedra.domain.library import clean_name
from cathedra.domain.metering import Cause
from cathedra.domain.terms import (
    Actor,
    Code,
    Decision,
    FolderId,
    FolderNotFound,
    PrincipalId,
    RecordingId,
    deny,
    permit,
)
from cathedra.domain.terms import gettext_noop as _


@dataclass(frozen=True, slots=True)
class Restricted:
    """What came of restricting a recording: the decision, and the folder where it lies now."""

    decision: Decision
    folder_id: FolderId | None = None
    is_new: bool = False


def share_recording(
    recording_id: RecordingId,
    *,
    principals: Collection[PrincipalId],
    is_told: bool = False,
    actor: Actor,
    now: datetime,
) -> Decision:
    """Let people and groups view one recording beside its folder's members (R24). Raises RecordingNotFound."""
    with transaction():
        facts = access_reads.recording_facts(actor.account_id, recording_id, lock=True)
        decision = access.decide(facts, Action.SHARE, now)
        if decision.is_permitted:
            decision = decide_people(principals)
        if decision.is_permitted:
            decision = decide_let_in(facts, access.as_viewers(principals), actor, now)
        if not decision.is_permitted:
            return decision
        sharing = access_reads.recording_sharing(recording_id)
        new = [each for each in principals if each not in sharing.viewers]
        if not new:
            return permit()
        writes.add_viewers(recording_id, new, by=actor.account_id, now=now)
        audit.record(
            actor,
            "recording:share",
            target_kind="recording",
            target_id=recording_id,
            now=now,
            after={"role": FolderRole.VIEWER, "members": listed(new)},
        )
        if is_told:
            link = f"/recordings/{recording_id}/"
            tell_shared(new, FolderRole.VIEWER, thing=sharing.title, link=link, actor=actor, now=now)
    return permit()


def unshare_recording(recording_id: RecordingId, *, principal_id: PrincipalId, actor: Actor, now: datetime) -> Decision:
    """Take an extra viewer away. Raises RecordingNotFound."""
    with transaction():
        facts = access_reads.recording_facts(actor.account_id, recording_id, lock=True)
        decision = access.decide(facts, Action.SHARE, now)
        if decision.is_permitted and writes.remove_viewers(recording_id, [principal_id]):
            audit.record(
                actor,
                "recording:unshare",
                target_kind="recording",
                target_id=recording_id,
                now=now,
                before={"role": FolderRole.VIEWER, "members": listed([principal_id])},
            )
    return decision


def restrict_recording(
    recording_id: RecordingId,
    *,
    principals: Collection[PrincipalId],
    name: str,
    actor: Actor,
    now: datetime,
) -> Restricted:
    """Show a recording to some Viewers only (R35): all at once, it moves into a folder inside its own that inherits
    nothing and whose only Viewers they are. One that has exactly them is used again, if it is not in the bin and its
    recordings wait for the same approval and are available at the same times: it stays as it was approved, by Publishers
    who are the same, and R72 has nothing to decide. Creators, Publishers and the other roles stay, its address too; its
    own level and extra viewers end, or they would let more people in. Raises RecordingNotFound."""
    with transaction():
        where = access_reads.recording_sharing(recording_id).folder_id
        folder = access_reads.folder_sharing(actor.account_id, where, lock=True)
        plan = _plan(folder, principals, actor)
        found = _folder_like(plan, actor)  # before the recording, as who deletes it does
        facts = access_reads.recording_facts(actor.account_id, recording_id, lock=True)
        decision = _decide_restrict(facts, principals, actor, now)
        decision = publishing.decide_leaving(recording_id, None, decision, Action.MOVE, now)
        before = access_reads.recording_sharing(recording_id)
        if decision.is_permitted and before.folder_id != where:
            decision = deny(Code.CONFLICT, "R35", _("This recording was moved meanwhile. Look where it is now."))
        if not decision.is_permitted:
            return Restricted(decision)
        made = found or _make_folder(plan, clean_name(name), actor, now)
        if isinstance(made, Decision):
            return Restricted(made)
        writes.remove_viewers(recording_id, before.viewers)
        writes.set_recording_level(recording_id, None, now=now)
        publishing_writes.move(recording_id, source=where, target=made, now=now)
        publishing_writes.recount_newest(where)
        metering.settle([recording_id], cause=Cause.MOVED, now=now)
        audit.record(
            actor,
            "recording:restrict",
            target_kind="recording",
            target_id=recording_id,
            now=now,
            before={"folder_id": str(where), "sharing": before.level, "members": listed(before.viewers)},
            after={"folder_id": str(made), "sharing": None, "members": listed(principals)},
        )
    return Restricted(permit(), made, is_new=found is None)


@dataclass(frozen=True, slots=True)
class _Plan:
    """The folder that is wanted inside another."""

    parent_id: FolderId
    members: frozenset[Member]
    schedule: FolderSchedule


def _plan(folder: access_reads.FolderSharing, principals: Collection[PrincipalId], actor: Actor) -> _Plan:
    viewers: frozenset[Member] = frozenset((each, FolderRole.VIEWER) for each in principals)
    members = viewers | {each for each in folder.members if each[1] is not FolderRole.VIEWER}
    asks = access_reads.folder_facts(actor.account_id, folder.id, in_bin=True).needs_approval
    schedule = access.resolve(folder.schedule, folder.given)
    return _Plan(folder.id, members, access.with_approval(schedule, is_needed=asks))


def _decide_restrict(
    facts: access.RecordingFacts,
    principals: Collection[PrincipalId],
    actor: Actor,
    now: datetime,
) -> Decision:
    """Who may share it and move it (R38 rows 12 and 14); the folder is made for that, whoever may make others."""
    for action in (Action.SHARE, Action.MOVE):
        decision = access.decide(facts, action, now)
        if not decision.is_permitted:
            return decision
    decision = decide_people(principals)
    return decide_let_in(facts, access.as_viewers(principals), actor, now) if decision.is_permitted else decision


def _folder_like(plan: _Plan, actor: Actor) -> FolderId | None:
    """One that is there, and stays there until this is done."""
    wanted = access.availability_of(plan.schedule)
    inside = access_reads.restricted_folders(plan.parent_id)
    for folder_id in sorted(inside):
        members, schedule = inside[folder_id]
        if members == plan.members and access.availability_of(schedule) == wanted:
            with suppress(FolderNotFound):
                access_reads.folder_facts(actor.account_id, folder_id, lock=True)
                return folder_id
    return None


def _make_folder(plan: _Plan, name: str, actor: Actor, now: datetime) -> FolderId | Decision:
    if not name:
        return deny(Code.BAD_REQUEST, "R4", _("Give the folder a name."))
    if library_reads.is_name_taken(plan.parent_id, name):
        return deny(
            Code.CONFLICT,
            "R4",
            _("This folder already holds a folder called “{name}”. Choose another name."),
            name=name,
        )
    kind = library_reads.kind_for_subfolder(plan.parent_id)
    made = library_writes.add_folder(name, kind=kind, parent_id=plan.parent_id, now=now)
    writes.own_access(made, members=plan.members, level=SharingLevel.RESTRICTED, schedule=plan.schedule, now=now)
    audit.record(
        actor,
        "folder:create",
        target_kind="folder",
        target_id=made,
        now=now,
        facts={"name": name, "kind": kind},
        after={"members": told(plan.members), "sharing": SharingLevel.RESTRICTED},
    )
    return made

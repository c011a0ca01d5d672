"""What the rules need to know of a recording that comes to another folder (R72); moving and copying share it."""

import dataclasses
from dataclasses import dataclass
from datetime import datetime

from cathedra.db.reads import access as access_reads
from cathedra.db.reads import publishing as reads
from cathedra.db.reads import retention as retention_reads
from cathedra.domain import access, publishing
from cathedra.domain.access import Action, FolderRole, SharingLevel, Standing
from cathedra.domain.publishing import Arrival, JourneyFacts
from cathedra.domain.terms import AccountId, Decision, FolderId, RecordingId


@dataclass(frozen=True, slots=True)
class Journey:
    """A recording, its state, where it goes and what comes of that."""

    found: reads.Submission
    about: access.RecordingFacts
    target_id: FolderId
    target: access.FolderFacts
    arrival: Arrival


def judge(
    recording_id: RecordingId,
    target_id: FolderId,
    action: Action,
    *,
    account_id: AccountId | None,
    now: datetime,
    lock: bool = False,
    may_take: Decision | None = None,
) -> Journey:
    """Load and decide. `may_take` stands where another rule says whether it may leave where it is. Raises
    RecordingNotFound, FolderNotFound."""
    target = access_reads.folder_facts(account_id, target_id, lock=lock)  # before the recording, as who deletes it does
    about = access_reads.recording_facts(account_id, recording_id, lock=lock)
    found = reads.submission(recording_id)
    facts = JourneyFacts(
        publication=found.publication,
        may_take=may_take or decide_leaving(recording_id, target_id, access.decide(about, action, now), action, now),
        may_bring=access.decide_folder(target, action, now),
        target_needs_approval=target.needs_approval,
        may_release=FolderRole.PUBLISHER in about.roles or Standing.SERVICE_ADMIN in about.appointments,
        may_approve=access.permits(target, Action.APPROVE, now),
        is_own_to_judge=found.is_own(account_id) and not reads.may_approve_own(),
        is_same_folder=found.folder_id == target_id and action is Action.MOVE,
        gains_sight=_sees(target, now) and not _sees(about, now),
    )
    return Journey(found, about, target_id, target, publishing.arrive(facts))


def decide_leaving(
    recording_id: RecordingId, target_id: FolderId | None, may: Decision, action: Action, now: datetime
) -> Decision:
    """R129: what was handed in for a mark leaves its folder, while it is kept, for another one of such work alone:
    elsewhere nothing would keep it. None: a folder that is still to be made."""
    if action is not Action.MOVE or not may.is_permitted:
        return may
    until = retention_reads.get_facts(recording_id).keep_until
    is_summative = target_id is not None and bool(retention_reads.get_summative(target_id))
    return publishing.decide_leaving(is_kept=until is not None and until > now, is_target_summative=is_summative)


def _sees(facts: access.FolderFacts, now: datetime) -> bool:
    """Whether they may watch what is there by who they are there: grants end, and levels let everybody in (R26)."""
    if isinstance(facts, access.RecordingFacts):
        return access.permits(dataclasses.replace(facts, grants=()), Action.VIEW, now)
    return access.permits(dataclasses.replace(facts, grants=(), level=SharingLevel.RESTRICTED), Action.VIEW, now)

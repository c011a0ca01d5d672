"""What the policy holds, and how it is let go (R55, R87, T16, T27, T28)."""

from collections.abc import Iterable
from datetime import datetime

from cathedra.actions import publishing as publishing_actions
from cathedra.actions import retention as retention_actions
from cathedra.actions.policy import _tell
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import policy as reads
from cathedra.db.reads import publishing as publishing_reads
from cathedra.db.writes import audit
from cathedra.db.writes import policy as writes
from cathedra.db.writes import publishing as publishing_writes
from cathedra.domain import policy, publishing
from cathedra.domain.policy import CaseState, UseHold
from cathedra.domain.terms import AccountId, Actor, RecordingId


def hold_if_undecided(recording_id: RecordingId, *, actor: Actor, now: datetime) -> None:
    """R87, T16: what leaves processing goes on only if it is permitted or exempt. In the transaction that makes it
    ready, and before it is asked whether it is held. N16 where nothing was declared; of the rest people were told when
    it was declared or decided."""
    if reads.find_active_use_policy() is None:
        return  # nothing was asked when it came
    case = reads.find_case(recording_id)
    if case is not None and case.standing.state is CaseState.REFUSED and case.is_visible:
        return  # R90: left to its audience in the days of grace
    kind = policy.hold_for(reads.find_use_verdict(recording_id, now))
    if kind is None or not hold(recording_id, kind, actor=actor, now=now):
        return
    if kind is UseHold.UNDECLARED:
        found = publishing_reads.submission(recording_id)
        _tell.undeclared(recording_id, found.title, found.folder_name, found.owner_id, event="held", now=now)


def hold(recording_id: RecordingId, kind: UseHold, *, actor: Actor, now: datetime) -> bool:
    """Hold it for this reason, and for no other of the policy's. False when it is held so already."""
    writes.release_holds(recording_id, [one for one in UseHold if one is not kind], now=now)
    if not writes.open_hold(recording_id, kind, now=now):
        return False
    audit.record(
        actor, "recording:hold", target_kind="recording", target_id=recording_id, now=now, facts={"kind": kind}
    )
    return True


def let_go(
    recording_id: RecordingId,
    *,
    told: Iterable[AccountId] = (),
    is_told: bool = True,
    actor: Actor,
    now: datetime,
) -> bool:
    """T28: close what the policy holds. N18 once nothing else holds it, unless people are told something else. False when
    the policy held nothing."""
    if not writes.release_holds(recording_id, list(UseHold), now=now):
        return False
    audit.record(actor, "recording:release_hold", target_kind="recording", target_id=recording_id, now=now)
    retention_actions.lengthen_after_hold(recording_id, now=now)
    if not reads.has_other_hold(recording_id):
        stand_again(recording_id, told=told, is_told=is_told, now=now)
    return True


def stand_again(
    recording_id: RecordingId, *, told: Iterable[AccountId] = (), is_told: bool = True, now: datetime
) -> None:
    """T28, its last hold is closed: it stands again as it stood (N18); what never was offered, because it was held when it
    left processing, is offered as its folder has it (T14, T15). The caller has kept its folder before the recording."""
    if is_told:
        _tell.released(recording_id, besides=told, now=now)
    access_reads.keep_folder_of(recording_id)
    found = publishing_reads.submission(recording_id)
    if found.publication != publishing.DRAFT or not found.is_ready or not found.is_online:
        return
    needs_approval = access_reads.folder_facts(None, found.folder_id).needs_approval
    publication = publishing.at_readiness(is_held=False, needs_approval=needs_approval)
    publishing_writes.offer(recording_id, publication)
    if publication == publishing.WAITING:
        publishing_writes.submit(recording_id, by=found.created_by, now=now)
        publishing_actions.tell_waiting(publishing_reads.submission(recording_id), now=now)
    else:
        publishing_actions.tell_released(found, now=now)

"""Holds that somebody of the service lays, releases, or ends by taking the recording down (R38 row 22, R55, R130, R197,
T27 to T29, N17 to N19)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.timezone import localtime

from cathedra.actions import retention as retention_actions
from cathedra.actions.policy import _holds, _tell
from cathedra.actions.policy._force import policy_in_force
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import policy as reads
from cathedra.db.reads import retention as retention_reads
from cathedra.db.writes import audit
from cathedra.db.writes import policy as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import access, policy
from cathedra.domain.access import Action
from cathedra.domain.policy import HOLD_CHARACTERS, REFERENCE_CHARACTERS, HoldFacts, HoldWish
from cathedra.domain.terms import Actor, Decision, RecordingId, permit

SOON = policy.WARNED_BEFORE + policy.LOOKED_EVERY  # N19


@dataclass(frozen=True, slots=True)
class Held:
    """What came of opening a hold, and the hold when it is open."""

    decision: Decision
    hold_id: UUID | None = None


def _clean(text: str, most: int = HOLD_CHARACTERS) -> str:
    return text.replace("\0", "").strip()[:most]


def _facts(recording_id: RecordingId, actor: Actor, now: datetime) -> HoldFacts:
    about = access_reads.recording_facts(actor.account_id, recording_id, lock=True)
    found = retention_reads.facts(recording_id)
    return HoldFacts(
        may=access.decide(about, Action.REVIEW, now),
        state=about.state,
        kinds=found.holds,
        is_own=about.is_owner,
        is_copy_held=found.is_copy_held,
    )


def open_hold(recording_id: RecordingId, wanted: HoldWish, *, actor: Actor, now: datetime) -> Held:
    """T27: a service administrator holds it for a reason; its owner and the Creators of its folder are told (N17). What
    is still being worked on is held at the end of that (R55). Raises RecordingNotFound."""
    given = replace(
        wanted,
        reason=_clean(wanted.reason),
        told=_clean(wanted.told),
        reference=_clean(wanted.reference, REFERENCE_CHARACTERS),
    )
    with transaction():
        retention_reads.with_original(recording_id, lock=True)  # it keeps what a copy plays, which may be due (R130)
        facts = _facts(recording_id, actor, now)
        decision = policy.decide_hold(
            facts, given.kind, reason=given.reason, review_on=given.review_on, today=localtime(now).date()
        )
        if not decision.is_permitted or actor.account_id is None:
            return Held(decision)
        hold_id = writes.add_hold(recording_id, given, by=actor.account_id, now=now)
        known: dict[str, object] = {"kind": given.kind, "hold_id": str(hold_id)}
        _record("recording:hold", recording_id, actor, now, reason=given.told, facts=known)
        more = {"reference": given.reference, "review_on": str(given.review_on or "")}
        _record("recording:open_hold", recording_id, actor, now, reason=given.reason, facts=known | more)
        _tell.held(reads.get_hold(hold_id), now=now)
    return Held(permit(), hold_id)


def release_hold(hold_id: UUID, *, reason: str, actor: Actor, now: datetime) -> Decision:
    """T28: it holds no more, and what was decided of its removal is off. Once nothing holds the recording it stands again
    as it stood, and its owner and whoever had it held are told (N18). Raises HoldNotFound."""
    why = _clean(reason)
    with transaction():
        facts, hold = _load(hold_id, actor, now)
        decision = policy.decide_release(facts, is_open=hold.released_at is None, reason=why)
        if not decision.is_permitted:
            return decision
        writes.end_hold(hold_id, by=actor.account_id, reason=why, now=now)
        known: dict[str, object] = {"kind": hold.kind, "hold_id": str(hold_id)}
        _record("recording:release_hold", hold.recording_id, actor, now, facts=known)
        _record("recording:close_hold", hold.recording_id, actor, now, reason=why, facts=known)
        retention_actions.lengthen_after_hold(hold.recording_id, now=now)
        if not retention_reads.facts(hold.recording_id).holds:
            _holds.stand_again(hold.recording_id, told=[hold.opened_by] if hold.opened_by else [], now=now)
    return permit()


def decide_takedown(hold_id: UUID, *, at_once: bool = False, reason: str, actor: Actor, now: datetime) -> Decision:
    """T29, R197: what was asked to be taken down goes when the appeal period is over, and its owner is told now (N19); a
    legal order may take it at once and for good. Raises HoldNotFound."""
    why = _clean(reason)
    with transaction():
        facts, hold = _load(hold_id, actor, now)
        decision = policy.decide_removal(
            facts,
            hold.kind,
            is_open=hold.released_at is None,
            is_decided=hold.remove_at is not None,
            at_once=at_once,
            reason=why,
        )
        if not decision.is_permitted:
            return decision
        at = now if at_once else now + timedelta(days=_grace_days())
        writes.decide_removal(hold_id, by=actor.account_id, reason=why, at=at)
        known = {"kind": hold.kind, "hold_id": str(hold_id), "at": at.isoformat(), "is_for_good": at_once}
        _record("recording:decide_takedown", hold.recording_id, actor, now, reason=why, facts=known)
        if at_once:
            _take(reads.get_hold(hold_id), for_good=True, actor=actor, now=now)
        else:
            _tell.takedown_decided(reads.get_hold(hold_id), now=now)
    return permit()


def _grace_days() -> int:
    version = policy_in_force()
    return version.grace_days if version else policy.REMOVAL_DAYS


def _load(hold_id: UUID, actor: Actor, now: datetime) -> tuple[HoldFacts, reads.HoldRow]:
    """The recording's row is held first, so that the hold is read as it stands; and before that its folder, as who
    deletes it does."""
    recording_id = reads.get_hold(hold_id).recording_id
    access_reads.keep_folder_of(recording_id)
    facts = _facts(recording_id, actor, now)
    return facts, reads.get_hold(hold_id)


def _take(hold: reads.HoldRow, *, for_good: bool, actor: Actor, now: datetime) -> None:
    writes.end_hold(hold.id, by=hold.remove_by, reason=hold.remove_reason, now=now)
    facts: dict[str, object] = {"hold_id": str(hold.id), "is_for_good": for_good}
    _record("recording:take_down", hold.recording_id, actor, now, facts=facts)
    if for_good:
        retention_actions.purge_by_order(hold.recording_id, reason=hold.remove_reason, actor=actor, now=now)
    else:
        retention_actions.recycle_by_decision(hold.recording_id, reason=hold.remove_reason, actor=actor, now=now)
    _tell.taken_down(hold, for_good=for_good, now=now)


def tend_takedowns(*, actor: Actor, now: datetime) -> int:
    """Every hour, each in its own transaction: its owner hears seven days before (N19), from when on it stays as long
    however late the look came, and when the appeal period is over it goes to the bin, from where only the service takes it out (T29, T35). What another hold needs waits (R130).
    Returns how many went."""
    due = reads.due_takedowns(now + SOON)
    return sum(_tend(hold_id, actor, now) for hold_id in due)


def _tend(hold_id: UUID, actor: Actor, now: datetime) -> bool:
    with transaction():
        facts, hold = _load(hold_id, actor, now)
        if hold.released_at is not None or hold.remove_at is None:
            return False
        if hold.remove_told_at is None:
            at = policy.removed_at(hold.remove_at, now, grace_days=_grace_days())
            writes.note_removal_told(hold_id, at=at, now=now)
            hold = replace(hold, remove_at=at)
            _tell.takedown_soon(hold, now=now)
        if hold.remove_at is None or now < hold.remove_at or not policy.decide_taking(facts).is_permitted:
            return False
        _take(hold, for_good=False, actor=actor, now=now)
    return True


def _record(
    action: str,
    recording_id: RecordingId,
    actor: Actor,
    now: datetime,
    *,
    reason: str = "",
    facts: dict[str, object],
) -> None:
    audit.record(actor, action, target_kind="recording", target_id=recording_id, now=now, reason=reason, facts=facts)

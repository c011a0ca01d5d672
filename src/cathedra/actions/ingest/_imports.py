"""An import is kept or discarded by its owner, or given up when nobody decides (R93)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from cathedra import config
from cathedra.actions import metering as metering_actions
from cathedra.actions import policy as policy_actions
from cathedra.actions import retention as retention_actions
from cathedra.actions.ingest import _tell
from cathedra.actions.ingest._receive import hand_on
from cathedra.actions.policy import DeclareWish, Judged
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import encoding as encoding_reads
from cathedra.db.reads import ingest as reads
from cathedra.db.reads import policy as policy_reads
from cathedra.db.reads.ingest import ImportRow
from cathedra.db.writes import audit, jobs
from cathedra.db.writes import ingest as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import access, ingest, policy
from cathedra.domain.access import Action
from cathedra.domain.ingest import WaitFacts
from cathedra.domain.jobs import probe_source
from cathedra.domain.metering import Intake
from cathedra.domain.policy import Finding
from cathedra.domain.terms import Actor, Decision, RecordingId, RecordingNotFound, permit

_PAGE = 200


@dataclass(frozen=True, slots=True)
class Kept:
    """It goes on as any recording does. `finding` is what the policy makes of it; None where no version is in force."""

    finding: Finding | None


def keep_import(recording_id: RecordingId, wish: DeclareWish | None, *, actor: Actor, now: datetime) -> Kept | Decision:
    """Its owner says what it is for, and from then on it is a recording as any other: prepared, metered, offered (R84,
    R93). What the policy does not permit is refused and goes on waiting, and nothing is kept of the answers (R85)."""
    with transaction():
        waiting = _waiting(recording_id, actor, now)
        if isinstance(waiting, Decision):
            return waiting
        decision = policy.decide_contribution(policy_reads.unaccepted(actor.account_id))
        if decision.is_permitted:
            decision = metering_actions.admit(Intake.IMPORT, now=now, into=waiting.folder_id, owner=waiting.owner_id)
        if not decision.is_permitted:
            return decision
        judged = policy_actions.judge_upload(wish, None)
        if isinstance(judged, Decision):
            return judged
        source_id = reads.first_source(recording_id)
        if source_id is None or not writes.leave_intake(recording_id):
            return ingest.decide_choice(WaitFacts(permit(), is_owner=True, since_at=None))
        audit.record(actor, "recording:keep_import", target_kind="recording", target_id=recording_id, now=now)
        if isinstance(judged, Judged):
            policy_actions.keep_declaration(recording_id, judged, actor=actor, now=now)
        hand_on(recording_id, source_id, 0, actor=actor, now=now)
        jobs.enqueue([probe_source(source_id, recording_id, encoding_reads.turn_of(recording_id, now=now))])
        return Kept(judged.finding if isinstance(judged, Judged) else None)


def discard_import(recording_id: RecordingId, *, actor: Actor, now: datetime) -> Decision:
    """Its owner does not want it: to the bin, from where they may take it out again, and then it waits anew."""
    with transaction():
        waiting = _waiting(recording_id, actor, now)
        if isinstance(waiting, Decision):
            return waiting
        decision = retention_actions.recycle_waiting(recording_id, actor=actor, now=now)
        if decision.is_permitted:
            audit.record(actor, "recording:discard_import", target_kind="recording", target_id=recording_id, now=now)
    return decision


def _waiting(recording_id: RecordingId, actor: Actor, now: datetime) -> ImportRow | Decision:
    """The import, if it waits for this person; its row is held until the transaction ends."""
    try:
        about = access_reads.recording_facts(actor.account_id, recording_id, lock=True)
    except RecordingNotFound:
        return access.no_permission()
    found = reads.find_import(recording_id)
    may = access.decide(about, Action.SEE_PROGRESS, now)
    decision = ingest.decide_choice(WaitFacts(may, about.is_owner, found.since_at if found else None))
    return found if decision.is_permitted and found is not None else decision


@dataclass(frozen=True, slots=True)
class TendedIntake:
    """What the nightly look at intake lists did."""

    reminded: int = 0
    discarded: int = 0

    def __bool__(self) -> bool:
        return bool(self.discarded)


def tend_intake(*, actor: Actor, now: datetime) -> TendedIntake:
    """Once a night: owners hear again of what waits (N50), and what has waited for its time goes to the bin, of which
    they hear too (N35). Each by itself and idempotent: killed at any line, the next run goes on."""
    days = config.get().import_.decide_days
    first = next((day for day in ingest.telling_days(days) if day), days)
    reminded = discarded = 0
    for waiting in _all_waiting(before=now - timedelta(days=first)):
        if ingest.is_given_up(waiting.since_at, days=days, now=now):
            discarded += _give_up(waiting.recording_id, days, actor, now)
        else:
            with transaction():
                _tell.waits(waiting, day=ingest.telling_due(waiting.since_at, days=days, now=now), now=now)
            reminded += 1
    return TendedIntake(reminded, discarded)


def _all_waiting(*, before: datetime) -> Iterator[ImportRow]:
    after: RecordingId | None = None
    while rows := reads.list_waiting(before=before, after=after, limit=_PAGE):
        yield from rows
        after = rows[-1].recording_id


def _give_up(recording_id: RecordingId, days: int, actor: Actor, now: datetime) -> bool:
    """False when its owner was quicker, or a hold keeps it where it is (R130)."""
    with transaction():
        access_reads.recording_facts(None, recording_id, lock=True)
        waiting = reads.find_import(recording_id)
        if waiting is None or not ingest.is_given_up(waiting.since_at, days=days, now=now):
            return False
        is_moved = retention_actions.recycle_waiting(recording_id, actor=actor, now=now).is_permitted
        if is_moved:
            audit.record(actor, "recording:give_up_import", target_kind="recording", target_id=recording_id, now=now)
    return is_moved

"""The bin: into it, out of it, and destroyed when its time is over or before (T29, T34 to T36, R134 to R139)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from cathedra import config
from cathedra.actions import metering, publishing
from cathedra.actions.retention import _bin_time, _copies, _tell
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import encoding as encoding_reads
from cathedra.db.reads import ingest as ingest_reads
from cathedra.db.reads import retention as reads
from cathedra.db.writes import audit, jobs
from cathedra.db.writes import retention as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import access, retention
from cathedra.domain.access import Action, Standing
from cathedra.domain.jobs import Job, JobKind, probe_source
from cathedra.domain.metering import Cause
from cathedra.domain.retention import BinFacts
from cathedra.domain.terms import Actor, Decision, RecordingId, permit

TEND = Job(JobKind.TEND_RETENTION, {}, lock="retention", queueing_lock="retention")
_BY_BIN, _BY_PERSON, _BY_ORDER = "bin", "purged", "order"


def _load(
    recording_id: RecordingId, action: Action, *, actor: Actor, now: datetime, lock: bool = True
) -> tuple[reads.KeepingFacts, BinFacts]:
    about = access_reads.recording_facts(actor.account_id, recording_id, lock=lock)
    found = reads.facts(recording_id)
    return found, BinFacts(
        keeping=found.keeping,
        media=found.media,
        may=access.decide(about, action, now),
        holds=found.holds,
        is_copy_held=found.is_copy_held,
        is_owner=about.is_owner,
        is_service=Standing.SERVICE_ADMIN in about.appointments,
        recycled_at=found.bin_since,
        is_by_decision=found.is_by_decision,
        is_folder_recycled=found.is_folder_recycled,
        is_assessed=_is_assessed(recording_id, now),
        is_by_service=access.is_by_office(about, action, now),
    )


def _is_assessed(recording_id: RecordingId, now: datetime) -> bool:
    until = reads.get_facts(recording_id).keep_until
    return until is not None and until > now


def recycle_recording(recording_id: RecordingId, *, actor: Actor, now: datetime, reason: str = "") -> Decision:
    """T34, T34b: into the bin; its owner is told when it was somebody else (R139). The service says why, where only its
    office permits it (R38 row 7). Raises RecordingNotFound."""
    told = " ".join(reason.split())[: retention.REASON_LIMIT]
    with transaction():
        found, facts = _load(recording_id, Action.DELETE, actor=actor, now=now)
        decision = retention.decide_recycle(facts, reason=told)
        if decision.is_permitted:
            _recycle(found, by_decision=False, actor=actor, now=now, reason=told)
            _tell.deleted(found, actor=actor, now=now)
    return decision


def decide_recycling(recording_id: RecordingId, *, actor: Actor, now: datetime) -> Decision:
    """Whether somebody may put it into the bin (T34), for another verb that ends so; it has kept the recording, where it
    goes on to do it. Raises RecordingNotFound."""
    return retention.decide_recycle(_load(recording_id, Action.DELETE, actor=actor, now=now, lock=False)[1])


def recycle_saved(recording_id: RecordingId, *, actor: Actor, now: datetime) -> None:
    """R103, inside the transaction of the verb that has asked `decide_recycling`: what was saved anew without its cuts.
    Its owner is told when it was somebody else (N35). Raises RecordingNotFound."""
    found = reads.facts(recording_id, lock=True)
    _recycle(found, by_decision=False, actor=actor, now=now)
    _tell.deleted(found, actor=actor, now=now)


def recycle_cancelled(recording_id: RecordingId, *, actor: Actor, now: datetime) -> None:
    """T11, inside the transaction of the verb that ends a capture; whoever captures may. Its media are kept for the time of
    the bin; its owner is told when it was somebody else (N35). Raises RecordingNotFound."""
    found = reads.facts(recording_id, lock=True)
    _recycle(found, by_decision=False, actor=actor, now=now)
    _tell.deleted(found, actor=actor, now=now)


def recycle_by_decision(recording_id: RecordingId, *, reason: str, actor: Actor, now: datetime) -> bool:
    """T29, inside the transaction of whoever decided: into the bin, and only the service takes it out again. Its holds
    end. False where no row of R54 allows it: it is on its way back, or there already, and then it stays there on these
    terms (T35). Raises RecordingNotFound."""
    found = reads.facts(recording_id, lock=True)
    if not retention.may_move(found.keeping, retention.RECYCLED):
        writes.keep_in_bin(recording_id, now=now)
        _bin_time.lengthen_after_hold(recording_id, now=now)
        return False
    _recycle(found, by_decision=True, actor=actor, now=now, reason=reason)
    return True


def purge_by_order(recording_id: RecordingId, *, reason: str, actor: Actor, now: datetime) -> None:
    """T29 of a legal order, inside the transaction of whoever decided: for good at once, wherever it lies, the bin too.
    Its holds end. Raises RecordingNotFound."""
    recycle_by_decision(recording_id, reason=reason, actor=actor, now=now)
    _purge(reads.facts(recording_id, lock=True), _BY_ORDER, actor, now, reason=reason)
    jobs.enqueue([TEND])


def recycle_waiting(recording_id: RecordingId, *, actor: Actor, now: datetime) -> Decision:
    """T34 of an import that waits, inside the transaction of whoever discards it: its owner, who may, or the calendar
    (R93). A hold keeps it (R130); the owner hears of it unless it was they (N35). Raises RecordingNotFound."""
    found = reads.facts(recording_id, lock=True)
    is_owner = actor.account_id == found.owner_id
    decision = retention.decide_recycle(
        BinFacts(
            keeping=found.keeping,
            media=found.media,
            may=permit(),
            holds=found.holds,
            is_copy_held=found.is_copy_held,
            is_owner=is_owner,
        )
    )
    if decision.is_permitted:
        _recycle(found, by_decision=False, actor=actor, now=now)
        _tell.deleted(found, actor=actor, now=now)
    return decision


def _recycle(found: reads.KeepingFacts, *, by_decision: bool, actor: Actor, now: datetime, reason: str = "") -> None:
    writes.recycle(found.id, source=found.keeping, by=actor.account_id, is_by_decision=by_decision, now=now)
    _bin_time.lengthen_after_hold(found.id, now=now)
    metering.settle([found.id], cause=Cause.RECYCLED, now=now)
    _record(found, "recording:recycle", retention.RECYCLED, actor, now, reason=reason, holds=list(found.holds))
    if not by_decision:
        _copies.original_in_bin([found.id], since=now, actor=actor, now=now)


def take_back_recording(recording_id: RecordingId, *, actor: Actor, now: datetime) -> Decision:
    """T35: out of the bin, to where and how it stood, or to the nearest folder above that is not in the bin itself; holds
    that ended with it are open again. Raises RecordingNotFound."""
    with transaction():
        above, is_wider = _above(recording_id, actor, now)
        found, facts = _load(recording_id, Action.RESTORE_FROM_BIN, actor=actor, now=now)
        facts = replace(facts, to_above=above.arrival.decision if above else None, is_above_wider=is_wider)
        if facts.may.is_permitted and found.keeping == (found.recycled_from or retention.ONLINE):
            return permit()  # R53
        decision = retention.decide_take_back(facts, days=config.get().bin.days, now=now)
        if decision.is_permitted:
            tier = found.recycled_from or retention.ONLINE
            holds = writes.take_back(recording_id, to=tier, recycled_at=found.recycled_at, now=now) or ()
            metering.settle([recording_id], cause=Cause.TAKEN_BACK, now=now)
            if above is not None and found.is_folder_recycled:
                publishing.carry_out(above, actor=actor, now=now)
            _record(found, "recording:take_back", tier, actor, now, holds=list(holds))
            look_at_arrived([recording_id], actor=actor, now=now)
    return decision


def _above(recording_id: RecordingId, actor: Actor, now: datetime) -> tuple[publishing.Journey | None, bool]:
    """The way to the nearest folder above, where its own is in the bin, and whether more people would see it there; the
    folder is held before the recording."""
    found = reads.facts(recording_id)
    home = reads.find_above(found.folder_id) if found.is_folder_recycled else None
    if home is None:
        return None, False
    return publishing.judge_taking_back(recording_id, home.folder_id, actor=actor, now=now), home.is_wider


def look_at_arrived(recording_ids: Sequence[RecordingId], *, actor: Actor, now: datetime) -> None:
    """Files that arrived while their recordings lay in the bin have their turn now (T13); one beside a first file changes
    the media, and that is judged by who sent it (R73)."""
    for row in ingest_reads.list_unseen(recording_ids):
        if row.position:
            publishing.doubt_media_edit(row.recording_id, actor=replace(actor, account_id=row.sender_id), now=now)
        jobs.enqueue([probe_source(row.source_id, row.recording_id, encoding_reads.turn_of(row.recording_id, now=now))])


def purge_recording(recording_id: RecordingId, *, reason: str = "", actor: Actor, now: datetime) -> Decision:
    """T36 before its time (R137): for good. Raises RecordingNotFound."""
    why = retention.clean_reason(reason)
    with transaction():
        found, facts = _load(recording_id, Action.PURGE, actor=actor, now=now)
        decision = retention.decide_purge(facts, reason=why)
        if decision.is_permitted and found.keeping == retention.RECYCLED:
            _purge(found, _BY_PERSON, actor, now, reason=why)
            jobs.enqueue([TEND])
    return decision


def _purge(found: reads.KeepingFacts, how: str, actor: Actor, now: datetime, *, reason: str = "") -> None:
    writes.purge(found.id, source=retention.RECYCLED, reason=how, run_id=None, now=now)
    metering.settle([found.id], cause=Cause.PURGED, now=now)
    _record(found, "recording:purge", retention.PURGED, actor, now, reason=reason, why=how)


def purge_bins(*, actor: Actor, now: datetime, page: int = 200) -> int:
    """T36: what lay in the bin for its time, each by itself; what is held waits (R130), and what is assessed work until its
    own time is over (R129), and what its owner was not warned of for as long as they must be (N39). Returns how many."""
    days, count = config.get().bin.days, 0
    after: RecordingId | None = None
    while ids := reads.list_binned(before=now - timedelta(days=days), after=after, limit=page):
        for recording_id in ids:
            count += _purge_overdue(recording_id, days, actor, now)
        after = ids[-1]
    return count


def _purge_overdue(recording_id: RecordingId, days: int, actor: Actor, now: datetime) -> bool:
    with transaction():
        found = reads.facts(recording_id, lock=True)
        is_over = found.bin_since is not None and retention.is_over(found.bin_since, days=days, now=now)
        is_kept = bool(found.holds) or found.is_copy_held or _is_assessed(recording_id, now)
        if found.keeping != retention.RECYCLED or is_kept or not is_over:
            return False
        if not retention.is_warned(found.purge_told_at, days=days, now=now):
            _bin_time.lengthen(recording_id, left=retention.notice_of(days), now=now)  # and it is said anew
            return False
        _purge(found, _BY_BIN, actor, now)
    return True


def warn_of_purges(*, now: datetime, page: int = 200) -> int:
    """N39: owners hear before the bin lets something go: at the last look that leaves them 14 days, and where that was
    missed, they have 14 days from now. Returns how many recordings that is about today."""
    days, count = timedelta(days=config.get().bin.days), 0
    soon = (
        now - days + retention.LEFT_AFTER_HOLD - timedelta(microseconds=1)
    )  # tomorrow's look would be too late for these
    after: RecordingId | None = None
    while ids := reads.list_binned(before=soon, after=after, limit=page):
        with transaction():
            for recording_id in ids:
                if not _is_assessed(recording_id, now + retention.TOLD_BEFORE):
                    _warn_of_purge(recording_id, now)
        count, after = count + len(ids), ids[-1]
    return count


def _warn_of_purge(recording_id: RecordingId, now: datetime) -> None:
    if reads.facts(recording_id).purge_told_at is None:
        _bin_time.lengthen(recording_id, left=retention.notice_of(config.get().bin.days), now=now)
    found = reads.facts(recording_id)
    _tell.purges_soon(found, now=now)
    writes.note_purge_told(found.id, now=now)
    if found.bin_since is not None and not found.is_by_decision:
        _copies.original_in_bin([found.id], since=found.bin_since, is_soon=True, now=now)


def _record(
    found: reads.KeepingFacts, action: str, to: str, actor: Actor, now: datetime, *, reason: str = "", **facts: object
) -> None:
    audit.record(
        actor,
        action,
        target_kind="recording",
        target_id=found.id,
        now=now,
        before={"keeping": found.keeping},
        after={"keeping": to},
        facts={name: value for name, value in facts.items() if value},
        reason=reason,
    )

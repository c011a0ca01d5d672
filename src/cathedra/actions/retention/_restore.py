"""Back from the archive: asked for, copied back and verified, made to play again, told (T31 to T33, R118 to R121)."""

import contextlib
from collections.abc import Iterable
from datetime import datetime

from cathedra import config
from cathedra.actions import metering
from cathedra.actions.retention import _objects, _tell
from cathedra.actions.retention._objects import Stores
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import publishing as publishing_reads
from cathedra.db.reads import retention as reads
from cathedra.db.writes import audit, jobs
from cathedra.db.writes import retention as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import access, retention
from cathedra.domain.access import Action
from cathedra.domain.jobs import Job, JobKind, Queue, Turn
from cathedra.domain.metering import Category, Cause, Level
from cathedra.domain.terms import Actor, Code, Decision, RecordingId, RecordingNotFound

_PRIORITY = Turn.RESTORES.priority(is_first=True)  # R60: after captures and uploads, before what is encoded again


def request_restore(recording_id: RecordingId, *, actor: Actor, now: datetime) -> Decision:
    """T31. A second request is told that it is on its way. Asked of a copy by reference, what it plays comes back (R140).
    Raises RecordingNotFound."""
    with transaction():
        found = reads.facts(publishing_reads.original_of(recording_id), lock=True)
        about = access_reads.recording_facts(actor.account_id, recording_id)
        decision = retention.decide_restore(
            found.keeping,
            may=access.decide(about, Action.RESTORE_FROM_ARCHIVE, now),
            is_held=bool(found.holds),
            is_low=not access.permits(about, Action.SEE_METADATA, now),
            is_over_limit=_is_over(now),
            min_role=config.get().restore.min_role,
        )
        is_question = decision.code is Code.LIMIT_REACHED
        is_begun = decision.is_permitted and writes.begin_restore(found.id, by=actor.account_id, now=now)
        if is_question:
            _tell.restore_asked(found, actor=actor, now=now)
        if is_begun:
            metering.settle([found.id], cause=Cause.RESTORED, now=now)
            _tell.restore_started(reads.facts(recording_id), actor=actor, now=now)
            jobs.enqueue([job(found.id)])
        if is_question or is_begun:
            _record(found, "recording:ask_restore", actor, now, code=decision.code.value)
    return decision


def request_restores(recording_ids: Iterable[RecordingId], *, actor: Actor, now: datetime) -> tuple[Decision, ...]:
    """Several at once, each by itself (R120); what is not there is left out."""
    decisions = []
    for recording_id in recording_ids:
        with contextlib.suppress(RecordingNotFound):
            decisions.append(request_restore(recording_id, actor=actor, now=now))
    return tuple(decisions)


def _is_over(now: datetime) -> bool:
    return any(one.category is Category.STORED and one.level is Level.OVER for one in metering.gauges(now))


def job(recording_id: RecordingId) -> Job:
    """What brings it back."""
    return Job(
        JobKind.RESTORE_MEDIA,
        {"recording_id": str(recording_id)},
        priority=_PRIORITY,
        lock=f"recording:{recording_id}",
        queueing_lock=f"restore:{recording_id}",
    )


def restore_media(recording_id: RecordingId, *, actor: Actor, now: datetime, stores: Stores) -> bool:
    """The job of a restore: originals back in their place, then the ordinary steps that make them play, the first of
    which ends the restore. It may be killed at any line and repeated. False when nothing was to be done."""
    try:
        found = reads.facts(recording_id)
    except RecordingNotFound:
        return False
    if found.keeping != retention.RESTORING:
        return False
    _objects.tidy(recording_id, stores)  # first what its archiving left, or that would be removed later
    files = reads.files_of(recording_id)
    keys = _objects.copy_back(recording_id, files, stores)
    with transaction():
        if reads.facts(recording_id, lock=True).keeping != retention.RESTORING:
            return False
        writes.set_files(keys)
        playable = [file for file in files if file.is_playable]
        if playable:
            jobs.enqueue([_package_job(file) for file in playable])
        else:
            finish_restore(recording_id, actor=actor, now=now)
    return True


def _package_job(file: reads.KeptFile) -> Job:
    told, lock = {"source_id": str(file.source_id)}, f"source:{file.source_id}"
    return Job(JobKind.PACKAGE_SOURCE, told, queue=Queue.CPU, priority=_PRIORITY, turn=Turn.RESTORES, lock=lock)


def finish_restore(recording_id: RecordingId, *, actor: Actor, now: datetime) -> bool:
    """T32, inside the caller's transaction: it plays again. False unless it was being restored."""
    found = reads.facts(recording_id, lock=True)
    asked = reads.find_restore(recording_id)
    if not writes.end_restore(recording_id, now=now):
        return False
    metering.settle([recording_id], cause=Cause.RESTORED, now=now)
    _tell.restored(found, asked_by=asked[1] if asked else None, event=str(asked[0]) if asked else "", now=now)
    _record(found, "recording:restore", actor, now)
    return True


def fail_restore(recording_id: RecordingId, *, why: str, actor: Actor, now: datetime) -> bool:
    """T33, inside the caller's transaction: the third attempt failed. It is archived still, and no run deletes it
    before somebody asks for it again. False unless it was being restored."""
    found = reads.facts(recording_id, lock=True)
    asked = reads.find_restore(recording_id)
    keys = _objects.archived_keys(recording_id, reads.files_of(recording_id))
    if not writes.fail_restore(recording_id, keys, problem=why, now=now):
        return False
    _tell.restore_failed(found, asked_by=asked[1] if asked else None, event=str(asked[0]) if asked else "", now=now)
    _record(found, "recording:fail_restore", actor, now, why=why[:1000])
    return True


def abandon_restore(recording_id: RecordingId, *, why: str, actor: Actor, now: datetime) -> bool:
    """The job could not copy the files back, three times."""
    with transaction():
        return fail_restore(recording_id, why=why, actor=actor, now=now)


def _record(found: reads.KeepingFacts, action: str, actor: Actor, now: datetime, **facts: object) -> None:
    after = reads.facts(found.id).keeping
    audit.record(
        actor,
        action,
        target_kind="recording",
        target_id=found.id,
        now=now,
        before={"keeping": found.keeping},
        after={"keeping": after},
        facts=facts,
    )

"""Give up on a source: with a sentence for the owner, and the original kept (T17, R59, R61).

A recording fails only when nothing of it can be played. While its first file is no good and its second may be, the
second takes the first place and is looked at anew: it was looked at as what plays beside, without its sound.
"""

from datetime import datetime
from uuid import UUID

from cathedra.actions import retention, saving
from cathedra.actions.encoding import _tell
from cathedra.actions.encoding._work import AttemptLost, Outcome, claim, locked
from cathedra.db.reads import encoding as reads
from cathedra.db.writes import audit, jobs
from cathedra.db.writes import encoding as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain.encoding import LADDER_FORM, NO_LOWER, Note
from cathedra.domain.jobs import Job, JobKind, Queue, Turn
from cathedra.domain.library import MediaState
from cathedra.domain.terms import Actor, SourceId
from cathedra.domain.terms import gettext_noop as _

_NOT_PREPARED = _(
    "Something went wrong while this recording was being prepared, and trying again did not help. The file that you "
    "uploaded is kept. The people who run this service can see what happened."
)


def give_up(source_id: SourceId, *, actor: Actor, now: datetime, attempt: UUID, why: str) -> Outcome:
    """After the last attempt of a step: a recording that already plays goes on playing, with all that is ever made of
    this file, so that it is whole and can be archived (R116); anything else has failed.

    `why` is for the audit trail, not for people.
    """
    try:
        facts = reads.source_facts(source_id)
    except reads.SourceNotFound:
        return Outcome.NOTHING_TO_DO
    if not claim(facts, attempt):
        return Outcome.LOST
    try:
        with transaction():
            facts = locked(source_id, attempt)
            if saving.fail(facts.recording_id, actor=actor, now=now, why=why):
                return Outcome.REFUSED  # R103: it is not wanted in part
            if facts.is_packaged:
                writes.add_dropped(facts.recording_id, [Note(NO_LOWER)], name=facts.original_name, now=now)
                _tell.dropped(facts, [Note(NO_LOWER)], step="ladder", now=now)
                _record(facts, Note(NO_LOWER), "recording:encode_failed", actor, now, why)
                writes.set_encoded(facts.id, facts.recording_id, given_up_form=LADDER_FORM, now=now)
                writes.end_stages(facts.id, attempt=attempt, now=now)
                writes.release_attempt(facts.id, attempt=attempt)
                jobs.enqueue([store_job(facts)])
            elif not _back_to_archive(facts, actor=actor, now=now, attempt=attempt, why=why):
                refuse(facts, Note(_NOT_PREPARED), actor=actor, now=now, attempt=attempt, why=why)
    except AttemptLost:
        return Outcome.LOST
    return Outcome.REFUSED


def _back_to_archive(facts: reads.SourceFacts, *, actor: Actor, now: datetime, attempt: UUID, why: str) -> bool:
    """T33: a restore that fails leaves the recording in the archive, and its file as good as it was."""
    if facts.position != 0:
        return False
    writes.end_stages(facts.id, attempt=attempt, now=now)
    return retention.fail_restore(facts.recording_id, why=why, actor=actor, now=now)


def refuse(facts: reads.SourceFacts, note: Note, *, actor: Actor, now: datetime, attempt: UUID, why: str = "") -> None:
    """Inside a transaction: a file that cannot be used is dropped while another plays or may play; else its recording
    fails (R59)."""
    writes.set_problem(facts.id, note)
    if facts.position == 0 and facts.media is not MediaState.READY:
        if (other := reads.find_other(facts.recording_id, facts.id)) is not None:
            _drop(facts, note, actor, now, why)
            writes.take_first_place(facts.recording_id, other, now=now)
            jobs.enqueue([_look_anew_job(other, reads.turn_of(facts.recording_id, now=now))])
        elif writes.fail(facts.recording_id, note, now=now):
            _tell.failed(facts, note, is_ours=bool(why), now=now)
            _record(facts, note, "recording:fail", actor, now, why)
    else:
        _drop(facts, note, actor, now, why)
        if facts.media is MediaState.READY:
            _tell.dropped(facts, [note], step="whole", now=now)
    writes.refresh_complete(facts.recording_id, now=now)
    writes.end_stages(facts.id, attempt=attempt, now=now)
    writes.release_attempt(facts.id, attempt=attempt)
    jobs.enqueue([store_job(facts)])


def tell_what_is_missing(facts: reads.SourceFacts, *, now: datetime) -> None:
    """N8, once the recording plays: which of its files could not be used."""
    for other, note in reads.list_refused(facts.recording_id):
        _tell.dropped(reads.source_facts(other), [note], step="whole", now=now)


def _drop(facts: reads.SourceFacts, note: Note, actor: Actor, now: datetime, why: str) -> None:
    writes.add_dropped(facts.recording_id, [note], name=facts.original_name, now=now)
    _record(facts, note, "recording:drop_source", actor, now, why)


def _look_anew_job(source_id: SourceId, turn: Turn) -> Job:
    """After whatever is being made of the file now."""
    told, priority = {"source_id": str(source_id)}, turn.priority(is_first=True)
    return Job(JobKind.PROBE_SOURCE, told, priority=priority, lock=f"source:{source_id}")


def store_job(facts: reads.SourceFacts) -> Job:
    """Put the original where originals are kept."""
    return Job(
        JobKind.STORE_ORIGINAL,
        {"source_id": str(facts.id)},
        queue=Queue.IO,
        lock=f"source:{facts.id}",
        queueing_lock=f"store:{facts.id}",
    )


def _record(facts: reads.SourceFacts, note: Note, verb: str, actor: Actor, now: datetime, why: str) -> None:
    told = {"source_id": str(facts.id), "sentence": note.sentence, "values": dict(note.values), "why": why[:1000]}
    audit.record(actor, verb, target_kind="recording", target_id=facts.recording_id, now=now, facts=told)

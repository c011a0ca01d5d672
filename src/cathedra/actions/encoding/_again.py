"""Process a recording that failed again: what is kept of it, or another file in its place (T18)."""

from collections.abc import Sequence
from datetime import datetime

from cathedra.actions.encoding._work import Outcome, Tools
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import encoding as reads
from cathedra.db.writes import audit, jobs
from cathedra.db.writes import encoding as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import access, encoding
from cathedra.domain.access import Action
from cathedra.domain.jobs import drop_source as drop_source_job
from cathedra.domain.jobs import probe_source as probe_source_job
from cathedra.domain.terms import Actor, Decision, RecordingId, SourceId, UploadId


def process_again(recording_id: RecordingId, *, actor: Actor, now: datetime) -> Decision:
    """T18: every file that is kept of it is looked at anew, as if it had just arrived. Repeated, it is on its way.
    Raises RecordingNotFound."""
    with transaction():
        about = access_reads.recording_facts(actor.account_id, recording_id, lock=True)
        decision = encoding.decide_again(
            about.state,
            may=access.decide(about, Action.PROCESS_AGAIN, now),
            is_received=reads.is_received(recording_id),
        )
        if decision.is_permitted and (files := writes.start_over(recording_id, now=now)):
            _record(recording_id, "recording:process_again", reads.names_of(recording_id), actor, now)
            turn = reads.turn_of(recording_id, now=now)
            jobs.enqueue([probe_source_job(one, recording_id, turn) for one in files])
    return decision


def replace_files(recording_id: RecordingId, *, actor: Actor, now: datetime) -> list[SourceId]:
    """Inside the transaction in which another file has arrived: those that could not be used go. What was put away of
    them is removed by jobs; what was made of them, before the new file is looked at. None unless it had failed."""
    names = reads.names_of(recording_id)
    gone = writes.make_room(recording_id, now=now)
    if gone:
        _record(recording_id, "recording:replace_file", names, actor, now)
        jobs.enqueue([drop_source_job(one, recording_id) for one in gone])
    return gone


def drop_source(
    source_id: SourceId, recording_id: RecordingId, *, actor: Actor, now: datetime, tools: Tools
) -> Outcome:
    """The file of a source that is none any more goes from wherever it is. It was audited when it was replaced."""
    if reads.is_source(source_id):
        return Outcome.NOTHING_TO_DO
    tools.spool.delete(UploadId(source_id))
    tools.store.delete(f"originals/{recording_id}/{source_id}")
    return Outcome.DONE


def _record(recording_id: RecordingId, verb: str, names: Sequence[str], actor: Actor, now: datetime) -> None:
    audit.record(actor, verb, target_kind="recording", target_id=recording_id, now=now, facts={"files": list(names)})

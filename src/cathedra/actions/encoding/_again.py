"""Process a recording that failed again: what is kept of it, or another file in its place (T18)."""

from collections.abc import Sequence
from datetime import datetime

from cathedra.actions.encoding import _tell
from cathedra.actions.encoding._work import Outcome, Tools
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import encoding as reads
from cathedra.db.reads import publishing as publishing_reads
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
    """Inside the transaction in which another file has arrived: those that could not be used are set aside, and kept until
    it plays; what was made of them is removed before it is looked at. None, and nothing is touched, unless the recording
    has failed still, is neither held nor in the bin, and whoever sent the file may replace it still. Its owner hears of it
    from somebody else. Raises RecordingNotFound."""
    about = access_reads.recording_facts(actor.account_id, recording_id, lock=True)
    may = access.decide(about, Action.REPLACE_FILE, now)
    is_received = reads.is_received(recording_id)
    if not encoding.decide_replace(about.state, may=may, is_received=is_received).is_permitted:
        return []
    gone = writes.make_room(recording_id, now=now)
    if gone:
        files = [reads.source_facts(one, even_set_aside=True) for one in gone]
        _record(recording_id, "recording:replace_file", [one.original_name for one in files], actor, now)
        _tell.replaced(files[0], actor=actor, now=now)
    return gone


def drop_replaced(recording_id: RecordingId, *, actor: Actor, now: datetime) -> None:
    """Inside the transaction that makes the recording ready: the files that were set aside for the one that plays now go,
    and jobs remove what was put away of them. While a hold is on it, or a file in use could not be used either, they
    stay."""
    if publishing_reads.media_of(recording_id).is_held or reads.list_refused(recording_id):
        return
    names = reads.names_of(recording_id, set_aside=True)
    if gone := writes.forget_set_aside(recording_id):
        _record(recording_id, "recording:drop_replaced", names, actor, now)
        jobs.enqueue([drop_source_job(one, recording_id) for one in gone])


def drop_source(
    source_id: SourceId, recording_id: RecordingId, *, actor: Actor, now: datetime, tools: Tools
) -> Outcome:
    """The file of a source that is none any more goes from wherever it is. It was audited when it was forgotten."""
    if reads.is_source(source_id):
        return Outcome.NOTHING_TO_DO
    tools.spool.delete(UploadId(source_id))
    tools.store.delete(f"originals/{recording_id}/{source_id}")
    return Outcome.DONE


def _record(recording_id: RecordingId, verb: str, names: Sequence[str], actor: Actor, now: datetime) -> None:
    audit.record(actor, verb, target_kind="recording", target_id=recording_id, now=now, facts={"files": list(names)})

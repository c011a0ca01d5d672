"""Ask for a recording to be looked at: when it plays, when its deck changed, when a Creator wants it."""

from datetime import datetime

from cathedra.actions import grants
from cathedra.db.reads import access as access_reads
from cathedra.db.writes import audit, jobs
from cathedra.db.writes import slides as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import access
from cathedra.domain.jobs import Job, JobKind, Queue
from cathedra.domain.terms import Actor, Decision, RecordingId, permit

_AFTER_EVERYTHING = -10  # nobody waits for it: encodes come first


def slides_job(recording_id: RecordingId) -> Job:
    """Look for slides; one such job at most waits."""
    return Job(
        JobKind.READ_SLIDES,
        {"recording_id": str(recording_id)},
        queue=Queue.CPU,
        priority=_AFTER_EVERYTHING,
        lock=f"slides:{recording_id}",
        queueing_lock=f"slides:{recording_id}",
    )


def ask(recording_id: RecordingId, *, now: datetime) -> None:
    """Inside the transaction that makes a picture playable."""
    writes.ask(recording_id, now=now)
    jobs.enqueue([slides_job(recording_id)])


def ask_again(recording_id: RecordingId, *, actor: Actor, now: datetime) -> Decision:
    """A Creator wants the slides looked for anew (R38 row 5). Raises RecordingNotFound."""
    with transaction():
        facts = access_reads.recording_facts(actor.account_id, recording_id, lock=True)
        decision = access.decide(facts, access.Action.EDIT_MEDIA, now)
        if not decision.is_permitted:
            return decision
        used = grants.note_edit(recording_id, facts, access.Action.EDIT_MEDIA, now=now)
        ask(recording_id, now=now)
        audit.record(
            actor, "recording:ask_slides", target_kind="recording", target_id=recording_id, now=now, facts=used
        )
    return permit()

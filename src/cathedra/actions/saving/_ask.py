"""Ask that a recording is saved anew: judged, a recording without media begun, a job enqueued (R103)."""

from dataclasses import dataclass
from datetime import datetime

from cathedra.actions import metering
from cathedra.actions.saving._judge import Judged, judge
from cathedra.db.reads import content as content_reads
from cathedra.db.reads import metering as metering_reads
from cathedra.db.reads import publishing as publishing_reads
from cathedra.db.reads import saving as reads
from cathedra.db.writes import audit, jobs, search
from cathedra.db.writes import saving as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain.jobs import Job, JobKind, Queue
from cathedra.domain.metering import Category, Intake
from cathedra.domain.terms import Actor, Decision, RecordingId, permit


@dataclass(frozen=True, slots=True)
class SavedAnew:
    """What came of it; with a yes the recording that is being made."""

    decision: Decision
    recording_id: RecordingId | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """Whether it would be done, and what it would change: the seconds that are stored of the original and would be of the
    new one (R96), and those that were recorded, which stay as they are (R98); from which version of the cuts; the one that
    is being made, and why the last one was not."""

    decision: Decision
    before_s: int
    after_s: int
    recorded_s: int
    version: int
    running: RecordingId | None
    problem: str


def preview_saving(recording_id: RecordingId, *, actor: Actor, now: datetime) -> Preview:
    """Changes nothing. Raises RecordingNotFound."""
    found = content_reads.editing_facts(recording_id)
    last = reads.find_last(found.id)
    return Preview(
        decision=_admitted(recording_id, judge(recording_id, found.latest, actor=actor, now=now), now),
        before_s=_seconds(found.duration_ms),
        after_s=_seconds(found.edits.length_ms(found.duration_ms)),
        recorded_s=_recorded(found.id),
        version=found.latest,
        running=last.recording_id if last and last.is_open else None,
        problem=last.problem if last else "",
    )


def _recorded(recording_id: RecordingId) -> int:
    said = metering_reads.said_of([recording_id]).get(recording_id, {})
    return sum(seconds for key, seconds in said.items() if key.category is Category.RECORDED)


def _seconds(milliseconds: int) -> int:
    return (milliseconds + 500) // 1000


def save_anew(recording_id: RecordingId, *, version: int, actor: Actor, now: datetime) -> SavedAnew:
    """R103: a new recording of what is kept is made in the background, from the `version` of the cuts that was looked at;
    when it plays, the original goes to the bin. Asked again while it is made, it is the same one (R53). Raises
    RecordingNotFound."""
    with transaction():
        judged = judge(recording_id, version, actor=actor, now=now, lock=True)
        running = reads.find_running(recording_id)
        if running is not None and judged.may_edit.is_permitted:
            return SavedAnew(permit(), running.recording_id)
        decision = _admitted(recording_id, judged, now)
        if not decision.is_permitted:
            return SavedAnew(decision)
        new_id = writes.begin(recording_id, version=version, by=actor.account_id, now=now)
        search.touch(new_id)
        jobs.enqueue([saving_job(new_id)])
        told = {"version": version, "recording_id": str(new_id)}
        audit.record(actor, "recording:save_anew", target_kind="recording", target_id=recording_id, now=now, facts=told)
    return SavedAnew(permit(), new_id)


def _admitted(recording_id: RecordingId, judged: Judged, now: datetime) -> Decision:
    """By limits it is judged as what is had back, not as something new: its hours take the place of those of the original,
    which the bin lets go (R108)."""
    if not judged.decision.is_permitted:
        return judged.decision
    found = publishing_reads.submission(recording_id)
    return metering.admit(Intake.RESTORE, now=now, into=found.folder_id, owner=found.owner_id)


def saving_job(recording_id: RecordingId) -> Job:
    """Go on with the recording that is being made so."""
    told, name = {"recording_id": str(recording_id)}, f"saving:{recording_id}"
    return Job(JobKind.SAVE_ANEW, told, queue=Queue.IO, lock=name, queueing_lock=name)

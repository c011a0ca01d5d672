"""The last byte has arrived: what every way of uploading does then. An import waits for its owner first (R93)."""

from datetime import datetime

from cathedra.actions import encoding as encoding_actions
from cathedra.actions import publishing
from cathedra.actions.ingest import _tell
from cathedra.db.reads import encoding as encoding_reads
from cathedra.db.reads import ingest as reads
from cathedra.db.writes import audit, jobs
from cathedra.db.writes import ingest as writes
from cathedra.db.writes import library as library_writes
from cathedra.domain import encoding, ingest
from cathedra.domain.ingest import CapturePhase, Place, UploadFacts, UploadKind, UploadState
from cathedra.domain.jobs import probe_source
from cathedra.domain.library import MediaState
from cathedra.domain.terms import Actor, Decision, RecordingId, SourceId, UploadId, permit


def receive(facts: UploadFacts, *, actor: Actor, now: datetime) -> Decision:
    """T12, inside the transaction that counted the last byte: upload complete, source there, job on its way.

    A part only becomes complete. What was put into the bin meanwhile has its file there, and is looked at when it is
    taken out; the decision says so. A file whose recording went away becomes nothing; the sweep removes it.
    """
    writes.end([facts.id], sources=(UploadState.OPEN,), to=UploadState.COMPLETE, now=now)
    if facts.kind is UploadKind.PARTIAL:
        return permit()
    place = reads.place_of(facts.recording_id, lock=True)
    is_taken = _is_taken(facts)
    is_instead = is_taken and place is Place.THERE and _replace(facts, actor, now)
    is_late = is_taken and not is_instead
    source_id = writes.add_source(facts.id, now=now) if place is not Place.PURGED and not is_late else None
    told = {"size_bytes": facts.length_bytes, "recording_id": str(facts.recording_id or "")}
    audit.record(actor, "upload:complete", target_kind="upload", target_id=facts.id, now=now, facts=told)
    if source_id is not None and facts.recording_id is not None:
        if _is_of_capture(facts.recording_id):
            _note(facts.recording_id, source_id, facts.position, actor, now)
            end_if_whole(facts.recording_id, place=place, actor=actor, now=now)
        elif facts.position == 0 and not is_instead and reads.is_import(facts.recording_id):
            _take_in(facts.recording_id, source_id, actor, now)
        else:
            hand_on(facts.recording_id, source_id, facts.position, actor=actor, now=now)
            if place is Place.THERE:
                jobs.enqueue(
                    [probe_source(source_id, facts.recording_id, encoding_reads.turn_of(facts.recording_id, now=now))]
                )
    return encoding.came_too_late() if is_late else ingest.decide_place(place, is_whole=True)


def _replace(facts: UploadFacts, actor: Actor, now: datetime) -> bool:
    """T18: a first file for a recording whose own could not be used. Those are set aside, and their uploads end, so that
    the same file may be sent again elsewhere. False, and nothing of the old is touched, when it may not be so any more."""
    if facts.recording_id is None:
        return False
    gone = [UploadId(one) for one in encoding_actions.replace_files(facts.recording_id, actor=actor, now=now)]
    writes.end(gone, sources=(UploadState.COMPLETE,), to=UploadState.TERMINATED, now=now)
    return bool(gone)


def _is_taken(facts: UploadFacts) -> bool:
    """Whether this is to replace what could not be used: a first file where there is one."""
    if facts.recording_id is None or facts.position != 0:
        return False
    return reads.first_source(facts.recording_id) is not None


def _take_in(recording_id: RecordingId, source_id: SourceId, actor: Actor, now: datetime) -> None:
    """R93: it is a draft as before, nothing is made of it, and its owner is asked (N50)."""
    writes.set_uploaded_at(recording_id, now=now)
    writes.add_to_intake(recording_id, brought_by=actor.account_id, now=now)
    waiting, told = reads.find_import(recording_id), {"source_id": str(source_id)}
    whose = waiting.owner_id if waiting is not None and waiting.owner_id != actor.account_id else None
    audit.record(
        actor,
        "recording:take_in",
        target_kind="recording",
        target_id=recording_id,
        now=now,
        facts=told,
        on_behalf_of=whose,
    )
    if waiting is not None:
        _tell.waits(waiting, day=0, now=now)


def hand_on(recording_id: RecordingId, source_id: SourceId, position: int, *, actor: Actor, now: datetime) -> None:
    """In the caller's transaction: what a file that is wanted here sets in motion (T12)."""
    if position == 0:
        library_writes.move_media(recording_id, sources=(MediaState.EMPTY,), to=MediaState.RECEIVED, now=now)
        writes.set_uploaded_at(recording_id, now=now)
    else:
        publishing.doubt_media_edit(recording_id, actor=actor, now=now)
    _note(recording_id, source_id, position, actor, now)


def _note(recording_id: RecordingId, source_id: SourceId, position: int, actor: Actor, now: datetime) -> None:
    told = {"source_id": str(source_id), "position": position}
    audit.record(actor, "recording:receive", target_kind="recording", target_id=recording_id, now=now, facts=told)


def _is_of_capture(recording_id: RecordingId) -> bool:
    """Whether this is a part of what is being recorded."""
    capture = reads.find_capture(recording_id, lock=True)
    return capture is not None and capture.phase is not CapturePhase.ENDED


def end_if_whole(recording_id: RecordingId, *, place: Place, actor: Actor, now: datetime) -> bool:
    """T10, in the caller's transaction: with its last part a capture is received, and looked into unless it lies in the
    bin. What was missed is received late, and told of (T7, N5). False while one is missing."""
    capture, arrived = reads.find_capture(recording_id, lock=True), reads.held_positions(recording_id)
    if capture is None or capture.phase is CapturePhase.ENDED or not ingest.is_received(capture, arrived=arrived):
        return False
    writes.set_capture(ingest.ended(capture, now=now), was=capture.phase)
    library_writes.move_media(recording_id, sources=(MediaState.RECORDING,), to=MediaState.RECEIVED, now=now)
    if library_writes.move_media(recording_id, sources=(MediaState.MISSED,), to=MediaState.RECEIVED, now=now):
        _tell.came_late(recording_id, now=now)
    writes.set_uploaded_at(recording_id, now=now)
    if place is Place.THERE:
        turn = encoding_reads.turn_of(recording_id, now=now)
        unseen = sorted(reads.list_unseen([recording_id]), key=lambda one: one.position)
        jobs.enqueue([probe_source(one.source_id, recording_id, turn) for one in unseen])
    return True

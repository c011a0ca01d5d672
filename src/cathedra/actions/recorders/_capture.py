"""What a recorder records: begun when it is scheduled, paused, stopped; or reported late, when it was recorded while we
could not be reached (T5, T7, T9, T10, R159). Its files come as uploads of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from cathedra import config
from cathedra.actions.ingest import end_if_whole
from cathedra.db.reads import ingest as ingest_reads
from cathedra.db.reads import recorders as reads
from cathedra.db.reads import scheduling as scheduling_reads
from cathedra.db.reads.recorders import Connected, Due, PartRow
from cathedra.db.writes import audit
from cathedra.db.writes import ingest as writes
from cathedra.db.writes import library as library_writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import ingest
from cathedra.domain.ingest import Capture, CapturePhase, CaptureStep, Span, UploadKind, UploadState
from cathedra.domain.library import MediaState
from cathedra.domain.terms import Actor, Decision, Device, RecordingId


@dataclass(frozen=True, slots=True)
class RoomCapture:
    """How a recorder's capture stands: its phase, and its own files."""

    phase: CapturePhase
    begun_at: datetime
    stopped_at: datetime | None
    parts: tuple[PartRow, ...]


def begin_scheduled(
    recording_id: RecordingId,
    files: tuple[str, ...],
    *,
    begun_at: datetime,
    by: Connected,
    actor: Actor,
    now: datetime,
    limits: config.Upload,
) -> RoomCapture | Decision:
    """T5: what is scheduled on this recorder is recorded now, or was: then it is received late (T7). Asked for again, it
    stands there already (R53), with another upload in place of one that was refused. It is never refused for want of
    room: the recorder keeps what the server cannot take yet (R108, R159)."""
    with transaction():
        found = _take(recording_id, by.device, now, begun_at)
        if isinstance(found, Decision):
            return found
        due, capture = found
        own = {part.position for part in reads.parts_of(by.device.recorder_id, recording_id)}
        taken = ingest_reads.taken_positions(recording_id) - own
        places = ingest.places_for(len(files), keeps_primary=by.keeps_primary, taken=taken)
        if places is None:
            return ingest.no_place()
        if capture is None or capture.phase is not CapturePhase.ENDED:
            capture = _stand(due, capture, by, frozenset(places), begun_at, actor, now)
        for position, name in zip(places, files, strict=True):
            if position not in own:
                _open(due, position, name, by.device, limits, now)
    return _standing(capture, by.device)


def step_scheduled(
    recording_id: RecordingId,
    step: CaptureStep,
    *,
    at_ms: int | None,
    checksums: Mapping[int, str] | None = None,
    by: Connected,
    actor: Actor,
    now: datetime,
) -> RoomCapture | Decision:
    """T9, T10: paused, gone on, stopped, as the recorder says; repeated, it stands there already (R53). With the end come
    the checksums of its files, by their place (R159); one that is not among them came to nothing, and the others do not
    wait for it (R59)."""
    with transaction():
        capture = _own(recording_id, by.device)
        if isinstance(capture, Decision):
            return capture
        decision = ingest.decide_step(capture, step)
        is_over = step is CaptureStep.STOP and capture.phase is CapturePhase.ENDED
        if not decision.is_permitted and not is_over:
            return decision
        capture = _told_of(capture, checksums, by.device, now)
        stands = capture if is_over else ingest.stepped(capture, step, at_ms=at_ms, now=now)
        if stands is not capture:
            writes.set_capture(stands, was=capture.phase)
        if stands.phase is not capture.phase:
            _note(actor, _VERBS[step], recording_id, now, {"at_ms": at_ms})
        if step is CaptureStep.STOP:
            end_if_whole(recording_id, place=ingest_reads.place_of(recording_id), actor=actor, now=now)
    return _standing(stands, by.device)


def look_at_scheduled(recording_id: RecordingId, *, by: Connected) -> RoomCapture | Decision:
    """How it stands: which of its files are safely here, their checksums confirmed (R159)."""
    found = _own(recording_id, by.device, lock=False)
    return found if isinstance(found, Decision) else _standing(found, by.device)


_VERBS = {
    CaptureStep.PAUSE: "recording:pause_capture",
    CaptureStep.RESUME: "recording:resume_capture",
    CaptureStep.STOP: "recording:stop_capture",
}


def _take(
    recording_id: RecordingId, device: Device, now: datetime, begun_at: datetime
) -> tuple[Due, Capture | None] | Decision:
    """What is to begin, kept for this transaction; a refusal where it may not."""
    if reads.find_due(device.recorder_id, recording_id) is None:
        return ingest.not_its_own()
    scheduling_reads.get_schedule(recording_id, lock=True)
    due = reads.find_due(device.recorder_id, recording_id)
    if due is None:
        return ingest.not_its_own()
    before = Span(min(ingest.begun_when(begun_at, due.span, now=now), due.span.starts_at), due.span.starts_at)
    in_the_way = scheduling_reads.list_taken([device.recorder_id], before, beside=[recording_id])
    capture = ingest_reads.find_capture(recording_id, lock=True)
    decision = ingest.decide_begin(
        due.media, due.span, has_begun=capture is not None, in_the_way=bool(in_the_way), now=now
    )
    return (due, capture) if decision.is_permitted else decision


def _stand(
    due: Due,
    capture: Capture | None,
    by: Connected,
    places: frozenset[int],
    begun_at: datetime,
    actor: Actor,
    now: datetime,
) -> Capture:
    """It is being recorded; what was missed stays so until it has come (T7)."""
    begun = places | frozenset(capture.parts if capture else ())
    is_awaited = not by.keeps_primary and reads.is_primary_due(by.device.recorder_id, due.recording_id)
    parts = ingest.parts_of(begun, is_primary_due=is_awaited)
    if capture is not None:
        stands = replace(capture, parts=parts, heard_at=now)
        writes.set_capture(stands, was=capture.phase)
        return stands
    told = ingest.begun_when(begun_at, due.span, now=now)
    stands = replace(ingest.begun(due.recording_id, parts=parts, now=now), begun_at=told)
    writes.add_capture(stands, recorder_id=by.device.recorder_id)
    is_late = due.media is MediaState.MISSED
    library_writes.move_media(due.recording_id, sources=(MediaState.SCHEDULED,), to=MediaState.RECORDING, now=now)
    verb = "recording:report_scheduled" if is_late else "recording:begin_scheduled"
    _note(actor, verb, due.recording_id, now, {"since": told.isoformat()})
    return stands


def _open(due: Due, position: int, name: str, device: Device, limits: config.Upload, now: datetime) -> None:
    writes.add_upload(
        writes.NewUpload(
            account_id=None,
            recorder_id=device.recorder_id,
            recording_id=due.recording_id,
            position=position,
            kind=UploadKind.WHOLE,
            original_name=ingest.label_of(name),
            fingerprint="",
            metadata="",
            length_bytes=limits.max_bytes,
            is_deferred=True,
            expires_at=now + timedelta(hours=limits.expire_hours),
        ),
        now=now,
    )


def _own(recording_id: RecordingId, device: Device, *, lock: bool = True) -> Capture | Decision:
    """A capture that this recorder has a part in."""
    if reads.find_due(device.recorder_id, recording_id) is None:
        return ingest.not_its_own()
    capture = ingest_reads.find_capture(recording_id, lock=lock)
    if capture is None or not reads.parts_of(device.recorder_id, recording_id):
        return ingest.not_captured()
    return capture


def _told_of(capture: Capture, checksums: Mapping[int, str] | None, device: Device, now: datetime) -> Capture:
    """Keep the checksums. A file without one of which nothing has come is left out: the second is the first then."""
    own = reads.parts_of(device.recorder_id, capture.recording_id)
    for part in own if checksums else ():
        if part.position in (checksums or {}):
            writes.set_checksum(part.upload_id, (checksums or {})[part.position], now=now)
    nothing = [one for one in own if checksums and one.position not in checksums and not one.offset_bytes]
    if not nothing or capture.phase is CapturePhase.ENDED:
        return capture
    writes.end([one.upload_id for one in nothing], sources=(UploadState.OPEN,), to=UploadState.TERMINATED, now=now)
    left = sorted(set(capture.parts) - {one.position for one in nothing})
    if left == [1]:
        writes.take_first_place(capture.recording_id)
    return replace(capture, parts=tuple(range(len(left))))


def _standing(capture: Capture, device: Device) -> RoomCapture:
    parts = reads.parts_of(device.recorder_id, capture.recording_id)
    return RoomCapture(capture.phase, capture.begun_at, capture.stopped_at, parts)


def _note(actor: Actor, verb: str, recording_id: RecordingId, now: datetime, facts: dict[str, object]) -> None:
    audit.record(actor, verb, target_kind="recording", target_id=recording_id, now=now, facts=facts)

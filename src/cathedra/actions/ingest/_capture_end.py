"""End a capture with what has arrived: because somebody says so, cancels it (T11), or never came back."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from cathedra import config
from cathedra.actions import retention as retention_actions
from cathedra.actions.ingest import _tell
from cathedra.actions.ingest._capture import decide_step
from cathedra.actions.ingest._receive import end_if_whole, receive
from cathedra.adapters.spool import Spool, SpoolBusy, SpoolFile, SpoolFileMissing
from cathedra.db.reads import ingest as reads
from cathedra.db.reads.ingest import CapturePart
from cathedra.db.writes import audit
from cathedra.db.writes import ingest as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import ingest
from cathedra.domain.ingest import Capture, CapturePhase, CaptureStep, UploadState
from cathedra.domain.terms import Actor, Code, Decision, RecordingId, UploadId, deny, permit
from cathedra.domain.terms import gettext_noop as _

Held = dict[UploadId, SpoolFile]


@dataclass(frozen=True, slots=True)
class Ended:
    """How many captures were finished, and of how many nothing had come."""

    finished: int = 0
    removed: int = 0


def finish_capture(recording_id: RecordingId, *, actor: Actor, now: datetime, spool: Spool) -> Decision:
    """T10 with what has arrived: nothing more will come. Its owner is told when it was somebody else. Raises
    RecordingNotFound."""
    return _end(recording_id, CaptureStep.STOP, actor=actor, now=now, spool=spool)


def cancel_capture(recording_id: RecordingId, *, actor: Actor, now: datetime, spool: Spool) -> Decision:
    """T11: what has arrived is kept in the bin for its time; where nothing has, nothing is left. Raises
    RecordingNotFound."""
    return _end(recording_id, CaptureStep.CANCEL, actor=actor, now=now, spool=spool)


def finish_left_captures(*, actor: Actor, now: datetime, spool: Spool) -> Ended:
    """Captures in browsers of which nothing was heard for `upload.finish_hours` are finished with what came. Where
    nothing did, their time is that of unfinished uploads. Killed at any line, the next run goes on."""
    limits = config.get().upload
    quiet, longest = timedelta(hours=limits.finish_hours), timedelta(hours=limits.expire_hours)
    finished = removed = 0
    for recording_id in reads.list_left(before=now - quiet):
        found = reads.get_capture_row(recording_id)
        waits = quiet if found and found.bytes_here else max(quiet, longest)
        if found is None or not ingest.is_left(found.capture, quiet=waits, now=now):
            continue
        if _with_files(recording_id, CaptureStep.STOP, actor=actor, now=now, spool=spool).is_permitted:
            finished, removed = (finished + 1, removed) if found.bytes_here else (finished, removed + 1)
    return Ended(finished, removed)


def _end(recording_id: RecordingId, step: CaptureStep, *, actor: Actor, now: datetime, spool: Spool) -> Decision:
    found = decide_step(recording_id, step, actor=actor, now=now)
    if isinstance(found, Decision):
        return found
    if found.phase is CapturePhase.ENDED:
        return permit()  # R53
    return _with_files(recording_id, step, actor=actor, now=now, spool=spool)


def _with_files(recording_id: RecordingId, step: CaptureStep, *, actor: Actor, now: datetime, spool: Spool) -> Decision:
    with _held(recording_id, spool) as held:
        if isinstance(held, Decision):
            return held
        return _apply(recording_id, step, held, actor=actor, now=now, spool=spool)


@contextlib.contextmanager
def _held(recording_id: RecordingId, spool: Spool) -> Iterator[Held | Decision]:
    """The files of what has arrived, so that nobody writes to them meanwhile; a refusal where somebody does."""
    held: Held = {}
    with contextlib.ExitStack() as stack:
        try:
            for part in reads.capture_parts(recording_id):
                if not part.is_whole and part.offset_bytes:
                    with contextlib.suppress(SpoolFileMissing):
                        held[part.upload_id] = spool.open(part.upload_id)
                        stack.callback(held[part.upload_id].close)
        except SpoolBusy:
            yield deny(
                Code.LOCKED, "tus", _("Something of this recording is arriving just now. Try again in a moment.")
            )
            return
        yield held


def _apply(
    recording_id: RecordingId, step: CaptureStep, held: Held, *, actor: Actor, now: datetime, spool: Spool
) -> Decision:
    with transaction():
        parts = reads.capture_parts(recording_id, lock=True)
        reads.place_of(recording_id, lock=True)
        capture, row = reads.find_capture(recording_id, lock=True), reads.get_capture_row(recording_id)
        if capture is None or row is None or capture.phase is CapturePhase.ENDED:
            return permit()
        kept = [part for part in parts if part.is_whole or (part.offset_bytes and part.upload_id in held)]
        empty = [part.upload_id for part in parts if part not in kept]
        if not kept and reads.is_scheduled(recording_id):
            return _awaited()
        writes.end(empty, sources=(UploadState.OPEN,), to=UploadState.TERMINATED, now=now)
        if kept:
            _keep(capture, kept, step, held, actor, now)
            if step is CaptureStep.STOP:
                _tell.finished(row, actor=actor, now=now)
        elif writes.remove_capture(recording_id):
            why = {"because": f"recording:{step}_capture"}
            audit.record(
                actor, "recording:remove_draft", target_kind="recording", target_id=recording_id, now=now, facts=why
            )
            _tell.nothing_came(row, actor=actor, now=now)
    for upload_id in empty:
        spool.delete(upload_id)
    return permit()


def _awaited() -> Decision:
    """What was scheduled is in its recorder still: it is not thrown away while that may send it (R159)."""
    return deny(
        Code.CONFLICT,
        "R159",
        _("Nothing of this recording has arrived yet. Its recorder keeps it and sends it as soon as it can."),
    )


def _keep(
    capture: Capture, kept: list[CapturePart], step: CaptureStep, held: Held, actor: Actor, now: datetime
) -> None:
    """What has arrived is all of it. Where nothing came of the first file, the second is the first."""
    recording_id = capture.recording_id
    if all(part.position for part in kept):
        writes.take_first_place(recording_id)
    stands = replace(ingest.stepped(capture, CaptureStep.STOP, now=now), parts=tuple(range(len(kept))))
    writes.set_capture(stands, was=capture.phase)
    verb = "recording:cancel_capture" if step is CaptureStep.CANCEL else "recording:finish_capture"
    told = {"bytes": sum(part.offset_bytes for part in kept)}
    audit.record(actor, verb, target_kind="recording", target_id=recording_id, now=now, facts=told)
    if step is CaptureStep.CANCEL:
        retention_actions.recycle_cancelled(recording_id, actor=actor, now=now)
    for part in kept:
        if not part.is_whole and writes.close_upload(part.upload_id, now=now):
            held[part.upload_id].cut(part.offset_bytes)
            receive(reads.upload_facts(None, part.upload_id), actor=actor, now=now)
    end_if_whole(recording_id, place=reads.place_of(recording_id), actor=actor, now=now)

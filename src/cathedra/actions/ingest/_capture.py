"""Record in a browser: begin, pause, go on, stop (T8 to T10, R55, R162). Its files come as uploads whose length is told at
their end, while it is recorded."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cathedra import config
from cathedra.actions.ingest._open import place_upload, room_facts
from cathedra.actions.ingest._receive import end_if_whole
from cathedra.actions.ingest._wish import Wish
from cathedra.actions.policy import DeclareWish
from cathedra.adapters.spool import Spool
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import ingest as reads
from cathedra.db.writes import audit
from cathedra.db.writes import ingest as writes
from cathedra.db.writes import library as library_writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import access, ingest
from cathedra.domain.access import Action
from cathedra.domain.ingest import POSITIONS, Capture, CaptureStep, RoomFacts, UploadKind
from cathedra.domain.library import MediaState
from cathedra.domain.terms import AccountId, Actor, Decision, FolderId, RecordingId, UploadId


@dataclass(frozen=True, slots=True)
class CaptureWish:
    """What somebody wants to record. `files` are the names of what will come, the first picture first."""

    folder_id: FolderId
    title: str
    files: tuple[str, ...]
    use: DeclareWish | None = None  # what it is for (R84)


@dataclass(frozen=True, slots=True)
class BegunCapture:
    """It is being recorded; its files go to these uploads, in order."""

    recording_id: RecordingId
    uploads: tuple[UploadId, ...]


def begin_capture(
    wish: CaptureWish, *, actor: Actor, now: datetime, spool: Spool, limits: config.Upload
) -> BegunCapture | Decision:
    """T1 and T8: as an upload is begun, and under the same gates (R15, R84, R85, R108), before anything is recorded."""
    if not 1 <= len(wish.files) <= len(POSITIONS):
        return ingest.wrong_files()
    room, keep = room_facts(spool, limits), timedelta(hours=limits.expire_hours)
    first = Wish(
        length_bytes=None,
        name=wish.files[0],
        title=wish.title,
        folder_id=wish.folder_id,
        use=wish.use,
        is_capture=True,
    )
    with transaction():
        opened = place_upload(first, room, actor=actor, now=now, keep=keep)
        if isinstance(opened, Decision) or opened.recording_id is None or actor.account_id is None:
            return opened if isinstance(opened, Decision) else ingest.not_captured()
        uploads = [opened.upload_id]
        for position, name in enumerate(wish.files[1:], start=1):
            uploads.append(_add(opened.recording_id, position, name, room, actor.account_id, now, now + keep))
        library_writes.move_media(opened.recording_id, sources=(MediaState.EMPTY,), to=MediaState.RECORDING, now=now)
        writes.add_capture(ingest.begun(opened.recording_id, parts=range(len(wish.files)), now=now))
        _note(actor, "recording:begin_capture", opened.recording_id, now, {"files": len(wish.files)})
    return BegunCapture(opened.recording_id, tuple(uploads))


def _add(
    recording_id: RecordingId,
    position: int,
    name: str,
    room: RoomFacts,
    account_id: AccountId,
    now: datetime,
    expires_at: datetime,
) -> UploadId:
    new = writes.NewUpload(
        account_id=account_id,
        recording_id=recording_id,
        position=position,
        kind=UploadKind.WHOLE,
        original_name=ingest.label_of(name),
        fingerprint="",
        metadata="",
        length_bytes=room.max_bytes,
        is_deferred=True,
        expires_at=expires_at,
    )
    return writes.add_upload(new, now=now)


def step_capture(
    recording_id: RecordingId, step: CaptureStep, *, at_ms: int | None = None, actor: Actor, now: datetime
) -> Capture | Decision:
    """T9, T10: pause it, go on, stop it; asked for again, it stands there already (R53). `at_ms` is the instant as whoever
    records measured it. To cancel is `cancel_capture`. Raises RecordingNotFound."""
    with transaction():
        found = decide_step(recording_id, step, actor=actor, now=now, lock=True)
        if isinstance(found, Decision):
            return found
        stands = ingest.stepped(found, step, at_ms=at_ms, now=now)
        writes.set_capture(stands, was=found.phase)
        if stands.phase is not found.phase:
            about: dict[str, object] = {"at_ms": at_ms} if at_ms is not None else {}
            _note(actor, f"recording:{step}_capture", recording_id, now, about)
        if step is CaptureStep.STOP:
            end_if_whole(recording_id, place=reads.place_of(recording_id), actor=actor, now=now)
    return stands


def decide_step(
    recording_id: RecordingId, step: CaptureStep, *, actor: Actor, now: datetime, lock: bool = False
) -> Capture | Decision:
    """How it stands, for whoever may do this to it: who began it, and whoever may edit its media (R38 row 5). Raises
    RecordingNotFound."""
    facts = access_reads.recording_facts(actor.account_id, recording_id, lock=lock)
    may = access.decide(facts, Action.EDIT_MEDIA, now)
    if not may.is_permitted and reads.was_begun_by(recording_id, actor.account_id):
        may = access.decide(facts, Action.SEE_PROGRESS, now)
    if not may.is_permitted:
        return may
    capture = reads.find_capture(recording_id, lock=lock)
    if capture is None:
        return ingest.not_captured()
    decision = ingest.decide_step(capture, step)
    return capture if decision.is_permitted else decision


def _note(actor: Actor, verb: str, recording_id: RecordingId, now: datetime, facts: dict[str, object]) -> None:
    audit.record(actor, verb, target_kind="recording", target_id=recording_id, now=now, facts=facts)

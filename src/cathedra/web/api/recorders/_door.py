"""The door of recorders in rooms (R158, R159): connect by a code, tell that it lives, fetch what it is to record, begin,
pause and stop that, report errors.

A recorder shows its token as `Authorization: Bearer`; no cookie counts here. It sends its files by tus to the addresses that
the beginning answers with, with the same token; how long each is is told with its last PATCH, after its checksum."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Status

from cathedra import wiring
from cathedra.actions import recorders as actions
from cathedra.actions.recorders import ConnectedRecorder, Heard, NewError, RoomCapture
from cathedra.db.reads import recorders as reads
from cathedra.domain import ingest
from cathedra.domain.ingest import CaptureStep, Span
from cathedra.domain.library import MediaState
from cathedra.domain.terms import Actor, Channel, Decision, RecordingId
from cathedra.web import actor
from cathedra.web.api.answers import REFUSED, Refusal, told
from cathedra.web.api.recorders._words import (
    CaptureToBegin,
    CodeGiven,
    ErrorTold,
    Heartbeat,
    Heeded,
    PartTold,
    RecorderConnected,
    RoomPart,
    RoomStanding,
    StepTold,
    StopTold,
    Token,
    ToRecord,
)

router = Router(tags=["recorders"], auth=Token())


@router.post(
    "/recorder/connect", response={201: RecorderConnected, REFUSED: Refusal}, operation_id="connectRecorder", auth=None
)
def connect(request: HttpRequest, given: CodeGiven) -> Any:
    """Give a code for a token, once. An older token of the recorder is good no more."""
    who = Actor(None, Channel.RECORDER, address=actor.address(request))
    made = actions.connect_recorder(given.code, version=given.version, actor=who, now=timezone.now())
    if not isinstance(made, ConnectedRecorder):
        return told(made)
    return Status(201, RecorderConnected(recorder_id=made.device.recorder_id, name=made.device.name, token=made.token))


@router.post("/recorder/heartbeat", response={200: Heeded, REFUSED: Refusal}, operation_id="recorderHeartbeat")
def heartbeat(request: HttpRequest, beat: Heartbeat) -> Any:
    """The recorder lives, and does this: every half a minute."""
    now = timezone.now()
    heard = Heard(beat.state, beat.free_bytes, beat.version, beat.has_sound)
    decision = actions.hear_recorder(heard, actor=_itself(request), now=now)
    return Heeded(now=now) if decision.is_permitted else told(decision)


@router.get("/recorder/schedule", response=list[ToRecord], operation_id="recorderSchedule")
def schedule(request: HttpRequest) -> Any:
    """What this recorder is to record within a week, in order, with what it records now."""
    now = timezone.now()
    span = Span(now, now + timedelta(days=ingest.SCHEDULE_DAYS))
    return [
        ToRecord(
            recording_id=due.recording_id,
            title=due.title,
            starts_at=due.span.starts_at,
            ends_at=due.span.ends_at,
            is_begun=due.media is MediaState.RECORDING,
        )
        for due in reads.list_due(_by(request).device.recorder_id, span)
    ]


@router.post("/recorder/errors", response={204: None, REFUSED: Refusal}, operation_id="recorderError")
def report(request: HttpRequest, error: ErrorTold) -> Any:
    """Something went wrong; of a fault the room's technicians are told."""
    new = NewError(error.severity, error.type, error.code, error.text, error.at)
    decision = actions.report_error(new, actor=_itself(request), now=timezone.now())
    return Status(204, None) if decision.is_permitted else told(decision)


@router.post(
    "/recorder/captures/{uuid:recording_id}",
    response={200: RoomStanding, REFUSED: Refusal},
    operation_id="beginScheduled",
)
def begin(request: HttpRequest, recording_id: UUID, wanted: CaptureToBegin) -> Any:
    """Begin what is scheduled on this recorder, or report that it was recorded while the server could not be reached."""
    stands = actions.begin_scheduled(
        RecordingId(recording_id),
        tuple(wanted.files),
        begun_at=wanted.begun_at,
        by=_by(request),
        actor=_itself(request),
        now=timezone.now(),
        limits=wiring.configuration().upload,
    )
    return _standing(recording_id, stands)


@router.get(
    "/recorder/captures/{uuid:recording_id}",
    response={200: RoomStanding, REFUSED: Refusal},
    operation_id="seeScheduled",
)
def see(request: HttpRequest, recording_id: UUID) -> Any:
    """How it stands: what of it is safely here, its checksums confirmed."""
    return _standing(recording_id, actions.look_at_scheduled(RecordingId(recording_id), by=_by(request)))


@router.post(
    "/recorder/captures/{uuid:recording_id}/pause",
    response={200: RoomStanding, REFUSED: Refusal},
    operation_id="pauseScheduled",
)
def pause(request: HttpRequest, recording_id: UUID, step: StepTold) -> Any:
    """What follows becomes a cut that viewers never receive and that can be undone (R162)."""
    return _step(request, recording_id, CaptureStep.PAUSE, step.at_ms)


@router.post(
    "/recorder/captures/{uuid:recording_id}/resume",
    response={200: RoomStanding, REFUSED: Refusal},
    operation_id="resumeScheduled",
)
def resume(request: HttpRequest, recording_id: UUID, step: StepTold) -> Any:
    """Go on after a pause."""
    return _step(request, recording_id, CaptureStep.RESUME, step.at_ms)


@router.post(
    "/recorder/captures/{uuid:recording_id}/stop",
    response={200: RoomStanding, REFUSED: Refusal},
    operation_id="stopScheduled",
)
def stop(request: HttpRequest, recording_id: UUID, step: StopTold) -> Any:
    """Nothing more is recorded. It is prepared when every file is here and its checksum right."""
    return _step(request, recording_id, CaptureStep.STOP, step.at_ms, step.files)


def _by(request: HttpRequest) -> reads.Connected:
    found: reads.Connected = request.auth  # type: ignore[attr-defined]  # what Token found
    return found


def _itself(request: HttpRequest) -> Actor:
    """The recorder acts as itself: whoever's cookie comes along, nothing is done in their name (R14)."""
    sent = actor.from_request(request, channel=Channel.RECORDER)
    return Actor(
        None, Channel.RECORDER, address=sent.address, correlation_id=sent.correlation_id, device=_by(request).device
    )


def _step(
    request: HttpRequest, recording_id: UUID, step: CaptureStep, at_ms: int, files: Sequence[PartTold] = ()
) -> Any:
    stands = actions.step_scheduled(
        RecordingId(recording_id),
        step,
        at_ms=at_ms,
        checksums={one.position: one.sha256 for one in files},
        by=_by(request),
        actor=_itself(request),
        now=timezone.now(),
    )
    return _standing(recording_id, stands)


def _standing(recording_id: UUID, stands: RoomCapture | Decision) -> Any:
    if not isinstance(stands, RoomCapture):
        return told(stands)
    return RoomStanding(
        recording_id=recording_id,
        phase=stands.phase,
        begun_at=stands.begun_at,
        stopped_at=stands.stopped_at,
        files=[
            RoomPart(
                url=f"/files/{part.upload_id}",
                position=part.position,
                offset_bytes=part.offset_bytes,
                is_whole=part.is_whole,
            )
            for part in stands.parts
        ],
    )

"""Record: begin, pause, go on, stop, cancel (T8 to T11), as the page "Record" does it and another client can.

What is recorded goes by tus to the addresses that the beginning answers with, slice by slice; how long each file is is told
with its last PATCH (`Upload-Length`), as by creation-defer-length."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema, Status

from cathedra import wiring
from cathedra.actions import ingest as actions
from cathedra.actions.ingest import BegunCapture, CaptureWish
from cathedra.db.reads import ingest as reads
from cathedra.domain.ingest import Capture, CaptureStep
from cathedra.domain.library import NAME_LIMIT
from cathedra.domain.terms import AccountId, Channel, Decision, FolderId, RecordingId
from cathedra.web import actor
from cathedra.web.api.answers import REFUSED, Refusal, told
from cathedra.web.api.declarations import DeclarationIn

router = Router(tags=["ingest"])
Milliseconds = Annotated[int, Field(ge=0, le=7 * 24 * 3600 * 1000)]


class CaptureWanted(Schema):
    """What will be recorded: a title, the names of its one or two files (the camera before the screen), what it is for."""

    title: Annotated[str, Field(max_length=NAME_LIMIT)] = ""
    files: Annotated[list[Annotated[str, Field(max_length=255)]], Field(min_length=1, max_length=2)]
    declaration: DeclarationIn | None = None


class CaptureBegun(Schema):
    """It is being recorded. `uploads` are the addresses for its files, in their order."""

    recording_id: UUID
    uploads: list[str]


class CapturePart(Schema):
    """One of its files: how much of it is safely here, and whether that is all."""

    url: str
    name: str
    offset_bytes: int
    is_whole: bool


class CaptureStanding(Schema):
    """How it stands: `phase` is capturing, paused, transferring or ended (R55)."""

    recording_id: UUID
    phase: str
    begun_at: datetime
    stopped_at: datetime | None


class CaptureLine(CaptureStanding):
    """A recording of mine that goes on, or waits for what is not here yet."""

    title: str
    folder_id: UUID
    heard_at: datetime
    parts: list[CapturePart]


class Instant(Schema):
    """When, in milliseconds from the beginning, as whoever records measured it; left out: now."""

    at_ms: Milliseconds | None = None


@router.post(
    "/folders/{uuid:folder_id}/captures", response={201: CaptureBegun, REFUSED: Refusal}, operation_id="beginCapture"
)
def begin(request: HttpRequest, folder_id: UUID, wanted: CaptureWanted) -> Any:
    """Begin to record into a folder, under the same gates as an upload: nothing is stored where one is shut."""
    wish = CaptureWish(
        FolderId(folder_id),
        wanted.title,
        tuple(wanted.files),
        wanted.declaration.wish() if wanted.declaration else None,
    )
    who, limits = actor.from_request(request, channel=Channel.API), wiring.configuration().upload
    begun = actions.begin_capture(wish, actor=who, now=timezone.now(), spool=wiring.spool(), limits=limits)
    if not isinstance(begun, BegunCapture):
        return told(begun)
    uploads = [f"/files/{upload_id}" for upload_id in begun.uploads]
    return Status(201, CaptureBegun(recording_id=begun.recording_id, uploads=uploads))


@router.get("/captures", response=list[CaptureLine], operation_id="listCaptures")
def list_captures(request: HttpRequest, folder: UUID | None = None) -> Any:
    """My recordings that go on, or that wait for what is not here yet, the newest first."""
    rows = reads.list_captures(AccountId(request.user.pk), folder_id=FolderId(folder) if folder else None)
    return [
        CaptureLine(
            **_standing(row.capture).dict(),
            title=row.title,
            folder_id=row.folder_id,
            heard_at=row.capture.heard_at,
            parts=[
                CapturePart(
                    url=f"/files/{part.upload_id}",
                    name=part.original_name,
                    offset_bytes=part.offset_bytes,
                    is_whole=part.is_whole,
                )
                for part in row.parts
            ],
        )
        for row in rows
    ]


@router.post(
    "/captures/{uuid:recording_id}/pause",
    response={200: CaptureStanding, REFUSED: Refusal},
    operation_id="pauseCapture",
)
def pause(request: HttpRequest, recording_id: UUID, instant: Instant) -> Any:
    """What follows becomes a cut that viewers never receive and that can be undone; it goes on being sent (R162)."""
    return _step(request, recording_id, CaptureStep.PAUSE, instant)


@router.post(
    "/captures/{uuid:recording_id}/resume",
    response={200: CaptureStanding, REFUSED: Refusal},
    operation_id="resumeCapture",
)
def resume(request: HttpRequest, recording_id: UUID, instant: Instant) -> Any:
    """Go on after a pause."""
    return _step(request, recording_id, CaptureStep.RESUME, instant)


@router.post(
    "/captures/{uuid:recording_id}/stop", response={200: CaptureStanding, REFUSED: Refusal}, operation_id="stopCapture"
)
def stop(request: HttpRequest, recording_id: UUID, instant: Instant) -> Any:
    """Nothing more is recorded. It is prepared when the rest of every file is here."""
    return _step(request, recording_id, CaptureStep.STOP, instant)


@router.post(
    "/captures/{uuid:recording_id}/cancel", response={204: None, REFUSED: Refusal}, operation_id="cancelCapture"
)
def cancel(request: HttpRequest, recording_id: UUID) -> Any:
    """Into the bin, where what has arrived is kept for its time (T11)."""
    who = actor.from_request(request, channel=Channel.API)
    wanted = RecordingId(recording_id)
    return _ended(actions.cancel_capture(wanted, actor=who, now=timezone.now(), spool=wiring.spool()))


@router.post(
    "/captures/{uuid:recording_id}/finish", response={204: None, REFUSED: Refusal}, operation_id="finishCapture"
)
def finish(request: HttpRequest, recording_id: UUID) -> Any:
    """With what has arrived: whoever recorded it sends no more."""
    who = actor.from_request(request, channel=Channel.API)
    wanted = RecordingId(recording_id)
    return _ended(actions.finish_capture(wanted, actor=who, now=timezone.now(), spool=wiring.spool()))


def _step(request: HttpRequest, recording_id: UUID, step: CaptureStep, instant: Instant) -> Any:
    who = actor.from_request(request, channel=Channel.API)
    stands = actions.step_capture(RecordingId(recording_id), step, at_ms=instant.at_ms, actor=who, now=timezone.now())
    return _standing(stands) if isinstance(stands, Capture) else told(stands)


def _ended(decision: Decision) -> Any:
    return Status(204, None) if decision.is_permitted else told(decision)


def _standing(capture: Capture) -> CaptureStanding:
    return CaptureStanding(
        recording_id=capture.recording_id,
        phase=capture.phase,
        begun_at=capture.begun_at,
        stopped_at=capture.stopped_at,
    )

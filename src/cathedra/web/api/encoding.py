"""Recordings that failed, for programs (T18, R227). Another file is sent as any is: Upload-Metadata names the `recording`
and `position` 0."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Status

from cathedra.actions import encoding as actions
from cathedra.domain import access
from cathedra.domain.terms import Channel, RecordingId
from cathedra.web import actor
from cathedra.web.api.answers import REFUSED, Refusal, told

router = Router(tags=["playback"])


@router.post(
    "/recordings/{uuid:recording_id}/process-again",
    response={202: None, REFUSED: Refusal},
    operation_id="processAgain",
)
def process_again(request: HttpRequest, recording_id: UUID) -> Any:
    """Process a recording that could not be prepared once more, from the files that are kept. How it goes is told by
    its progress. To replace the file, upload another: `recording` and `position` 0 in Upload-Metadata."""
    who = actor.from_request(request, channel=Channel.API)
    decision = access.as_told(actions.process_again(RecordingId(recording_id), actor=who, now=timezone.now()))
    return Status(202, None) if decision.is_permitted else told(decision)

"""Letting go what a run is about to take, over the API (R125, R227). Files to download, recording by recording:
`listDownloads`."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema

from cathedra.actions import retention as actions
from cathedra.actions.retention import LetGo
from cathedra.domain.terms import Channel, RecordingId
from cathedra.web import actor
from cathedra.web.api.answers import REFUSED, Refusal, told

router = Router(tags=["retention"])
ANSWERS: dict[Any, Any] = {REFUSED: Refusal}


class LetGoOf(Schema):
    """Recordings that I was told of."""

    recording_ids: list[UUID] = Field(max_length=200)


class LetGoCount(Schema):
    """Of how many of them I was told: the others are left as they are."""

    count: int


def _answer(done: LetGo) -> Any:
    return LetGoCount(count=done.count) if done.decision.is_permitted else told(done.decision)


@router.post("/keeping/let-go", response={200: LetGoCount, **ANSWERS}, operation_id="letGo")
def let_go(request: HttpRequest, body: LetGoOf) -> Any:
    """They go with the run that is about to take them, and I am not reminded of them again."""
    wanted = [RecordingId(one) for one in body.recording_ids]
    return _answer(actions.let_go(wanted, actor=actor.from_request(request, channel=Channel.API), now=timezone.now()))


@router.post("/keeping/tell-again", response={200: LetGoCount, **ANSWERS}, operation_id="tellAgain")
def tell_again(request: HttpRequest, body: LetGoOf) -> Any:
    """I want to be reminded of them after all."""
    wanted = [RecordingId(one) for one in body.recording_ids]
    return _answer(
        actions.tell_again(wanted, actor=actor.from_request(request, channel=Channel.API), now=timezone.now())
    )

"""Requests for access (R36), and exemptions from the cap of sharing (R33)."""

from datetime import datetime
from typing import Any, Self
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema, Status
from pydantic import model_validator

from cathedra.actions import access as actions
from cathedra.db.reads import access as reads
from cathedra.domain.access import RequestAnswer
from cathedra.domain.people import StaffArea
from cathedra.domain.terms import Channel, FolderId, RecordingId
from cathedra.web import actor
from cathedra.web.api.accounts import for_staff
from cathedra.web.api.answers import REFUSED, Refusal, told

router = Router(tags=["sharing"])


class Target(Schema):
    """A folder or a recording, not both."""

    folder_id: UUID | None = None
    recording_id: UUID | None = None

    @model_validator(mode="after")
    def names_one(self) -> Self:
        """Refuse a body that names both: what it is about would be a guess."""
        if self.folder_id and self.recording_id:
            raise ValueError("Name a folder or a recording, not both.")
        return self


class Asked(Target):
    """What is asked for: a folder or a recording, one of them."""

    message: str = Field("", max_length=1000)


class RequestLine(Schema):
    """Somebody who asks for access; `answer` is null while nobody has answered."""

    id: UUID
    asker_name: str
    asker_login: str
    folder_id: UUID | None
    recording_id: UUID | None
    thing: str
    message: str
    at: datetime
    answer: str | None


class Answered(Schema):
    """Given or declined, and what to tell the asker."""

    answer: RequestAnswer
    message: str = Field("", max_length=1000)


class NewExemption(Target):
    """Let a folder with all below it, or a recording, be shared beyond the cap until then."""

    reason: str = Field(max_length=2000)
    expires_at: datetime


class ExemptionLine(Schema):
    """An exemption that counts now."""

    id: UUID
    kind: str
    folder_id: UUID | None
    recording_id: UUID | None
    thing: str
    reason: str
    given_by: str
    given_at: datetime
    expires_at: datetime


@router.post("/access-requests", response={202: None, REFUSED: Refusal}, operation_id="requestAccess")
def request_access(request: HttpRequest, asked: Asked) -> Any:
    """Ask to be let in. The answer is the same whether there is such a thing or not (R42)."""
    decision = actions.request_access(
        folder_id=FolderId(asked.folder_id) if asked.folder_id else None,
        recording_id=RecordingId(asked.recording_id) if asked.recording_id else None,
        message=asked.message.replace("\0", ""),
        day=timezone.localdate().isoformat(),
        actor=_by(request),
        now=timezone.now(),
    )
    return Status(202, None) if decision.is_permitted else told(decision)


@router.get(
    "/access-requests/{uuid:request_id}", response={200: RequestLine, REFUSED: Refusal}, operation_id="getAccessRequest"
)
def get_request(request: HttpRequest, request_id: UUID) -> Any:
    """Who asks for what, for those who may share it."""
    wanted = reads.get_request(request_id)
    decision = actions.decide_answer(wanted, actor=_by(request), now=timezone.now())
    return wanted if decision.is_permitted else told(decision)


@router.post(
    "/access-requests/{uuid:request_id}/answer",
    response={204: None, REFUSED: Refusal},
    operation_id="answerAccessRequest",
)
def answer(request: HttpRequest, request_id: UUID, answered: Answered) -> Any:
    """Let the asker in as a Viewer, or decline."""
    decision = actions.answer_request(
        request_id,
        answered.answer,
        message=answered.message.replace("\0", ""),
        actor=_by(request),
        now=timezone.now(),
    )
    return Status(204, None) if decision.is_permitted else told(decision)


@router.get("/staff/exemptions", response={200: list[ExemptionLine], REFUSED: Refusal}, operation_id="listExemptions")
@for_staff(StaffArea.EXEMPTIONS)
def list_exemptions(request: HttpRequest) -> Any:
    """Exemptions that count now."""
    return list(reads.list_exemptions(now=timezone.now()))


@router.post("/staff/exemptions", response={204: None, REFUSED: Refusal}, operation_id="giveExemption")
@for_staff(StaffArea.EXEMPTIONS)
def give_exemption(request: HttpRequest, new: NewExemption) -> Any:
    """Give one (R33)."""
    ends = new.expires_at
    decision = actions.give_exemption(
        folder_id=FolderId(new.folder_id) if new.folder_id else None,
        recording_id=RecordingId(new.recording_id) if new.recording_id else None,
        reason=new.reason.replace("\0", ""),
        expires_at=timezone.make_aware(ends) if timezone.is_naive(ends) else ends,
        actor=_by(request),
        now=timezone.now(),
    )
    return Status(204, None) if decision.is_permitted else told(decision)


@router.delete(
    "/staff/exemptions/{uuid:exemption_id}", response={204: None, REFUSED: Refusal}, operation_id="endExemption"
)
@for_staff(StaffArea.EXEMPTIONS)
def end_exemption(request: HttpRequest, exemption_id: UUID) -> Any:
    """Take one back."""
    decision = actions.end_exemption(exemption_id, actor=_by(request), now=timezone.now())
    return Status(204, None) if decision.is_permitted else told(decision)


def _by(request: HttpRequest) -> Any:
    return actor.from_request(request, channel=Channel.API)

"""Exceptions from the limits of hours (R108)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status

from cathedra.actions import metering as actions
from cathedra.db.reads import metering as reads
from cathedra.domain.people import StaffArea
from cathedra.domain.terms import Channel, Decision
from cathedra.web import actor
from cathedra.web.api.accounts import for_staff
from cathedra.web.api.answers import REFUSED, Refusal, told

router = Router(tags=["hours"])


class LimitExceptionOut(Schema):
    """Somebody's exception; without `until` it was asked for and waits."""

    id: UUID
    account_id: UUID
    name: str
    login_name: str
    reason: str
    made_at: datetime
    given_by: str
    until: datetime | None


class LimitExceptionIn(Schema):
    """To whom, why, until when: within a year."""

    login_name: str
    reason: str
    until: datetime


class LimitExceptionAskedIn(Schema):
    """What it is needed for."""

    reason: str


@router.get(
    "/hours/exceptions", response={200: list[LimitExceptionOut], REFUSED: Refusal}, operation_id="listLimitExceptions"
)
@for_staff(StaffArea.HOURS)
def list_exceptions(request: HttpRequest) -> Any:
    """What waits, then what is in force."""
    return reads.list_exceptions(timezone.now())


@router.post("/hours/exceptions", response={204: None, REFUSED: Refusal}, operation_id="giveLimitException")
@for_staff(StaffArea.HOURS)
def give_exception(request: HttpRequest, new: LimitExceptionIn) -> Any:
    """The limits do not refuse what this person brings in until then."""
    by, now = actor.from_request(request, channel=Channel.API), timezone.now()
    until = new.until if new.until.tzinfo else timezone.make_aware(new.until)
    return _answer(actions.give_exception(new.login_name, new.reason, until=until, actor=by, now=now))


@router.delete(
    "/hours/exceptions/{uuid:exception_id}", response={204: None, REFUSED: Refusal}, operation_id="endLimitException"
)
@for_staff(StaffArea.HOURS)
def end_exception(request: HttpRequest, exception_id: UUID) -> Any:
    """End it; or say no to what was asked for."""
    by = actor.from_request(request, channel=Channel.API)
    return _answer(actions.end_exception(exception_id, actor=by, now=timezone.now()))


@router.post("/me/hours/exception", response={204: None, REFUSED: Refusal}, operation_id="askLimitException")
def ask_exception(request: HttpRequest, asked: LimitExceptionAskedIn) -> Any:
    """Ask for one."""
    by = actor.from_request(request, channel=Channel.API)
    return _answer(actions.ask_exception(asked.reason, actor=by, now=timezone.now()))


def _answer(decision: Decision) -> Any:
    return Status(204, None) if decision.is_permitted else told(decision)

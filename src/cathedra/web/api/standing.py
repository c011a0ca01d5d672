"""Standing declarations for programs: who answers for what is recorded by schedule, give one, withdraw it (R83, R227)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status

from cathedra.actions import policy as actions
from cathedra.db.reads import policy as reads
from cathedra.domain.people import StaffArea
from cathedra.domain.terms import AccountId
from cathedra.web.api.accounts import by, for_staff
from cathedra.web.api.answers import REFUSED, Refusal, told

router = Router(tags=["declarations"])


class StandingOut(Schema):
    """A standing declaration; it holds until it is withdrawn, for captures of that academic year."""

    id: UUID
    course_id: UUID
    course: str
    academic_year: str
    policy_version: int
    given_by: str
    given_at: datetime
    withdrawn_at: datetime | None


class StandingIn(Schema):
    """For which course; `confirms` that what is captured by schedule meets the three requirements."""

    course: UUID
    confirms: bool = False


@router.get(
    "/staff/standing", response={200: list[StandingOut], REFUSED: Refusal}, operation_id="listStandingDeclarations"
)
@for_staff(StaffArea.STANDING)
def list_standing(request: HttpRequest) -> Any:
    """Those of the courses that I may answer for."""
    return [
        StandingOut(
            id=row.id,
            course_id=row.course_id,
            course=row.course,
            academic_year=row.academic_year,
            policy_version=row.policy_version,
            given_by=row.given_by_name,
            given_at=row.given_at,
            withdrawn_at=row.withdrawn_at,
        )
        for row in reads.list_standing(AccountId(request.user.pk))
    ]


@router.post("/staff/standing", response={204: None, REFUSED: Refusal}, operation_id="giveStandingDeclaration")
@for_staff(StaffArea.STANDING)
def give(request: HttpRequest, given: StandingIn) -> Any:
    """Answer for the captures of a course, in the academic year that it is of."""
    decision = actions.give_standing_declaration(
        given.course, is_confirmed=given.confirms, actor=by(request), now=timezone.now()
    )
    return Status(204, None) if decision.is_permitted else told(decision)


@router.post(
    "/staff/standing/{uuid:standing_id}/withdraw",
    response={204: None, REFUSED: Refusal},
    operation_id="withdrawStandingDeclaration",
)
@for_staff(StaffArea.STANDING)
def withdraw(request: HttpRequest, standing_id: UUID) -> Any:
    """Answer for them no longer; what was declared before stays declared."""
    decision = actions.withdraw_standing_declaration(standing_id, actor=by(request), now=timezone.now())
    return Status(204, None) if decision.is_permitted else told(decision)

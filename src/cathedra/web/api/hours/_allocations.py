"""Limits of a licence year, and hours set aside (R106, R110)."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status

from cathedra.actions import metering as actions
from cathedra.db.reads import metering as reads
from cathedra.domain.people import StaffArea
from cathedra.domain.terms import Channel
from cathedra.web import actor
from cathedra.web.api.accounts import for_staff
from cathedra.web.api.answers import REFUSED, Refusal, told

router = Router(tags=["hours"])


class LimitsIn(Schema):
    """Whole hours; null is none."""

    recorded: int | None = None
    stored: int | None = None
    archived: int | None = None


class AllocationIn(Schema):
    """Whole hours for a department or for a folder with all below it, one of the two; null is none."""

    department_id: UUID | None = None
    folder_id: UUID | None = None
    recorded: int | None = None
    stored: int | None = None
    is_enforced: bool = False


class AllocationOut(Schema):
    """What is set aside, and what is used of it, in whole seconds."""

    id: UUID
    department_id: UUID | None
    folder_id: UUID | None
    name: str
    recorded_s: int | None
    stored_s: int | None
    used_recorded_s: int
    used_stored_s: int
    is_enforced: bool


@router.put("/hours/limits/{licence_year}", response={204: None, REFUSED: Refusal}, operation_id="setHourLimits")
def set_limits(request: HttpRequest, licence_year: str, new: LimitsIn) -> Any:
    """Give a licence year, as 2026-27, its limits."""
    hours = actions.HourLimits(new.recorded, new.stored, new.archived)
    by = actor.from_request(request, channel=Channel.API)
    decision = actions.set_limits(licence_year, hours, actor=by, now=timezone.now())
    return Status(204, None) if decision.is_permitted else told(decision)


@router.get("/hours/allocations", response={200: list[AllocationOut], REFUSED: Refusal}, operation_id="listAllocations")
@for_staff(StaffArea.HOURS)
def list_allocations(request: HttpRequest) -> Any:
    """What is set aside."""
    return reads.list_allocations(actions.calendar().year_of(timezone.now()).label)


@router.post("/hours/allocations", response={204: None, REFUSED: Refusal}, operation_id="setAllocation")
@for_staff(StaffArea.HOURS)
def set_allocation(request: HttpRequest, new: AllocationIn) -> Any:
    """Set hours aside; what was set aside there before is replaced."""
    by = actor.from_request(request, channel=Channel.API)
    decision = actions.set_allocation(**new.dict(), actor=by, now=timezone.now())
    return Status(204, None) if decision.is_permitted else told(decision)


@router.delete(
    "/hours/allocations/{uuid:allocation_id}", response={204: None, REFUSED: Refusal}, operation_id="removeAllocation"
)
@for_staff(StaffArea.HOURS)
def remove_allocation(request: HttpRequest, allocation_id: UUID) -> Any:
    """Take it back."""
    by = actor.from_request(request, channel=Channel.API)
    decision = actions.remove_allocation(allocation_id, actor=by, now=timezone.now())
    return Status(204, None) if decision.is_permitted else told(decision)

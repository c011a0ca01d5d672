"""Holds by the API: the open ones, open one, release it, have the recording taken down (R38 row 22, R130, R227)."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema, Status

from cathedra.actions import audit as audit_actions
from cathedra.actions import policy as actions
from cathedra.db.reads import policy as reads
from cathedra.domain.people import StaffArea
from cathedra.domain.policy import HOLD_CHARACTERS, REFERENCE_CHARACTERS, HoldKind, HoldWish
from cathedra.domain.terms import RecordingId
from cathedra.web.api.accounts import by, for_staff
from cathedra.web.api.answers import REFUSED, Refusal, told

router = Router(tags=["holds"])


class HoldOut(Schema):
    """A hold: `reason` and `reference` are for the service alone, `told` for the owner; `remove_at` when it is taken
    down."""

    id: UUID
    recording_id: UUID
    title: str
    owner: str
    kind: HoldKind
    reason: str
    told: str
    reference: str
    review_on: date | None
    opened_at: datetime
    opened_by: str
    released_at: datetime | None
    remove_at: datetime | None
    remove_reason: str


class HoldIn(Schema):
    """Why a recording is held, what its owner is told of it, and when somebody looks at it again."""

    kind: HoldKind
    reason: Annotated[str, Field(max_length=HOLD_CHARACTERS)]
    told: Annotated[str, Field(max_length=HOLD_CHARACTERS)] = ""
    reference: Annotated[str, Field(max_length=REFERENCE_CHARACTERS)] = ""
    review_on: date | None = None


class ReleaseIn(Schema):
    """Why the hold ends; for the service alone."""

    reason: Annotated[str, Field(max_length=HOLD_CHARACTERS)]


class TakedownIn(Schema):
    """Why it is taken down, which its owner reads; `at_once`: for good and now, by a legal order."""

    reason: Annotated[str, Field(max_length=HOLD_CHARACTERS)]
    at_once: bool = False


def _out(row: reads.HoldRow) -> HoldOut:
    return HoldOut(
        id=row.id,
        recording_id=row.recording_id,
        title=row.title,
        owner=row.owner_name,
        kind=row.kind,
        reason=row.reason,
        told=row.told,
        reference=row.reference,
        review_on=row.review_on,
        opened_at=row.opened_at,
        opened_by=row.opened_by_name,
        released_at=row.released_at,
        remove_at=row.remove_at,
        remove_reason=row.remove_reason,
    )


@router.get("/staff/holds", response={200: list[HoldOut], REFUSED: Refusal}, operation_id="listHolds")
@for_staff(StaffArea.HOLDS)
def list_holds(request: HttpRequest) -> Any:
    """The open ones, what is to be looked at first at the top."""
    rows = reads.list_holds()
    seen = [one.recording_id for one in rows]
    audit_actions.note_list(seen, page="listHolds", actor=by(request), now=timezone.now())
    return [_out(row) for row in rows]


@router.get("/staff/holds/{uuid:hold_id}", response={200: HoldOut, REFUSED: Refusal}, operation_id="getHold")
@for_staff(StaffArea.HOLDS)
def get(request: HttpRequest, hold_id: UUID) -> Any:
    """One of them, open or ended."""
    row = reads.get_hold(hold_id)
    audit_actions.note_look(
        audit_actions.Seen.RECORDING,
        target_id=row.recording_id,
        page="getHold",
        actor=by(request),
        now=timezone.now(),
    )
    return _out(row)


@router.post(
    "/staff/recordings/{uuid:recording_id}/holds",
    response={200: HoldOut, REFUSED: Refusal},
    operation_id="openHold",
)
@for_staff(StaffArea.HOLDS)
def open_hold(request: HttpRequest, recording_id: UUID, given: HoldIn) -> Any:
    """Hold a recording for a reason; its owner and the Creators of its folder are told (T27, N17)."""
    wanted = HoldWish(**given.dict())
    found = actions.open_hold(RecordingId(recording_id), wanted, actor=by(request), now=timezone.now())
    return _out(reads.get_hold(found.hold_id)) if found.hold_id else told(found.decision)


@router.post("/staff/holds/{uuid:hold_id}/release", response={204: None, REFUSED: Refusal}, operation_id="releaseHold")
@for_staff(StaffArea.HOLDS)
def release(request: HttpRequest, hold_id: UUID, given: ReleaseIn) -> Any:
    """End a hold (T28); what was decided of a takedown is off."""
    decision = actions.release_hold(hold_id, reason=given.reason, actor=by(request), now=timezone.now())
    return Status(204, None) if decision.is_permitted else told(decision)


@router.post(
    "/staff/holds/{uuid:hold_id}/takedown", response={200: HoldOut, REFUSED: Refusal}, operation_id="decideTakedown"
)
@for_staff(StaffArea.HOLDS)
def take_down(request: HttpRequest, hold_id: UUID, given: TakedownIn) -> Any:
    """Decide that the recording goes when the appeal period is over, or by a legal order at once (T29)."""
    decision = actions.decide_takedown(
        hold_id, at_once=given.at_once, reason=given.reason, actor=by(request), now=timezone.now()
    )
    return _out(reads.get_hold(hold_id)) if decision.is_permitted else told(decision)

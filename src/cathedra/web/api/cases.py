"""The policy desk by the API: what waits, one case, a decision, the second consent (R89, R92, R227)."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema, Status

from cathedra.actions import policy as actions
from cathedra.db.reads import policy as reads
from cathedra.domain.people import StaffArea
from cathedra.domain.policy import SET_MOST, WAITING, WHY_CHARACTERS, Requirement, Verdict
from cathedra.domain.terms import Code, Decision, RecordingId, deny
from cathedra.domain.terms import gettext_noop as noop
from cathedra.web.api.accounts import by, for_staff
from cathedra.web.api.answers import REFUSED, Refusal, told

router = Router(tags=["cases"])


class UseCaseOut(Schema):
    """A case: `state` is open, refused, appealed or closed; `failed` the requirements that a refusal names."""

    id: UUID
    recording_id: UUID
    title: str
    owner: str
    cause: str
    why: str
    state: str
    opened_at: datetime
    verdict: str | None
    failed: list[str]
    reason: str
    decided_at: datetime | None
    grace_until: datetime | None
    exempt_until: datetime | None
    appeal: str
    proposed_until: datetime | None


class DecisionIn(Schema):
    """What a reviewer decides. An exemption is a proposal, with its end, until a second administrator consents."""

    verdict: Literal["PERMITTED", "NOT_PERMITTED", "EXEMPT"]
    reason: Annotated[str, Field(max_length=2000)]
    failed: list[Requirement] = []
    stays_visible: bool = False
    exempt_until: datetime | None = None


class AgainIn(Schema):
    """Which recordings are looked at again, up to 500 at a time, and why."""

    recordings: Annotated[list[UUID], Field(max_length=SET_MOST)]
    why: Annotated[str, Field(max_length=WHY_CHARACTERS)]


class AgainOut(Schema):
    """Cases that were opened; recordings with an open one already; those that are not there or lie in the bin."""

    opened: int
    waiting: int
    left_out: int


class SuspensionIn(Schema):
    """Why; the owner is told."""

    reason: Annotated[str, Field(max_length=2000)]


class UndeclaredOut(Schema):
    """A recording that is held because nobody said what it is for (R87)."""

    recording_id: UUID
    title: str
    folder: str
    owner: str
    since: datetime


def _out(case: reads.CaseRow) -> UseCaseOut:
    return UseCaseOut(
        id=case.id,
        recording_id=case.recording_id,
        title=case.title,
        owner=case.owner_name,
        cause=case.standing.cause,
        why=case.why,
        state=case.standing.state,
        opened_at=case.opened_at,
        verdict=case.standing.verdict,
        failed=sorted(case.failed),
        reason=case.reason,
        decided_at=case.decided_at,
        grace_until=case.standing.grace_until,
        exempt_until=case.exempt_until,
        appeal=case.appeal,
        proposed_until=case.proposed_until if case.standing.has_proposal else None,
    )


@router.get("/staff/cases", response={200: list[UseCaseOut], REFUSED: Refusal}, operation_id="listUseCases")
@for_staff(StaffArea.CASES)
def list_cases(request: HttpRequest) -> Any:
    """What waits for a decision, the oldest first; then what was refused."""
    return [_out(case) for case in reads.list_cases()]


@router.post("/staff/cases", response={200: AgainOut, REFUSED: Refusal}, operation_id="lookAgain")
@for_staff(StaffArea.CASES)
def look_again(request: HttpRequest, given: AgainIn) -> Any:
    """Open a case for each (R16). Every verdict stays until it is decided anew."""
    chosen = [RecordingId(one) for one in given.recordings]
    found = actions.look_again(chosen, why=given.why, actor=by(request), now=timezone.now())
    if isinstance(found, Decision):
        return told(found)
    return AgainOut(opened=found.opened, waiting=found.waiting, left_out=found.left_out)


@router.get("/staff/cases/{uuid:case_id}", response={200: UseCaseOut, REFUSED: Refusal}, operation_id="getUseCase")
@for_staff(StaffArea.CASES)
def get(request: HttpRequest, case_id: UUID) -> Any:
    """How a case stands."""
    return _out(reads.get_case(case_id))


@router.post(
    "/staff/cases/{uuid:case_id}/decision", response={200: UseCaseOut, REFUSED: Refusal}, operation_id="decideUseCase"
)
@for_staff(StaffArea.CASES)
def decide(request: HttpRequest, case_id: UUID, given: DecisionIn) -> Any:
    """Decide it; nobody decides about what they own, and an appeal goes to somebody else (R89, R92)."""
    if given.exempt_until is not None and not timezone.is_aware(given.exempt_until):
        return told(deny(Code.BAD_REQUEST, "R228", noop("An instant needs its offset from UTC.")))
    wish = actions.ReviewWish(
        verdict=Verdict(given.verdict),
        reason=given.reason,
        failed=frozenset(given.failed),
        stays_visible=given.stays_visible,
        exempt_until=given.exempt_until,
    )
    decision = actions.decide_case(case_id, wish, actor=by(request), now=timezone.now())
    return _out(reads.get_case(case_id)) if decision.is_permitted else told(decision)


@router.post(
    "/staff/cases/{uuid:case_id}/consent", response={204: None, REFUSED: Refusal}, operation_id="consentToExemption"
)
@for_staff(StaffArea.CASES)
def consent(request: HttpRequest, case_id: UUID) -> Any:
    """Agree to the exemption that another administrator proposed (R89)."""
    decision = actions.consent_to_exemption(case_id, actor=by(request), now=timezone.now())
    return Status(204, None) if decision.is_permitted else told(decision)


@router.get("/staff/undeclared", response={200: list[UndeclaredOut], REFUSED: Refusal}, operation_id="listUndeclared")
@for_staff(StaffArea.CASES)
def undeclared(request: HttpRequest) -> Any:
    """What is held because its owner said nothing, the longest first; not what waits as a case."""
    waiting = {row.recording_id for row in reads.list_cases() if row.standing.state in WAITING}
    return [
        UndeclaredOut(
            recording_id=one.recording_id,
            title=one.title,
            folder=one.folder_name,
            owner=one.owner_name,
            since=one.since,
        )
        for one in reads.held_undeclared()
        if one.recording_id not in waiting
    ]


@router.put(
    "/staff/cases/{uuid:case_id}/suspension", response={204: None, REFUSED: Refusal}, operation_id="suspendCreator"
)
@for_staff(StaffArea.CASES)
def suspend(request: HttpRequest, case_id: UUID, given: SuspensionIn) -> Any:
    """The owner may not make recordings in personal folders for now: from the third confirmed breach on (R91)."""
    decision = actions.suspend_creator(case_id, given.reason, actor=by(request), now=timezone.now())
    return Status(204, None) if decision.is_permitted else told(decision)


@router.delete(
    "/staff/cases/{uuid:case_id}/suspension", response={204: None, REFUSED: Refusal}, operation_id="endSuspension"
)
@for_staff(StaffArea.CASES)
def end_suspension(request: HttpRequest, case_id: UUID) -> Any:
    """They may again."""
    decision = actions.end_suspension(case_id, actor=by(request), now=timezone.now())
    return Status(204, None) if decision.is_permitted else told(decision)

"""The runs of a year for programs: how they stand, stopped and let go on, and what they left out (R126, R127, R227)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema

from cathedra.actions import audit as audit_actions
from cathedra.actions import people
from cathedra.actions import retention as actions
from cathedra.db.reads import retention as reads
from cathedra.domain.people import StaffArea
from cathedra.domain.retention import REASON_LIMIT
from cathedra.domain.terms import Channel, Decision, RecordingId
from cathedra.web import actor
from cathedra.web.api.answers import REFUSED, Refusal, told

router = Router(tags=["retention"])
ANSWERS: dict[Any, Any] = {REFUSED: Refusal}
_ROWS = 100


class Amount(Schema):
    """How much of a run is where; of what was skipped, why."""

    state: str
    why: str
    recordings: int
    seconds: int
    people: int


class Run(Schema):
    """A run of a year with its plan."""

    id: UUID
    kind: str
    day: date
    frozen_at: datetime | None
    began_at: datetime | None
    ended_at: datetime | None
    stopped_at: datetime | None
    amounts: list[Amount]


class RunStop(Schema):
    """Why it is stopped."""

    reason: str = Field("", max_length=REASON_LIMIT * 2)


class LeftOut(Schema):
    """A line that a run left out, why, and who has dealt with it."""

    recording_id: UUID
    title: str
    seconds: int
    why: str
    dealt_at: datetime | None
    dealt_by: str
    note: str


class LeftOutLines(Schema):
    """In the order in which they came into the plan; `after` leads to the next ones."""

    rows: list[LeftOut]
    after: int | None


class LeftOutDealt(Schema):
    """What was dealt with, and what came of it."""

    recording_ids: list[UUID] = Field(max_length=_ROWS)
    note: str = Field(max_length=REASON_LIMIT * 2)


@router.get("/staff/retention", response={200: list[Run], **ANSWERS}, operation_id="listRetentionRuns")
def runs(request: HttpRequest) -> Any:
    """The latest runs with their plans (R38 row 23)."""
    who = actor.from_request(request, channel=Channel.API)
    decision = people.enter_staff(who, StaffArea.RETENTION, now=timezone.now())
    return [_run(row) for row in reads.list_runs()] if decision.is_permitted else told(decision)


def _run(row: reads.RunRow) -> Run:
    amounts = [
        Amount(state=state.value, why=why, recordings=one.recordings, seconds=one.seconds, people=one.owners)
        for (state, why), one in sorted(reads.counts_of(row.id).items())
    ]
    return Run(
        id=row.id,
        kind=row.kind.value,
        day=row.day,
        frozen_at=row.frozen_at,
        began_at=row.began_at,
        ended_at=row.ended_at,
        stopped_at=row.stopped_at,
        amounts=amounts,
    )


def _answer(decision: Decision, run_id: UUID) -> Any:
    return _run(reads.get_run(run_id)) if decision.is_permitted else told(decision)


@router.post(
    "/staff/retention/runs/{uuid:run_id}/stop", response={200: Run, **ANSWERS}, operation_id="stopRetentionRun"
)
def stop(request: HttpRequest, run_id: UUID, body: RunStop) -> Any:
    """Before it begins or in the middle: nothing more happens until it is let go on (R127, N48)."""
    who = actor.from_request(request, channel=Channel.API)
    return _answer(actions.stop_run(run_id, reason=body.reason, actor=who, now=timezone.now()), run_id)


@router.post(
    "/staff/retention/runs/{uuid:run_id}/resume", response={200: Run, **ANSWERS}, operation_id="resumeRetentionRun"
)
def resume(request: HttpRequest, run_id: UUID) -> Any:
    """It goes on where it was."""
    who = actor.from_request(request, channel=Channel.API)
    return _answer(actions.resume_run(run_id, actor=who, now=timezone.now()), run_id)


@router.get(
    "/staff/retention/runs/{uuid:run_id}/left-out",
    response={200: LeftOutLines, **ANSWERS},
    operation_id="listLeftOutByRun",
)
def left_out(request: HttpRequest, run_id: UUID, is_open: bool = True, after: int = 0) -> Any:
    """What it left out: what nobody has dealt with, or all of it (R126)."""
    who = actor.from_request(request, channel=Channel.API)
    decision = people.enter_staff(who, StaffArea.RETENTION, now=timezone.now())
    if not decision.is_permitted:
        return told(decision)
    reads.get_run(run_id)
    found = reads.list_left_out(run_id, is_open=is_open, after=after, limit=_ROWS)
    seen = [one.recording_id for one in found]
    audit_actions.note_list(seen, page="listLeftOutByRun", actor=who, now=timezone.now())
    rows = [
        LeftOut(
            recording_id=one.recording_id,
            title=one.title,
            seconds=one.seconds,
            why=one.why.value,
            dealt_at=one.dealt_at,
            dealt_by=one.dealt_by,
            note=one.note,
        )
        for one in found
    ]
    return LeftOutLines(rows=rows, after=found[-1].id if len(found) == _ROWS else None)


@router.post(
    "/staff/retention/runs/{uuid:run_id}/left-out", response={200: Run, **ANSWERS}, operation_id="settleLeftOutByRun"
)
def deal(request: HttpRequest, run_id: UUID, body: LeftOutDealt) -> Any:
    """Somebody has dealt with these (R126)."""
    who, wanted = actor.from_request(request, channel=Channel.API), [RecordingId(one) for one in body.recording_ids]
    return _answer(actions.deal_with_left_out(run_id, wanted, note=body.note, actor=who, now=timezone.now()), run_id)

"""The timetable for programs: send events, see what became of them, what failed, and try that again (R156, R227)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema, Status

from cathedra.actions import scheduling as actions
from cathedra.db.reads import scheduling as reads
from cathedra.db.reads.scheduling import RunRow
from cathedra.domain import access
from cathedra.domain.ingest import timetable as rules
from cathedra.domain.ingest.timetable import FeedOutcome
from cathedra.domain.terms import AccountId, Channel, Decision
from cathedra.web import actor
from cathedra.web.api.answers import REFUSED, Refusal, told
from cathedra.web.staff.timetable import why_of

router = Router(tags=["schedules"])
Word = Annotated[str, Field(max_length=2000)]


class EventIn(Schema):
    """An event of a timetable. `event` is its id there. A time without an offset is by the clock of the site. Several rooms
    or folders are parted by semicolons; a folder is its id or the code of its course, a presenter a login name or an
    address."""

    event: Word
    title: Word
    starts_at: Word
    ends_at: Word
    room: Word
    folder: Word
    presenter: Word = ""
    cancelled: bool = False
    joint: bool = False


class FeedIn(Schema):
    """Events, in any order. With `dry_run` nothing is done but to say what would be."""

    events: Annotated[list[EventIn], Field(min_length=1, max_length=rules.MOST_EVENTS)]
    dry_run: bool = False


class FeedLine(Schema):
    """What became of an event, or would. `line` counts from 1, in the order in which they were sent."""

    line: int
    event: str
    title: str
    outcome: FeedOutcome
    code: str
    rule: str
    message: str


class FeedRun(Schema):
    """A feed that was sent, and how far it is. `counts` tells how often each outcome; `lines` are the first 500 that are not
    as they were."""

    id: UUID
    dry_run: bool
    received_at: datetime
    ended_at: datetime | None
    events: int
    seen: int
    counts: dict[FeedOutcome, int]
    lines: list[FeedLine]


class FailedOut(Schema):
    """An event that nothing came of, and why. `try_at` is when it is tried again by itself, if it is."""

    event: str
    title: str
    attempts: int
    at: datetime
    try_at: datetime | None
    code: str
    rule: str
    message: str


class FeedAgainIn(Schema):
    """Which events; left out, all that failed."""

    events: Annotated[list[Word], Field(max_length=rules.MOST_EVENTS)] | None = None


class FeedAgainOut(Schema):
    """How many are tried again."""

    events: int


@router.post("/timetable", response={202: FeedRun, REFUSED: Refusal}, operation_id="sendTimetable")
def send(request: HttpRequest, given: FeedIn) -> Any:
    """Send events of a timetable. They are worked through soon, as I might schedule them myself; ask for the answer."""
    viewer = AccountId(request.user.pk)
    feed = [rules.as_said(_words(one)) for one in given.events]
    who = actor.from_request(request, channel=Channel.API)
    found = actions.receive_timetable(feed, is_trial=given.dry_run, actor=who, now=timezone.now())
    if isinstance(found, Decision):
        return told(found)
    return Status(202, _run(reads.get_run(found, viewer, runs_service=False)))


@router.get("/timetable/runs/{uuid:feed_id}", response={200: FeedRun, REFUSED: Refusal}, operation_id="getTimetableRun")
def get_run(request: HttpRequest, feed_id: UUID) -> Any:
    """What became of a feed that I sent; of anybody's, for who runs the service."""
    viewer = AccountId(request.user.pk)
    decision = actions.may_send(actor.from_request(request, channel=Channel.API))
    if not decision.is_permitted:
        return told(decision)
    try:
        return _run(reads.get_run(feed_id, viewer, runs_service=reads.runs_service(viewer)))
    except reads.RunNotFound:
        return told(access.no_permission())


@router.get(
    "/timetable/failed", response={200: list[FailedOut], REFUSED: Refusal}, operation_id="listTimetableFailures"
)
def list_failed(request: HttpRequest) -> Any:
    """Events that nothing came of, the latest first, 200 at most."""
    viewer = AccountId(request.user.pk)
    decision = actions.may_send(actor.from_request(request, channel=Channel.API))
    if not decision.is_permitted:
        return told(decision)
    return [
        FailedOut(
            event=row.external_id,
            title=row.said.get("title", ""),
            attempts=row.attempts,
            at=row.at,
            try_at=row.try_at,
            **_why(row.why),
        )
        for row in reads.list_failed(viewer, runs_service=reads.runs_service(viewer))
    ]


@router.post("/timetable/again", response={200: FeedAgainOut, REFUSED: Refusal}, operation_id="tryTimetableAgain")
def again(request: HttpRequest, given: FeedAgainIn) -> Any:
    """Try what failed again, three times more."""
    who = actor.from_request(request, channel=Channel.API)
    found = actions.try_timetable_again(given.events, actor=who, now=timezone.now())
    return told(found) if isinstance(found, Decision) else FeedAgainOut(events=found)


def _words(one: EventIn) -> dict[str, object]:
    flags = {name: "yes" if getattr(one, name) else "" for name in ("cancelled", "joint")}
    return one.model_dump() | flags


def _run(row: RunRow) -> FeedRun:
    return FeedRun(
        id=row.id,
        dry_run=row.is_trial,
        received_at=row.received_at,
        ended_at=row.ended_at,
        events=row.events,
        seen=row.seen,
        counts={FeedOutcome(name): count for name, count in row.counts.items()},
        lines=[
            FeedLine(
                line=one["line"],
                event=one["event"],
                title=one["title"],
                outcome=one["outcome"],
                **_why(one["why"] or {}),
            )
            for one in row.lines
        ],
    )


def _why(why: Mapping[str, Any]) -> dict[str, str]:
    return {"code": why.get("code", ""), "rule": why.get("rule", ""), "message": why_of(why)}

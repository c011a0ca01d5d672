"""Schedules in rooms: what there is to choose, schedule one or a series, see, put to another time, call off (R151 to R155).

Times are instants with their time zone; a series keeps the hours that its first one has by the clock of the site."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status
from pydantic import AwareDatetime

from cathedra.actions import scheduling as actions
from cathedra.actions.scheduling import Scheduled, ScheduleWish
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import scheduling as reads
from cathedra.db.reads.keyset import Page
from cathedra.db.reads.scheduling import ScheduleLine
from cathedra.domain import access
from cathedra.domain.access import Action
from cathedra.domain.ingest import CANCEL_CHARACTERS, Reach, Repeat, Span
from cathedra.domain.library import NAME_LIMIT
from cathedra.domain.terms import AccountId, Channel, Decision, FolderId, RecordingId
from cathedra.web import actor
from cathedra.web.api.answers import REFUSED, Refusal, told
from cathedra.web.api.declarations import DeclarationIn
from cathedra.web.scheduling import door

router = Router(tags=["schedules"])
MOST = 100
Limit = Annotated[int, Query(ge=1, le=MOST)]
_FIRST, _LAST = date(2000, 1, 1), date(2100, 1, 1)
Day = Annotated[date, Field(ge=_FIRST, le=_LAST)]
Instant = Annotated[
    AwareDatetime,
    Field(ge=datetime.fromisoformat("2000-01-01T00:00:00Z"), le=datetime.fromisoformat("2100-01-01T00:00:00Z")),
]


class RecorderOut(Schema):
    """A recorder that I may schedule on. One that does not keep the main stream records beside another."""

    id: int
    name: str
    facility: str
    keeps_main_stream: bool


class RepeatIn(Schema):
    """On which weekdays (0: Monday), up to and with which day; the first one lies on one of them."""

    weekdays: Annotated[list[Annotated[int, Field(ge=0, le=6)]], Field(min_length=1, max_length=7)]
    until: Day


class ScheduleIn(Schema):
    """What to record. The presenter becomes its owner; left out, I am. `declaration` says what it is for and is needed
    wherever the acceptable use policy is in force (R84). With `takes_free_part`, what is left where something is in the
    way."""

    title: Annotated[str, Field(max_length=NAME_LIMIT)]
    starts_at: Instant
    ends_at: Instant
    recorders: Annotated[list[Annotated[int, Field(ge=0, le=2**53)]], Field(min_length=1, max_length=20)]
    presenter: UUID | None = None
    repeat: RepeatIn | None = None
    declaration: DeclarationIn | None = None
    takes_free_part: bool = False


class SlotOut(Schema):
    """One of what was scheduled, and when it is recorded."""

    recording_id: UUID
    starts_at: datetime
    ends_at: datetime


class ScheduleLineOut(SlotOut):
    """A schedule; `state` is that of its recording's media. Of a series all have the same `series`."""

    title: str
    folder_id: UUID
    folder_name: str
    state: str
    series: UUID | None
    places: list[str]
    owner_name: str
    presenter_name: str
    scheduled_by_name: str


class Schedules(Schema):
    """Some schedules, and `after` for the next ones; empty at the end."""

    rows: list[ScheduleLineOut]
    after: str


class MoveIn(Schema):
    """Another time. `reach`: this one, those that follow in its series with it, or all; others go as many days on."""

    starts_at: Instant
    ends_at: Instant
    reach: Reach = Reach.THIS


class CallOffIn(Schema):
    """How much of its series, and why, which those who are told read."""

    reach: Reach = Reach.THIS
    reason: Annotated[str, Field(max_length=CANCEL_CHARACTERS)] = ""


class ScheduleNamesIn(Schema):
    """Another title or presenter; what is left out stays. The presenter becomes the owner."""

    title: Annotated[str, Field(max_length=NAME_LIMIT)] | None = None
    presenter: UUID | None = None
    reach: Reach = Reach.THIS


@router.get(
    "/folders/{uuid:folder_id}/recorders",
    response={200: list[RecorderOut], REFUSED: Refusal},
    operation_id="listRecordersFor",
)
def list_recorders(request: HttpRequest, folder_id: UUID) -> Any:
    """What I may schedule on for this folder."""
    viewer = AccountId(request.user.pk)
    facts = access_reads.folder_facts(viewer, FolderId(folder_id))
    decision = door.decide(facts, timezone.now())
    if not decision.is_permitted:
        return told(decision)
    return [
        RecorderOut(id=one.id, name=one.name, facility=one.facility, keeps_main_stream=one.keeps_primary)
        for one in door.recorders_for(viewer, facts)
    ]


@router.post(
    "/folders/{uuid:folder_id}/schedules",
    response={201: list[SlotOut], REFUSED: Refusal},
    operation_id="scheduleRecordings",
)
def schedule(request: HttpRequest, folder_id: UUID, given: ScheduleIn) -> Any:
    """Schedule one, or a series: all of it, or nothing where one is refused. Sent again, it finds its own time taken."""
    wish = ScheduleWish(
        FolderId(folder_id),
        given.title,
        Span(given.starts_at, given.ends_at),
        tuple(given.recorders),
        use=given.declaration.wish() if given.declaration else None,
        presenter=AccountId(given.presenter) if given.presenter else None,
        repeat=Repeat(frozenset(given.repeat.weekdays), given.repeat.until) if given.repeat else None,
        takes_free_part=given.takes_free_part,
    )
    who = actor.from_request(request, channel=Channel.API)
    found = actions.schedule_recordings(
        wish, actor=who, now=timezone.now(), max_hours=door.max_hours(), zone=door.zone()
    )
    if not isinstance(found, Scheduled):
        return told(found)
    made = [SlotOut(recording_id=one, starts_at=span.starts_at, ends_at=span.ends_at) for one, span in found.recordings]
    return Status(201, made)


@router.get(
    "/folders/{uuid:folder_id}/schedules",
    response={200: Schedules, REFUSED: Refusal},
    operation_id="listFolderSchedules",
)
def list_here(request: HttpRequest, folder_id: UUID, after: str = "", limit: Limit = 50) -> Any:
    """What is to come in a folder, the next first."""
    viewer, wanted, now = AccountId(request.user.pk), FolderId(folder_id), timezone.now()
    facts = access_reads.folder_facts(viewer, wanted)
    may = door.decide(facts, now)
    if not (may.is_permitted or access.permits(facts, Action.SEE_PROGRESS, now)):
        return told(may)
    return _page(reads.list_in_folder(viewer, wanted, may_schedule=may.is_permitted, now=now, after=after, limit=limit))


@router.get("/schedules", response=Schedules, operation_id="listOwnSchedules")
def list_own(request: HttpRequest, past: bool = False, after: str = "", limit: Limit = 50) -> Any:
    """What I scheduled, present or own: to come, the next first; with `past` what is over, the latest first."""
    viewer = AccountId(request.user.pk)
    return _page(reads.list_own(viewer, now=timezone.now(), is_past=past, after=after, limit=limit))


@router.get(
    "/recordings/{uuid:recording_id}/schedule",
    response={200: ScheduleLineOut, REFUSED: Refusal},
    operation_id="getSchedule",
)
def get_schedule(request: HttpRequest, recording_id: UUID) -> Any:
    """When and where a recording is to be made, or was."""
    seen = door.see(AccountId(request.user.pk), RecordingId(recording_id), timezone.now())
    return told(seen) if isinstance(seen, Decision) else _line(seen.line)


@router.post(
    "/recordings/{uuid:recording_id}/schedule/move",
    response={200: ScheduleLineOut, REFUSED: Refusal},
    operation_id="moveSchedule",
)
def move(request: HttpRequest, recording_id: UUID, given: MoveIn) -> Any:
    """Put it to another time, up to its end; while it is recorded, its end alone. Nothing changes where one is refused."""
    wanted = RecordingId(recording_id)
    decision = actions.reschedule(
        wanted,
        Span(given.starts_at, given.ends_at),
        reach=given.reach,
        actor=actor.from_request(request, channel=Channel.API),
        now=timezone.now(),
        max_hours=door.max_hours(),
        zone=door.zone(),
    )
    return _line(reads.get_line(wanted)) if decision.is_permitted else told(decision)


@router.post(
    "/recordings/{uuid:recording_id}/schedule/call-off",
    response={200: ScheduleLineOut, REFUSED: Refusal},
    operation_id="callOffSchedule",
)
def call_off(request: HttpRequest, recording_id: UUID, given: CallOffIn) -> Any:
    """Nothing is recorded, and the recorder is free again. Of a series that is being recorded, that one goes on."""
    wanted, who = RecordingId(recording_id), actor.from_request(request, channel=Channel.API)
    decision = actions.cancel_scheduled(wanted, reach=given.reach, reason=given.reason, actor=who, now=timezone.now())
    return _line(reads.get_line(wanted)) if decision.is_permitted else told(decision)


@router.post(
    "/recordings/{uuid:recording_id}/schedule/name",
    response={200: ScheduleLineOut, REFUSED: Refusal},
    operation_id="nameSchedule",
)
def name(request: HttpRequest, recording_id: UUID, given: ScheduleNamesIn) -> Any:
    """Give it another title or presenter, up to its end (R154)."""
    wanted = RecordingId(recording_id)
    decision = actions.change_scheduled(
        wanted,
        title=given.title,
        presenter=AccountId(given.presenter) if given.presenter else None,
        reach=given.reach,
        actor=actor.from_request(request, channel=Channel.API),
        now=timezone.now(),
    )
    return _line(reads.get_line(wanted)) if decision.is_permitted else told(decision)


def _page(page: Page[ScheduleLine]) -> Schedules:
    return Schedules(rows=[_line(row) for row in page.rows], after=page.after)


def _line(row: ScheduleLine) -> ScheduleLineOut:
    return ScheduleLineOut(
        recording_id=row.recording_id,
        starts_at=row.span.starts_at,
        ends_at=row.span.ends_at,
        title=row.title,
        folder_id=row.folder_id,
        folder_name=row.folder_name,
        state=row.media,
        series=row.series,
        places=list(row.places),
        owner_name=row.owner_name,
        presenter_name=row.presenter_name,
        scheduled_by_name=row.scheduled_by_name,
    )

"""Facilities and their recorders: as those who keep them see them, and as somebody who schedules chooses them (R152,
R165). Those of pages ask for no viewer, but for titles: the doors and actions that call them let nobody else in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import Lower

from cathedra.db.models import Account, Department, Facility, Recorder, Recording, ScheduleRecorder
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import keyset
from cathedra.db.reads import people as people_reads
from cathedra.db.reads.keyset import Page
from cathedra.domain.access import Action
from cathedra.domain.ingest import RoomPerson, Span
from cathedra.domain.library import MediaState
from cathedra.domain.people import Affiliation, SystemRole, is_staff
from cathedra.domain.terms import AccountId, NotFound, RecordingId

MOST_BOOKINGS = 1000
_WAITING = (MediaState.SCHEDULED, MediaState.RECORDING)


class FacilityNotFound(NotFound):
    """No facility has this number."""


class RecorderNotFound(NotFound):
    """No recorder has this number."""


@dataclass(frozen=True, slots=True)
class FacilityLine:
    """A facility in the list. `recorders` are those in use; `waiting` is how much is scheduled there that is not over, and
    `next_at` when the next of it begins, or began."""

    id: int
    name: str
    department_id: UUID
    department: str
    recorders: int
    schedulers: int
    waiting: int
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class RecorderRow:
    """A recorder of a facility. `waiting` is how much is scheduled on it that is not over."""

    id: int
    facility_id: int
    name: str
    keeps_primary: bool
    retired_at: datetime | None
    waiting: int


@dataclass(frozen=True, slots=True)
class FacilityPage:
    """All of a facility: its recorders, who schedules on them, and who is told when something is wrong."""

    line: FacilityLine
    recorders: tuple[RecorderRow, ...]
    schedulers: tuple[RoomPerson, ...]
    technicians: tuple[RoomPerson, ...]


@dataclass(frozen=True, slots=True)
class Booking:
    """A time that is taken on a recorder. `title` and `recording_id` are None for whom the recording is not to be seen
    by (R169)."""

    span: Span
    recorder: str
    recording_id: RecordingId | None
    title: str | None


def runs_service(viewer: AccountId | None) -> bool:
    """Whether they run the service, who may schedule on every recorder (R25, R38 row 21)."""
    return viewer is not None and SystemRole.SERVICE_ADMIN in people_reads.system_roles(viewer)


def looks_after(viewer: AccountId | None, facility_id: int) -> bool:
    """Whether they are one of its own schedulers (R165), with an account that is open."""
    return Facility.objects.filter(id=facility_id, schedulers=viewer, schedulers__is_active=True).exists()


def list_facilities(
    *, search: str = "", kept_by: AccountId | None = None, after: str = "", limit: int, now: datetime
) -> Page[FacilityLine]:
    """Facilities by name; each word of the search stands in the name of it or of its department. `kept_by`: of which
    they are one of the schedulers."""
    rows = Facility.objects.select_related("department").annotate(key=Lower("name"))
    for word in search.split()[:6]:
        rows = rows.filter(Q(name__icontains=word) | Q(department__name__icontains=word))
    if kept_by is not None:
        rows = rows.filter(schedulers=kept_by)
    if begun := keyset.parse(after):
        rows = rows.filter(Q(key__gt=begun[0]) | Q(key=begun[0], id__gt=begun[1].int))
    found = list(rows.order_by("key", "id")[: limit + 1])
    keys = [keyset.place(row.key, UUID(int=row.id)) for row in found]
    return keyset.page_of(_lines(found, now), keys, limit=limit)


def get_facility(facility_id: int, *, now: datetime) -> FacilityPage:
    """A facility. Raises FacilityNotFound."""
    row = Facility.objects.select_related("department").filter(id=facility_id).first()
    if row is None:
        raise FacilityNotFound(str(facility_id))
    (line,) = _lines([row], now)
    return FacilityPage(
        line, _recorders(facility_id, now), _people(row.schedulers.all()), _people(row.technicians.all())
    )


def get_recorder(recorder_id: int, *, now: datetime) -> RecorderRow:
    """A recorder. Raises RecorderNotFound."""
    facility_id = Recorder.objects.filter(id=recorder_id).values_list("facility_id", flat=True).first()
    if facility_id is None:
        raise RecorderNotFound(str(recorder_id))
    return next(one for one in _recorders(facility_id, now) if one.id == recorder_id)


def lock_facility(facility_id: int) -> tuple[str, UUID]:
    """What a facility is called and its department, kept until the transaction ends. Raises FacilityNotFound."""
    row = Facility.objects.select_for_update(no_key=True).filter(id=facility_id).first()
    if row is None:
        raise FacilityNotFound(str(facility_id))
    return row.name, row.department_id


def lock_recorder(recorder_id: int, *, now: datetime) -> RecorderRow:
    """A recorder with its facility, kept until the transaction ends: nobody schedules on it meanwhile. Raises
    RecorderNotFound."""
    facility_id = Recorder.objects.filter(id=recorder_id).values_list("facility_id", flat=True).first()
    if facility_id is None:
        raise RecorderNotFound(str(recorder_id))
    lock_facility(facility_id)
    Recorder.objects.select_for_update(no_key=True).get(id=recorder_id)
    return get_recorder(recorder_id, now=now)


def is_facility_called(name: str, *, besides: int | None = None) -> bool:
    """Whether another facility is called so, whatever the case."""
    rows = Facility.objects.filter(name__iexact=name)
    return (rows.exclude(id=besides) if besides else rows).exists()


def is_recorder_called(facility_id: int, name: str, *, besides: int | None = None) -> bool:
    """Whether another recorder of the facility is called so, in use or not."""
    rows = Recorder.objects.filter(facility_id=facility_id, name__iexact=name)
    return (rows.exclude(id=besides) if besides else rows).exists()


def has_department(department_id: UUID) -> bool:
    """Whether there is such a department, which can be a host."""
    return Department.objects.filter(id=department_id).exists()


def room_people(account_ids: Iterable[AccountId]) -> tuple[RoomPerson, ...]:
    """These people, for the rule that says who may be a facility's scheduler."""
    return _people(Account.objects.filter(id__in=list(account_ids)))


def list_bookings(facility_id: int, span: Span, *, viewer: AccountId | None, now: datetime) -> tuple[Booking, ...]:
    """Every time that is taken on the facility's recorders at some moment of the span, in order; titles for whoever may
    see what the recording is (R169)."""
    slots = ScheduleRecorder.objects.filter(
        recorder__facility_id=facility_id, stands=True, starts_at__lt=span.ends_at, ends_at__gt=span.starts_at
    )
    found = slots.order_by("starts_at", "recorder__name", "id").values_list(
        "starts_at", "ends_at", "recorder__name", "schedule_id", "schedule__recording__title"
    )[:MOST_BOOKINGS]
    ids = {recording_id for *_times, recording_id, _title in found}
    may = access_reads.may(viewer, Action.SEE_METADATA, now)
    seen = set(Recording.objects.filter(may, id__in=ids).values_list("id", flat=True))
    return tuple(
        Booking(
            Span(start, end),
            recorder,
            RecordingId(recording_id) if recording_id in seen else None,
            title if recording_id in seen else None,
        )
        for start, end, recorder, recording_id, title in found
    )


def list_waiting(recorder_id: int, *, now: datetime) -> tuple[Span, ...]:
    """What is scheduled on a recorder and not over, in order: it would not be recorded there any more."""
    rows = _waiting(now).filter(recorder_id=recorder_id).order_by("starts_at")
    return tuple(Span(start, end) for start, end in rows.values_list("starts_at", "ends_at"))


def _waiting(now: datetime) -> QuerySet[ScheduleRecorder]:
    return ScheduleRecorder.objects.filter(stands=True, ends_at__gt=now, schedule__recording__media_state__in=_WAITING)


def _lines(rows: Sequence[Facility], now: datetime) -> list[FacilityLine]:
    ids = [row.id for row in rows]
    in_use = (
        Recorder.objects.filter(facility_id__in=ids, retired_at=None).values("facility_id").annotate(count=Count("id"))
    )
    recorders = {one["facility_id"]: one["count"] for one in in_use}
    named = Facility.schedulers.through.objects.filter(facility_id__in=ids).values("facility_id")
    schedulers = {one["facility_id"]: one["count"] for one in named.annotate(count=Count("id"))}
    taken = _waiting(now).filter(recorder__facility_id__in=ids).values("recorder__facility_id")
    waiting = {
        one["recorder__facility_id"]: (one["count"], one["next"])
        for one in taken.annotate(count=Count("schedule_id", distinct=True), next=Min("starts_at"))
    }
    return [
        FacilityLine(
            row.id,
            row.name,
            row.department_id,
            row.department.name,
            recorders.get(row.id, 0),
            schedulers.get(row.id, 0),
            *waiting.get(row.id, (0, None)),
        )
        for row in rows
    ]


def _recorders(facility_id: int, now: datetime) -> tuple[RecorderRow, ...]:
    taken = _waiting(now).filter(recorder__facility_id=facility_id).values("recorder_id").annotate(count=Count("id"))
    waiting = {one["recorder_id"]: one["count"] for one in taken}
    rows = Recorder.objects.filter(facility_id=facility_id).order_by(Lower("name"), "id")
    return tuple(
        RecorderRow(row.id, facility_id, row.name, row.keeps_primary, row.retired_at, waiting.get(row.id, 0))
        for row in rows
    )


def _may_book(row: Account) -> bool:
    """Staff, and the programs that schedule what a timetable tells (R156)."""
    return is_staff(row.affiliation) or row.affiliation == Affiliation.SERVICE_ACCOUNT


def _people(rows: QuerySet[Account]) -> tuple[RoomPerson, ...]:
    return tuple(
        RoomPerson(AccountId(row.id), row.login_name, row.full_name, row.is_active, _may_book(row))
        for row in rows.order_by(Lower("full_name"), "login_name")
    )

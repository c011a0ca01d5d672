"""Schedules and the recorders that they take, as facts for the rules of R151 to R155. None of these asks who looks: the
actions that call them do."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q

from cathedra.db.models import Capture, Facility, Recorder, Schedule, ScheduleRecorder
from cathedra.domain.ingest import MISSED_AFTER, Occurrence, RoomRecorder, Span
from cathedra.domain.library import MediaState
from cathedra.domain.terms import AccountId, FolderId, NotFound, RecordingId


class ScheduleNotFound(NotFound):
    """Nothing was ever scheduled for this recording."""


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """A schedule as it stands."""

    recording_id: RecordingId
    title: str
    media: MediaState
    span: Span
    series: UUID | None
    scheduled_by: AccountId | None
    presenter: AccountId | None
    recorder_ids: tuple[int, ...]
    folder_id: FolderId
    owner_id: AccountId


@dataclass(frozen=True, slots=True)
class Slot:
    """A time that is taken on a recorder, and by which recording."""

    recording_id: RecordingId
    title: str
    span: Span
    recorder_id: int


@dataclass(frozen=True, slots=True)
class ScheduleTelling:
    """What people are told of a schedule, and who they are. `places` are its recorders with their facilities, `hosts` the
    addresses of the departments that those belong to."""

    recording_id: RecordingId
    title: str
    folder: str
    span: Span
    owner_id: AccountId
    presenter: AccountId | None
    presenter_name: str
    scheduled_by: AccountId | None
    places: tuple[str, ...]
    hosts: tuple[str, ...]
    technicians: tuple[AccountId, ...]


def lock_recorders(
    recorder_ids: Collection[int], *, viewer: AccountId | None, runs_service: bool
) -> tuple[RoomRecorder, ...]:
    """These recorders, in the order of their numbers, kept until the transaction ends, so that nobody else takes their
    time meanwhile. May schedule on one: its facility's schedulers, and who runs the service (R152). Not all of them where
    one is not there."""
    rows = Recorder.objects.select_for_update(no_key=True, of=("self",)).filter(id__in=recorder_ids).order_by("id")
    is_scheduler = Facility.schedulers.through.objects.filter(facility_id=OuterRef("facility_id"), account_id=viewer)
    return tuple(
        RoomRecorder(
            row.name,
            may=runs_service or row.may,
            keeps_primary=row.keeps_primary,
            is_retired=row.retired_at is not None,
        )
        for row in rows.annotate(may=Exists(is_scheduler))
    )


def list_taken(recorder_ids: Collection[int], span: Span, *, beside: Collection[RecordingId] = ()) -> tuple[Slot, ...]:
    """What stands on one of these recorders at some moment of the span, but for these recordings, in order."""
    rows = ScheduleRecorder.objects.filter(
        recorder_id__in=recorder_ids, stands=True, starts_at__lt=span.ends_at, ends_at__gt=span.starts_at
    )
    found = rows.exclude(schedule_id__in=beside).order_by("starts_at", "id")
    return tuple(
        Slot(RecordingId(one), title, Span(start, end), recorder)
        for one, title, start, end, recorder in found.values_list(
            "schedule_id", "schedule__recording__title", "starts_at", "ends_at", "recorder_id"
        )
    )


def is_scheduler_of(recorder_ids: Collection[int], *, viewer: AccountId | None) -> bool:
    """Whether the viewer is on the list of schedulers of a facility that one of these recorders is in (R152)."""
    facilities = Recorder.objects.filter(id__in=recorder_ids).values("facility_id")
    return bool(Facility.schedulers.through.objects.filter(facility_id__in=facilities, account_id=viewer).exists())


def get_schedule(recording_id: RecordingId, *, lock: bool = False) -> ScheduleRow:
    """One schedule; `lock` keeps it until the transaction ends. Raises ScheduleNotFound."""
    found = get_schedules([recording_id], lock=lock)
    if not found:
        raise ScheduleNotFound
    return found[0]


def get_schedules(recording_ids: Collection[RecordingId], *, lock: bool = False) -> list[ScheduleRow]:
    """Several, in the order of their times, in which they are locked too, so that two who change one series take turns.
    What is not there is left out."""
    return _rows(Q(recording_id__in=recording_ids), lock)


def lock_series(series: UUID, beside: RecordingId) -> list[ScheduleRow]:
    """Those of a series that wait or are being recorded, and this one whatever has come of it, kept until the transaction
    ends."""
    goes_on = Q(series=series, recording__media_state__in=(MediaState.SCHEDULED, MediaState.RECORDING))
    return _rows(goes_on | Q(recording_id=beside), lock=True)


def _rows(asked: Q, lock: bool) -> list[ScheduleRow]:
    rows = Schedule.objects.select_related("recording").filter(asked).order_by("starts_at", "recording_id")
    kept = list(rows.select_for_update(no_key=True, of=("self", "recording")) if lock else rows)
    recorders: dict[UUID, list[int]] = {}
    taken = ScheduleRecorder.objects.filter(schedule_id__in=[row.recording_id for row in kept]).order_by("recorder_id")
    for one, recorder in taken.values_list("schedule_id", "recorder_id"):
        recorders.setdefault(one, []).append(recorder)
    return [_row(row, tuple(recorders.get(row.recording_id, ()))) for row in kept]


def _row(row: Schedule, recorder_ids: tuple[int, ...]) -> ScheduleRow:
    return ScheduleRow(
        RecordingId(row.recording_id),
        row.recording.title,
        MediaState(row.recording.media_state),
        Span(row.starts_at, row.ends_at),
        row.series,
        AccountId(row.scheduled_by_id) if row.scheduled_by_id else None,
        AccountId(row.presenter_id) if row.presenter_id else None,
        recorder_ids,
        FolderId(row.recording.folder_id),
        AccountId(row.recording.owner_id),
    )


def list_tellings(recording_ids: Collection[RecordingId]) -> list[ScheduleTelling]:
    """For notices about these, in the order of their times."""
    rows = Schedule.objects.select_related("recording__folder", "presenter").filter(recording_id__in=recording_ids)
    kept = list(rows.order_by("starts_at", "recording_id"))
    rooms = _rooms_of([row.recording_id for row in kept])
    looking_after = _technicians({facility for each in rooms.values() for facility, *_named in each})
    return [_telling(row, rooms.get(row.recording_id, []), looking_after) for row in kept]


_Room = tuple[int, str, str, str]  # a facility, its name, the recorder's, and the host's address


def _rooms_of(recording_ids: Collection[UUID]) -> dict[UUID, list[_Room]]:
    slots = ScheduleRecorder.objects.filter(schedule_id__in=recording_ids).order_by("recorder_id")
    about = ("facility_id", "facility__name", "name", "facility__department__contact_email")
    found: dict[UUID, list[_Room]] = {}
    for one, *room in slots.values_list("schedule_id", *(f"recorder__{name}" for name in about)):
        found.setdefault(one, []).append((room[0], room[1], room[2], room[3]))
    return found


def _technicians(facilities: Collection[int]) -> list[tuple[int, AccountId]]:
    rows = Facility.technicians.through.objects.filter(facility_id__in=facilities).order_by("account__login_name")
    return [(facility, AccountId(one)) for facility, one in rows.values_list("facility_id", "account_id")]


def _telling(row: Schedule, rooms: list[_Room], looking_after: list[tuple[int, AccountId]]) -> ScheduleTelling:
    facilities = {facility for facility, *_named in rooms}
    technicians = dict.fromkeys(one for facility, one in looking_after if facility in facilities)
    return ScheduleTelling(
        RecordingId(row.recording_id),
        row.recording.title,
        row.recording.folder.name,
        Span(row.starts_at, row.ends_at),
        AccountId(row.recording.owner_id),
        AccountId(row.presenter_id) if row.presenter_id else None,
        row.presenter.full_name if row.presenter else "",
        AccountId(row.scheduled_by_id) if row.scheduled_by_id else None,
        places=tuple(f"{name}, {recorder}" for _facility, name, recorder, _host in rooms),
        hosts=tuple(dict.fromkeys(host for *_named, host in rooms if host)),
        technicians=tuple(technicians),
    )


def list_series(series: UUID) -> tuple[Occurrence, ...]:
    """Those of a series that still wait to be recorded, in order."""
    rows = Schedule.objects.filter(series=series, recording__media_state=MediaState.SCHEDULED).order_by("starts_at")
    return tuple(
        Occurrence(RecordingId(one), Span(start, end))
        for one, start, end in rows.values_list("recording_id", "starts_at", "ends_at")
    )


def seconds_by_day(*, now: datetime, zone: ZoneInfo) -> dict[date, int]:
    """How long will be recorded by what is scheduled and has not begun, by the site's day on which it starts (R107)."""
    rows = Schedule.objects.filter(recording__media_state=MediaState.SCHEDULED, ends_at__gt=now)
    found: dict[date, int] = {}
    for start, end in rows.values_list("starts_at", "ends_at").iterator():
        day = max(start, now).astimezone(zone).date()
        found[day] = found.get(day, 0) + round((end - start).total_seconds())
    return found


def list_overdue(*, now: datetime, limit: int = 200) -> list[RecordingId]:
    """Those of which nothing has come half an hour after their end, and of which no recorder was ever heard, the longest
    ago first (T6)."""
    rows = Schedule.objects.filter(recording__media_state=MediaState.SCHEDULED, ends_at__lte=now - MISSED_AFTER)
    rows = rows.exclude(Exists(Capture.objects.filter(recording_id=OuterRef("recording_id"))))
    return [RecordingId(one) for one in rows.order_by("ends_at").values_list("recording_id", flat=True)[:limit]]

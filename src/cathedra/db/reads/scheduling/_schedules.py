"""Schedules and the recorders that they take, as facts for the rules of R151 to R155. None of these asks who looks: the
actions that call them do."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef

from cathedra.db.models import Account, Facility, Recorder, Schedule, ScheduleRecorder
from cathedra.domain.ingest import MISSED_AFTER, Occurrence, RoomRecorder, Span
from cathedra.domain.library import MediaState
from cathedra.domain.terms import AccountId, NotFound, RecordingId


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


@dataclass(frozen=True, slots=True)
class Slot:
    """A time that is taken on a recorder, and by which recording."""

    recording_id: RecordingId
    title: str
    span: Span


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
        Slot(RecordingId(one), title, Span(start, end))
        for one, title, start, end in found.values_list(
            "schedule_id", "schedule__recording__title", "starts_at", "ends_at"
        )
    )


def get_schedule(recording_id: RecordingId, *, lock: bool = False) -> ScheduleRow:
    """One schedule; `lock` keeps it until the transaction ends. Raises ScheduleNotFound."""
    rows = Schedule.objects.select_related("recording").filter(recording_id=recording_id)
    row = (rows.select_for_update(no_key=True, of=("self", "recording")) if lock else rows).first()
    if row is None:
        raise ScheduleNotFound
    taken = ScheduleRecorder.objects.filter(schedule_id=recording_id).order_by("recorder_id")
    return ScheduleRow(
        recording_id,
        row.recording.title,
        MediaState(row.recording.media_state),
        Span(row.starts_at, row.ends_at),
        row.series,
        AccountId(row.scheduled_by_id) if row.scheduled_by_id else None,
        AccountId(row.presenter_id) if row.presenter_id else None,
        tuple(taken.values_list("recorder_id", flat=True)),
    )


def list_tellings(recording_ids: Collection[RecordingId]) -> list[ScheduleTelling]:
    """For notices about these, in the order of their times."""
    rows = Schedule.objects.select_related("recording__folder", "presenter").filter(recording_id__in=recording_ids)
    return [_telling(row) for row in rows.order_by("starts_at", "recording_id")]


def _telling(row: Schedule) -> ScheduleTelling:
    slots = ScheduleRecorder.objects.filter(schedule_id=row.pk).order_by("recorder_id")
    named = slots.values_list(
        "recorder__facility__name", "recorder__name", "recorder__facility__department__contact_email"
    )
    facilities = list(slots.values_list("recorder__facility_id", flat=True))
    who = Facility.technicians.through.objects.filter(facility_id__in=facilities).values("account_id")
    technicians = Account.objects.filter(id__in=who).order_by("login_name").values_list("id", flat=True)
    return ScheduleTelling(
        RecordingId(row.recording_id),
        row.recording.title,
        row.recording.folder.name,
        Span(row.starts_at, row.ends_at),
        AccountId(row.recording.owner_id),
        AccountId(row.presenter_id) if row.presenter_id else None,
        row.presenter.full_name if row.presenter else "",
        AccountId(row.scheduled_by_id) if row.scheduled_by_id else None,
        places=tuple(f"{facility}, {recorder}" for facility, recorder, _host in named),
        hosts=tuple(dict.fromkeys(host for *_names, host in named if host)),
        technicians=tuple(AccountId(one) for one in technicians),
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
    """Those of which nothing has come half an hour after their end, the longest ago first (T6)."""
    rows = Schedule.objects.filter(recording__media_state=MediaState.SCHEDULED, ends_at__lte=now - MISSED_AFTER)
    return [RecordingId(one) for one in rows.order_by("ends_at").values_list("recording_id", flat=True)[:limit]]

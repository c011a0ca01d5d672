"""Put away schedules. A recorder's time is taken while its row stands, and by one alone (R153)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from cathedra.db.models import Schedule, ScheduleRecorder
from cathedra.domain.ingest import Span
from cathedra.domain.terms import AccountId, RecordingId


@dataclass(frozen=True, slots=True)
class NewSchedule:
    """What a new schedule's row holds."""

    recording_id: RecordingId
    span: Span
    recorder_ids: tuple[int, ...]
    scheduled_by: AccountId
    presenter: AccountId | None = None
    series: UUID | None = None
    external_id: str | None = None


def add_schedule(new: NewSchedule) -> None:
    """Take the time of its recorders. The caller has locked them and seen that it is free."""
    add_schedules([new])


def add_schedules(news: Collection[NewSchedule]) -> None:
    """The same for several at once."""
    Schedule.objects.bulk_create(
        Schedule(
            recording_id=new.recording_id,
            series=new.series,
            scheduled_by_id=new.scheduled_by,
            presenter_id=new.presenter,
            external_id=new.external_id,
            starts_at=new.span.starts_at,
            ends_at=new.span.ends_at,
        )
        for new in news
    )
    ScheduleRecorder.objects.bulk_create(
        ScheduleRecorder(
            schedule_id=new.recording_id, recorder_id=one, starts_at=new.span.starts_at, ends_at=new.span.ends_at
        )
        for new in news
        for one in new.recorder_ids
    )


def set_times(spans: Iterable[tuple[RecordingId, Span]]) -> None:
    """Give schedules that stand other times, all at once: of a series, one may take what another leaves."""
    wanted = dict(spans)
    slots = list(ScheduleRecorder.objects.filter(schedule_id__in=wanted, stands=True))
    standing = ScheduleRecorder.objects.filter(id__in=[row.id for row in slots])
    standing.update(stands=False)
    rows = list(Schedule.objects.filter(recording_id__in=wanted))
    for row in rows:
        span = wanted[RecordingId(row.recording_id)]
        row.starts_at, row.ends_at = span.starts_at, span.ends_at
    for slot in slots:
        span = wanted[RecordingId(slot.schedule_id)]
        slot.starts_at, slot.ends_at = span.starts_at, span.ends_at
    Schedule.objects.bulk_update(rows, ["starts_at", "ends_at"])
    ScheduleRecorder.objects.bulk_update(slots, ["starts_at", "ends_at"])
    standing.update(stands=True)


def set_presenter(recording_ids: Collection[RecordingId], presenter: AccountId) -> None:
    """Who speaks there from now on (R154)."""
    Schedule.objects.filter(recording_id__in=recording_ids).update(presenter_id=presenter)


def release(recording_ids: Collection[RecordingId]) -> int:
    """Their recorders' time is free again (T4). Returns how much was taken."""
    return ScheduleRecorder.objects.filter(schedule_id__in=recording_ids, stands=True).update(stands=False)

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
    times = {"starts_at": new.span.starts_at, "ends_at": new.span.ends_at}
    row = Schedule.objects.create(
        recording_id=new.recording_id,
        series=new.series,
        scheduled_by_id=new.scheduled_by,
        presenter_id=new.presenter,
        external_id=new.external_id,
        **times,
    )
    ScheduleRecorder.objects.bulk_create(
        ScheduleRecorder(schedule=row, recorder_id=one, **times) for one in new.recorder_ids
    )


def set_times(spans: Iterable[tuple[RecordingId, Span]]) -> None:
    """Give schedules that stand other times, all at once: of a series, one may take what another leaves."""
    spans = list(spans)
    slots = ScheduleRecorder.objects.filter(schedule_id__in=[one for one, _ in spans], stands=True)
    ids = list(slots.values_list("id", flat=True))
    slots.update(stands=False)
    for recording_id, span in spans:
        times = {"starts_at": span.starts_at, "ends_at": span.ends_at}
        Schedule.objects.filter(recording_id=recording_id).update(**times)
        ScheduleRecorder.objects.filter(id__in=ids, schedule_id=recording_id).update(**times)
    ScheduleRecorder.objects.filter(id__in=ids).update(stands=True)


def set_presenter(recording_id: RecordingId, presenter: AccountId) -> None:
    """Whose lecture it is."""
    Schedule.objects.filter(recording_id=recording_id).update(presenter_id=presenter)


def release(recording_ids: Collection[RecordingId]) -> int:
    """Their recorders' time is free again (T4). Returns how much was taken."""
    return ScheduleRecorder.objects.filter(schedule_id__in=recording_ids, stands=True).update(stands=False)

"""Put away what timetables told, and what became of it (R156)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from cathedra.db.models import Schedule, ScheduleRecorder, TimetableEvent, TimetableRun
from cathedra.domain.ingest import Span
from cathedra.domain.ingest.timetable import FeedOutcome, Said
from cathedra.domain.terms import AccountId, RecordingId


@dataclass(frozen=True, slots=True)
class EventTaken:
    """What became of an event. `taken` is what it said when something was last done about it."""

    external_id: str
    said: Said
    taken: Said | None
    outcome: FeedOutcome
    why: Mapping[str, Any] | None
    attempts: int
    try_at: datetime | None
    ends_at: datetime | None


def add_run(said: Sequence[Said], *, by: AccountId | None, is_trial: bool, now: datetime) -> UUID:
    """A feed, to be worked through."""
    row = TimetableRun.objects.create(
        sent_by_id=by, is_trial=is_trial, received_at=now, events=len(said), said=list(said)
    )
    return row.id


def set_progress(run_id: UUID, *, seen: int, counts: Mapping[str, int], lines: Sequence[Mapping[str, Any]]) -> None:
    """How far it is."""
    TimetableRun.objects.filter(id=run_id).update(seen=seen, counts=dict(counts), lines=list(lines))


def end_run(run_id: UUID, *, now: datetime) -> None:
    """It is worked through. What was done is not kept as it was sent any longer; what was only tried can be done still."""
    TimetableRun.objects.filter(id=run_id).update(ended_at=now)
    TimetableRun.objects.filter(id=run_id, is_trial=False).update(said=[])


def do_trial(run_id: UUID) -> bool:
    """What was tried is to be done. False where it was no trial that has ended, or is done already."""
    rows = TimetableRun.objects.filter(id=run_id, is_trial=True, ended_at__isnull=False)
    return bool(rows.update(is_trial=False, ended_at=None, seen=0, counts={}, lines=[]))


def keep_events(events: Collection[EventTaken], *, by: AccountId | None, now: datetime) -> None:
    """What became of these, in place of what was known of them."""
    if not events:
        return
    TimetableEvent.objects.bulk_create(
        [
            TimetableEvent(
                external_id=one.external_id,
                sent_by_id=by,
                said=one.said,
                taken=one.taken,
                outcome=one.outcome,
                why=one.why,
                attempts=one.attempts,
                try_at=one.try_at,
                at=now,
                ends_at=one.ends_at,
            )
            for one in events
        ],
        update_conflicts=True,
        unique_fields=["external_id"],
        update_fields=["sent_by", "said", "taken", "outcome", "why", "attempts", "try_at", "at", "ends_at"],
    )


def try_again(external_ids: Collection[str] | None, *, sent_by: AccountId | None, now: datetime) -> int:
    """Those that were given up, or all of them, are tried anew; of `sent_by` alone, where one is named. Returns how
    many."""
    rows = TimetableEvent.objects.filter(outcome=FeedOutcome.FAILED)
    rows = rows if external_ids is None else rows.filter(external_id__in=external_ids)
    rows = rows if sent_by is None else rows.filter(sent_by_id=sent_by)
    return rows.update(attempts=0, try_at=now)


def forget(*, events_before: datetime, runs_before: datetime) -> int:
    """Events that ended before, and feeds that came before, are known no more. Returns how many."""
    events = TimetableEvent.objects.filter(ends_at__lt=events_before).delete()[0]
    return events + TimetableRun.objects.filter(received_at__lt=runs_before).delete()[0]


def name_event(recording_id: RecordingId, external_id: str | None) -> None:
    """The event of the timetable that it is of; none any more where that gets another schedule."""
    Schedule.objects.filter(recording_id=recording_id).update(external_id=external_id)


def hold_event(external_id: str) -> bool:
    """Nobody else gives this event a schedule until the transaction ends. False where it has one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"timetable:{external_id}"])
    return not Schedule.objects.filter(external_id=external_id).exists()


def set_place(recording_id: RecordingId, span: Span, recorder_ids: Collection[int]) -> None:
    """Give a schedule that stands other recorders, and these times."""
    rows = ScheduleRecorder.objects.filter(schedule_id=recording_id)
    rows.delete()
    Schedule.objects.filter(recording_id=recording_id).update(starts_at=span.starts_at, ends_at=span.ends_at)
    ScheduleRecorder.objects.bulk_create(
        ScheduleRecorder(schedule_id=recording_id, recorder_id=one, starts_at=span.starts_at, ends_at=span.ends_at)
        for one in recorder_ids
    )

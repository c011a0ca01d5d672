"""Facilities, recorders and schedules are put away; of a series one may take what another leaves (R153, R155)."""

from datetime import timedelta

from cathedra.db.models import Department, ScheduleRecorder
from cathedra.db.reads import scheduling as reads
from cathedra.db.writes import scheduling as writes
from cathedra.domain.ingest import Span
from tests.lectures import lecture

HOUR = timedelta(hours=1)


def make_recorders(cast, now) -> tuple[int, int]:
    department = Department.objects.get(name="Chemistry").id
    facility = writes.add_facility(
        "Lecture Block", department_id=department, schedulers=[cast.alice], technicians=[cast.chloe], now=now
    )
    return writes.add_recorder(facility, "LB 1", now=now), writes.add_recorder(facility, "LB 2", now=now)


def make_schedule(cast, recorder_ids, span, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    writes.add_schedule(writes.NewSchedule(made, span, recorder_ids, cast.alice))
    return made


def test_r155_times_that_follow_one_another_all_move_at_once(cast, now):
    first, second = make_recorders(cast, now)
    spans = [Span(now + number * HOUR, now + (number + 1) * HOUR) for number in range(3)]
    made = [make_schedule(cast, (first, second), span, now) for span in spans]
    moved = [Span(span.starts_at + HOUR, span.ends_at + HOUR) for span in spans]
    writes.set_times(zip(made, moved, strict=True))
    assert [reads.get_schedule(one).span for one in made] == moved
    slots = ScheduleRecorder.objects.filter(stands=True).order_by("starts_at", "recorder_id")
    assert [Span(row.starts_at, row.ends_at) for row in slots] == [span for span in moved for _ in range(2)]


def test_t4_what_is_released_is_free_and_what_was_called_off_stays_so_when_times_change(cast, now):
    first, _second = make_recorders(cast, now)
    span = Span(now, now + HOUR)
    made = make_schedule(cast, (first,), span, now)
    assert [writes.release([made]), writes.release([made])] == [1, 0]
    writes.set_times([(made, span)])
    assert not ScheduleRecorder.objects.get().stands
    make_schedule(cast, (first,), span, now)

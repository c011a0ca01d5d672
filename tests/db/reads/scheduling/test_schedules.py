"""Facts about recorders, what is taken on them, and series (R151 to R155, T6)."""

import uuid
from datetime import timedelta

import pytest

from cathedra.db.models import Recording
from cathedra.db.reads import scheduling as reads
from cathedra.db.writes import scheduling as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain.ingest import MISSED_AFTER, Occurrence, RoomRecorder, Span
from tests.db.writes.scheduling.test_schedules import make_recorders
from tests.lectures import lecture

HOUR = timedelta(hours=1)


def add(cast, recorder_ids, start, now, **more):
    made = lecture(cast.chemistry, cast.alice, now=now, media_state="SCHEDULED", publication="DRAFT")
    span = Span(start, start + HOUR)
    writes.add_schedule(writes.NewSchedule(made, span, recorder_ids, cast.alice, **more))
    return made, span


def test_r152_on_a_recorder_schedule_the_schedulers_of_its_facility_and_who_runs_the_service(cast, now):
    first, second = make_recorders(cast, now)
    writes.retire_recorder(second, now=now)
    for viewer, runs_service, may in ((cast.alice, False, True), (cast.chloe, False, False), (cast.dev, True, True)):
        with transaction():
            found = reads.lock_recorders([second, first, 10_000], viewer=viewer, runs_service=runs_service)
        assert found == (
            RoomRecorder("LB 1", may=may, keeps_primary=True),
            RoomRecorder("LB 2", may=may, keeps_primary=True, is_retired=True),
        )
    with transaction():
        assert [one.may for one in reads.lock_recorders([first], viewer=None, runs_service=False)] == [False]


def test_r153_taken_is_what_stands_on_these_recorders_and_overlaps(cast, now):
    first, second = make_recorders(cast, now)
    one, span = add(cast, (first, second), now, now)
    other, later = add(cast, (first,), now + HOUR, now)
    off, _span = add(cast, (second,), now + HOUR, now)
    writes.release([off])

    def taken(recorders, start, end, **more):
        return [(slot.recording_id, slot.span) for slot in reads.list_taken(recorders, Span(start, end), **more)]

    assert taken([first], now, now + 2 * HOUR) == [(one, span), (other, later)]
    assert taken([second], now, now + 2 * HOUR) == [(one, span)]
    assert taken([first], now + HOUR, now + 2 * HOUR) == [(other, later)]
    assert taken([first], now, now + 2 * HOUR, beside=[one]) == [(other, later)]
    assert taken([first], now + 2 * HOUR, now + 3 * HOUR) == []


def test_r155_a_series_is_what_of_it_still_waits_in_order(cast, now):
    first, _second = make_recorders(cast, now)
    series = uuid.uuid4()
    late = add(cast, (first,), now + 2 * HOUR, now, series=series, presenter=cast.chloe)
    early = add(cast, (first,), now, now, series=series)
    gone, _span = add(cast, (first,), now + HOUR, now, series=series)
    add(cast, (first,), now + 3 * HOUR, now)
    Recording.objects.filter(id=gone).update(media_state="CANCELLED")
    assert reads.list_series(series) == (Occurrence(*early), Occurrence(*late))
    row = reads.get_schedule(late[0])
    assert (row.media, row.span, row.series, row.recorder_ids) == ("SCHEDULED", late[1], series, (first,))
    assert (row.scheduled_by, row.presenter) == (cast.alice, cast.chloe)
    with pytest.raises(reads.ScheduleNotFound):
        reads.get_schedule(cast.alice)


def test_t6_overdue_is_what_still_waits_half_an_hour_after_its_end(cast, now):
    first, _second = make_recorders(cast, now)
    made, span = add(cast, (first,), now, now)
    begun, _span = add(cast, (first,), now - HOUR, now)
    Recording.objects.filter(id=begun).update(media_state="RECORDING")
    due = span.ends_at + MISSED_AFTER
    assert reads.list_overdue(now=due) == [made]
    assert reads.list_overdue(now=due - timedelta.resolution) == []

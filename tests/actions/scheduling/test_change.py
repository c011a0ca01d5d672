"""Other times and calling off: done, refused, in series, audited (T3, T4, R152 to R155)."""

from datetime import date, timedelta

import pytest

from cathedra.actions import scheduling as actions
from cathedra.db.models import AuditEvent, Facility, Notice, Recording, Schedule, ScheduleRecorder
from cathedra.db.reads.scheduling import ScheduleNotFound
from cathedra.domain.ingest import Reach, Repeat, Span
from cathedra.domain.terms import Actor, Channel, Code
from tests.actions.scheduling.rooms import LONDON, at, make_room, schedule

SPAN = Span(at(5, 9), at(5, 10))
LATER = Span(at(5, 11), at(5, 12))


@pytest.fixture
def room(cast, now):
    return make_room(cast.alice, now=now)


def move(cast, one, span, *, by=None, now, **more):
    actor = Actor(by or cast.alice, Channel.WEB)
    return actions.reschedule(one, span, actor=actor, now=now, max_hours=8, zone=LONDON, **more)


def cancel(cast, one, *, by=None, now, **more):
    return actions.cancel_scheduled(one, actor=Actor(by or cast.alice, Channel.WEB), now=now, **more)


def one_of(cast, room, span, now):
    ((recording_id, _span),) = schedule(cast, room, span, now=now).recordings
    return recording_id


def a_series(cast, room, now):
    """Mondays at nine, from the 5th to the 26th; the clock changes on the 25th."""
    repeat = Repeat(frozenset({0}), date(2026, 10, 26))
    return [one for one, _span in schedule(cast, room, SPAN, repeat=repeat, now=now).recordings]


def times():
    """Of every schedule, in order; each recorder's time is the schedule's."""
    rows = list(Schedule.objects.order_by("starts_at").values_list("starts_at", "ends_at"))
    assert list(ScheduleRecorder.objects.order_by("starts_at").values_list("starts_at", "ends_at")) == rows
    return [Span(*row) for row in rows]


def test_t3_it_goes_to_another_time_and_its_recorder_with_it(cast, room, now):
    one = one_of(cast, room, SPAN, now)
    assert move(cast, one, LATER, now=now).is_permitted
    assert times() == [LATER]
    event = AuditEvent.objects.get(action="recording:reschedule")
    assert (event.before["starts_at"], event.after["starts_at"]) == (at(5, 9).isoformat(), at(5, 11).isoformat())
    assert move(cast, one, LATER, now=now).is_permitted
    assert AuditEvent.objects.filter(action="recording:reschedule").count() == 1, "nothing changed, nothing told"
    assert one_of(cast, room, SPAN, now), "its first time is free again"


def test_t3_its_own_time_is_not_in_its_way_and_anothers_is(cast, room, now):
    one = one_of(cast, room, SPAN, now)
    one_of(cast, room, LATER, now)
    assert move(cast, one, Span(at(5, 9, 30), at(5, 10, 30)), now=now).is_permitted
    refused = move(cast, one, Span(at(5, 10), at(5, 11, 1)), now=now)
    assert (refused.code, refused.reasons[0].rule) == (Code.CONFLICT, "R153")
    assert times() == [Span(at(5, 9, 30), at(5, 10, 30)), LATER]


def test_r152_another_time_takes_the_right_on_the_recorder_and_calling_off_does_not(cast, room, now):
    one = one_of(cast, room, SPAN, now)
    Facility.objects.get(id=room.facility).schedulers.clear()
    refused = move(cast, one, LATER, now=now)
    assert (refused.code, refused.reasons[0].rule) == (Code.NO_PERMISSION, "R152")
    for who in (cast.ben, cast.eve):
        assert not move(cast, one, LATER, by=who, now=now).is_permitted
        assert not cancel(cast, one, by=who, now=now).is_permitted
    assert times() == [SPAN]
    assert cancel(cast, one, now=now).is_permitted


def test_t4_called_off_its_recorder_is_free(cast, room, now):
    one = one_of(cast, room, SPAN, now)
    assert cancel(cast, one, now=now).is_permitted
    assert Recording.objects.get().media_state == "CANCELLED"
    assert list(ScheduleRecorder.objects.values_list("recorder_id", "stands")) == [(room.first, False)]
    assert AuditEvent.objects.filter(action="recording:cancel_scheduled", target_id=one).count() == 1
    for again in (cancel(cast, one, now=now), move(cast, one, LATER, now=now)):
        assert again.code is Code.ILLEGAL_TRANSITION
    assert one_of(cast, room, SPAN, now) != one


def test_r154_after_its_end_nothing_changes(cast, room, now):
    one = one_of(cast, room, SPAN, now)
    for decision in (cancel(cast, one, now=at(5, 10)), move(cast, one, LATER, now=at(5, 10))):
        assert (decision.code, decision.reasons[0].rule) == (Code.CONFLICT, "R154")
    with pytest.raises(ScheduleNotFound):
        cancel(cast, cast.alice, now=now)


def test_r155_this_one_moves_alone(cast, room, now):
    _first, second, *_rest = a_series(cast, room, now)
    assert move(cast, second, Span(at(13, 14), at(13, 15)), now=now).is_permitted
    assert times() == [SPAN, Span(at(13, 14), at(13, 15)), Span(at(19, 9), at(19, 10)), Span(at(26, 9), at(26, 10))]


def test_r155_the_following_or_all_move_by_as_many_days_to_the_same_hours(cast, room, now):
    first, second, *_rest = a_series(cast, room, now)
    to = Span(at(13, 14), at(13, 15, 30))
    assert move(cast, second, to, reach=Reach.FOLLOWING, now=now).is_permitted
    assert times() == [SPAN, to, Span(at(20, 14), at(20, 15, 30)), Span(at(27, 14), at(27, 15, 30))]
    assert move(cast, first, Span(at(12, 9), at(12, 10)), reach=Reach.ALL, now=now).is_permitted
    assert times()[0] == Span(at(12, 9), at(12, 10))
    assert [span.starts_at - at(20, 9) for span in times()[1:2]] == [timedelta()]


def test_r155_a_series_may_take_its_own_times_and_is_moved_whole_or_not_at_all(cast, room, now):
    first, *_rest = a_series(cast, room, now)
    assert move(cast, first, Span(at(12, 9), at(12, 10)), reach=Reach.ALL, now=now).is_permitted
    assert [span.starts_at for span in times()[:3]] == [at(12, 9), at(19, 9), at(26, 9)]
    schedule(cast, room, Span(at(26, 13), at(26, 14)), now=now)
    before = times()
    assert move(cast, first, Span(at(12, 13), at(12, 14)), reach=Reach.ALL, now=now).reasons[0].rule == "R153"
    assert times() == before


def test_r155_all_that_can_still_be_called_off_is(cast, room, now):
    first, second, third, last = a_series(cast, room, now)
    assert cancel(cast, third, now=now).is_permitted
    assert cancel(cast, second, reach=Reach.ALL, now=at(6, 9)).is_permitted
    found = {one: Recording.objects.get(id=one).media_state for one in (first, second, third, last)}
    assert list(found.values()) == ["SCHEDULED", "CANCELLED", "CANCELLED", "CANCELLED"]


def test_r155_of_a_series_that_is_being_recorded_the_others_are_called_off_and_none_gets_another_start(cast, room, now):
    first, second, third, last = a_series(cast, room, now)
    Recording.objects.filter(id=second).update(media_state="RECORDING")
    during = at(12, 9, 5)
    refused = move(cast, second, Span(at(12, 9, 30), at(12, 10)), reach=Reach.FOLLOWING, now=during)
    assert refused.reasons[0].rule == "R154", "its start is gone"
    assert times()[1:] == [Span(at(day, 9), at(day, 10)) for day in (12, 19, 26)]
    longer = Span(at(12, 9), at(12, 10, 30))
    assert move(cast, second, longer, reach=Reach.FOLLOWING, now=during).is_permitted
    assert times()[1:] == [Span(at(day, 9), at(day, 10, 30)) for day in (12, 19, 26)]
    assert cancel(cast, second, now=during).reasons[0].rule == "R154"
    assert cancel(cast, second, reach=Reach.FOLLOWING, now=during).is_permitted
    found = {one: Recording.objects.get(id=one).media_state for one in (first, second, third, last)}
    assert list(found.values()) == ["SCHEDULED", "RECORDING", "CANCELLED", "CANCELLED"]
    assert cancel(cast, second, reach=Reach.FOLLOWING, now=during).reasons[0].rule == "R154", (
        "nothing is left to call off"
    )


def test_t4_the_owner_the_scheduler_the_service_and_the_host_call_it_off_with_a_reason(cast, room, now):
    Facility.objects.get(id=room.facility).schedulers.add(cast.eve)
    for day, who in enumerate((cast.chloe, cast.alice, cast.dev, cast.eve), start=5):
        span = Span(at(day, 9), at(day, 10))
        ((one, _span),) = schedule(cast, room, span, presenter=cast.chloe, now=now).recordings
        assert not cancel(cast, one, by=cast.ben, now=now).is_permitted
        assert cancel(cast, one, by=who, reason="  The lecturer\nis ill. ", now=now).is_permitted
        event = AuditEvent.objects.get(action="recording:cancel_scheduled", target_id=one)
        assert (event.actor_id, event.facts["reason"]) == (who, "The lecturer is ill.")
    assert {row.values["reason"] for row in Notice.objects.filter(kind="N3")} == {"The lecturer is ill."}
    ((one, _span),) = schedule(cast, room, Span(at(20, 9), at(20, 10)), now=now).recordings
    assert cancel(cast, one, reason="x" * 900, now=now).is_permitted
    assert len(AuditEvent.objects.get(target_id=one, action="recording:cancel_scheduled").facts["reason"]) == 500


def test_r152_who_runs_the_service_calls_off_but_puts_nothing_to_another_time(cast, room, now):
    one = one_of(cast, room, SPAN, now)
    assert not move(cast, one, LATER, by=cast.dev, now=now).is_permitted
    assert times() == [SPAN]

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


def test_r152_r38_their_own_schedule_is_moved_and_called_off_by_who_has_no_role_in_the_folder_any_more(cast, room, now):
    mine, other = (one_of(cast, room, span, now) for span in (SPAN, Span(at(6, 9), at(6, 10))))
    Schedule.objects.filter(recording_id=mine).update(scheduled_by=cast.eve)
    refused = move(cast, mine, LATER, by=cast.eve, now=now)
    assert refused.reasons[0].rule == "R152", "they need the recorder's right too"
    Facility.objects.get(id=room.facility).schedulers.add(cast.eve)
    assert move(cast, mine, LATER, by=cast.eve, now=now).is_permitted
    assert cancel(cast, mine, by=cast.eve, now=now).is_permitted
    assert move(cast, other, Span(at(6, 11), at(6, 12)), by=cast.eve, now=now).code is Code.NO_PERMISSION


def test_t4_r169_the_schedulers_of_the_room_and_who_runs_the_service_call_off_what_they_may_not_move(cast, room, now):
    for who in (cast.eve, cast.dev):
        one = one_of(cast, room, SPAN, now)
        if who == cast.eve:
            assert not cancel(cast, one, by=who, now=now).is_permitted
            Facility.objects.get(id=room.facility).schedulers.add(who)
        assert move(cast, one, LATER, by=who, now=now).code is Code.NO_PERMISSION
        assert cancel(cast, one, by=who, now=now).is_permitted


def test_r151_another_time_is_cut_to_whole_minutes(cast, room, now):
    one = one_of(cast, room, SPAN, now)
    odd = timedelta(seconds=59, microseconds=999_999)
    assert move(cast, one, Span(LATER.starts_at + odd, LATER.ends_at + odd), now=now).is_permitted
    assert times() == [LATER]
    refused = move(cast, one, Span(LATER.starts_at, LATER.starts_at + odd), now=now)
    assert (refused.code, refused.reasons[0].rule) == (Code.BAD_REQUEST, "R151")


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


def run(one):
    Recording.objects.filter(id=one).update(media_state="RECORDING")


def states(*ids):
    return [Recording.objects.get(id=one).media_state for one in ids]


def test_r155_t4_from_one_that_runs_those_that_follow_are_called_off_and_the_answer_says_what_stays(cast, room, now):
    first, second, *rest = a_series(cast, room, now)
    run(second)
    alone = cancel(cast, second, now=at(12, 9, 30))
    assert (alone.code, alone.reasons[0].rule) == (Code.ILLEGAL_TRANSITION, "R154")
    answer = cancel(cast, second, reach=Reach.FOLLOWING, now=at(12, 9, 30))
    assert answer.is_permitted
    assert "goes on" in answer.reasons[0].sentence
    assert states(first, second, *rest) == ["SCHEDULED", "RECORDING", "CANCELLED", "CANCELLED"]
    assert (
        list(ScheduleRecorder.objects.filter(stands=False).values_list("schedule_id", flat=True).order_by("starts_at"))
        == rest
    )
    again = cancel(cast, second, reach=Reach.FOLLOWING, now=at(12, 9, 30))
    assert again.code is Code.ILLEGAL_TRANSITION, "none is left"


def test_r155_t4_from_one_that_is_over_those_that_follow_are_called_off_too(cast, room, now):
    first, *rest = a_series(cast, room, now)
    answer = cancel(cast, first, reach=Reach.ALL, now=at(6, 9))
    assert (answer.is_permitted, "is over" in answer.reasons[0].sentence) == (True, True)
    assert states(first, *rest) == ["SCHEDULED", "CANCELLED", "CANCELLED", "CANCELLED"]


def test_r155_r154_from_one_that_runs_the_end_of_those_that_follow_changes_with_it_and_no_start_does(cast, room, now):
    first, second, *_rest = a_series(cast, room, now)
    run(second)
    longer, later = Span(at(12, 9), at(12, 10, 30)), Span(at(12, 10), at(12, 11))
    refused = move(cast, second, later, reach=Reach.FOLLOWING, now=at(12, 9, 30))
    assert (refused.code, refused.reasons[0].rule) == (Code.ILLEGAL_TRANSITION, "R154")
    assert move(cast, second, longer, reach=Reach.FOLLOWING, now=at(12, 9, 30)).is_permitted
    assert times() == [SPAN, longer, Span(at(19, 9), at(19, 10, 30)), Span(at(26, 9), at(26, 10, 30))]
    assert first


def test_r155_what_runs_stays_where_it_is_when_all_the_others_get_another_start(cast, room, now):
    _first, second, third, _last = a_series(cast, room, now)
    run(second)
    assert move(cast, third, Span(at(19, 14), at(19, 15)), reach=Reach.ALL, now=at(12, 9, 30)).is_permitted
    assert times() == [SPAN, Span(at(12, 9), at(12, 10)), Span(at(19, 14), at(19, 15)), Span(at(26, 14), at(26, 15))]


def test_r153_two_of_a_series_on_one_day_do_not_come_to_the_same_hours(cast, room, now):
    first, second, *_rest = a_series(cast, room, now)
    assert move(cast, second, Span(at(5, 11), at(5, 12)), now=now).is_permitted
    before = times()
    refused = move(cast, first, Span(at(5, 14), at(5, 15)), reach=Reach.ALL, now=now)
    assert (refused.code, refused.reasons[0].rule) == (Code.CONFLICT, "R153")
    assert times() == before


def test_n3_why_it_is_called_off_is_on_the_trail_and_no_longer_than_a_notice_can_be(cast, room, now):
    one = one_of(cast, room, SPAN, now)
    refused = cancel(cast, one, reason="x" * 501, now=now)
    assert (refused.code, refused.reasons[0].rule) == (Code.BAD_REQUEST, "T4")
    assert cancel(cast, one, reason=" The speaker\0 is ill. ", now=now).is_permitted
    assert AuditEvent.objects.get(action="recording:cancel_scheduled").reason == "The speaker is ill."


def test_t4_whose_it_is_to_be_opts_out_and_the_reason_is_told(cast, room, now):
    ((one, _span),) = schedule(cast, room, SPAN, presenter=cast.chloe, now=now).recordings
    assert not move(cast, one, LATER, by=cast.chloe, now=now).is_permitted
    assert not cancel(cast, one, by=cast.ben, now=now).is_permitted
    assert cancel(cast, one, by=cast.chloe, reason=" I am ill. ", now=now).is_permitted
    assert {row.values["reason"] for row in Notice.objects.filter(kind="N3")} == {"I am ill."}

"""What is scheduled goes to other recorders (R152 to R154, R156)."""

from functools import partial

import pytest

from cathedra.actions import scheduling as actions
from cathedra.db.models import AuditEvent, Department, Facility, Notice, Recording, Schedule, ScheduleRecorder
from cathedra.db.writes import scheduling as writes
from cathedra.domain.ingest import Span
from cathedra.domain.terms import Actor, Channel, Code
from tests.actions.scheduling.rooms import at, make_room, schedule

pytestmark = pytest.mark.django_db
SPAN, LATER = Span(at(5, 9), at(5, 10)), Span(at(5, 11), at(5, 12))


@pytest.fixture
def room(cast, now):
    return make_room(cast.alice, now=now)


@pytest.fixture
def one(cast, room, now):
    ((recording_id, _span),) = schedule(cast, room, SPAN, now=now).recordings
    return recording_id


@pytest.fixture
def move(cast, now):
    return partial(actions.move_scheduled, actor=Actor(cast.alice, Channel.API), now=now, max_hours=8)


def stands():
    rows = ScheduleRecorder.objects.filter(stands=True).order_by("recorder_id")
    return list(rows.values_list("recorder_id", "starts_at", "ends_at"))


def test_r156_it_gets_the_other_recorders_and_times_at_once_and_people_are_told(room, one, move):
    assert move(one, LATER, [room.second, room.camera]).is_permitted
    assert stands() == [(recorder, at(5, 11), at(5, 12)) for recorder in (room.second, room.camera)]
    assert Schedule.objects.values_list("starts_at", "ends_at").get() == (at(5, 11), at(5, 12))
    told = AuditEvent.objects.get(action="recording:move_scheduled")
    assert (told.before["recorders"], told.after["recorders"]) == ([room.first], [room.second, room.camera])
    assert Notice.objects.filter(kind="N2").exists()


def test_r156_asked_alone_or_moved_where_it_is_nothing_changes(room, one, move):
    assert move(one, LATER, [room.second], only_asks=True).is_permitted
    assert move(one, SPAN, [room.first]).is_permitted
    assert stands() == [(room.first, at(5, 9), at(5, 10))]
    assert not AuditEvent.objects.filter(action="recording:move_scheduled").exists()


def test_r153_what_is_taken_there_is_in_the_way_and_its_own_time_is_not(cast, room, one, move, now):
    schedule(cast, room, SPAN, recorder_ids=(room.second,), title="Enthalpy", now=now)
    found = move(one, SPAN, [room.second])
    assert (found.code, found.reasons[0].rule, found.reasons[0].values["title"]) == (Code.CONFLICT, "R153", "Enthalpy")
    half = Span(at(5, 9, 30), at(5, 10, 30))
    assert move(one, half, [room.first, room.camera]).is_permitted


def test_r152_it_takes_the_right_on_the_recorder_where_it_goes_and_where_it_stays(cast, room, one, move, now):
    other = writes.add_facility("Annexe", department_id=Department.objects.first().id, now=now)
    elsewhere = writes.add_recorder(other, "Annexe 1", now=now)
    assert move(one, SPAN, [elsewhere]).code is Code.NO_PERMISSION
    assert move(one, SPAN, [999_999]).code is Code.NOT_FOUND
    Facility.objects.get(id=room.facility).schedulers.clear()
    assert move(one, LATER, [room.first]).code is Code.NO_PERMISSION
    assert stands() == [(room.first, at(5, 9), at(5, 10))]


@pytest.mark.parametrize("recorders", [(), ("camera",)])
def test_r151_it_needs_a_recorder_that_keeps_the_main_picture(room, one, move, recorders):
    assert move(one, SPAN, [getattr(room, name) for name in recorders]).reasons[0].rule == "R151"


def test_r154_what_is_being_recorded_stays_in_its_room(room, one, move):
    Recording.objects.update(media_state="RECORDING")
    assert move(one, SPAN, [room.second]).code is Code.ILLEGAL_TRANSITION
    assert move(one, Span(at(5, 9), at(5, 11)), [room.first]).is_permitted

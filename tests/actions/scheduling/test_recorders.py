"""Recorders are added, renamed, taken out of use and brought back (R151, R157, R165)."""

import pytest

from cathedra.actions import scheduling as actions
from cathedra.db.models import AuditEvent, Recorder
from cathedra.db.reads import scheduling as reads
from cathedra.domain.ingest import Span
from cathedra.domain.terms import Actor, Channel, Code
from tests.actions.scheduling.rooms import at, make_room
from tests.db.reads.scheduling.test_schedules import add


def by(account_id) -> Actor:
    return Actor(account_id, Channel.WEB)


def trail():
    return list(AuditEvent.objects.filter(target_kind="recorder").order_by("id").values_list("action", flat=True))


def test_r165_the_service_adds_recorders_whose_names_differ_in_one_facility(cast, now):
    room = make_room(cast.alice, now=now)
    made = actions.add_recorder(room.facility, " LB  9 ", keeps_primary=False, actor=by(cast.dev), now=now)
    row = Recorder.objects.get(id=made.id)
    assert (row.name, row.keeps_primary, row.facility_id) == ("LB 9", False, room.facility)
    again = actions.add_recorder(room.facility, "lb 9", actor=by(cast.dev), now=now)
    assert again.decision.reasons[0].code is Code.CONFLICT
    for who in (cast.alice, cast.eve):
        outcome = actions.add_recorder(room.facility, "LB 10", actor=by(who), now=now)
        assert outcome.decision.reasons[0].code is Code.NO_PERMISSION
    with pytest.raises(reads.FacilityNotFound):
        actions.add_recorder(99_999, "LB 10", actor=by(cast.dev), now=now)
    assert trail() == ["recorder:create"]


def test_r165_a_rooms_own_schedulers_say_what_its_recorders_are_called(cast, now):
    room = make_room(cast.alice, now=now)
    assert actions.rename_recorder(room.first, "Front", actor=by(cast.alice), now=now).is_permitted
    assert Recorder.objects.get(id=room.first).name == "Front"
    taken = actions.rename_recorder(room.first, "lb 2", actor=by(cast.alice), now=now)
    assert taken.reasons[0].code is Code.CONFLICT
    assert not actions.rename_recorder(room.first, "Mine", actor=by(cast.eve), now=now).is_permitted
    assert actions.rename_recorder(room.first, "FRONT", actor=by(cast.alice), now=now).is_permitted
    assert actions.rename_recorder(room.first, "FRONT", actor=by(cast.alice), now=now).is_permitted
    assert trail() == ["recorder:rename", "recorder:rename"]


def test_r157_a_recorder_is_retired_while_recordings_wait_only_by_whoever_means_it(cast, now):
    room = make_room(cast.alice, now=now)
    add(cast, (room.first,), at(5, 9), now)
    refused = actions.retire_recorder(room.first, actor=by(cast.dev), now=now)
    assert (refused.reasons[0].rule, refused.reasons[0].values["count"]) == ("R157", "1")
    assert Recorder.objects.get(id=room.first).retired_at is None
    assert actions.retire_recorder(room.second, actor=by(cast.dev), now=now).is_permitted  # nothing waits for it
    assert not actions.retire_recorder(room.first, even_so=True, actor=by(cast.alice), now=now).is_permitted
    assert actions.retire_recorder(room.first, even_so=True, actor=by(cast.dev), now=now).is_permitted
    assert Recorder.objects.get(id=room.first).retired_at == now
    assert actions.retire_recorder(room.first, actor=by(cast.dev), now=now).is_permitted  # it is retired already
    assert trail() == ["recorder:retire", "recorder:retire"]
    assert AuditEvent.objects.filter(action="recorder:retire").order_by("id").last().facts["count"] == 1
    assert {one.id for one in reads.list_recorder_choices(cast.alice, runs_service=False)} == {room.camera}


def test_r151_what_was_retired_is_brought_back_once_with_what_waits_for_it(cast, now):
    room = make_room(cast.alice, now=now)
    start = at(5, 9)
    add(cast, (room.first,), start, now)
    actions.retire_recorder(room.first, even_so=True, actor=by(cast.dev), now=now)
    assert not actions.bring_recorder_back(room.first, actor=by(cast.alice), now=now).is_permitted
    assert actions.bring_recorder_back(room.first, actor=by(cast.dev), now=now).is_permitted
    again = actions.bring_recorder_back(room.first, actor=by(cast.dev), now=now)
    assert again.reasons[0].code is Code.ILLEGAL_TRANSITION
    row = reads.get_recorder(room.first, now=now)
    assert (row.retired_at, row.waiting) == (None, 1)
    assert len(reads.list_taken([room.first], Span(start, at(5, 10)))) == 1
    for missing in (actions.bring_recorder_back, actions.retire_recorder):
        with pytest.raises(reads.RecorderNotFound):
            missing(99_999, actor=by(cast.dev), now=now)

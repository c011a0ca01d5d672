"""Facilities and recorders, put away (R165)."""

from cathedra.db.models import Facility, Recorder
from cathedra.db.writes import scheduling as writes
from cathedra.domain.ingest import RoomPart
from tests.db.writes.scheduling.test_schedules import HOUR, make_recorders


def test_a_facility_has_its_people_and_a_recorder_is_retired_once(cast, now):
    first, _second = make_recorders(cast, now)
    facility = Facility.objects.get()
    assert [one.id for one in facility.schedulers.all()] == [cast.alice]
    assert [one.id for one in facility.technicians.all()] == [cast.chloe]
    assert [writes.retire_recorder(first, now=at) for at in (now, now + HOUR)] == [True, False]
    assert Recorder.objects.get(id=first).retired_at == now


def test_r165_people_are_named_once_and_taken_off_once_each_for_their_part(cast, now):
    make_recorders(cast, now)
    facility = Facility.objects.get()
    writes.name_people(facility.id, RoomPart.SCHEDULER, [cast.alice, cast.dev])
    assert {one.id for one in facility.schedulers.all()} == {cast.alice, cast.dev}
    assert [writes.remove_person(facility.id, RoomPart.SCHEDULER, cast.alice) for _ in range(2)] == [True, False]
    assert [one.id for one in facility.technicians.all()] == [cast.chloe]
    assert writes.remove_person(facility.id, RoomPart.TECHNICIAN, cast.chloe)
    assert not facility.technicians.exists()


def test_r151_what_was_retired_is_in_use_again_when_it_is_brought_back(cast, now):
    first, _second = make_recorders(cast, now)
    assert not writes.bring_recorder_back(first)
    writes.retire_recorder(first, now=now)
    assert writes.bring_recorder_back(first)
    assert Recorder.objects.get(id=first).retired_at is None
    writes.set_recorder_name(first, "Front")
    writes.set_facility(Facility.objects.get().id, name="Old Hall", department_id=Facility.objects.get().department_id)
    assert Recorder.objects.values_list("name", "facility__name").get(id=first) == ("Front", "Old Hall")

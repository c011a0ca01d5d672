"""Facilities and recorders, put away (R165)."""

from cathedra.db.models import Facility, Recorder
from cathedra.db.writes import scheduling as writes
from tests.db.writes.scheduling.test_schedules import HOUR, make_recorders


def test_a_facility_has_its_people_and_a_recorder_is_retired_once(cast, now):
    first, _second = make_recorders(cast, now)
    facility = Facility.objects.get()
    assert [one.id for one in facility.schedulers.all()] == [cast.alice]
    assert [one.id for one in facility.technicians.all()] == [cast.chloe]
    assert [writes.retire_recorder(first, now=at) for at in (now, now + HOUR)] == [True, False]
    assert Recorder.objects.get(id=first).retired_at == now

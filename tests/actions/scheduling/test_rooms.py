"""Facilities are made by the service and looked after by their own schedulers (R25, R165)."""

import pytest

from cathedra.actions import scheduling as actions
from cathedra.db.models import Account, AuditEvent, Department, Facility
from cathedra.db.reads import scheduling as reads
from cathedra.db.writes import library, people
from cathedra.domain.ingest import RoomPart
from cathedra.domain.people import SystemRole
from cathedra.domain.terms import Actor, Channel, Code
from tests.actions.scheduling.rooms import make_room
from tests.overtaking import overtake


def by(account_id) -> Actor:
    return Actor(account_id, Channel.WEB)


def host():
    return Department.objects.get(name="Chemistry").id


def trail():
    return list(AuditEvent.objects.filter(target_kind="facility").order_by("id").values_list("action", flat=True))


def test_r165_the_service_makes_a_facility_and_its_trail_says_so(cast, now):
    made = actions.add_facility("  Lecture \n Block ", department_id=host(), actor=by(cast.dev), now=now)
    assert made.decision.is_permitted
    row = Facility.objects.get(id=made.id)
    assert (row.name, row.department_id, row.created_at) == ("Lecture Block", host(), now)
    event = AuditEvent.objects.get(target_kind="facility")
    assert (event.action, event.target_id, event.actor_id) == ("facility:create", str(made.id), cast.dev)
    assert event.after["name"] == "Lecture Block"


def test_r165_names_are_unique_whatever_their_case_and_a_host_is_a_department(cast, now):
    actions.add_facility("Lecture Block", department_id=host(), actor=by(cast.dev), now=now)
    again = actions.add_facility("lecture block", department_id=host(), actor=by(cast.dev), now=now)
    nowhere = actions.add_facility("Old Hall", department_id=cast.alice, actor=by(cast.dev), now=now)
    empty = actions.add_facility(" \t ", department_id=host(), actor=by(cast.dev), now=now)
    codes = [outcome.decision.reasons[0].code for outcome in (again, nowhere, empty)]
    assert codes == [Code.CONFLICT, Code.NOT_FOUND, Code.BAD_REQUEST]
    assert Facility.objects.count() == 1
    assert trail() == ["facility:create"]


def test_r25_systems_administrators_creators_and_strangers_make_no_facility(cast, now):
    people.give_system_role(cast.chloe, SystemRole.SYS_ADMIN, reason="runs the platform", now=now)
    for who in (cast.chloe, cast.alice, cast.eve, None):
        outcome = actions.add_facility("Old Hall", department_id=host(), actor=by(who), now=now)
        assert outcome.decision.reasons[0].code is Code.NO_PERMISSION
    assert not Facility.objects.exists()
    command = Actor(None, Channel.CLI)
    assert actions.add_facility("Old Hall", department_id=host(), actor=command, now=now).decision.is_permitted


def test_r165_a_facility_is_called_something_else_and_given_another_host_in_one_step(cast, now):
    room = make_room(cast.alice, now=now)
    other = library.add_department("Physics", contact_email="office@physics.example")

    def change(name, department_id, who=cast.dev):
        return actions.change_facility(room.facility, name=name, department_id=department_id, actor=by(who), now=now)

    assert change("Lecture Block", host()).is_permitted
    assert trail() == []  # nothing changed
    assert change("LECTURE block", other).is_permitted
    assert Facility.objects.values_list("name", "department_id").get() == ("LECTURE block", other)
    event = AuditEvent.objects.get(action="facility:change")
    assert (event.before["name"], event.after["department_id"]) == ("Lecture Block", str(other))
    assert change("Mine", host(), who=cast.alice).reasons[0].rule == "R165"
    assert change("Mine", host(), who=cast.eve).reasons[0].rule == "R38"
    with pytest.raises(reads.FacilityNotFound):
        actions.change_facility(99_999, name="X", department_id=host(), actor=by(cast.dev), now=now)


def test_r165_schedulers_are_named_by_the_service_and_are_staff(cast, now):
    room = make_room(now=now)
    names = "alice, ghost"
    assert not actions.name_people(
        room.facility, RoomPart.SCHEDULER, names, actor=by(cast.alice), now=now
    ).decision.is_permitted
    named = actions.name_people(room.facility, RoomPart.SCHEDULER, names, actor=by(cast.dev), now=now)
    assert (named.added, named.missing) == (1, ("ghost",))
    assert reads.looks_after(cast.alice, room.facility)
    again = actions.name_people(room.facility, RoomPart.SCHEDULER, "ALICE", actor=by(cast.dev), now=now)
    assert (again.added, again.missing) == (0, ())
    student = actions.name_people(room.facility, RoomPart.SCHEDULER, "chloe ben", actor=by(cast.dev), now=now)
    assert student.decision.reasons[0].code is Code.CONFLICT
    assert not reads.looks_after(cast.chloe, room.facility)  # all of them, or none
    people.set_active(cast.chloe, is_active=False, now=now)
    closed = actions.name_people(room.facility, RoomPart.SCHEDULER, "chloe", actor=by(cast.dev), now=now)
    assert (closed.added, closed.missing) == (0, ("chloe",))
    assert trail() == ["facility:name_people"]


def test_r165_a_rooms_own_schedulers_name_its_technicians_and_no_schedulers(cast, now):
    room = make_room(cast.alice, now=now)
    mine = by(cast.alice)
    assert actions.name_people(room.facility, RoomPart.TECHNICIAN, "ben", actor=mine, now=now).added == 1
    other = actions.name_people(room.facility, RoomPart.SCHEDULER, "chloe", actor=mine, now=now)
    assert "service team" in other.decision.reasons[0].sentence
    gone = actions.remove_person(room.facility, RoomPart.TECHNICIAN, cast.ben, actor=mine, now=now)
    assert gone.removed == 1
    again = actions.remove_person(room.facility, RoomPart.TECHNICIAN, cast.ben, actor=mine, now=now)
    assert (again.decision.is_permitted, again.removed) == (True, 0)
    assert not actions.remove_person(
        room.facility, RoomPart.SCHEDULER, cast.alice, actor=mine, now=now
    ).decision.is_permitted
    assert actions.remove_person(room.facility, RoomPart.SCHEDULER, cast.alice, actor=by(cast.dev), now=now).removed
    assert not reads.looks_after(cast.alice, room.facility)
    assert trail() == ["facility:name_people", "facility:remove_person", "facility:remove_person"]
    assert not actions.may_look_after(room.facility, mine).is_permitted


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_r165_of_two_who_make_the_same_facility_at_once_one_is_told_that_it_is_there(cast, now):
    department, outcomes = host(), []

    def make(name):
        outcomes.append(actions.add_facility(name, department_id=department, actor=by(cast.dev), now=now))

    overtake(lambda: make("Old Hall"), lambda: make("OLD HALL"), table="cathedra_facility")
    assert sorted(outcome.decision.is_permitted for outcome in outcomes) == [False, True]
    assert Facility.objects.count() == 1


def test_r156_a_program_that_sends_a_timetable_is_a_scheduler_of_the_room(cast, now):
    room = make_room(now=now)
    Account.objects.filter(id=cast.ben).update(affiliation="service_account")
    dev = Actor(cast.dev, Channel.WEB)
    assert actions.name_people(room.facility, RoomPart.SCHEDULER, "ben", actor=dev, now=now).added == 1
    Account.objects.filter(id=cast.chloe).update(affiliation="external")
    assert actions.name_people(room.facility, RoomPart.SCHEDULER, "chloe", actor=dev, now=now).added == 0

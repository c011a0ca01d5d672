"""Scheduling in a room: done, refused, declared, in series, free parts (T2, R15, R84, R85, R151 to R155)."""

from datetime import date, timedelta

import pytest

from cathedra.actions import policy as policy_actions
from cathedra.db.models import AuditEvent, Facility, Folder, Recording, Schedule, ScheduleRecorder, UseDeclaration
from cathedra.db.writes import access as access_writes
from cathedra.db.writes import library, people
from cathedra.db.writes import scheduling as writes
from cathedra.domain.access import FolderRole
from cathedra.domain.ingest import Repeat, Span
from cathedra.domain.library import FolderKind
from cathedra.domain.people import Affiliation, SystemRole
from cathedra.domain.policy import Answer
from cathedra.domain.terms import AccountNotFound, Actor, Channel, Code, Decision, PrincipalId
from tests.actions.scheduling.rooms import HOUR, at, make_room, schedule
from tests.agreements import AUP, publish
from tests.conftest import COURSE
from tests.policies import USE, activate

SPAN = Span(at(5, 9), at(5, 10))


@pytest.fixture
def room(cast, now):
    return make_room(cast.alice, now=now)


def refused(found) -> tuple[Code, str]:
    assert isinstance(found, Decision)
    assert Recording.objects.count() == Schedule.objects.count() == 0
    assert AuditEvent.objects.filter(target_kind="recording").count() == 0
    return found.code, found.reasons[0].rule


def test_t2_a_creator_who_schedules_on_the_recorder_schedules_a_recording_there(cast, room, now):
    found = schedule(cast, room, SPAN, recorder_ids=(room.first, room.camera, room.first), now=now)
    ((recording_id, span),) = found.recordings
    row = Recording.objects.get()
    assert (row.id, span, row.title) == (recording_id, SPAN, "Entropy")
    assert (row.media_state, row.origin, row.owner_id) == ("SCHEDULED", "scheduled", cast.alice)
    kept = Schedule.objects.get()
    assert (kept.starts_at, kept.ends_at, kept.series, kept.scheduled_by_id) == (at(5, 9), at(5, 10), None, cast.alice)
    slots = ScheduleRecorder.objects.order_by("recorder_id").values_list(
        "recorder_id", "starts_at", "ends_at", "stands"
    )
    assert list(slots) == [(one, at(5, 9), at(5, 10), True) for one in (room.first, room.camera)]
    told = AuditEvent.objects.order_by("id").values_list("action", "target_id")
    assert list(told) == [(action, str(recording_id)) for action in ("recording:create", "recording:schedule")]


def test_t1_the_presenter_owns_it_and_has_to_be_somebody(cast, room, now):
    schedule(cast, room, SPAN, presenter=cast.chloe, now=now)
    assert Recording.objects.values_list("owner_id", "created_by_id").get() == (cast.chloe, cast.alice)
    with pytest.raises(AccountNotFound):
        schedule(cast, room, Span(at(6, 9), at(6, 10)), presenter=cast.chemistry, now=now)


def test_r152_it_takes_a_right_in_the_folder_and_on_the_recorder(cast, room, now):
    other = writes.add_facility("Annexe", department_id=_department(), schedulers=[cast.ben], now=now)
    elsewhere = writes.add_recorder(other, "Annexe 1", now=now)
    assert refused(schedule(cast, room, SPAN, recorder_ids=(room.first, elsewhere), now=now)) == (
        Code.NO_PERMISSION, "R152",
    )  # fmt: skip
    assert refused(schedule(cast, room, SPAN, by=cast.ben, recorder_ids=(elsewhere,), now=now))[0] is Code.NO_PERMISSION
    assert refused(schedule(cast, room, SPAN, by=cast.eve, now=now))[0] in (Code.NOT_FOUND, Code.NO_PERMISSION)
    assert refused(schedule(cast, room, SPAN, folder_id=cast.alice, now=now))[0] in (Code.NOT_FOUND, Code.NO_PERMISSION)
    access_writes.add_member(cast.physics, PrincipalId(cast.ben), FolderRole.CREATOR, now=now)
    in_physics = {"folder_id": cast.physics, "by": cast.ben}
    assert refused(schedule(cast, room, SPAN, **in_physics, now=now)) == (Code.NO_PERMISSION, "R152")
    assert schedule(cast, room, SPAN, **in_physics, recorder_ids=(elsewhere,), now=now).recordings


def _department():
    return Recording._meta.apps.get_model("cathedra", "Department").objects.get(name="Chemistry").id


def test_r152_who_runs_the_service_schedules_on_every_recorder_but_into_their_own_folders_alone(cast, now):
    room = make_room(now=now)
    assert refused(schedule(cast, room, SPAN, by=cast.dev, now=now))[0] in (Code.NO_PERMISSION, Code.NOT_FOUND)
    access_writes.add_member(cast.chemistry, PrincipalId(cast.dev), FolderRole.CREATOR, now=now)
    assert schedule(cast, room, SPAN, by=cast.dev, now=now).recordings


@pytest.mark.parametrize("role", [SystemRole.SCHEDULER, SystemRole.VIDEOGRAPHER])
def test_r152_an_appointment_gives_the_right_in_its_folders_and_the_facility_the_one_on_its_recorders(cast, now, role):
    fay = people.add_account(
        "fay", full_name="Fay", email="", affiliation=Affiliation.UNIVERSITY_STAFF, password=None, now=now
    )
    people.give_system_role(fay, role, reason="lectures", now=now, scopes=[cast.chemistry])
    room = make_room(now=now)
    assert refused(schedule(cast, room, SPAN, by=fay, now=now)) == (Code.NO_PERMISSION, "R152")
    Facility.objects.get(id=room.facility).schedulers.add(fay)
    assert refused(schedule(cast, room, SPAN, by=fay, folder_id=cast.physics, now=now))[0] in (
        Code.NO_PERMISSION, Code.NOT_FOUND,
    )  # fmt: skip
    assert schedule(cast, room, SPAN, by=fay, now=now).recordings


def test_r152_a_student_who_may_submit_schedules_nothing(cast, now):
    Folder.objects.filter(id=cast.chemistry).update(kind="course", course_id=COURSE)
    work = library.add_folder("Essays", kind=FolderKind.ASSIGNMENT, parent_id=cast.chemistry, now=now)
    room = make_room(cast.ben, now=now)
    assert refused(schedule(cast, room, SPAN, by=cast.ben, folder_id=work, now=now))[0] is Code.NO_PERMISSION


def test_r15_whoever_has_not_acknowledged_the_policy_is_asked_first(cast, room, now):
    publish(AUP, now=now)
    assert refused(schedule(cast, room, SPAN, now=now))[0] is Code.AUP_REQUIRED


def test_r151_what_it_lacks_is_said_and_nothing_is_kept(cast, room, now):
    for more, rule in (
        ({"title": " "}, "R151"),
        ({"recorder_ids": ()}, "R151"),
        ({"recorder_ids": (room.camera,)}, "R151"),
        ({"recorder_ids": (room.first, 10_000)}, "R151"),
        ({"repeat": Repeat(frozenset({1}), date(2026, 10, 12))}, "R155"),
    ):
        assert refused(schedule(cast, room, SPAN, **more, now=now))[1] == rule, more
    for span in (Span(at(5, 9), at(5, 18)), Span(at(5, 9), at(5, 9)), Span(now - HOUR, now + HOUR)):
        assert refused(schedule(cast, room, span, now=now))[1] == "R151", span
    writes.retire_recorder(room.first, now=now)
    assert refused(schedule(cast, room, SPAN, now=now)) == (Code.CONFLICT, "R151")


def test_r84_r85_it_is_declared_before_it_is_kept_and_what_is_not_permitted_leaves_nothing(cast, room, now):
    activate(now)
    assert refused(schedule(cast, room, SPAN, now=now))[1] == "R84"
    wrong = type(USE)((Answer.NO, Answer.NO, Answer.NO), "lecture", USE.course_id)
    assert refused(schedule(cast, room, SPAN, use=wrong, now=now))[0] is Code.NOT_PERMITTED
    repeat = Repeat(frozenset({0}), date(2026, 10, 19))
    found = schedule(cast, room, SPAN, use=USE, repeat=repeat, now=now)
    declared = UseDeclaration.objects.values_list("recording_id", "verdict")
    assert sorted(declared) == sorted((one, "PERMITTED") for one, _span in found.recordings)


def test_r83_what_stands_for_the_course_and_year_of_every_one_of_them_needs_no_answers(cast, room, now):
    activate(now)
    Folder.objects.filter(id=cast.chemistry).update(course_id=COURSE)
    assert refused(schedule(cast, room, SPAN, now=now))[1] == "R84", "nothing stands"
    actor = Actor(cast.dev, Channel.WEB)
    assert policy_actions.give_standing_declaration(COURSE, is_confirmed=True, actor=actor, now=now).is_permitted
    within = Repeat(frozenset({0}), date(2026, 10, 26))
    found = schedule(cast, room, SPAN, repeat=within, now=now)
    assert len(found.recordings) == 4
    assert not UseDeclaration.objects.exists(), "it is declared when it is ready"
    ((mine, _span),) = schedule(cast, room, Span(at(6, 9), at(6, 10)), use=USE, now=now).recordings
    assert UseDeclaration.objects.get().recording_id == mine, "an answer given beside it counts"
    beyond = Repeat(frozenset({2}), date(2027, 9, 29))
    later = schedule(cast, room, Span(at(7, 9), at(7, 10)), repeat=beyond, now=now)
    assert (later.reasons[0].rule, later.reasons[0].values["outside"]) == ("R84", "2027-28")
    standing = policy_actions.standing_for_folder(cast.chemistry, [SPAN.starts_at]).row
    assert (standing.given_by, standing.course) == (cast.dev, "CHEM1A: Chemistry")
    assert policy_actions.standing_for_folder(cast.physics, [SPAN.starts_at]).row is None
    assert policy_actions.withdraw_standing_declaration(standing.id, actor=actor, now=now).is_permitted
    gone = schedule(cast, room, Span(at(8, 9), at(8, 10)), now=now)
    assert gone.reasons[0].rule == "R84"


def test_r153_seconds_are_left_out_so_that_what_follows_back_to_back_is_taken(cast, room, now):
    odd = Span(SPAN.starts_at + timedelta(seconds=30), SPAN.ends_at + timedelta(microseconds=1))
    ((_one, span),) = schedule(cast, room, odd, now=now).recordings
    assert span == SPAN
    assert schedule(cast, room, Span(at(5, 10), at(5, 11)), now=now).recordings
    assert schedule(cast, room, Span(at(5, 7), at(5, 9)), now=now).recordings


def test_r153_an_overlap_is_refused_with_the_title_for_whoever_may_see_it(cast, room, now):
    schedule(cast, room, SPAN, title="Enthalpy", now=now)
    half = Span(at(5, 9, 30), at(5, 10, 30))
    access_writes.add_member(cast.physics, PrincipalId(cast.eve), FolderRole.CREATOR, now=now)
    mine = schedule(cast, room, half, now=now)
    assert (mine.code, mine.reasons[0].values["title"]) == (Code.CONFLICT, "Enthalpy")
    annexe = make_eve_a_scheduler(room, cast)
    theirs = schedule(cast, annexe, half, by=cast.eve, folder_id=cast.physics, now=now)
    assert (theirs.code, theirs.reasons[0].rule) == (Code.CONFLICT, "R153")
    assert theirs.reasons[0].values == {"from_at": at(5, 9).isoformat(), "until_at": at(5, 10).isoformat()}
    assert schedule(cast, room, Span(at(5, 10), at(5, 11)), now=now).recordings
    assert schedule(cast, room, half, recorder_ids=(room.second,), now=now).recordings


def make_eve_a_scheduler(room, cast):
    Schedule._meta.apps.get_model("cathedra", "Facility").objects.get(id=room.facility).schedulers.add(cast.eve)
    return room


def test_r153_the_free_part_is_taken_when_it_is_asked_for(cast, room, now):
    schedule(cast, room, SPAN, now=now)
    half = Span(at(5, 9, 30), at(5, 10, 30))
    ((_one, span),) = schedule(cast, room, half, takes_free_part=True, now=now).recordings
    assert span == Span(at(5, 10), at(5, 10, 30))
    nothing = schedule(cast, room, Span(at(5, 9), at(5, 10, 30)), takes_free_part=True, now=now)
    assert nothing.reasons[0].rule == "R153"


def test_r155_a_series_is_a_recording_for_each_day_at_the_same_hours_or_nothing(cast, room, now):
    repeat = Repeat(frozenset({0, 2}), date(2026, 10, 28))
    found = schedule(cast, room, SPAN, repeat=repeat, now=now)
    days = [(day, day < 25) for day in (5, 7, 12, 14, 19, 21, 26, 28)]
    assert [span for _one, span in found.recordings] == [Span(at(day, 9), at(day, 10)) for day, _summer in days]
    assert [span.starts_at.hour for _one, span in found.recordings] == [8 if summer else 9 for _day, summer in days]
    assert Schedule.objects.values("series").distinct().count() == 1
    assert Schedule.objects.filter(series=None).count() == 0
    again = schedule(
        cast, room, Span(at(6, 9), at(6, 10)), repeat=Repeat(frozenset({1, 2}), date(2026, 10, 28)), now=now
    )
    assert again.reasons[0].rule == "R153"
    assert Recording.objects.count() == 8

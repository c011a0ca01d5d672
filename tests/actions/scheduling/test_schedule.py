"""Scheduling in a room: done, refused, declared, in series, free parts (T2, R15, R83 to R85, R151 to R155)."""

from datetime import date, timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cathedra.actions import policy as policy_actions
from cathedra.actions import scheduling as actions
from cathedra.db.models import (
    AuditEvent,
    Facility,
    Folder,
    Recording,
    Schedule,
    ScheduleRecorder,
    StandingDeclaration,
    UseDeclaration,
)
from cathedra.db.writes import access as access_writes
from cathedra.db.writes import people
from cathedra.db.writes import scheduling as writes
from cathedra.domain.access import FolderRole
from cathedra.domain.ingest import Reach, Repeat, Span
from cathedra.domain.people import SystemRole
from cathedra.domain.policy import Answer
from cathedra.domain.terms import AccountNotFound, Actor, Channel, Code, Decision, PrincipalId, system_actor
from tests.actions.scheduling.rooms import HOUR, LONDON, at, make_room, schedule
from tests.agreements import AUP, publish
from tests.conftest import COURSE
from tests.overtaking import overtake
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


@pytest.mark.django_db(transaction=True)
def test_r153_of_two_who_schedule_one_recorder_at_once_the_second_is_told_that_it_is_taken(cast, room, now):
    Facility.objects.get(id=room.facility).schedulers.add(cast.ben)
    access_writes.add_member(cast.physics, PrincipalId(cast.ben), FolderRole.CREATOR, now=now)
    found = []
    overtake(
        lambda: found.append(schedule(cast, room, SPAN, now=now)),
        lambda: found.append(schedule(cast, room, SPAN, folder_id=cast.physics, by=cast.ben, now=now)),
        table="cathedra_schedulerecorder",
    )
    done, told = found
    assert (told.code, told.reasons[0].rule) == (Code.CONFLICT, "R153")
    assert [one for one, _span in done.recordings] == list(Recording.objects.values_list("id", flat=True))


def _department():
    return Recording._meta.apps.get_model("cathedra", "Department").objects.get(name="Chemistry").id


def test_r152_r38_who_runs_the_service_schedules_on_every_recorder_and_in_no_folder_by_that(cast, now):
    room = make_room(now=now)
    assert refused(schedule(cast, room, SPAN, by=cast.dev, now=now))[0] is Code.NO_PERMISSION
    access_writes.add_member(cast.chemistry, PrincipalId(cast.dev), FolderRole.CREATOR, now=now)
    assert schedule(cast, room, SPAN, by=cast.dev, now=now).recordings


@pytest.mark.parametrize("role", [SystemRole.SCHEDULER, SystemRole.VIDEOGRAPHER])
def test_r152_who_is_appointed_for_the_folder_schedules_there_on_the_recorders_of_their_rooms(cast, now, role):
    people.give_system_role(cast.eve, role, reason="lectures", now=now, scopes=[cast.chemistry])
    mine, other = make_room(cast.eve, now=now), writes.add_facility("Annexe", department_id=_department(), now=now)
    elsewhere = writes.add_recorder(other, "Annexe 1", now=now)
    found = schedule(cast, mine, SPAN, by=cast.eve, recorder_ids=(elsewhere,), now=now)
    assert refused(found) == (Code.NO_PERMISSION, "R152")
    assert refused(schedule(cast, mine, SPAN, by=cast.eve, folder_id=cast.physics, now=now))[0] is Code.NO_PERMISSION
    assert schedule(cast, mine, SPAN, by=cast.eve, now=now).recordings


def test_r38_a_student_who_submits_in_an_assignment_folder_does_not_schedule_there(cast, now):
    room = make_room(cast.ben, now=now)
    Folder.objects.filter(id=cast.chemistry).update(kind="assignment", course_id=COURSE)
    assert refused(schedule(cast, room, SPAN, by=cast.ben, now=now))[0] is Code.NO_PERMISSION


def test_r151_r153_times_are_cut_to_whole_minutes_so_that_back_to_back_is_free(cast, room, now):
    half = timedelta(milliseconds=500)
    ((_one, span),) = schedule(cast, room, Span(at(5, 9) + half, at(5, 10) + half), now=now).recordings
    assert span == SPAN
    assert schedule(cast, room, Span(at(5, 10) + half, at(5, 11) + half), now=now).recordings
    nothing = schedule(cast, room, Span(at(5, 12), at(5, 12) + timedelta(seconds=59)), now=now)
    assert (nothing.code, nothing.reasons[0].rule) == (Code.BAD_REQUEST, "R151")


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


@pytest.fixture
def stands(cast, now):
    """The policy is in force, the folder is of a course, and somebody answers for its captures of 2026-27."""
    activate(now)
    Folder.objects.filter(id=cast.chemistry).update(course_id=COURSE)
    actor = Actor(cast.dev, Channel.WEB)
    assert policy_actions.give_standing_declaration(COURSE, is_confirmed=True, actor=actor, now=now).is_permitted
    return StandingDeclaration.objects.get().id


def test_r83_what_somebody_declared_in_advance_is_not_asked_again(cast, room, stands, now):
    found = schedule(cast, room, SPAN, repeat=Repeat(frozenset({0}), date(2026, 10, 19)), now=now)
    assert len(found.recordings) == 3
    assert not UseDeclaration.objects.exists(), "it is declared when it becomes ready"
    (recording_id, _span), *_rest = found.recordings
    assert policy_actions.declare_scheduled(recording_id, actor=system_actor(), now=at(5, 11))
    assert UseDeclaration.objects.get().standing_id == stands


def test_r83_what_is_declared_beside_it_wins(cast, room, stands, now):
    ((recording_id, _span),) = schedule(cast, room, SPAN, use=USE, now=now).recordings
    assert UseDeclaration.objects.values_list("recording_id", "account_id", "standing_id").get() == (
        recording_id, cast.alice, None,
    )  # fmt: skip


def test_r84_what_lies_outside_of_its_year_is_asked_for_and_one_of_a_series_is_enough(cast, room, stands, now):
    repeat = Repeat(frozenset({0}), date(2027, 10, 4))
    found = schedule(cast, room, SPAN, repeat=repeat, now=now)
    assert refused(found) == (Code.BAD_REQUEST, "R84")
    assert found.reasons[0].values == {
        "course": "CHEM1A: Chemistry", "academic_year": "2026-27", "outside": "2027-28",
    }  # fmt: skip
    assert schedule(cast, room, SPAN, repeat=repeat, use=USE, now=now).recordings


def test_r84_without_one_or_after_it_is_withdrawn_it_is_asked_for_and_says_so(cast, room, stands, now):
    actor = Actor(cast.dev, Channel.WEB)
    assert policy_actions.withdraw_standing_declaration(stands, actor=actor, now=now).is_permitted
    withdrawn = schedule(cast, room, SPAN, now=now)
    assert (refused(withdrawn)[1], "withdrawn" in withdrawn.reasons[0].sentence) == ("R84", True)
    StandingDeclaration.objects.all().delete()
    never = schedule(cast, room, SPAN, now=now)
    assert (refused(never)[1], never.reasons[0].sentence.split(" for ")[0]) == ("R84", "Nothing is declared in advance")
    Folder.objects.filter(id=cast.chemistry).update(course=None)
    assert refused(schedule(cast, room, SPAN, now=now))[1] == "R84"


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


def statements(act) -> int:
    with CaptureQueriesContext(connection) as found:
        act()
    return len(found)


def test_r155_a_longer_series_takes_no_more_statements(cast, room, now):
    """To schedule it, to put all of it to other times, and to call all of it off."""
    alice, made, counted = Actor(cast.alice, Channel.WEB), [], []

    def add(recorder, last):
        repeat = Repeat(frozenset({0}), last)
        made[:] = schedule(cast, room, SPAN, recorder_ids=(recorder,), repeat=repeat, now=now).recordings

    def to_another_time():
        one, span = made[0]
        later = Span(span.starts_at + HOUR, span.ends_at + HOUR)
        decision = actions.reschedule(one, later, reach=Reach.ALL, actor=alice, now=now, max_hours=8, zone=LONDON)
        assert decision.is_permitted

    def call_off():
        assert actions.cancel_scheduled(made[0][0], reach=Reach.ALL, actor=alice, now=now).is_permitted

    for recorder, last in ((room.first, date(2026, 10, 19)), (room.second, date(2027, 7, 26))):
        counted.append(
            [statements(partial(add, recorder, last)), statements(to_another_time), statements(call_off), len(made)]
        )
    (*few, three), (*many, whole_year) = counted
    assert (three, whole_year) == (3, 43)
    assert all(more <= less for less, more in zip(few, many, strict=True)), counted


def test_r155_r84_what_is_declared_of_a_longer_series_takes_a_few_statements_for_each(cast, room, now):
    activate(now)

    def add(last):
        found = schedule(cast, room, SPAN, use=USE, repeat=Repeat(frozenset({0}), last), now=now)
        actions.cancel_scheduled(found.recordings[0][0], reach=Reach.ALL, actor=Actor(cast.alice, Channel.WEB), now=now)

    few, many = (statements(partial(add, last)) for last in (date(2026, 10, 19), date(2027, 2, 22)))
    assert many - few <= 4 * 18, (few, many)

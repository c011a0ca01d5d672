"""Standing declarations: who answers for a course, and what is declared by it when a capture becomes ready (R83, R87)."""

from datetime import UTC, datetime, timedelta

import pytest

from cathedra.actions import policy as actions
from cathedra.db.models import AuditEvent, Course, Folder, Hold, Recording, StandingDeclaration, UseDeclaration
from cathedra.db.reads import policy as reads
from cathedra.db.writes import people
from cathedra.db.writes import policy as writes
from cathedra.domain.library import Origin
from cathedra.domain.people import Affiliation, SystemRole
from cathedra.domain.terms import Actor, Channel, Code, system_actor
from tests.conftest import COURSE
from tests.lectures import lecture
from tests.policies import USE, activate, version


@pytest.fixture
def linked(cast, now):
    """The folder is of the course, and the policy is in force."""
    activate(now)
    Folder.objects.filter(id=cast.chemistry).update(course_id=COURSE)
    return cast.chemistry


@pytest.fixture
def scheduler(cast, now):
    """Fay schedules for Part IA."""
    fay = people.add_account(
        "fay", full_name="Fay", email="", affiliation=Affiliation.UNIVERSITY_STAFF, password=None, now=now
    )
    people.give_system_role(fay, SystemRole.SCHEDULER, reason="lectures", now=now, scopes=[cast.chemistry])
    return fay


def give(who, now, course=COURSE, *, confirmed=True):
    return actions.give_standing_declaration(course, is_confirmed=confirmed, actor=Actor(who, Channel.WEB), now=now)


def capture(cast, now, **facts):
    made = lecture(
        cast.chemistry,
        cast.alice,
        now=now,
        publication="DRAFT",
        origin=facts.pop("origin", Origin.SCHEDULED),
        captured_at=facts.pop("captured_at", now),
        **facts,
    )
    return made


def leave_processing(made, now):
    """As `encoding` does when a recording becomes ready; the kinds of hold it has then."""
    actions.declare_scheduled(made, actor=system_actor(), now=now)
    actions.hold_if_undecided(made, actor=system_actor(), now=now)
    return list(Hold.objects.filter(recording_id=made, released_at=None).values_list("kind", flat=True))


def test_r83_a_scheduler_answers_for_a_course_of_the_folders_they_schedule_for(cast, linked, scheduler, now):
    assert [one.name for one in reads.list_standing_courses(scheduler)] == ["CHEM1A: Chemistry"]
    assert give(scheduler, now).is_permitted
    row = StandingDeclaration.objects.get()
    assert (row.course_id, row.academic_year, row.policy_version, row.given_by_id) == (COURSE, "2026-27", 1, scheduler)
    event = AuditEvent.objects.get(action="standing:give")
    assert (event.actor_id, event.target_id) == (scheduler, str(row.id))
    assert give(scheduler, now).code is Code.CONFLICT, "once a year"


def test_r83_r38_whoever_runs_the_service_may_and_nobody_else(cast, linked, scheduler, now):
    for who in (cast.alice, cast.ben, cast.chloe, None):
        assert give(who, now).code is Code.NO_PERMISSION
    Folder.objects.filter(id=linked).update(course=None)
    assert give(scheduler, now).code is Code.NO_PERMISSION, "no folder of theirs is of it"
    assert give(cast.dev, now).is_permitted
    assert StandingDeclaration.objects.count() == 1


def test_r83_what_is_not_confirmed_or_does_not_qualify_is_not_answered_for(cast, linked, now):
    assert give(cast.dev, now, confirmed=False).code is Code.BAD_REQUEST
    Course.objects.filter(id=COURSE).update(kind="other")
    refused = give(cast.dev, now)
    assert (refused.code, refused.reasons[0].rule) == (Code.NOT_PERMITTED, "R83")
    assert not StandingDeclaration.objects.exists()


def test_r83_without_a_policy_there_is_nothing_to_declare(cast, now):
    assert give(cast.dev, now).code is Code.CONFLICT


def test_r83_r16_a_capture_by_schedule_is_declared_by_it_under_the_policy_that_holds_then(cast, linked, scheduler, now):
    assert give(scheduler, now).is_permitted
    later, text = version(2)
    writes.add_use_policy(later, text=text, why="a test", by=None, now=now)
    made = capture(cast, now)
    assert leave_processing(made, now) == []
    said = UseDeclaration.objects.get()
    assert (said.recording_id, said.account_id, said.course_id) == (made, scheduler, COURSE)
    assert (said.category, said.verdict, said.policy_id) == ("lecture", "PERMITTED", 2)
    assert said.standing_id == StandingDeclaration.objects.get().id
    assert {said.q1, said.q2, said.q3} == {"yes"}
    event = AuditEvent.objects.get(action="recording:declare_standing")
    assert (event.target_id, event.facts["policy"]) == (str(made), later.name)
    assert reads.find_last_declaration(made).is_standing
    assert leave_processing(made, now) == []
    assert UseDeclaration.objects.count() == 1, "once"


@pytest.mark.parametrize(
    "facts",
    [
        {"origin": Origin.UPLOAD},
        {"origin": Origin.ADHOC_ROOM},
        {"captured_at": datetime(2025, 10, 1, 9, tzinfo=UTC)},
        {"captured_at": datetime(2027, 9, 1, 9, tzinfo=UTC)},
    ],
)
def test_r87_what_it_does_not_speak_for_is_held_undeclared(cast, linked, scheduler, now, facts):
    """R83: an ad hoc recording or an upload is declared each time; another academic year is another declaration."""
    assert give(scheduler, now).is_permitted
    assert leave_processing(capture(cast, now, **facts), now) == ["aup_undeclared"]
    assert not UseDeclaration.objects.exists()


def test_r87_without_one_a_capture_is_held_as_before(cast, linked, now):
    assert leave_processing(capture(cast, now), now) == ["aup_undeclared"]


def test_r83_a_course_of_another_year_or_another_folder_is_not_answered_for(cast, linked, scheduler, now):
    assert give(scheduler, now).is_permitted
    Course.objects.filter(id=COURSE).update(academic_year="2027-28")
    assert leave_processing(capture(cast, now), now) == ["aup_undeclared"], "the course has moved on"
    Course.objects.filter(id=COURSE).update(academic_year="2026-27")
    elsewhere = capture(cast, now)
    Recording.objects.filter(id=elsewhere).update(folder_id=cast.physics)
    assert leave_processing(elsewhere, now) == ["aup_undeclared"]


def test_r83_what_the_policy_would_not_permit_any_more_is_held(cast, linked, scheduler, now):
    assert give(scheduler, now).is_permitted
    Course.objects.filter(id=COURSE).update(kind="other")
    assert leave_processing(capture(cast, now), now) == ["aup_undeclared"]


def test_r83_what_somebody_declared_is_left_as_it_is(cast, linked, scheduler, now):
    assert give(scheduler, now).is_permitted
    made = capture(cast, now)
    actions.declare_use(made, USE, actor=Actor(cast.alice, Channel.WEB), now=now)
    assert leave_processing(made, now) == []
    assert UseDeclaration.objects.get().account_id == cast.alice


def test_r83_withdrawn_it_speaks_for_nothing_more_and_what_was_declared_stays(cast, linked, scheduler, now):
    assert give(scheduler, now).is_permitted
    before = capture(cast, now)
    assert leave_processing(before, now) == []
    standing = StandingDeclaration.objects.get().id

    def withdraw(who):
        return actions.withdraw_standing_declaration(
            standing, actor=Actor(who, Channel.API), now=now + timedelta(days=1)
        )

    for who in (cast.alice, cast.ben, None):
        assert withdraw(who).code is Code.NO_PERMISSION
    assert withdraw(scheduler).is_permitted
    assert withdraw(cast.dev).code is Code.CONFLICT
    assert AuditEvent.objects.get(action="standing:withdraw").actor_id == scheduler
    assert leave_processing(capture(cast, now), now) == ["aup_undeclared"]
    assert reads.find_use_verdict(before, now) == "PERMITTED"
    assert give(scheduler, now).is_permitted, "anew"


def test_r83_a_form_is_told_whose_it_is_and_for_which_course_before_anything_is_scheduled(cast, linked, scheduler, now):
    assert give(scheduler, now).is_permitted
    found = actions.standing_for_folder(linked, [now, now + timedelta(days=30)])
    assert found.decision.is_permitted
    assert (found.row.course, found.row.academic_year, found.row.given_by) == (
        "CHEM1A: Chemistry", "2026-27", scheduler,
    )  # fmt: skip
    assert actions.judge_schedule(None, linked, [now]) is None
    assert actions.judge_schedule(USE, linked, [now]).declaration.category == "lecture", "what is declared wins"


def test_r84_a_form_is_told_why_it_has_to_ask(cast, linked, scheduler, now):
    assert actions.standing_for_folder(cast.physics, [now]).decision.reasons[0].rule == "R84"
    assert give(scheduler, now).is_permitted
    late = actions.standing_for_folder(linked, [now, datetime(2027, 10, 1, 9, tzinfo=UTC)])
    assert (late.decision.reasons[0].values["outside"], late.row.given_by) == ("2027-28", scheduler)
    assert actions.judge_schedule(None, linked, [datetime(2027, 10, 1, 9, tzinfo=UTC)]) == late.decision
    Course.objects.filter(id=COURSE).update(kind="other")
    assert "does not permit" in actions.standing_for_folder(linked, [now]).decision.reasons[0].sentence


def test_r84_where_no_policy_was_ever_activated_nothing_is_asked(cast, now):
    found = actions.standing_for_folder(cast.chemistry, [now])
    assert (found.decision.is_permitted, found.row) == (True, None)

"""A chosen set is looked at again (R16): cases open with their cause, verdicts stay until somebody decides."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from cathedra.actions import policy as actions
from cathedra.actions.policy import LookedAgain, ReviewWish
from cathedra.db.models import AuditEvent, Hold, Notice, Recording, UseCase, UseDecision
from cathedra.db.reads import policy as reads
from cathedra.db.writes import policy as writes
from cathedra.domain.policy import SET_MOST, Answer, CaseCause, Requirement, Verdict
from cathedra.domain.terms import Actor, Channel, Code, RecordingId, system_actor
from tests.conftest import COURSE
from tests.lectures import lecture
from tests.policies import USE, activate, version

WHY = "Version 2 asks more of conferences."


@pytest.fixture
def declared(cast, now):
    activate(now)
    made = lecture(cast.chemistry, cast.alice, now=now)
    actions.declare_use(made, USE, actor=Actor(cast.alice, Channel.WEB), now=now)
    return made


def look(who, chosen, now, why=WHY):
    return actions.look_again(chosen, why=why, actor=Actor(who, Channel.WEB), now=now)


def test_r16_cases_open_and_say_why_and_nothing_else_changes(cast, declared, now):
    undeclared = lecture(cast.chemistry, cast.alice, now=now)
    assert look(cast.dev, [declared, undeclared, declared], now) == LookedAgain(opened=2)
    case = reads.find_case(declared)
    assert (case.standing.cause, case.standing.state, case.why, case.opened_by) == (
        CaseCause.AGAIN,
        "open",
        WHY,
        cast.dev,
    )
    assert (reads.find_use_verdict(declared, now), Hold.objects.count(), Notice.objects.count()) == ("PERMITTED", 0, 0)
    event = AuditEvent.objects.get(action="recording:refer", target_id=str(declared))
    assert (event.actor_id, event.facts["cause"], event.facts["why"]) == (cast.dev, "again", WHY)


def test_r16_repeated_nothing_opens_twice_and_what_is_gone_is_left_out(cast, declared, now):
    binned = lecture(cast.chemistry, cast.alice, now=now, keeping="RECYCLED", recycled_from="ONLINE")
    chosen = [declared, binned, RecordingId(uuid.uuid4())]
    assert look(cast.dev, chosen, now) == LookedAgain(opened=1, left_out=2)
    assert look(cast.dev, chosen, now) == LookedAgain(waiting=1, left_out=2)
    assert UseCase.objects.count() == 1


def held_undeclared(cast, now):
    """As it leaves processing when nobody has said what it is for (T16)."""
    made = lecture(cast.chemistry, cast.alice, now=now, publication="DRAFT")
    actions.hold_if_undecided(made, actor=system_actor(), now=now)
    assert open_holds(made) == ["aup_undeclared"]
    return made


def open_holds(made):
    return list(Hold.objects.filter(recording_id=made, released_at=None).values_list("kind", flat=True))


def declare(cast, made, wish, now):
    return actions.declare_use(made, wish, actor=Actor(cast.alice, Channel.WEB), now=now)


def told(kind):
    return list(Notice.objects.filter(kind=kind).values_list("recipient__login_name", flat=True))


UNSURE = actions.DeclareWish((Answer.YES, Answer.UNSURE, Answer.YES), "lecture", COURSE)


def test_r16_r87_t28_what_was_undeclared_is_let_go_when_it_is_declared_and_the_desk_still_looks(cast, declared, now):
    made = held_undeclared(cast, now)
    look(cast.dev, [made], now)
    assert declare(cast, made, USE, now).verdict == "PERMITTED"
    assert (open_holds(made), told("N18")) == ([], ["alice"])
    assert Recording.objects.get(id=made).publication == "PUBLISHED", "T14: offered as its folder has it"
    assert reads.find_case(made).standing.state == "open", "the desk chose it, so the desk decides"
    no = ReviewWish(Verdict.NOT_PERMITTED, "A meeting.", frozenset({Requirement.EDUCATIONAL_CONTENT}))
    case = reads.find_case(made)
    later = now + timedelta(hours=1)
    assert actions.decide_case(case.id, no, actor=Actor(cast.dev, Channel.WEB), now=later).is_permitted
    assert open_holds(made) == ["aup_not_permitted"]
    assert declare(cast, made, USE, later).verdict == "PERMITTED"
    assert open_holds(made) == ["aup_not_permitted"], "a refusal is not undone by other answers (R90)"


def test_r16_r86_what_stays_open_is_referred_and_the_two_days_begin(cast, declared, now):
    made = held_undeclared(cast, now)
    look(cast.dev, [made, declared], now)
    day = timedelta(days=1)
    asked_at = now + 10 * day
    assert declare(cast, made, UNSURE, asked_at).verdict == "REFERRED"
    declare(cast, made, replace(UNSURE, note="Again."), asked_at)
    assert (open_holds(made), told("N15_RECEIPT"), told("N15")) == (["aup_referred"], ["alice"], [None]), "once"
    assert actions.tend_cases(actor=system_actor(), now=asked_at + timedelta(hours=1)).reminded == 0
    assert actions.tend_cases(actor=system_actor(), now=asked_at + 7 * day).reminded == 1, "not of the other one"
    assert declare(cast, made, USE, asked_at + 8 * day).verdict == "PERMITTED"
    assert (open_holds(made), reads.find_case(made).standing.cause) == ([], CaseCause.AGAIN)


def test_r16_r87_the_desk_lets_go_what_its_owner_never_declared(cast, declared, now):
    made = held_undeclared(cast, now)
    look(cast.dev, [made], now)
    yes = ReviewWish(Verdict.PERMITTED, "A lecture.")
    assert actions.decide_case(reads.find_case(made).id, yes, actor=Actor(cast.dev, Channel.WEB), now=now).is_permitted
    assert (open_holds(made), Recording.objects.get(id=made).publication) == ([], "PUBLISHED")


def test_r88_r86_of_what_was_reported_an_unsure_owner_makes_a_referral(cast, declared, now):
    """A report hides nothing; the owner's own doubt does, and ends as it came."""
    assert actions.report_use(declared, "A party?", actor=Actor(cast.ben, Channel.WEB), now=now).is_permitted
    assert open_holds(declared) == []
    declare(cast, declared, UNSURE, now + timedelta(hours=1))
    assert (open_holds(declared), told("N15_RECEIPT")) == (["aup_referred"], ["alice"])
    declare(cast, declared, USE, now + timedelta(hours=2))
    assert (open_holds(declared), reads.find_case(declared).standing.state) == ([], "open")


def test_r89_only_who_decides_cases_chooses_with_a_reason_and_not_without_end(cast, declared, now):
    for who in (cast.alice, cast.chloe, None):
        assert look(who, [declared], now).code is Code.NO_PERMISSION
    assert look(cast.dev, [declared], now, " ").code is Code.BAD_REQUEST
    assert look(cast.dev, [], now).code is Code.BAD_REQUEST
    assert look(cast.dev, [uuid.uuid4() for _ in range(SET_MOST + 1)], now).code is Code.BAD_REQUEST
    assert not UseCase.objects.exists()


def test_r16_without_a_policy_there_is_nothing_to_look_at_again(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    assert look(cast.dev, [made], now).code is Code.CONFLICT


def test_r16_it_is_decided_under_the_version_that_holds_then_and_a_declaration_does_not_settle_it(cast, declared, now):
    look(cast.dev, [declared], now)
    later, text = version(2)
    writes.add_use_policy(later, text=text, why="a test", by=None, now=now)
    actions.declare_use(declared, USE, actor=Actor(cast.alice, Channel.WEB), now=now)
    case = reads.find_case(declared)
    assert case is not None, "the desk chose it, so the desk decides"
    wish = ReviewWish(Verdict.NOT_PERMITTED, "Not any more.", frozenset({Requirement.EDUCATIONAL_CONTENT}))
    assert actions.decide_case(
        case.id, wish, actor=Actor(cast.dev, Channel.WEB), now=now + timedelta(hours=1)
    ).is_permitted
    assert UseDecision.objects.get().policy_id == 2
    assert reads.find_use_verdict(declared, now) == "NOT_PERMITTED"


def test_r86_the_two_days_are_for_what_was_referred_not_for_what_the_desk_chose(cast, declared, now):
    look(cast.dev, [declared], now)
    assert actions.tend_cases(actor=system_actor(), now=now + timedelta(days=20)).reminded == 0

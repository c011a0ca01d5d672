"""A chosen set is looked at again (R16): cases open with their cause, verdicts stay until somebody decides."""

import uuid
from datetime import timedelta

import pytest

from cathedra.actions import policy as actions
from cathedra.actions.policy import LookedAgain, ReviewWish
from cathedra.db.models import AuditEvent, Hold, Notice, UseCase, UseDecision
from cathedra.db.reads import policy as reads
from cathedra.db.writes import policy as writes
from cathedra.domain.policy import SET_MOST, CaseCause, Requirement, Verdict
from cathedra.domain.terms import Actor, Channel, Code, RecordingId, system_actor
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

"""Holds that the service lays by hand: opened, released, ended by a removal; refused otherwise (R130, T27 to T29)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from cathedra.domain import policy
from cathedra.domain.library import State
from cathedra.domain.policy import HOLD_SENTENCES, TAKEDOWNS, HoldFacts, HoldKind, UseHold
from cathedra.domain.terms import Code, deny, permit

NOW = datetime(2026, 11, 2, 10, tzinfo=UTC)
TODAY = date(2026, 11, 2)
FACTS = HoldFacts(may=permit(), state="published")
NO = deny(Code.NO_PERMISSION, "R38", "no")


def opened(facts=FACTS, kind=HoldKind.LEGAL, reason="A claim.", review_on=None):
    decision = policy.decide_hold(facts, kind, reason=reason, review_on=review_on, today=TODAY)
    return decision.code, decision.reasons[0].rule if decision.reasons else ""


def removed(facts, kind=HoldKind.TAKEDOWN, *, is_open=True, is_decided=False, at_once=False, reason="It is not ours."):
    decision = policy.decide_removal(
        facts, kind, is_open=is_open, is_decided=is_decided, at_once=at_once, reason=reason
    )
    return decision.code


def test_t27_r55_what_has_begun_can_be_held_for_each_reason_once():
    nothing_yet = {State.DRAFT, State.SCHEDULED, State.CANCELLED, State.MISSED, State.PURGED}
    for state in State:
        code = Code.ILLEGAL_TRANSITION if state in nothing_yet else Code.ALLOW
        assert opened(replace(FACTS, state=state.value))[0] is code, state
    assert opened(replace(FACTS, may=NO))[0] is Code.NO_PERMISSION
    assert opened(reason="")[0] is Code.BAD_REQUEST
    assert opened(replace(FACTS, kinds=("legal",))) == (Code.CONFLICT, "T27")
    assert opened(replace(FACTS, kinds=("conduct", "aup_referred")))[0] is Code.ALLOW
    assert opened(review_on=TODAY)[0] is Code.BAD_REQUEST
    assert opened(review_on=TODAY + timedelta(days=1))[0] is Code.ALLOW


def test_t28_a_hold_is_released_once_with_a_reason_and_never_by_who_owns_the_recording():
    held = replace(FACTS, state="held", kinds=("legal",))
    for facts, is_open, reason, code in (
        (held, True, "Settled.", Code.ALLOW),
        (held, True, "", Code.BAD_REQUEST),
        (held, False, "Settled.", Code.CONFLICT),
        (replace(held, is_own=True), True, "Settled.", Code.CONFLICT),
        (replace(held, may=NO), True, "Settled.", Code.NO_PERMISSION),
    ):
        assert policy.decide_release(facts, is_open=is_open, reason=reason).code is code, (facts, is_open, reason)


def test_t29_r130_only_a_takedown_removes_and_only_what_no_other_hold_needs():
    held = replace(FACTS, state="held", kinds=("takedown",))
    assert removed(held) is Code.ALLOW
    assert removed(replace(held, kinds=("takedown", "takedown_legal", "aup_referred"))) is Code.ALLOW
    for kind in HoldKind:
        alone = replace(held, kinds=(kind,))
        assert removed(alone, kind) is (Code.ALLOW if kind in TAKEDOWNS else Code.ILLEGAL_TRANSITION), kind
        beside = replace(held, kinds=("takedown", kind))
        assert removed(beside) is (Code.ALLOW if kind in TAKEDOWNS else Code.HELD), kind
    assert removed(replace(held, is_copy_held=True)) is Code.HELD
    assert removed(replace(held, state="processing")) is Code.ILLEGAL_TRANSITION, "R55"
    assert removed(held, is_open=False) is Code.CONFLICT
    assert removed(held, is_decided=True) is Code.CONFLICT
    assert removed(held, reason="") is Code.BAD_REQUEST
    assert removed(replace(held, is_own=True)) is Code.CONFLICT
    assert removed(replace(held, may=NO)) is Code.NO_PERMISSION
    assert removed(held, at_once=True) is Code.ILLEGAL_TRANSITION, "no legal order"
    ordered = replace(held, kinds=("takedown_legal",))
    assert removed(ordered, HoldKind.TAKEDOWN_LEGAL, at_once=True, is_decided=True) is Code.ALLOW


def test_n17_every_kind_has_its_sentence_and_none_is_one_of_the_policy():
    assert set(HOLD_SENTENCES) == set(HoldKind)
    assert not {*HoldKind} & {*UseHold}

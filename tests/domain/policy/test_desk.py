"""The policy desk without a database: what a declaration does to a case, overdue, grace, who consents (R86 to R92)."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from cathedra.domain import policy
from cathedra.domain.policy import AfterDeclaring, CaseCause, CaseStanding, CaseState, Requirement, SetFacts, Verdict
from cathedra.domain.terms import AccountId, Code, deny, permit

NOW = datetime(2026, 11, 26, 10, 0, tzinfo=UTC)  # a Thursday
DAY = timedelta(days=1)
A, B = AccountId("a"), AccountId("b")


def case(state=CaseState.OPEN, cause=CaseCause.REFERRED, **more) -> CaseStanding:
    return CaseStanding(state, cause, **more)


def test_r91_a_refusal_is_confirmed_once_nobody_can_undo_it():
    decided, closed = NOW, NOW + DAY
    no, answered = {"verdict": Verdict.NOT_PERMITTED}, {"is_appeal_decided": True}
    for found, at in (
        (case(CaseState.REFUSED, **no), None),
        (case(CaseState.APPEALED, **no), None),
        (case(CaseState.OPEN, **no), None),
        (case(CaseState.OPEN, **no, **answered), None),
        (case(CaseState.REFUSED, **no, **answered), decided),
        (case(CaseState.CLOSED, **no, **answered), decided),
        (case(CaseState.CLOSED, **no), closed),
        (case(CaseState.CLOSED, verdict=Verdict.PERMITTED, **answered), None),
        (case(CaseState.CLOSED), None),
    ):
        assert policy.confirmed_at(found, decided_at=decided, closed_at=closed) == at, found


def test_r90_a_declaration_is_corrected_in_the_days_of_grace_and_never_round_an_appeal_r92():
    refused = {"verdict": Verdict.NOT_PERMITTED, "grace_until": NOW + DAY}
    for found, now, code, rule in (
        (None, NOW, Code.ALLOW, ""),
        (case(), NOW, Code.ALLOW, ""),
        (case(CaseState.CLOSED), NOW, Code.ALLOW, ""),
        (case(CaseState.REFUSED, **refused), NOW, Code.ALLOW, ""),
        (case(CaseState.REFUSED, **refused), NOW + DAY, Code.CONFLICT, "R90"),
        (case(CaseState.REFUSED, **refused, is_appeal_decided=True), NOW, Code.CONFLICT, "R92"),
        (case(CaseState.APPEALED, **refused), NOW, Code.CONFLICT, "R92"),
    ):
        decision = policy.decide_correction(found, now)
        assert (decision.code, [one.rule for one in decision.reasons]) == (code, [rule] if rule else []), found


def test_r86_r90_what_a_declaration_does_to_a_case():
    """Over every state, cause, earlier and new verdict: a reviewer's refusal is never undone by the owner alone, and a
    report never settled by them."""
    for state, cause, before, verdict in product(
        CaseState, CaseCause, (None, Verdict.NOT_PERMITTED), (Verdict.PERMITTED, Verdict.REFERRED)
    ):
        done = policy.after_declaring(case(state, cause, verdict=before), verdict)
        said = f"{state} {cause} {before} {verdict}: {done}"
        if state is CaseState.CLOSED:
            assert done is (AfterDeclaring.OPEN_CASE if verdict is Verdict.REFERRED else AfterDeclaring.LET_GO), said
        elif state is CaseState.REFUSED:
            assert done is AfterDeclaring.REOPEN_CASE, said
        elif (state, cause, before, verdict) == (CaseState.OPEN, CaseCause.REFERRED, None, Verdict.PERMITTED):
            assert done is AfterDeclaring.SETTLE, said
        elif (state, before) == (CaseState.OPEN, None) and cause in (CaseCause.REPORTED, CaseCause.AGAIN):
            is_clear = verdict is Verdict.PERMITTED  # R88, R16: neither hides anything, so the declaration alone does
            assert done is (AfterDeclaring.LET_GO if is_clear else AfterDeclaring.REFER), said
        else:
            assert done is AfterDeclaring.NOTHING, said
    assert policy.after_declaring(None, Verdict.REFERRED) is AfterDeclaring.OPEN_CASE
    assert policy.after_declaring(None, Verdict.PERMITTED) is AfterDeclaring.LET_GO
    taken_out = policy.after_declaring(None, Verdict.PERMITTED, is_held_as_refused=True)
    for cause in CaseCause:
        again = policy.after_declaring(case(CaseState.OPEN, cause), Verdict.PERMITTED, is_held_as_refused=True)
        assert again is AfterDeclaring.NOTHING, "and not settled by answering twice"
    assert taken_out is AfterDeclaring.OPEN_CASE, "R90: what comes out of the bin refused is looked at again"


def test_r86_two_working_days_do_not_count_the_weekend():
    for opened, now, is_overdue in (
        (NOW, NOW + 2 * DAY, False),  # Saturday
        (NOW, NOW + 4 * DAY - timedelta(seconds=1), False),  # Monday, a second before
        (NOW, NOW + 4 * DAY, True),
        (NOW + DAY, NOW + 4 * DAY, False),  # Friday to Monday is one
        (NOW + DAY, NOW + 5 * DAY, True),
        (NOW, NOW - DAY, False),
    ):
        assert policy.is_overdue(opened, now, days=2) is is_overdue, (opened, now)


def test_r90_later_answers_make_the_days_of_grace_no_longer_but_leave_time_for_the_notice_n19():
    first = NOW + 28 * DAY
    assert policy.grace_after(None, first, NOW) == first
    assert policy.grace_after(first, NOW + 40 * DAY, NOW + 12 * DAY) == first
    assert policy.grace_after(first, NOW + 58 * DAY, NOW + 30 * DAY) == NOW + 37 * DAY
    for left, grace, stays in ((8, 28, 8), (7, 28, 7), (3, 28, 7), (0, 28, 7), (-40, 28, 7), (1, 3, 3), (9, 3, 9)):
        assert policy.removed_at(NOW + left * DAY, NOW, grace_days=grace) == NOW + stays * DAY, (left, grace)
    for days, due in ((0, None), (2, None), (3, 3), (6, 3), (7, 7), (400, 7)):
        assert policy.undeclared_reminder(NOW, NOW + days * DAY) == due, "N16"


def test_r88_r89_r90_r92_who_may_and_with_which_words():
    no = deny(Code.NO_PERMISSION, "R41", "x")
    asked = (
        (policy.decide_report(no, "why"), Code.NO_PERMISSION),
        (policy.decide_report(permit(), "  "), Code.BAD_REQUEST),
        (policy.decide_report(permit(), "x" * (policy.REPORT_CHARACTERS + 1)), Code.BAD_REQUEST),
        (policy.decide_report(permit(), "why"), Code.ALLOW),
        (policy.decide_appeal_text(""), Code.BAD_REQUEST),
        (policy.decide_appeal_text("why"), Code.ALLOW),
        (policy.decide_turn(case(CaseState.REFUSED)), Code.CONFLICT),
        (policy.decide_turn(case(CaseState.APPEALED)), Code.ALLOW),
        (policy.decide_failed(Verdict.NOT_PERMITTED, frozenset()), Code.BAD_REQUEST),
        (policy.decide_failed(Verdict.NOT_PERMITTED, frozenset(Requirement)), Code.ALLOW),
        (policy.decide_failed(Verdict.PERMITTED, frozenset()), Code.ALLOW),
        (policy.decide_consent(proposer=None, consents=A), Code.CONFLICT),
        (policy.decide_consent(proposer=A, consents=A), Code.CONFLICT),
        (policy.decide_consent(proposer=A, consents=B), Code.ALLOW),
    )
    for number, (decision, code) in enumerate(asked):
        assert decision.code is code, number


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (SetFacts(is_service_admin=True, count=1, why="Version 2."), Code.ALLOW),
        (SetFacts(is_service_admin=True, count=policy.SET_MOST, why="Version 2."), Code.ALLOW),
        (SetFacts(is_service_admin=False, count=1, why="Version 2."), Code.NO_PERMISSION),
        (SetFacts(is_service_admin=True, count=1, why=" "), Code.BAD_REQUEST),
        (SetFacts(is_service_admin=True, count=1, why="x" * 2001), Code.BAD_REQUEST),
        (SetFacts(is_service_admin=True, count=0, why="Version 2."), Code.BAD_REQUEST),
        (SetFacts(is_service_admin=True, count=policy.SET_MOST + 1, why="Version 2."), Code.BAD_REQUEST),
    ],
)
def test_r16_a_set_is_chosen_by_who_decides_cases_with_a_reason_and_not_without_end(facts, code):
    assert policy.decide_looking_again(facts).code is code

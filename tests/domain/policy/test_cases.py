"""Who decides of a held recording, appeals, grace, repeats, and answers that stand there already (R82 to R92)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from cathedra.adapters import policy_files
from cathedra.domain import policy
from cathedra.domain.policy import (
    Advice,
    Answer,
    AppealFacts,
    Declaration,
    LinkedCourse,
    Place,
    Requirement,
    Review,
    ReviewFacts,
    UseHold,
    Verdict,
)
from cathedra.domain.terms import AccountId, Code

POLICY = policy.parse_use_policy(policy_files.read("acceptable-use/1"))
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
DEV, ERIN, OWNER = (AccountId(UUID(int=number)) for number in (1, 2, 3))
FACTS = ReviewFacts(reviewer=DEV, is_service_admin=True, owner=OWNER)
EXEMPT = Review(Verdict.EXEMPT, "a pilot", NOW + 30 * DAY)


def test_what_leaves_processing_is_held_by_its_verdict_r87():
    assert {verdict: policy.hold_for(verdict) for verdict in (*Verdict, None)} == {
        Verdict.PERMITTED: None,
        Verdict.EXEMPT: None,
        Verdict.NOT_PERMITTED: UseHold.NOT_PERMITTED,
        Verdict.REFERRED: UseHold.REFERRED,
        None: UseHold.UNDECLARED,
    }


def test_a_students_work_needs_one_confirmation_and_comes_to_a_permission_r82():
    found = policy.prefill(POLICY, Place(LinkedCourse.AWARD, is_assignment=True, is_enrolled=True))
    assert (found.is_one_step, found.declaration.category) == (True, "student_assessment")
    assert policy.evaluate(POLICY, found.declaration).verdict is Verdict.PERMITTED
    for place in (Place(LinkedCourse.AWARD, is_assignment=True), Place(LinkedCourse.AWARD, is_enrolled=True)):
        assert policy.prefill(POLICY, place) is None, "both, or there is nothing to go by"


def test_the_last_answers_for_a_folder_are_chosen_with_its_course_and_not_submitted_r83():
    last = Declaration(dict.fromkeys(Requirement, Answer.YES), "lecture", LinkedCourse.NONE)
    found = policy.prefill(POLICY, Place(LinkedCourse.AWARD, last=last))
    assert (found.is_one_step, found.declaration) == (False, replace(last, course=LinkedCourse.AWARD))
    assert policy.prefill(POLICY, Place(LinkedCourse.AWARD, last=replace(last, category="gone"))) is None


@pytest.mark.parametrize(
    ("facts", "review", "code", "rule"),
    [
        (FACTS, Review(Verdict.PERMITTED, "it is a lecture"), Code.ALLOW, ""),
        (FACTS, Review(Verdict.NOT_PERMITTED, "a meeting"), Code.ALLOW, ""),
        (replace(FACTS, is_service_admin=False), Review(Verdict.PERMITTED, "x"), Code.NO_PERMISSION, "R89"),
        (replace(FACTS, owner=DEV), Review(Verdict.PERMITTED, "x"), Code.CONFLICT, "R89"),
        (FACTS, Review(Verdict.REFERRED, "x"), Code.BAD_REQUEST, "R89"),
        (FACTS, Review(Verdict.PERMITTED, "  "), Code.BAD_REQUEST, "R89"),
        (replace(FACTS, is_appealed=True, first_reviewer=DEV), Review(Verdict.PERMITTED, "x"), Code.CONFLICT, "R92"),
        (replace(FACTS, is_appealed=True, first_reviewer=ERIN), Review(Verdict.PERMITTED, "x"), Code.ALLOW, ""),
        (replace(FACTS, is_appeal_decided=True), Review(Verdict.PERMITTED, "x"), Code.CONFLICT, "R92"),
        (replace(FACTS, first_reviewer=DEV), Review(Verdict.PERMITTED, "x"), Code.ALLOW, ""),
        (FACTS, EXEMPT, Code.BAD_REQUEST, "R89"),
        (replace(FACTS, seconded_by=DEV), EXEMPT, Code.BAD_REQUEST, "R89"),
        (replace(FACTS, seconded_by=OWNER), EXEMPT, Code.BAD_REQUEST, "R89"),
        (replace(FACTS, seconded_by=ERIN), EXEMPT, Code.ALLOW, ""),
        (replace(FACTS, seconded_by=ERIN), replace(EXEMPT, exempt_until=None), Code.BAD_REQUEST, "R89"),
        (replace(FACTS, seconded_by=ERIN), replace(EXEMPT, exempt_until=NOW), Code.BAD_REQUEST, "R89"),
        (replace(FACTS, seconded_by=ERIN), replace(EXEMPT, exempt_until=NOW + 367 * DAY), Code.BAD_REQUEST, "R89"),
    ],
)  # fmt: skip
def test_who_may_decide_what_r89_r92(facts, review, code, rule):
    decision = policy.decide_review(facts, review, NOW)
    assert decision.code is code
    assert [reason.rule for reason in decision.reasons] == ([rule] if rule else [])


def test_an_owner_appeals_once_in_the_days_of_grace_r90_r92():
    grace = policy.grace_until(POLICY, NOW)
    assert grace == NOW + 28 * DAY
    facts = AppealFacts(is_owner=True, verdict=Verdict.NOT_PERMITTED, has_appealed=False, grace_until=grace)
    assert policy.decide_appeal(facts, NOW).is_permitted
    for change, at, code, rule in (
        ({"is_owner": False}, NOW, Code.NO_PERMISSION, "R90"),
        ({"verdict": Verdict.REFERRED}, NOW, Code.CONFLICT, "R90"),
        ({"has_appealed": True}, NOW, Code.CONFLICT, "R92"),
        ({}, grace, Code.CONFLICT, "R90"),
    ):
        decision = policy.decide_appeal(replace(facts, **change), at)
        assert (decision.code, decision.reasons[0].rule) == (code, rule), change


def test_removal_waits_for_the_grace_and_for_an_open_appeal_r90_r92():
    grace = policy.grace_until(POLICY, NOW)
    due = [
        (verdict, at - grace, is_open)
        for verdict in Verdict
        for at in (grace - DAY, grace)
        for is_open in (False, True)
        if policy.is_removal_due(verdict, grace, at, is_appeal_open=is_open)
    ]
    assert due == [(Verdict.NOT_PERMITTED, timedelta(0), False)]


def test_r91_creator_rights_are_suspended_by_somebody_else_with_a_reason_from_the_third_breach_on():
    three = tuple(NOW - day * DAY for day in (1, 2, 300))
    service, own = FACTS, replace(FACTS, reviewer=OWNER)
    for about, breaches, reason, is_suspended, code in (
        (service, three, "Three times.", False, Code.ALLOW),
        (service, three[:2], "Twice.", False, Code.CONFLICT),
        (service, (*three[:2], NOW - 366 * DAY), "Long ago.", False, Code.CONFLICT),
        (service, three, " ", False, Code.BAD_REQUEST),
        (service, three, "Again.", True, Code.CONFLICT),
        (own, three, "Me.", False, Code.CONFLICT),
        (replace(FACTS, is_service_admin=False), three, "No.", False, Code.NO_PERMISSION),
    ):
        decision = policy.decide_suspension(about, breaches, reason, NOW, is_suspended=is_suspended)
        assert decision.code is code, reason
    for about, is_suspended, code in (
        (service, True, Code.ALLOW),
        (service, False, Code.CONFLICT),
        (own, True, Code.CONFLICT),
        (replace(FACTS, is_service_admin=False), True, Code.NO_PERMISSION),
    ):
        assert policy.decide_end_of_suspension(about, is_suspended=is_suspended).code is code


def test_repeats_are_advice_for_people_r91():
    def after(*days: int) -> frozenset[Advice]:
        return policy.advise(tuple(NOW - day * DAY for day in days), NOW)

    assert after() == frozenset()
    assert after(0) == {Advice.TELL_OWNER}
    assert after(0, 100) == {Advice.TELL_OWNER, Advice.TELL_DEPARTMENT}
    assert after(0, 100, 200) == {Advice.MAY_SUSPEND}
    assert after(0, 365, 400) == {Advice.TELL_OWNER}, "twelve months, not longer"

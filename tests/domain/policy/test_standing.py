"""Who may declare captures in advance, and what that says (R83)."""

from dataclasses import replace
from datetime import date

import pytest

from cathedra.domain import policy
from cathedra.domain.policy import Answer, FolderStanding, LinkedCourse, Requirement, StandFacts
from cathedra.domain.terms import Code
from tests.policies import POLICY

GIVEN = StandFacts(may=True, is_confirmed=True)


def finding(course=LinkedCourse.AWARD):
    return policy.evaluate(POLICY, policy.standing_words(course))


def test_r83_it_says_that_each_is_a_lecture_of_the_course_that_meets_all_requirements():
    said = policy.standing_words(LinkedCourse.SUMMER_SCHOOL)
    assert (said.category, said.course) == ("lecture", LinkedCourse.SUMMER_SCHOOL)
    assert said.answers == dict.fromkeys(Requirement, Answer.YES)


@pytest.mark.parametrize(
    ("course", "code"),
    [
        (LinkedCourse.AWARD, Code.ALLOW),
        (LinkedCourse.EXECUTIVE_EDUCATION, Code.ALLOW),
        (LinkedCourse.SUMMER_SCHOOL, Code.ALLOW),
        (LinkedCourse.OTHER, Code.NOT_PERMITTED),
        (LinkedCourse.NONE, Code.NOT_PERMITTED),
    ],
)
def test_r83_only_for_a_course_that_qualifies(course, code):
    assert policy.decide_give(GIVEN, finding(course)).code is code


def test_r83_by_who_may_who_confirms_it_and_once_a_year():
    assert policy.decide_give(StandFacts(may=False, is_confirmed=True), finding()).code is Code.NO_PERMISSION
    assert policy.decide_give(StandFacts(may=True), finding()).code is Code.BAD_REQUEST
    again = StandFacts(may=True, is_confirmed=True, is_given=True)
    assert policy.decide_give(again, finding()).code is Code.CONFLICT


def test_r83_it_is_withdrawn_once_by_who_may():
    assert policy.decide_withdraw(may=True, is_withdrawn=False).is_permitted
    assert policy.decide_withdraw(may=True, is_withdrawn=True).code is Code.CONFLICT
    assert policy.decide_withdraw(may=False, is_withdrawn=True).code is Code.NO_PERMISSION


@pytest.mark.parametrize(("day", "year"), [(date(2027, 9, 1), "2026-27"), (date(2100, 9, 1), "2099-00")])
def test_an_academic_year_is_called_by_both_of_its_years(day, year):
    assert policy.academic_year_ending(day) == year


STANDS = FolderStanding("Chemistry", "2026-27", stands=True, was_withdrawn=False, is_permitted=True)


def test_r83_what_stands_speaks_for_times_of_its_year_and_no_other():
    assert policy.decide_standing(STANDS, {"2026-27"}).is_permitted
    outside = policy.decide_standing(STANDS, {"2026-27", "2027-28"})
    assert (outside.code, outside.reasons[0].rule, outside.reasons[0].values["outside"]) == (
        Code.BAD_REQUEST, "R84", "2027-28",
    )  # fmt: skip


def test_r84_where_nothing_speaks_for_it_the_declaration_is_asked_for_and_each_reason_has_its_own_sentence():
    none = replace(STANDS, stands=False)
    found = [None, none, replace(none, was_withdrawn=True), replace(STANDS, is_permitted=False)]
    refusals = [policy.decide_standing(one, {"2026-27"}).reasons[0] for one in found]
    refusals += policy.decide_standing(STANDS, {"2025-26"}).reasons
    assert {(one.code, one.rule) for one in refusals} == {(Code.BAD_REQUEST, "R84")}
    assert len({one.sentence for one in refusals}) == len(refusals)

"""What may be kept here: the table of section 25 row by row, the whole space against R78, and what a policy's own check
finds (R76 to R85)."""

import copy
from dataclasses import replace

import pytest

from cathedra.adapters import policy_files
from cathedra.domain import policy
from cathedra.domain.policy import (
    Answer,
    CategoryRule,
    Declaration,
    LinkedCourse,
    Relevance,
    Requirement,
    Verdict,
    WrongDeclaration,
    WrongUsePolicy,
)
from cathedra.domain.terms import Code, Effect

DOCUMENT = policy_files.read("acceptable-use/1")
POLICY = policy.parse_use_policy(DOCUMENT)
Q1, Q2, Q3 = Requirement

# Section 25, "AUP", row by row: q1, q2, q3, category, course, directly relevant -> result, failed, the rules' clauses.
ROWS = [
    (1, "yes yes yes", "lecture", "award", "-", "PERMITTED", (), None),
    (2, "yes yes yes", "lecture", "none", "-", "REFERRED", (), None),
    (3, "yes yes no", "lecture", "award", "-", "NOT_PERMITTED", (Q3,), {"requirement 3"}),
    (4, "no no no", "non_lecture_teaching", "award", "-", "NOT_PERMITTED", (Q1, Q2, Q3), None),
    (5, "yes unsure yes", "lecture", "award", "-", "REFERRED", (), {"requirement 2"}),
    (6, "no unsure yes", "lecture", "award", "-", "NOT_PERMITTED", (Q1,), {"requirement 1"}),
    (7, "yes yes yes", "meeting", "award", "yes", "NOT_PERMITTED", (), {"not permitted 4"}),
    (8, "yes yes yes", "staff_development", "award", "yes", "NOT_PERMITTED", (), {"not permitted 5"}),
    (9, "yes yes yes", "conference_event", "award", "yes", "PERMITTED", (), None),
    (10, "yes yes yes", "conference_event", "award", "no", "NOT_PERMITTED", (), None),
    (11, "yes yes yes", "conference_event", "none", "unsure", "REFERRED", (), None),
    (12, "yes yes yes", "training_howto", "executive_education", "yes", "PERMITTED", (), None),
    (13, "yes yes yes", "research_for_course", "award", "yes", "PERMITTED", (), None),
    (14, "yes yes yes", "research_other", "award", "no", "NOT_PERMITTED", (), {"not permitted 3"}),
    (15, "yes yes yes", "student_assessment", "award", "-", "PERMITTED", (), None),
    (16, "yes yes yes", "lecture", "summer_school", "-", "PERMITTED", (), None),
    (17, "yes yes yes", "other", "award", "-", "REFERRED", (), None),
    (18, "yes yes yes", "not_for_students", "award", "-", "NOT_PERMITTED", (), {"not permitted 6"}),
]


def said(answers: str, category: str, course: str = "award", relevant: str = "-") -> Declaration:
    given = dict(zip(Requirement, map(Answer, answers.split()), strict=True))
    relevance = Relevance.NOT_ASKED if relevant == "-" else Relevance(relevant)
    return Declaration(given, category, LinkedCourse(course), relevance)


def changed(**words):
    return {**copy.deepcopy(DOCUMENT), **words}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"aup-{row[0]}")
def test_each_row_of_the_table_comes_to_its_result_r78(row):
    _number, answers, category, course, relevant, verdict, failed, cites = row
    finding = policy.evaluate(POLICY, said(answers, category, course, relevant))
    assert (finding.verdict, finding.failed) == (verdict, failed)
    if cites:
        assert {reason.cite for reason in finding.reasons} == cites
    assert all(reason.message and reason.cite for reason in finding.reasons)
    label = POLICY.category(category)
    assert finding.example == f"{label.label} ({label.cite})", "R78: with the matching example"
    assert finding.policy == "acceptable-use@1"


# R79's table, written again from the rules and not from the policy.
CATEGORIES = {
    "lecture": "ok", "non_lecture_teaching": "ok", "student_assessment": "ok",
    "research_for_course": "if_directly_relevant", "conference_event": "if_directly_relevant",
    "training_howto": "if_directly_relevant", "research_other": "never", "meeting": "never",
    "staff_development": "never", "not_for_students": "never", "other": "refer",
}  # fmt: skip


def first_match(one: Declaration) -> str:
    """R78, a to g, in its own order."""
    answers, rule = set(one.answers.values()), CATEGORIES[one.category]
    if "no" in answers or rule == "never":
        return "NOT_PERMITTED"
    if "unsure" in answers:
        return "REFERRED"
    if rule == "if_directly_relevant" and one.relevance == "no":
        return "NOT_PERMITTED"
    is_relevant = one.relevance == "yes" and one.course != "none"
    if (rule == "if_directly_relevant" and not is_relevant) or rule == "refer" or one.course in ("none", "other"):
        return "REFERRED"
    return "PERMITTED"


def test_the_categories_are_those_of_r79():
    assert {one.id: one.rule for one in POLICY.categories} == CATEGORIES


@pytest.mark.slow
def test_the_shipped_policy_is_r78_over_every_declaration_there_can_be():
    tried, permitted = 0, set()
    for one in policy.declarations(POLICY):
        finding = policy.evaluate(POLICY, one)
        assert finding.verdict == first_match(one), policy.in_words(one)
        assert set(finding.failed) == (
            {q for q, answer in one.answers.items() if answer == "no"} if finding.verdict == "NOT_PERMITTED" else set()
        ), policy.in_words(one)
        assert finding.by, "every declaration is decided by a rule"
        if finding.verdict is Verdict.PERMITTED:
            permitted.add(one.category)
            assert set(one.answers.values()) == {Answer.YES}, "R80: no category turns a failed requirement into a pass"
        tried += 1
    assert tried == 3**3 * 11 * 5 * 4
    assert permitted == {one for one, rule in CATEGORIES.items() if rule in ("ok", "if_directly_relevant")}


@pytest.mark.slow
def test_better_answers_never_make_a_verdict_worse_r80():
    rank = {Verdict.NOT_PERMITTED: 0, Verdict.REFERRED: 1, Verdict.PERMITTED: 2}
    better = {Answer.NO: Answer.UNSURE, Answer.UNSURE: Answer.YES}
    worse = set()
    for one in policy.declarations(POLICY):
        before = rank[policy.evaluate(POLICY, one).verdict]
        for q, answer in one.answers.items():
            if answer is Answer.YES:
                continue
            improved = Declaration({**one.answers, q: better[answer]}, one.category, one.course, one.relevance)
            if rank[policy.evaluate(POLICY, improved).verdict] < before:
                worse.add((POLICY.category(one.category).rule, one.relevance))
    # R78's own order: c comes before d, so being sure of everything shows that relevance was denied.
    assert worse == {(CategoryRule.IF_DIRECTLY_RELEVANT, Relevance.NO)}


def test_executive_education_counts_for_the_first_requirement_while_the_policy_says_so_r81():
    other = policy.parse_use_policy(changed(exec_ed_counts_for_q1=False))
    for course, verdict in (("award", "PERMITTED"), ("executive_education", "REFERRED"), ("summer_school", "REFERRED")):
        assert policy.evaluate(other, said("yes yes yes", "lecture", course)).verdict == verdict
        assert policy.evaluate(POLICY, said("yes yes yes", "lecture", course)).verdict == "PERMITTED"


def test_a_refusal_names_every_failed_requirement_and_the_way_on_and_a_referral_may_come_r85_r86():
    refused = policy.decide_storing(POLICY, policy.evaluate(POLICY, said("no yes no", "meeting")))
    reason = refused.reasons[0]
    assert (refused.code, reason.rule) == (Code.NOT_PERMITTED, "R85")
    for part in ("requirement 1", "requirement 3", "not permitted 4"):
        assert part in reason.values["why"]
    assert reason.values["alternative"] == POLICY.alternative
    assert reason.values["contact"] == POLICY.contact == "lecturecapturehelp@uis.cam.ac.uk"
    assert "{" not in reason.sentence.format(**reason.values)
    for answers in ("yes yes yes", "yes unsure yes"):
        assert policy.decide_storing(POLICY, policy.evaluate(POLICY, said(answers, "lecture"))).is_permitted


def test_a_category_the_policy_does_not_know_is_refused():
    with pytest.raises(WrongDeclaration, match="'party' is no category of acceptable-use@1"):
        policy.evaluate(POLICY, said("yes yes yes", "party"))


@pytest.mark.slow
def test_the_shipped_policy_is_sound():
    report = policy.check(POLICY)
    assert report.is_sound
    assert (report.combinations, sum(report.verdicts.values())) == (5940, 5940)
    assert all({*one.effects} == {Effect.DENY, Effect.REFER} for one in report.disagreements)
    assert len(POLICY.examples) >= len(ROWS), "every row of the table is an example of the policy's own, too"


@pytest.mark.slow
def test_the_check_finds_a_failed_example_an_idle_rule_an_open_case_and_rules_that_disagree():
    wrong = changed()
    wrong["example"][0]["expect"] = "deny"
    wrong["example"][1]["by"] = ["another-kind"]
    report = policy.check(policy.parse_use_policy(wrong))
    assert [line.split(": ", 1)[1] for line in report.failed_examples] == [
        "expected NOT_PERMITTED, came to PERMITTED by course-of-study",
        "expected by another-kind, came by no-course",
    ]
    assert not report.is_sound

    shadowed = changed()
    shadowed["rule"].append(
        {"id": "late", "effect": "refer", "when": {"category": "meeting"}, "cite": "c", "message": "m"}
    )
    assert policy.check(policy.parse_use_policy(shadowed)).idle_rules == ("late",), "it holds, and never decides"

    open_case = changed()
    open_case["rule"] = [rule for rule in open_case["rule"] if rule["id"] != "another-kind"]
    open_case["example"] = [example for example in open_case["example"] if example["by"] != ["another-kind"]]
    parsed = policy.parse_use_policy(open_case)
    report = policy.check(parsed)
    assert {one.category for one in report.undecided} == {"other"}
    finding = policy.evaluate(parsed, report.undecided[0])
    assert (finding.verdict, finding.by) == (Verdict.REFERRED, ()), "what nobody decided is referred"
    assert finding.reasons[0].message == parsed.undecided_message
    assert not report.is_sound

    careless = changed()
    careless["rule"].append(
        {"id": "students", "effect": "permit", "when": {"category": "lecture"}, "cite": "c", "message": "m"}
    )
    report = policy.check(policy.parse_use_policy(careless))
    found = {one.rules: one for one in report.disagreements if one.is_wrong}
    assert ("not-for-current-students", "students") in found
    assert found["no-course", "students"].count == 27 * 4, "every answer, every word of relevance"
    assert not report.is_sound


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda d: d.update(versoin=1), "missing or unknown: versoin"),
        (lambda d: d.pop("contact"), "missing or unknown: contact"),
        (lambda d: d.update(version="1"), "version must be given as int"),
        (lambda d: d.update(version=0), "version begins at 1"),
        (lambda d: d.update(id="other"), "id must be acceptable-use"),
        (lambda d: d.update(grace_days=0), "begin at 1"),
        (lambda d: d.update(alternative=" "), "must be texts"),
        (lambda d: d.update(example=[]), "there is no example"),
        (lambda d: d.update(qualifying_courses=["none"]), "'none' is none of"),
        (lambda d: d["questions"].pop(Q1.value), "missing or unknown: q1"),
        (lambda d: d["category"].append(d["category"][0]), "a category stands there twice"),
        (lambda d: d["category"][0].update(rule="maybe"), "category lecture: 'maybe' is none of"),
        (lambda d: d["rule"].append(d["rule"][0]), "a rule stands there twice"),
        (lambda d: d["rule"][0].update(effect="allow"), "'allow' is none of deny, permit, refer"),
        (lambda d: d["rule"][0].update(when={"course": "awrad"}), "'awrad' is none of"),
        (lambda d: d["rule"][0].update(when={"colour": "red"}), "'colour' is none of"),
        (lambda d: d["rule"][0].update(when={"category": "party"}), "'party' is none of"),
        (lambda d: d["rule"][0].update(message=""), "message must be a text"),
        (lambda d: d["example"][0]["facts"].update(category="party"), "'party' is none of"),
        (lambda d: d["example"][0].update(by=["nobody"]), "names a rule that is not there"),
        (lambda d: d["example"][0].update(expect="PERMITTED"), "'PERMITTED' is none of"),
        (lambda d: d.update(rule=["x"]), "a rule must be a table"),
    ],
)
def test_a_misspelt_word_is_refused_when_the_policy_is_read(change, sentence):
    document = changed()
    change(document)
    with pytest.raises(WrongUsePolicy, match=sentence):
        policy.parse_use_policy(document)


DENIALS = ("not-for-current-students", "not-educational", "not-between-teachers-and-students")


def test_r80_no_version_is_sound_that_does_not_refuse_what_fails_a_requirement():
    """Nothing else about it is wrong: its three denials refer, and its examples say so."""
    later = copy.deepcopy(DOCUMENT)
    for rule in later["rule"]:
        rule["effect"] = "refer" if rule["id"] in DENIALS else rule["effect"]
    later["example"] = [one for one in later["example"] if "no" not in one["facts"].values()]
    parsed = policy.parse_use_policy(later)
    report = policy.check(parsed)
    assert replace(report, unrefused=()).is_sound
    assert not report.is_sound
    assert {policy.evaluate(parsed, one).verdict for one in report.unrefused} == {Verdict.REFERRED}
    assert all(Answer.NO in one.answers.values() for one in report.unrefused)
    assert policy.check(POLICY).unrefused == ()


def test_r80_a_version_that_permits_with_a_requirement_that_is_not_met_is_named():
    later = copy.deepcopy(DOCUMENT)
    later["rule"] = [rule for rule in later["rule"] if rule["id"] not in DENIALS]
    later["example"] = [one for one in later["example"] if "no" not in one["facts"].values()]
    for rule in later["rule"]:
        if rule["effect"] == "permit":
            for requirement in Requirement:
                rule["when"].pop(requirement.value, None)
    parsed = policy.parse_use_policy(later)
    permitted = [
        one for one in policy.check(parsed).unrefused if policy.evaluate(parsed, one).verdict is Verdict.PERMITTED
    ]
    assert Declaration(dict.fromkeys(Requirement, Answer.NO), "lecture", LinkedCourse.AWARD, Relevance.YES) in permitted

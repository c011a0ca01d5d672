"""What a version would change, before anybody activates it (R16, R79, R89)."""

from dataclasses import replace

from cathedra.adapters import policy_files
from cathedra.domain import policy
from cathedra.domain.policy import Alike, Answer, Declaration, LinkedCourse, Requirement, Share, Tried, Verdict
from cathedra.domain.terms import Code

POLICY = policy.parse_use_policy(policy_files.read("acceptable-use/1"))
LECTURE = Declaration(dict.fromkeys(Requirement, Answer.YES), "lecture", LinkedCourse.AWARD)
MEETING = replace(LECTURE, category="meeting")


def alike(number: int, verdict: Verdict | None, declaration: Declaration | None = LECTURE, *, decided=False) -> Alike:
    return Alike(declaration, verdict, decided, Share(number, number * 1000))


def test_a_dry_run_counts_what_would_change_and_what_people_have_decided_from_any_iterator():
    party = replace(LECTURE, category="party")
    found = policy.dry_run(
        POLICY,
        iter(
            [
                alike(1, Verdict.PERMITTED),
                alike(2, Verdict.REFERRED),
                alike(4, Verdict.PERMITTED, MEETING),
                alike(8, Verdict.PERMITTED, party),
                alike(16, Verdict.REFERRED, party),
                alike(32, Verdict.EXEMPT, MEETING, decided=True),
                alike(64, Verdict.PERMITTED, MEETING, decided=True),
                alike(128, None, None),
            ]
        ),
    )
    assert found.tried == Share(31, 31_000)
    assert found.decided == Share(96, 96_000), "R16, R89: what a reviewer decided stands whatever the policy says"
    assert found.undeclared == Share(128, 128_000)
    assert found.changes == {
        (Verdict.REFERRED, Verdict.PERMITTED): Share(2, 2000),
        (Verdict.PERMITTED, Verdict.NOT_PERMITTED): Share(4, 4000),
        (Verdict.PERMITTED, Verdict.REFERRED): Share(8, 8000),  # a category that this version does not know
    }
    assert found.changed == Share(14, 14_000)
    assert policy.dry_run(POLICY, [alike(3, Verdict.PERMITTED)]).changed == Share()


def test_what_is_activated_is_what_was_tried_r79():
    seen = Tried("a", 1)
    assert policy.decide_as_tried(seen, Tried("a", 1)).is_permitted
    for now in (Tried("b", 1), Tried("a", 2), Tried("a", None)):
        refused = policy.decide_as_tried(seen, now)
        assert (refused.code, refused.reasons[0].rule) == (Code.CONFLICT, "R79"), now


def test_a_title_is_no_formula_in_a_spreadsheet():
    for text in ("=1+1", " +1", "-1", "@sum", "＝1", " ＋1", "－1", "＠sum", "\t1"):
        assert policy.changes_line([text]) == f"'{text}\r\n"
    assert policy.changes_line(['A "b", c', "", 1.5, Verdict.REFERRED]) == '"A ""b"", c",,1.5,REFERRED\r\n'

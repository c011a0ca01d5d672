"""What a version would change, before anybody activates it (R79, R89)."""

from dataclasses import replace
from uuid import UUID

from cathedra.adapters import policy_files
from cathedra.domain import policy
from cathedra.domain.policy import Answer, Declaration, Declared, LinkedCourse, Requirement, Share, Verdict
from cathedra.domain.terms import AccountId, RecordingId

POLICY = policy.parse_use_policy(policy_files.read("acceptable-use/1"))
LECTURE = Declaration(dict.fromkeys(Requirement, Answer.YES), "lecture", LinkedCourse.AWARD)


def declared(number: int, verdict: Verdict, declaration: Declaration = LECTURE, owner: int = 1) -> Declared:
    ids = RecordingId(UUID(int=number)), AccountId(UUID(int=owner))
    return Declared(*ids, f"Owner {owner}", 1000, declaration, verdict)


def test_a_dry_run_counts_what_would_change_by_verdict_and_by_owner_from_any_iterator():
    party = replace(LECTURE, category="party")
    found = policy.dry_run(
        POLICY,
        iter(
            [
                declared(1, Verdict.PERMITTED),
                declared(2, Verdict.REFERRED),
                declared(3, Verdict.REFERRED, owner=2),
                declared(4, Verdict.PERMITTED, replace(LECTURE, category="meeting"), owner=2),
                declared(5, Verdict.PERMITTED, party, owner=2),
                declared(6, Verdict.REFERRED, party),
                declared(7, Verdict.EXEMPT, replace(LECTURE, category="meeting")),
            ]
        ),
    )
    assert found.tried == Share(7, 7000)
    assert found.changes == {
        (Verdict.REFERRED, Verdict.PERMITTED): Share(2, 2000),
        (Verdict.PERMITTED, Verdict.NOT_PERMITTED): Share(1, 1000),
        (Verdict.PERMITTED, Verdict.REFERRED): Share(1, 1000),  # a category that this version does not know
    }
    assert found.owners == (("Owner 2", Share(3, 3000)), ("Owner 1", Share(1, 1000)))
    assert found.changed == Share(4, 4000)


def test_what_is_exempt_stays_exempt_r89():
    meeting = replace(LECTURE, category="meeting")
    assert policy.dry_run(POLICY, [declared(1, Verdict.EXEMPT, meeting)]).changed == Share()

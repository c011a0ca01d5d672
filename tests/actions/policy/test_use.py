"""Activate a version, try it on the library, declare a recording: done, refused, overtaken, audited (R77 to R86)."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from cathedra.actions import policy as actions
from cathedra.actions.policy import DeclareWish, ReviewWish
from cathedra.db.models import Account, AuditEvent, Course, Notice, Recording, UseDeclaration, UsePolicyVersion
from cathedra.db.reads import policy as reads
from cathedra.db.writes import library
from cathedra.domain.library import CourseKind, Keeping
from cathedra.domain.policy import Answer, Finding, Relevance, Share, Tried, Verdict, text_hash
from cathedra.domain.terms import Actor, Channel, Code, Decision, RecordingId
from tests.lectures import lecture
from tests.policies import POLICY, SHIPPED, activate, version

YES, NO, UNSURE = Answer.YES, Answer.NO, Answer.UNSURE
OPERATOR = Actor(None, Channel.CLI)


@pytest.fixture
def course(cast):
    department = library.add_department("Earth sciences")
    return library.add_course(
        "es1", short_name="ES1", full_name="Earth", kind=CourseKind.AWARD, department_id=department,
        academic_year="2026-27",
    )  # fmt: skip


def said(course, category="lecture", answers=(YES, YES, YES), **more) -> DeclareWish:
    return DeclareWish(answers, category, course, **more)


def declare(recording, wish, *, by, now, policy=POLICY) -> Finding | Decision:
    wish = replace(wish, version=policy.version)
    return actions.declare_use(recording, wish, actor=Actor(by, Channel.WEB), now=now)


def audited(action: str) -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(action=action).order_by("id"))


@pytest.mark.slow
def test_a_version_is_activated_forwards_sound_with_a_reason_by_a_service_admin_r25_r79(cast, now):
    dev, ben = Actor(cast.dev, Channel.WEB), Actor(cast.ben, Channel.WEB)
    unsound = version(
        2, ('effect = "deny"\nwhen = { category = "meeting" }', 'effect = "refer"\nwhen = { category = "meeting" }')
    )
    second = version(2, ("grace_days = 28", "grace_days = 14"))
    for (made, text), actor, why, code, rule in (
        ((POLICY, SHIPPED), ben, "x", Code.NO_PERMISSION, "R25"),
        ((POLICY, SHIPPED), dev, "  ", Code.BAD_REQUEST, "R79"),
        (unsound, dev, "x", Code.BAD_REQUEST, "R79"),
        ((POLICY, SHIPPED), dev, "the first", Code.ALLOW, ""),
        ((POLICY, SHIPPED), dev, "again", Code.CONFLICT, "R79"),
        (second, OPERATOR, "shorter grace", Code.ALLOW, ""),
    ):
        decision = actions.activate_use_policy(made, text=text, why=why, actor=actor, now=now)
        assert (decision.code, [one.rule for one in decision.reasons]) == (code, [rule] if rule else []), why
    newest, first = reads.list_use_policies()
    assert (newest.version, newest.why, newest.activated_by) == (2, "shorter grace", "")
    assert (first.text, first.text_hash, first.activated_by) == (SHIPPED, text_hash(SHIPPED), "Dev")
    assert reads.find_active_use_policy() == newest
    told = Notice.objects.filter(kind="N47")  # of the second: nobody had been told of other rules before the first
    assert {(row.recipient_id, row.event) for row in told} == {(cast.alice, "acceptable-use@2")}
    assert told[0].link == "/terms/acceptable-use/"
    events = audited("policy:activate")
    assert [(one.target_id, one.reason, one.actor_id) for one in events] == [
        ("acceptable-use@1", "the first", cast.dev),
        ("acceptable-use@2", "shorter grace", None),
    ]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_who_activate_at_once_one_is_refused_r79(now):
    def one(_number: int) -> Code:
        try:
            return actions.activate_use_policy(POLICY, text=SHIPPED, why="x", actor=OPERATOR, now=now).code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(one, range(2))) == [Code.ALLOW, Code.CONFLICT]
    assert UsePolicyVersion.objects.count() == 1


@pytest.mark.slow
def test_a_declaration_is_kept_with_its_verdict_once_and_corrected_by_a_new_one_r8_r77(cast, now, course):
    activate(now)
    recording = lecture(cast.chemistry, cast.alice, now=now)
    first = declare(recording, said(course, note=" week\0 1 "), by=cast.alice, now=now)
    assert (first.verdict, first.by, first.policy) == (Verdict.PERMITTED, ("course-of-study",), "acceptable-use@1")
    assert declare(recording, said(course, note="week 1"), by=cast.alice, now=now) == first, "the same again"
    assert UseDeclaration.objects.count() == 1
    later = now + timedelta(minutes=1)
    second = declare(recording, said(course, answers=(YES, UNSURE, YES)), by=cast.alice, now=later)
    assert second.verdict is Verdict.REFERRED, "R86: it is kept, and somebody decides"
    last = reads.find_last_declaration(recording)
    assert (last.verdict, last.by, last.at, last.account_id) == (
        Verdict.REFERRED,
        ("unsure-of-content",),
        later,
        cast.alice,
    )
    assert (last.course_id, last.version, last.note) == (course, 1, "")
    assert UseDeclaration.objects.count() == 2, "R8: a correction is a new row"
    assert [one.facts["verdict"] for one in audited("recording:declare")] == ["PERMITTED", "REFERRED"]


@pytest.mark.slow
def test_what_is_not_declared_well_is_refused_and_nothing_is_kept_r77_r85(cast, now, course):
    recording = lecture(cast.chemistry, cast.alice, now=now)
    early = declare(recording, said(course), by=cast.alice, now=now)
    assert early.code is Code.CONFLICT, "no version holds yet"
    activate(now)
    nowhere = RecordingId(cast.alice)
    for where, wish, by, policy, code, rule in (
        (recording, said(course, "meeting"), cast.alice, POLICY, Code.NOT_PERMITTED, "R85"),
        (recording, said(course, answers=(NO, YES, YES)), cast.alice, POLICY, Code.NOT_PERMITTED, "R85"),
        (recording, said(course, "party"), cast.alice, POLICY, Code.BAD_REQUEST, "R77"),
        (recording, said(nowhere), cast.alice, POLICY, Code.BAD_REQUEST, "R77"),
        (recording, said(course), cast.alice, version(2)[0], Code.CONFLICT, "R79"),
        (nowhere, said(course), cast.alice, POLICY, Code.NO_PERMISSION, "R41"),
    ):
        refused = declare(where, wish, by=by, now=now, policy=policy)
        assert (refused.code, refused.reasons[0].rule) == (code, rule), wish
    for by in (cast.ben, cast.eve, cast.chloe, None):
        refused = declare(recording, said(course), by=by, now=now)
        assert isinstance(refused, Decision), by
        assert not refused.is_permitted, by
    assert not UseDeclaration.objects.exists()
    assert audited("recording:declare") == []


STRICTER = (
    'label = "Training, or a guide to how something is done"\nrule = "if_directly_relevant"',
    'label = "Training, or a guide to how something is done"\nrule = "never"',
)


@pytest.mark.slow
def test_a_dry_run_tells_verdicts_owners_and_hours_and_changes_nothing_r16_r79(cast, now, course):
    activate(now)
    hour = 3_600_000

    def made(owner, duration_ms, wish=None, title="Entropy", **facts) -> RecordingId:
        recording = lecture(cast.chemistry, cast.alice, title=title, now=now)
        if wish is not None:
            assert declare(recording, wish, by=cast.alice, now=now).verdict in (Verdict.PERMITTED, Verdict.REFERRED)
        Recording.objects.filter(id=recording).update(owner_id=owner, duration_ms=duration_ms, **facts)
        return recording

    training = said(course, "training_howto", relevance=Relevance.YES)
    made(cast.alice, hour, training, title="=SUM(A1)")
    made(cast.chloe, 2 * hour, training)
    made(cast.chloe, 3 * hour, training)
    made(cast.alice, 9 * hour, said(course))
    made(cast.alice, 9 * hour, training, keeping=Keeping.RECYCLED)
    unsure = made(cast.alice, hour, training)
    declare(unsure, said(course, answers=(UNSURE, YES, YES)), by=cast.alice, now=now)  # the last one counts
    made(cast.alice, 5 * hour)  # never declared
    stands = made(cast.alice, 7 * hour, replace(training, answers=(YES, UNSURE, YES)))
    allow = ReviewWish(Verdict.PERMITTED, "It belongs.")
    dev = Actor(cast.dev, Channel.WEB)
    assert actions.decide_case(reads.find_case(stands).id, allow, actor=dev, now=now).is_permitted
    stricter, _text = version(2, STRICTER)
    before = list(UseDeclaration.objects.order_by("id").values())
    found = actions.dry_run_use_policy(stricter)
    assert (found.tried, found.decided, found.undeclared) == (
        Share(5, 16 * hour),
        Share(1, 7 * hour),
        Share(1, 5 * hour),
    )
    # the new category rule has no rule that refuses it: what nobody decided is referred
    assert found.changes == {(Verdict.PERMITTED, Verdict.REFERRED): Share(3, 6 * hour)}
    assert [(one.owner, one.share) for one in reads.sum_turned(found.turned, most=9).owners] == [
        ("Chloe", Share(2, 5 * hour)),
        ("Alice", Share(1, hour)),
    ]
    assert len(reads.sum_turned(found.turned, most=1).owners) == 1
    Account.objects.filter(id=cast.chloe).update(department_id=Course.objects.get(id=course).department_id)
    assert [(one.department, one.people, one.share) for one in reads.sum_turned(found.turned, most=1).departments] == [
        ("Earth sciences", 1, Share(2, 5 * hour)),
        ("", 1, Share(1, hour)),
    ]
    rows = list(reads.iterate_turned(found.turned))
    assert [one.recording_id for one in reads.iterate_turned(found.turned, batch=2)] == [
        one.recording_id for one in rows
    ]
    assert len(rows) == 3, "batches neither skip nor repeat"
    lines = sorted(actions.take_dry_run(stricter, actor=dev, now=now))
    assert [
        one for one in lines if "'=SUM(A1)" in one and "alice" in one and "1.0,training_howto,PERMITTED,REFERRED" in one
    ]
    assert (len(lines), [one.actor_id for one in audited("policy:export_dry_run")]) == (4, [cast.dev])
    assert list(UseDeclaration.objects.order_by("id").values()) == before
    assert actions.dry_run_use_policy(POLICY).changed == Share()
    assert (list(reads.iterate_turned(())), reads.sum_turned((), most=9).departments) == ([], ())


@pytest.mark.slow
def test_what_is_activated_is_what_was_tried_r79(cast, now):
    activate(now)
    dev = Actor(cast.dev, Channel.WEB)
    second, text = version(2, ("grace_days = 28", "grace_days = 14"))
    right = Tried(text_hash(text), 1)
    for seen, code in (
        (Tried(text_hash(SHIPPED), 1), Code.CONFLICT),
        (Tried(text_hash(text), None), Code.CONFLICT),
        (right, Code.ALLOW),
        (right, Code.CONFLICT),  # it holds already
    ):
        done = actions.activate_use_policy(second, text=text, why="x", seen=seen, actor=dev, now=now)
        assert done.code is code, seen
    assert (len(audited("policy:activate")), UsePolicyVersion.objects.count()) == (1, 2)

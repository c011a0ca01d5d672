"""Administrative access, decided: the policy's own examples, every refusal, deferral, use, report (R141 to R150)."""

import csv
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from uuid import UUID

import pytest

from cathedra.adapters import policy_files
from cathedra.domain import access
from cathedra.domain.access import (
    Action,
    DeferGround,
    Grant,
    GrantAsked,
    GrantFacts,
    GrantPurpose,
    GrantReport,
    GrantRight,
    GrantStanding,
    GrantUse,
    Informed,
    Media,
    Quarter,
    RecordingFacts,
    Second,
    Standing,
    Uses,
)
from cathedra.domain.terms import Code, Obligation

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
DAY = timedelta(days=1)
POLICY = access.parse_grant_policy(policy_files.read("access-grants"))
GIVEN = GrantAsked(
    purpose="manage_system",
    explanation="Captions arrive late, and we look for the cause.",
    rights=frozenset({GrantRight.VIEW}),
    starts_at=NOW,
    ends_at=NOW + 7 * DAY,
    is_giver_service_admin=True,
    is_own=False,
    affiliation="university_staff",
    is_active=True,
    recording_count=1,
    folder_count=0,
)


def test_the_policys_own_examples_come_out_as_it_says():
    """R142, R143, R145; and section 25: a student named in a request is refused, college staff are possible."""
    assert {example.affiliation for example in POLICY.examples} >= {"student", "external", "service_account"}
    for example in POLICY.examples:
        ends = NOW + example.days * DAY
        asked = replace(GIVEN, purpose=example.purpose, affiliation=example.affiliation, ends_at=ends)
        decision = access.decide_grant(asked, POLICY, NOW)
        rule = "" if decision.is_permitted else decision.reasons[0].rule
        assert (decision.is_permitted, rule) == (example.is_permitted, example.rule), example


def test_a_policy_that_says_nonsense_is_refused():
    document = policy_files.read("access-grants")
    purposes = document["purpose"]
    for wrong in (
        {"version": "one"},
        {"affiliations": ["staff"]},
        {"affiliations": []},
        {"purpose": purposes[1:]},
        {"purpose": [*purposes, purposes[0]]},
        {"purpose": [*purposes, {"id": "x", "effect": "deny", "label": "X"}]},
        {"purpose": [*purposes, {"id": "x", "effect": "allow", "label": "X"}]},
        {"example": [{"facts": {"purpose": "fun", "affiliation": "student", "days": 1}, "expect": "permit"}]},
        {"example": [{"facts": {"purpose": "other", "affiliation": "student", "days": 1}, "expect": "deny"}]},
        {"default_days": 31},
        {"max_review_days": 0},
    ):
        with pytest.raises(access.WrongGrantPolicy):
            access.parse_grant_policy({**document, **wrong})
    assert POLICY.name == "access-grants@1"
    assert (POLICY.default_days, POLICY.max_days, POLICY.max_review_days, POLICY.min_explanation) == (7, 30, 30, 20)


def test_every_refusal_of_a_grant_has_its_rule_and_its_way_on():
    """R142 to R145: who gives, to whom, for what, how long, what to; and which refusals go on the trail (R148)."""
    manage = frozenset({GrantRight.MANAGE})
    for change, code, rule, words in (
        ({"is_giver_service_admin": False}, Code.NO_PERMISSION, "R144", "nothing here"),
        ({"is_own": True}, Code.ILLEGAL_TRANSITION, "R144", "another service administrator"),
        ({"affiliation": "student"}, Code.ILLEGAL_TRANSITION, "R143", "current staff"),
        ({"affiliation": "external"}, Code.ILLEGAL_TRANSITION, "R143", "current staff"),
        ({"affiliation": "service_account"}, Code.ILLEGAL_TRANSITION, "R143", "current staff"),
        ({"is_active": False}, Code.ILLEGAL_TRANSITION, "R143", "current staff"),
        ({"purpose": "teaching"}, Code.ILLEGAL_TRANSITION, "R142", "ask a Creator of the folder to share it"),
        ({"purpose": "investigation"}, Code.ILLEGAL_TRANSITION, "R142", "needs a hold"),
        ({"purpose": "other"}, Code.ILLEGAL_TRANSITION, "R142", "improving or managing the system only"),
        ({"purpose": "curiosity"}, Code.BAD_REQUEST, "R142", "purposes in the list"),
        ({"explanation": "x" * 19}, Code.BAD_REQUEST, "R142", "at least {least}"),
        ({"explanation": "x" * 2001}, Code.BAD_REQUEST, "R142", "at most {most}"),
        ({"ends_at": NOW + 30 * DAY + timedelta(seconds=1)}, Code.BAD_REQUEST, "R145", "give a new grant"),
        ({"ends_at": NOW}, Code.BAD_REQUEST, "R145", "later than now"),
        ({"starts_at": NOW - 9 * DAY, "ends_at": NOW - DAY}, Code.BAD_REQUEST, "R145", "later than now"),
        ({"starts_at": NOW + 31 * DAY, "ends_at": NOW + 32 * DAY}, Code.BAD_REQUEST, "R145", "begin within"),
        ({"rights": manage}, Code.BAD_REQUEST, "R145", "lets its holder watch"),
        ({"recording_count": 0}, Code.BAD_REQUEST, "R145", "one folder"),
        ({"folder_count": 1}, Code.BAD_REQUEST, "R145", "one folder"),
        ({"recording_count": 0, "folder_count": 2}, Code.BAD_REQUEST, "R145", "one folder"),
        ({"recording_count": 51}, Code.BAD_REQUEST, "R145", "one folder"),
    ):
        decision = access.decide_grant(replace(GIVEN, **change), POLICY, NOW)
        reason = decision.reasons[0]
        assert (decision.code, reason.rule) == (code, rule), change
        assert words in reason.sentence, change
        assert access.is_refusal_kept(decision) is (code is not Code.BAD_REQUEST), change
    for change in ({}, {"explanation": "x" * 20}, {"ends_at": NOW + 30 * DAY}, {"affiliation": "college_staff"}):
        decision = access.decide_grant(replace(GIVEN, **change), POLICY, NOW)
        assert decision.obligations == (Obligation.NOTIFY_OWNER,), change
        assert not access.is_refusal_kept(decision)
    held = access.decide_grant(replace(GIVEN, is_notice_held=True), POLICY, NOW)
    assert held.obligations == (Obligation.RECORD_REASON,)


HELD = GrantFacts(
    starts_at=NOW,
    ends_at=NOW + 7 * DAY,
    revoked_at=None,
    is_notice_held=True,
    deferred_reason="",
    review_at=None,
    has_live_part=False,
)
SECOND = Second(is_service_admin=True, is_giver=False, is_grantee=False)
WHY = "A security incident is looked into."


def test_r147_only_a_second_person_defers_the_notice_for_a_reason_and_thirty_days_at_most():
    deferred = replace(HELD, deferred_reason=WHY, review_at=NOW + DAY)
    for facts, who, reason, days, code in (
        (HELD, SECOND, WHY, 30, Code.ALLOW),
        (HELD, SECOND, WHY, 31, Code.BAD_REQUEST),
        (HELD, SECOND, WHY, 0, Code.BAD_REQUEST),
        (HELD, SECOND, "x" * 19, 7, Code.BAD_REQUEST),
        (HELD, replace(SECOND, is_giver=True), WHY, 7, Code.ILLEGAL_TRANSITION),
        (HELD, replace(SECOND, is_grantee=True), WHY, 7, Code.ILLEGAL_TRANSITION),
        (HELD, replace(SECOND, is_service_admin=False), WHY, 7, Code.NO_PERMISSION),
        (replace(HELD, is_notice_held=False), SECOND, WHY, 7, Code.CONFLICT),
        (replace(HELD, revoked_at=NOW), SECOND, WHY, 7, Code.CONFLICT),
        (deferred, SECOND, WHY.upper(), 7, Code.BAD_REQUEST),
        (deferred, SECOND, "The police asked us to wait longer.", 7, Code.ALLOW),
        (replace(deferred, ends_at=NOW), SECOND, "The police asked us to wait longer.", 7, Code.ALLOW),
    ):
        until = NOW + days * DAY
        for ground in DeferGround:
            decision = access.decide_defer(
                facts, who, ground=ground, reason=reason, review_at=until, policy=POLICY, now=NOW
            )
            assert decision.code is code, (reason, days, who)
    until = NOW + 7 * DAY
    for ground in ("", "curiosity", "SECURITY_INCIDENT"):
        other = access.decide_defer(HELD, SECOND, ground=ground, reason=WHY, review_at=until, policy=POLICY, now=NOW)
        assert (other.code, other.reasons[0].rule) == (Code.BAD_REQUEST, "R147")
    for facts, is_admin, code in (
        (HELD, True, Code.ALLOW),
        (HELD, False, Code.NO_PERMISSION),
        (replace(HELD, is_notice_held=False), True, Code.CONFLICT),
    ):
        assert access.decide_tell_now(facts, is_service_admin=is_admin).code is code


def test_r149_a_service_administrator_ends_what_has_not_ended():
    for facts, is_admin, code in (
        (HELD, True, Code.ALLOW),
        (HELD, False, Code.NO_PERMISSION),
        (replace(HELD, revoked_at=NOW), True, Code.CONFLICT),
        (replace(HELD, ends_at=NOW), True, Code.CONFLICT),
    ):
        assert access.decide_revoke(facts, is_service_admin=is_admin, now=NOW).code is code


def test_r146_how_a_grant_stands_is_one_word():
    told = replace(HELD, is_notice_held=False)
    for facts, standing in (
        (HELD, GrantStanding.AWAITING_REASON),
        (replace(HELD, deferred_reason=WHY, has_live_part=True), GrantStanding.DEFERRED),
        (told, GrantStanding.AWAITING_NOTICE),
        (replace(told, has_live_part=True), GrantStanding.LIVE),
        (replace(told, has_live_part=True, deferred_reason=WHY), GrantStanding.LIVE),
        (replace(told, has_live_part=True, starts_at=NOW + DAY), GrantStanding.AWAITING_START),
        (replace(told, has_live_part=True, ends_at=NOW), GrantStanding.ENDED),
        (replace(told, revoked_at=NOW), GrantStanding.REVOKED),
    ):
        assert access.standing_of(facts, NOW) is standing, facts


def test_r147_the_owner_is_told_and_only_without_them_creators_then_the_department():
    for owner, creators, contact, told in (
        (True, True, True, Informed.OWNER),
        (True, False, False, Informed.OWNER),
        (False, True, True, Informed.CREATORS),
        (False, False, True, Informed.DEPARTMENT),
        (False, False, False, Informed.NOBODY),
    ):
        assert access.whom_to_tell(is_owner_reachable=owner, has_creators=creators, has_contact=contact) is told
    assert [access.after(told) for told in Informed] == [
        Informed.CREATORS,
        Informed.DEPARTMENT,
        Informed.NOBODY,
        Informed.NOBODY,
    ]


def grant(*rights, live_since=NOW, used_at=None, **more) -> Grant:
    held = frozenset({GrantRight.VIEW, *rights})
    return Grant(held, NOW - DAY, NOW + DAY, live_since, id=UUID(int=1), used_at=used_at, **more)


def recording(*grants, roles=frozenset(), is_staff=True, state="published", publication="PUBLISHED", **more):
    media = Media(state=state, publication=publication)
    return RecordingFacts(True, roles, media=media, grants=grants, is_staff=is_staff, **more)


def test_section_25_administrators_see_content_only_by_a_live_grant_and_a_use_written_down():
    """R26, R146, R148: no byte to a service administrator without a grant, nor before the use stands."""
    admin = {"appointments": frozenset({Standing.SERVICE_ADMIN, Standing.SYS_ADMIN})}
    used = NOW - timedelta(hours=11)
    for facts, view, stream in (
        (recording(**admin), Code.NO_PERMISSION, Code.NO_PERMISSION),
        (recording(grant(), **admin), Code.ALLOW, Code.NO_PERMISSION),
        (recording(grant(used_at=used), **admin), Code.ALLOW, Code.ALLOW),
        (recording(grant(used_at=NOW - timedelta(hours=12)), **admin), Code.ALLOW, Code.NO_PERMISSION),
        (recording(grant(live_since=None, used_at=used), **admin), Code.NO_PERMISSION, Code.NO_PERMISSION),
        (recording(grant(used_at=used), is_staff=False), Code.NO_PERMISSION, Code.NO_PERMISSION),
        (recording(grant(), roles=frozenset({access.FolderRole.VIEWER})), Code.ALLOW, Code.ALLOW),
    ):
        assert access.decide(facts, Action.VIEW, NOW).code is view, facts
        assert access.decide_stream(facts, NOW).code is stream, facts


def test_r145_what_was_cut_is_shown_under_a_grant_to_manage_alone():
    view, export, manage = GrantRight.VIEW, GrantRight.EXPORT, GrantRight.MANAGE
    for rights, is_whole in (((view,), False), ((view, export), False), ((view, manage), True)):
        facts = recording(replace(grant(*rights), used_at=NOW))
        assert access.decide(facts, Action.VIEW, NOW).is_permitted
        assert access.may_have_whole(facts, NOW), "nothing is cut"
        assert access.may_have_whole(replace(facts, cut_version=1), NOW) is is_whole, rights


def test_r148_a_use_is_what_nothing_but_the_grant_permits():
    viewer = frozenset({access.FolderRole.VIEWER})
    waiting = {"state": "waiting", "publication": "WAITING"}
    for facts, action, is_use in (
        (recording(grant()), Action.VIEW, True),
        (recording(grant(), roles=viewer), Action.VIEW, False),
        (recording(grant(), roles=viewer, **waiting), Action.VIEW, True),
        (recording(), Action.VIEW, False),
        (recording(grant()), Action.EDIT_RECORDING, False),
        (recording(grant(GrantRight.MANAGE)), Action.EDIT_RECORDING, True),
        (recording(grant()), Action.DOWNLOAD, False),
        (recording(grant(GrantRight.EXPORT)), Action.DOWNLOAD, True),
    ):
        assert (access.through_grant(facts, action, NOW) is not None) is is_use, (facts, action)
    either = recording(replace(grant(), id=UUID(int=2)), grant(used_at=NOW))
    assert access.through_grant(either, Action.VIEW, NOW).id == UUID(int=1), "the one that was used already"
    assert access.is_new_use(grant(), NOW)
    assert not access.is_new_use(grant(used_at=NOW - timedelta(seconds=119)), NOW)
    assert access.is_new_use(grant(used_at=NOW - timedelta(seconds=120)), NOW)


def test_r149_the_summary_of_use_says_what_was_done_how_often_and_when_last():
    uses = {GrantUse.PLAYED: Uses(2, NOW), GrantUse.EDITED: Uses(1, NOW), GrantUse.DOWNLOADED: Uses(3, NOW)}
    told = [text.format(**values) for text, values in access.use_in_sentences(uses)]
    on = f"on {NOW}."
    assert told == [f"Watched 2 times, last {on}", f"Downloaded 3 times, last {on}", f"Changed once, {on}"]
    assert access.use_in_sentences({}) == (("It was not used.", {}),)


def test_r150_quarters_and_the_report_as_a_file_that_no_spreadsheet_runs():
    assert [access.parse_quarter(text) for text in ("2026-Q4", "2026-Q5", "26-Q1", "", "x-Q1", "2026-Q")] == [
        Quarter(2026, 4), None, None, None, None, None,
    ]  # fmt: skip
    quarter = access.quarter_of(date(2026, 12, 31))
    assert (str(quarter), quarter.first_day, str(quarter.next)) == ("2026-Q4", date(2026, 10, 1), "2027-Q1")
    assert quarter.next.before == quarter
    assert str(Quarter(2026, 2).next) == "2026-Q3"
    report = GrantReport(
        quarter,
        {GrantPurpose.MANAGE_SYSTEM: 3, GrantPurpose.IMPROVE_SYSTEM: 1},
        used=2,
        uses=5,
        revoked=1,
        to_tell=3,
        told=2,
        told_instead=1,
        deferred={"legal_duty": 1},
        refused=Counter({"R143": 2, "=R142": 1}),
    )
    assert (report.given, report.notice_percent, report.refused_count) == (4, 67, 3)
    assert replace(report, to_tell=0).notice_percent is None
    rows = list(csv.reader(StringIO(access.report_csv(report))))
    assert rows[0] == ["quarter", "figure", "value"]
    assert ["2026-Q4", "grants_manage_system", "3"] in rows
    assert ["2026-Q4", "deferred_for_legal_duty", "1"] in rows
    assert ["2026-Q4", "deferred_notices", "1"] in rows
    assert ["2026-Q4", "notice_rate_percent", "67"] in rows
    assert ["2026-Q4", "refused_R143", "2"] in rows
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)

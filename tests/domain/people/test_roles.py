"""System roles by rule: given by a second person for a reason until a date, and ended by it (R25, R27, N46)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from cathedra.domain import people
from cathedra.domain.people import Appointment, SystemRole, Term, Why
from cathedra.domain.terms import Code

TODAY = date(2026, 11, 2)
WELL = Appointment(
    role=SystemRole.AUDITOR,
    reason="Yearly review of the service",
    review_date=date(2027, 11, 2),
    is_own=False,
    is_holder_active=True,
    is_held=False,
    is_approver_known=True,
    is_approver_holder=False,
)


def test_r27_a_role_needs_a_second_person_a_reason_an_approver_and_a_date_within_twelve_months():
    assert people.decide_give(WELL, today=TODAY).is_permitted
    for changes, code, word in (
        ({"is_own": True}, Code.ILLEGAL_TRANSITION, "yourself"),
        ({"is_holder_active": False}, Code.ILLEGAL_TRANSITION, "closed"),
        ({"is_held": True}, Code.CONFLICT, "already"),
        ({"is_approver_known": False}, Code.BAD_REQUEST, "approver"),
        ({"is_approver_holder": True}, Code.BAD_REQUEST, "themselves"),
        ({"reason": "too short"}, Code.BAD_REQUEST, "Say why"),
        ({"reason": "x" * 2001}, Code.BAD_REQUEST, "Say why"),
        ({"review_date": TODAY}, Code.BAD_REQUEST, "twelve months"),
        ({"review_date": date(2027, 11, 3)}, Code.BAD_REQUEST, "twelve months"),
        ({"scope_count": 1}, Code.BAD_REQUEST, "whole platform"),
    ):
        decision = people.decide_give(replace(WELL, **changes), today=TODAY)
        assert (decision.code, decision.reasons[0].rule[:2]) == (code, "R2"), changes
        assert word in decision.reasons[0].sentence, changes


def test_r25_videographers_and_schedulers_are_appointed_to_folders_and_nobody_else_is():
    for role in SystemRole:
        is_scoped = role in (SystemRole.VIDEOGRAPHER, SystemRole.SCHEDULER)
        for count in (0, 2):
            decision = people.decide_give(replace(WELL, role=role, scope_count=count), today=TODAY)
            assert decision.is_permitted == (is_scoped == bool(count)), (role, count)


def test_r27_a_review_is_by_somebody_else_for_twelve_months_at_most():
    well = {"reason": "Still runs it all", "review_date": date(2027, 5, 1), "is_own": False, "is_held": True}
    assert people.decide_renew(**well, today=TODAY).is_permitted
    for changes, code in (
        ({"is_own": True}, Code.ILLEGAL_TRANSITION),
        ({"is_held": False}, Code.CONFLICT),
        ({"review_date": date(2028, 1, 1)}, Code.BAD_REQUEST),
        ({"reason": ""}, Code.BAD_REQUEST),
    ):
        assert people.decide_renew(**{**well, **changes}, today=TODAY).code is code, changes


def test_r25_the_last_administrator_stays_and_other_roles_of_theirs_may_go():
    for role in SystemRole:
        decision = people.decide_withdraw(role, is_held=True, is_last_administrator=True)
        assert decision.is_permitted == (role is not SystemRole.SYS_ADMIN), role
    assert people.decide_withdraw(SystemRole.SYS_ADMIN, is_held=True, is_last_administrator=False).is_permitted
    assert people.decide_withdraw(SystemRole.AUDITOR, is_held=False, is_last_administrator=False).code is Code.CONFLICT


def test_r27_a_role_ends_at_its_review_or_after_twelve_months_without_use_whichever_is_first():
    given, review = date(2026, 1, 10), date(2027, 1, 5)
    for used, ends, why in (
        (None, date(2027, 1, 5), Why.UNREVIEWED),
        (date(2026, 12, 1), date(2027, 1, 5), Why.UNREVIEWED),
    ):
        assert people.term(given_on=given, review_date=review, last_used_on=used) == Term(ends, why)
    renewed = date(2027, 12, 1)
    assert people.term(given_on=given, review_date=renewed, last_used_on=None) == Term(date(2027, 1, 10), Why.UNUSED)
    used = date(2026, 6, 1)
    assert people.term(given_on=given, review_date=renewed, last_used_on=used) == Term(date(2027, 6, 1), Why.UNUSED)
    assert people.year_after(date(2028, 2, 29)) == date(2029, 2, 28)


def test_n46_reminders_come_30_and_7_days_before_and_the_end_on_the_day():
    ends = Term(TODAY, Why.UNREVIEWED)
    told = {left: people.reminder(ends, today=TODAY - timedelta(days=left)) for left in (31, 30, 29, 8, 7, 1, 0, -1)}
    assert told == {31: None, 30: 30, 29: 30, 8: 30, 7: 7, 1: 7, 0: None, -1: None}
    over = [people.is_over(ends, today=TODAY + timedelta(days=days)) for days in (-1, 0, 1)]
    assert over == [False, True, True]


def test_a_use_is_written_once_a_day():
    now = datetime(2026, 11, 2, 12, tzinfo=UTC)
    assert not people.is_use_noted(None, now=now)
    assert people.is_use_noted(now - timedelta(hours=23), now=now)
    assert not people.is_use_noted(now - timedelta(days=1), now=now)

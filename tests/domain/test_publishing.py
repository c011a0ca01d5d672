"""Publication: the moves (R52, R54), each command where it may stand (T19 to T24), switching (R69, R70), moving and
copying (R72), media edits (R73), reminders (R75)."""

import dataclasses
import itertools
from datetime import date

import pytest

from cathedra.domain import publishing
from cathedra.domain.access import FolderSchedule, FolderStart, RecordingSchedule, RecordingStart, availability_of
from cathedra.domain.publishing import (
    DRAFT,
    PUBLISHED,
    REJECTED,
    WAITING,
    ApprovalFacts,
    ApprovalStep,
    Command,
    JourneyFacts,
    SwitchFacts,
    WholeFacts,
)
from cathedra.domain.terms import Code, deny, permit

WORDS = (DRAFT, WAITING, PUBLISHED, REJECTED)
ALLOWED = {(source, target) for _, source, target in publishing.MOVES}
STATES = [
    "draft",
    "scheduled",
    "recording",
    "uploaded",
    "processing",
    "failed",
    "waiting",
    "rejected",
    "published",
    "held",
    "archived",
    "restoring",
    "recycled",
    "purged",
    "cancelled",
    "missed",
]
NO = deny(Code.NO_PERMISSION, "R41", "No.")


@pytest.mark.parametrize(("row", "source", "target"), publishing.MOVES)
def test_a_move_with_a_row_is_allowed(row, source, target):
    assert publishing.decide_move(source, target).is_permitted, row


@pytest.mark.parametrize(("source", "target"), sorted(set(itertools.product(WORDS, WORDS)) - ALLOWED))
def test_a_move_without_a_row_is_refused_r52(source, target):
    assert publishing.decide_move(source, target).code is Code.ILLEGAL_TRANSITION


def test_approval_is_set_for_a_folder_and_for_nothing_else_r62():
    """No recording asks for it or escapes it by itself, no account does, and no role is given by one."""
    assert "when_approved" in set(FolderStart)
    assert "when_approved" not in set(RecordingStart)
    free = RecordingSchedule(start=RecordingStart.IMMEDIATELY)
    kept = availability_of(FolderSchedule(start=FolderStart.WHEN_APPROVED), free)
    assert kept.folder_start is FolderStart.WHEN_APPROVED


def test_readiness_publishes_or_waits_unless_held_t14_t15_t16():
    cases = [((False, False), PUBLISHED), ((False, True), WAITING), ((True, False), DRAFT), ((True, True), DRAFT)]
    for (is_held, needs_approval), wanted in cases:
        assert publishing.at_readiness(is_held=is_held, needs_approval=needs_approval) == wanted


# What each command makes of each state; None: it is so already. What is not here is an illegal transition (R52).
TABLE = {
    (Command.APPROVE, "waiting"): PUBLISHED,  # T19
    (Command.APPROVE, "rejected"): PUBLISHED,  # T24
    (Command.APPROVE, "published"): None,
    (Command.REJECT, "waiting"): REJECTED,  # T20
    (Command.REJECT, "published"): REJECTED,  # T23
    (Command.REJECT, "rejected"): None,
    (Command.WITHDRAW, "waiting"): REJECTED,  # T21
    (Command.WITHDRAW, "rejected"): None,
    (Command.RESUBMIT, "rejected"): WAITING,  # T22
    (Command.RESUBMIT, "waiting"): None,
}


def test_every_command_in_every_state_t19_to_t24_r52_r53():
    for command, state in itertools.product(Command, STATES):
        outcome = publishing.decide(ApprovalFacts(state, permit()), command, reason="Names show.")
        if (command, state) in TABLE:
            wanted = TABLE[command, state]
            assert outcome.decision.is_permitted, (command, state)
            assert outcome.publication == wanted, (command, state)
            if wanted:
                source = {"waiting": WAITING, "rejected": REJECTED, "published": PUBLISHED}[state]
                assert publishing.decide_move(source, wanted).is_permitted, (command, state)
        else:
            assert outcome.decision.code is Code.ILLEGAL_TRANSITION, (command, state)
            assert not outcome.is_changed


def test_who_may_not_changes_nothing_in_any_state():
    for command, state in itertools.product(Command, STATES):
        outcome = publishing.decide(ApprovalFacts(state, NO), command, reason="x")
        assert (outcome.decision, outcome.is_changed) == (NO, False)


def test_rejecting_needs_a_reason_of_1_to_2000_characters_r67_t20():
    for reason, is_fine in (("", False), ("x", True), ("x" * 2000, True), ("x" * 2001, False)):
        outcome = publishing.decide(ApprovalFacts("waiting", permit()), Command.REJECT, reason=reason)
        assert outcome.decision.is_permitted is is_fine, len(reason)
        assert outcome.decision.code is (Code.ALLOW if is_fine else Code.BAD_REQUEST)
        assert (outcome.reason == reason) is is_fine or reason == ""
    assert publishing.clean_reason("  Trim\r\nit.\x00\x1b[2J ") == "Trim\nit.  [2J"


def test_a_published_one_is_rejected_only_where_approval_is_asked_for_t23():
    facts = ApprovalFacts("published", permit(), needs_approval=False)
    assert publishing.decide(facts, Command.REJECT, reason="x").decision.code is Code.ILLEGAL_TRANSITION


def test_ones_own_is_approved_only_where_the_site_lets_one_r66():
    for is_own, may, is_fine in ((True, True, True), (True, False, False), (False, False, True)):
        facts = ApprovalFacts("waiting", permit(), is_own=is_own, may_approve_own=may)
        outcome = publishing.decide(facts, Command.APPROVE)
        assert outcome.decision.is_permitted is is_fine
        assert is_fine or (outcome.decision.code, outcome.decision.reasons[0].rule) == (Code.PUBLISHER_NEEDED, "R66")
        assert publishing.decide(facts, Command.REJECT, reason="x").is_changed


def test_who_decides_on_what_is_no_longer_so_is_told_who_was_first_r65():
    facts = ApprovalFacts("rejected", permit(), decided_by="Chloe")
    late = publishing.decide(facts, Command.APPROVE, seen="waiting")
    assert late.decision.code is Code.CONFLICT
    assert late.decision.reasons[0].values == {"who": "Chloe"}
    assert publishing.decide(facts, Command.APPROVE, seen="rejected").publication == PUBLISHED
    same = publishing.decide(ApprovalFacts("published", permit()), Command.APPROVE, seen="waiting")
    assert same.decision.is_permitted
    assert not same.is_changed


def test_withdrawing_keeps_why_t21_and_approving_keeps_no_old_reason():
    outcome = publishing.decide(ApprovalFacts("waiting", permit()), Command.WITHDRAW, reason="ignored")
    assert (outcome.step, outcome.reason) == (ApprovalStep.WITHDRAWN, "withdrawn by creator")
    outcome = publishing.decide(ApprovalFacts("rejected", permit()), Command.APPROVE, reason="ignored")
    assert (outcome.step, outcome.reason) == (ApprovalStep.APPROVED, "")


def test_a_media_edit_waits_anew_only_where_that_is_asked_for_r73():
    for state, needs, may, asked in itertools.product(STATES, *[(True, False)] * 3):
        wanted = WAITING if (state, needs, may, asked) == ("published", True, False, True) else None
        found = publishing.after_media_edit(state, needs_approval=needs, may_approve=may, is_asked_for=asked)
        assert found == wanted, (state, needs, may, asked)


def test_switching_on_r69():
    base = {"may_set": permit(), "is_creator": True, "has_publisher": True}
    cases = [
        ({"is_on": False, "may_approve": False}, False, Code.ALLOW, True, False),
        ({"is_on": False, "may_approve": False}, True, Code.PUBLISHER_NEEDED, False, False),
        ({"is_on": False, "may_approve": True}, True, Code.ALLOW, True, True),
        ({"is_on": True, "may_approve": False}, True, Code.ALLOW, False, False),
        ({"is_on": False, "may_approve": True, "may_set": NO}, False, Code.NO_PERMISSION, False, False),
    ]
    for given, approve_existing, code, is_changed, publishes in cases:
        outcome = publishing.switch_on(SwitchFacts(**{**base, **given}), approve_existing=approve_existing)
        found = (outcome.decision.code, outcome.is_changed, outcome.publishes_existing)
        assert found == (code, is_changed, publishes), given


def test_switching_off_needs_a_publisher_or_a_creator_where_there_is_none_r70():
    for may_approve, is_creator, has_publisher in itertools.product((True, False), repeat=3):
        facts = SwitchFacts(True, permit(), may_approve, is_creator, has_publisher)
        is_fine = may_approve or (is_creator and not has_publisher)
        outcome = publishing.switch_off(facts)
        assert outcome.is_changed is is_fine, facts
        assert outcome.decision.code is (Code.ALLOW if is_fine else Code.PUBLISHER_NEEDED)
    assert not publishing.switch_off(SwitchFacts(False, permit(), True, True, True)).is_changed
    assert publishing.switch_off(SwitchFacts(True, NO, False, False, True)).decision is NO
    from_above = SwitchFacts(True, permit(), True, True, True, is_from_above=True)
    assert publishing.switch_off(from_above).decision.code is Code.ILLEGAL_TRANSITION


def test_nobody_publishes_their_own_by_switching_approval_off_where_the_site_forbids_approving_it_r66():
    for may_approve, has_publisher in itertools.product((True, False), repeat=2):
        facts = SwitchFacts(True, permit(), may_approve, True, has_publisher, is_own_waiting=True)
        outcome = publishing.switch_off(facts)
        assert (outcome.is_changed, outcome.decision.code) == (False, Code.PUBLISHER_NEEDED)
        is_allowed_otherwise = may_approve or not has_publisher
        assert outcome.decision.reasons[0].rule == ("R66" if is_allowed_otherwise else "R70")


def test_moving_and_copying_r72_t26b():
    flags = itertools.product(WORDS, *[(True, False)] * 3)
    for publication, needs, may_release, may_approve in flags:
        arrival = publishing.arrive(
            JourneyFacts(publication, permit(), permit(), needs, may_release=may_release, may_approve=may_approve)
        )
        case = (publication, needs, may_release, may_approve)
        if publication == DRAFT:
            wanted = (Code.ALLOW, DRAFT)
        elif publication == PUBLISHED:
            wanted = (Code.ALLOW, WAITING if needs and not may_approve else PUBLISHED)
        elif needs:
            wanted = (Code.ALLOW, WAITING)
        else:
            wanted = (Code.ALLOW, PUBLISHED) if may_release else (Code.PUBLISHER_NEEDED, publication)
        assert (arrival.decision.code, arrival.publication) == wanted, case
        assert arrival.waits_anew is (wanted == (Code.ALLOW, WAITING)), case
        is_t26b = publication in (WAITING, REJECTED) and wanted == (Code.ALLOW, PUBLISHED)
        assert arrival.is_released is is_t26b, case


def test_nobody_approves_their_own_by_moving_or_copying_it_where_the_site_forbids_that_r66():
    for publication, needs, may_release, may_approve in itertools.product(WORDS, *[(True, False)] * 3):
        facts = JourneyFacts(
            publication, permit(), permit(), needs,
            may_release=may_release, may_approve=may_approve, is_own_to_judge=True,
        )  # fmt: skip
        arrival = publishing.arrive(facts)
        assert not arrival.is_released, facts
        assert not (needs and arrival.publication == PUBLISHED), facts
        if publication in (WAITING, REJECTED) and not needs:
            wanted = (Code.PUBLISHER_NEEDED, "R66" if may_release else "R72")
            assert (arrival.decision.code, arrival.decision.reasons[0].rule) == wanted


def test_moving_needs_both_folders_and_never_gives_its_mover_sight_r26_r38_row_14():
    for take, bring in ((NO, permit()), (permit(), NO)):
        assert publishing.arrive(JourneyFacts(PUBLISHED, take, bring, False)).decision is NO
    gaining = JourneyFacts(PUBLISHED, permit(), permit(), False, gains_sight=True)
    assert publishing.arrive(gaining).decision.code is Code.SIGHT_NEEDED
    same = JourneyFacts(REJECTED, permit(), permit(), False, is_same_folder=True)
    assert publishing.arrive(same).publication == REJECTED


def test_working_days_and_whom_to_remind_r75():
    monday = date(2026, 11, 23)
    cases = [
        (monday, monday, 0),
        (monday, date(2026, 11, 26), 3),
        (date(2026, 11, 27), date(2026, 11, 30), 1),  # over a weekend
        (date(2026, 11, 28), date(2026, 12, 2), 3),  # handed in on a Saturday
        (monday, date(2026, 12, 2), 7),
        (monday, date(2026, 12, 21), 20),
        (monday, date(2026, 11, 20), 0),
    ]
    for since, until, wanted in cases:
        assert publishing.working_days(since, until) == wanted, (since, until)
    for until, wanted in ((25, None), (26, (3, False)), (30, (3, False))):
        due = publishing.reminder(monday, date(2026, 11, until))
        assert (due and (due.days, due.to_creators)) == wanted
    due = publishing.reminder(monday, date(2026, 12, 2))
    assert (due.days, due.to_creators) == (7, True)
    assert publishing.reminder(publishing.earliest_overdue(monday), monday) is None  # Friday: no working day but one
    assert publishing.earliest_overdue(date(2026, 11, 26)) == monday


def test_r140_every_answer_to_who_makes_a_copy_full_and_when():
    asked = WholeFacts(permit(), is_reference=True, original="RECYCLED")
    cases = [
        ({}, Code.ALLOW),
        ({"may": deny(Code.NO_PERMISSION, "R41", "No.")}, Code.NO_PERMISSION),
        ({"is_reference": False}, Code.ILLEGAL_TRANSITION),
        ({"original": "ONLINE"}, Code.ILLEGAL_TRANSITION),
        ({"original": "ARCHIVED"}, Code.ILLEGAL_TRANSITION),
        ({"original": "PURGED"}, Code.ORIGINAL_DELETED),
        ({"is_by_decision": True}, Code.HELD),
        ({"is_held": True}, Code.HELD),
        ({"is_kept_back": True}, Code.PUBLISHER_NEEDED),
        ({"has_files": False}, Code.NOT_READY),
    ]
    for facts, code in cases:
        assert publishing.decide_make_full(dataclasses.replace(asked, **facts)).code is code, facts


def test_r129_assessed_work_that_is_kept_leaves_for_another_folder_of_such_work_alone():
    for is_kept, is_summative, code in (
        (True, False, Code.ILLEGAL_TRANSITION), (True, True, Code.ALLOW),
        (False, False, Code.ALLOW), (False, True, Code.ALLOW),
    ):  # fmt: skip
        decision = publishing.decide_leaving(is_kept=is_kept, is_target_summative=is_summative)
        assert decision.code is code, (is_kept, is_summative)

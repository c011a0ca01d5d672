"""Holds by hand: opened, told, released, ended by a takedown; refused, audited, overtaken (R130, R197, T27 to T29)."""

from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from cathedra.actions import policy as actions
from cathedra.actions import publishing, retention
from cathedra.db.models import AuditEvent, Hold, Kept, Notice, Recording
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import policy as reads
from cathedra.db.reads import retention as retention_reads
from cathedra.db.writes import policy as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import access
from cathedra.domain.access import Action
from cathedra.domain.library import MediaState
from cathedra.domain.policy import CaseCause, HoldKind, HoldWish, UseHold, Verdict
from cathedra.domain.terms import Code, RecordingNotFound
from tests.actions.policy.test_cases import second_admin
from tests.actions.retention.archives import SYSTEM, by, events, is_proved, keeping, kept, local, stores, told
from tests.lectures import lecture
from tests.policies import USE, activate

pytestmark = pytest.mark.slow
DAY = timedelta(days=1)
NOW = local(2026, 11, 2, 10)
SECRET = "Claim 17 of Smith against the University."


def hold(recording, cast, kind=HoldKind.LEGAL, *, who=None, at=NOW, **more) -> actions.Held:
    wanted = HoldWish(kind, **{"reason": SECRET, **more})
    return actions.open_hold(recording, wanted, actor=by(who or cast.dev), now=at)


def state(recording) -> str:
    return access_reads.recording_facts(None, recording).state


def may(who, recording, action=Action.VIEW, at=NOW) -> Code:
    return access.decide(access_reads.recording_facts(who, recording), action, at).code


def release(hold_id, who, at=NOW, reason="Settled.") -> Code:
    return actions.release_hold(hold_id, reason=reason, actor=by(who), now=at).code


def take_down(hold_id, who, at=NOW, **more) -> Code:
    return actions.decide_takedown(hold_id, **{"reason": "It is not ours.", **more}, actor=by(who), now=at).code


def test_t27_t28_r130_n17_n18_a_hold_is_opened_keeps_everything_and_is_released(cast, now):
    made = kept(cast, stores(), NOW)
    found = hold(made, cast, told="Ask legal@example.org.", reference="C-17", review_on=(NOW + 30 * DAY).date())
    assert (found.decision.code, state(made)) == (Code.ALLOW, "held")
    assert (may(cast.ben, made), may(cast.alice, made)) == (Code.HELD, Code.ALLOW), "R43: its owner may"
    assert retention.recycle_recording(made, actor=by(cast.alice), now=NOW).code is Code.HELD
    assert retention.archive_recording(made, actor=by(cast.alice), now=NOW).code is not Code.ALLOW
    notice = Notice.objects.get(kind="N17", recipient_id=cast.alice)
    assert told("N17") == [str(cast.alice)], "who owns it and made it is one person, told once"
    assert SECRET not in str(notice.values)
    assert "Ask legal@example.org." in str(notice.values)
    assert events(made)[-2:] == ["recording:hold", "recording:open_hold"]
    reasons = dict(AuditEvent.objects.filter(target_id=str(made)).values_list("action", "reason"))
    assert (reasons["recording:hold"], reasons["recording:open_hold"]) == ("Ask legal@example.org.", SECRET)
    row = reads.get_hold(found.hold_id)
    assert (row.opened_by_name, row.reason, row.reference) == ("Dev", SECRET, "C-17")
    assert [one.id for one in reads.list_holds()] == [found.hold_id]
    assert release(found.hold_id, cast.dev, reason=" ") is Code.BAD_REQUEST
    assert release(found.hold_id, cast.dev) is Code.ALLOW
    assert release(found.hold_id, cast.dev) is Code.CONFLICT
    assert (state(made), may(cast.ben, made), reads.list_holds()) == ("published", Code.ALLOW, ())
    assert told("N18") == sorted([str(cast.alice), str(cast.dev)]), "its owner, and who had it held"
    assert events(made)[-2:] == ["recording:release_hold", "recording:close_hold"]
    with pytest.raises(reads.HoldNotFound):
        release(uuid4(), cast.dev)
    with pytest.raises(RecordingNotFound):
        hold(uuid4(), cast)


def test_r38_nobody_but_a_service_administrator_opens_or_ends_a_hold(cast, now):
    made = kept(cast, stores(), NOW)
    for who in (cast.alice, cast.ben, cast.chloe, cast.eve):
        assert hold(made, cast, who=who).decision.code is Code.NO_PERMISSION, who
    assert (
        actions.open_hold(made, HoldWish(HoldKind.LEGAL, SECRET), actor=by(None), now=NOW).decision.code is Code.SIGN_IN
    )
    found = hold(made, cast, HoldKind.TAKEDOWN)
    for who in (cast.alice, cast.ben, cast.chloe, cast.eve):
        assert (release(found.hold_id, who), take_down(found.hold_id, who)) == (Code.NO_PERMISSION,) * 2, who
    own = kept(cast, stores(), NOW, owner=cast.dev, title="Own")
    theirs = hold(own, cast, HoldKind.TAKEDOWN)
    assert (release(theirs.hold_id, cast.dev), take_down(theirs.hold_id, cast.dev)) == (Code.CONFLICT,) * 2
    assert release(theirs.hold_id, second_admin(NOW)) is Code.ALLOW


def test_r43_a_legal_order_to_take_down_stops_its_owner_too(cast, now):
    made = kept(cast, stores(), NOW)
    hold(made, cast, HoldKind.TAKEDOWN_LEGAL)
    assert (may(cast.alice, made), may(cast.alice, made, Action.DOWNLOAD)) == (Code.HELD, Code.HELD)


def test_t27_t28_r56_what_is_in_the_archive_or_the_bin_is_held_there_and_stays_there(cast, now):
    for tier, back in (("ARCHIVED", "archived"), ("RECYCLED", "recycled")):
        made = lecture(cast.chemistry, cast.alice, now=NOW, keeping=tier)
        Kept.objects.create(recording_id=made, archived_at=NOW, recycled_at=NOW if tier == "RECYCLED" else None)
        found = hold(made, cast)
        assert (state(made), keeping(made)) == ("held", tier)
        hidden = Code.NOT_FOUND if tier == "RECYCLED" else Code.HELD
        assert may(cast.ben, made) is hidden, "R135: a hold tells no Viewer what is in the bin"
        assert retention.purge_bins(actor=SYSTEM, now=NOW + 400 * DAY) == 0, "R130"
        assert retention.purge_recording(made, reason="x", actor=by(cast.dev), now=NOW).code is not Code.ALLOW
        assert release(found.hold_id, cast.dev) is Code.ALLOW
        assert (state(made), keeping(made)) == (back, tier)


def test_r55_t16_t28_a_hold_in_processing_takes_effect_at_its_end_and_its_release_offers_it(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=NOW, media=MediaState.PREPARING)
    found = hold(made, cast, HoldKind.TAKEDOWN)
    assert state(made) == "processing", "R55"
    assert take_down(found.hold_id, cast.dev) is Code.ILLEGAL_TRANSITION
    Recording.objects.filter(id=made).update(media_state="READY", ready_at=NOW, duration_ms=60_000)
    assert state(made) == "held"
    with transaction():
        writes.open_hold(made, UseHold.REFERRED, now=NOW)
    assert release(found.hold_id, cast.dev) is Code.ALLOW
    assert (state(made), told("N18")) == ("held", []), "another hold is open: nothing is told, nothing is offered"
    again = hold(made, cast)
    with transaction():
        writes.release_holds(made, [UseHold.REFERRED], now=NOW)
    assert release(again.hold_id, cast.dev) is Code.ALLOW
    assert (state(made), told("N6")) == ("published", [str(cast.alice)]), "T28 as T14"


def test_t28_what_the_policy_lets_go_is_not_said_to_be_free_while_the_service_holds_it(cast, now):
    activate(NOW)
    made = lecture(cast.chemistry, cast.alice, now=NOW, publication="DRAFT")
    actions.hold_if_undecided(made, actor=SYSTEM, now=NOW)
    found = hold(made, cast)
    actions.declare_use(made, USE, actor=by(cast.alice), now=NOW)
    assert (state(made), told("N18")) == ("held", [])
    assert release(found.hold_id, cast.dev) is Code.ALLOW
    assert (state(made), str(cast.alice) in told("N18")) == ("published", True)


@pytest.mark.parametrize("late", [22, 28, 60])
def test_n19_however_late_the_look_comes_a_takedown_leaves_seven_days_from_the_notice(cast, late):
    made = kept(cast, stores(), NOW)
    assert take_down(hold(made, cast, HoldKind.TAKEDOWN).hold_id, cast.dev) is Code.ALLOW
    for days in (late, late + 3, late + 6.9):
        assert actions.tend_cases(actor=SYSTEM, now=NOW + days * DAY).taken_down == 0
    assert (told("N19_TAKEDOWN_SOON"), reads.list_holds()[0].remove_at) == ([str(cast.alice)], NOW + (late + 7) * DAY)
    assert actions.tend_cases(actor=SYSTEM, now=NOW + (late + 7) * DAY).taken_down == 1


def test_t29_r197_n19_a_takedown_waits_for_the_appeal_period_and_then_goes_to_the_bin(cast, now):
    made = kept(cast, stores(), NOW)
    found = hold(made, cast, HoldKind.TAKEDOWN)
    assert take_down(found.hold_id, cast.dev, reason="") is Code.BAD_REQUEST
    assert take_down(found.hold_id, cast.dev, at_once=True) is Code.ILLEGAL_TRANSITION, "no legal order"
    assert take_down(found.hold_id, cast.dev) is Code.ALLOW
    assert take_down(found.hold_id, cast.dev) is Code.CONFLICT
    assert (told("N19_TAKEDOWN"), keeping(made)) == ([str(cast.alice)], "ONLINE")
    for days in (1, 20, 21, 22, 27):
        assert actions.tend_cases(actor=SYSTEM, now=NOW + days * DAY).taken_down == 0
        assert told("N19_TAKEDOWN_SOON") == ([str(cast.alice)] if days >= 21 else []), days
    appeal = hold(made, cast, HoldKind.APPEAL, at=NOW + 27 * DAY)
    assert actions.tend_cases(actor=SYSTEM, now=NOW + 28 * DAY).taken_down == 0, "R130: an appeal needs it"
    assert release(appeal.hold_id, cast.dev, NOW + 28 * DAY) is Code.ALLOW
    assert actions.tend_cases(actor=SYSTEM, now=NOW + 29 * DAY).taken_down == 1
    assert actions.tend_cases(actor=SYSTEM, now=NOW + 29 * DAY).taken_down == 0
    assert (keeping(made), told("N19_TAKEN_DOWN"), reads.list_holds()) == ("RECYCLED", [str(cast.alice)], ())
    assert "recording:take_down" in events(made)
    at = NOW + 30 * DAY
    assert retention.take_back_recording(made, actor=by(cast.alice), now=at).code is Code.NO_PERMISSION, "T35"
    assert retention.take_back_recording(made, actor=by(cast.dev), now=at).code is Code.ALLOW
    row = reads.list_holds()[0]
    assert (row.kind, row.reason, row.opened_by, row.remove_at) == (HoldKind.TAKEDOWN, SECRET, cast.dev, None)
    assert release(row.id, cast.dev, at) is Code.ALLOW
    assert (state(made), is_proved(at)) == ("published", True)


def test_t29_a_legal_order_takes_it_at_once_and_for_good_from_wherever_it_is(cast, now):
    where = stores()
    live = kept(cast, where, NOW)
    binned = kept(cast, where, NOW, title="Binned")
    assert retention.recycle_recording(binned, actor=by(cast.alice), now=NOW).is_permitted
    archived = kept(cast, where, NOW, title="Archived", keeping="ARCHIVED")
    for made in (live, binned, archived):
        found = hold(made, cast, HoldKind.TAKEDOWN_LEGAL)
        needed = hold(made, cast, HoldKind.SUBJECT_ACCESS)
        assert take_down(found.hold_id, cast.dev, at_once=True) is Code.HELD, "R130"
        assert release(needed.hold_id, cast.dev) is Code.ALLOW
        assert take_down(found.hold_id, cast.dev, at_once=True) is Code.ALLOW
        assert (keeping(made), Hold.objects.filter(recording_id=made, released_at=None).count()) == ("PURGED", 0)
        assert may(cast.alice, made) is Code.GONE
        assert events(made)[-1] == "recording:purge"
    assert told("N19_TAKEN_DOWN") == [str(cast.alice)] * 3
    assert told("N19_TAKEDOWN") == []


@contextmanager
def locks():
    """Each row lock that is asked for: the statement and its places."""
    asked: list[tuple[str, str]] = []

    def note(execute, sql, params, many, context):
        if "FOR UPDATE" in sql or "FOR KEY SHARE" in sql:
            asked.append((sql, str(params)))
        return execute(sql, params, many, context)

    connection.force_debug_cursor = True  # or statements that are prepared would pass by
    try:
        with connection.execute_wrapper(note):
            yield asked
    finally:
        connection.force_debug_cursor = False


def is_folder_first(asked: list[tuple[str, str]]) -> bool:
    """Whoever switches approval or deletes a folder holds the folder and then what is in it."""
    kinds = ["FOR KEY SHARE" in sql and "cathedra_folder" in sql for sql, _places in asked]
    return kinds[0] and False in kinds


def test_t28_r138_the_folder_is_kept_before_the_recording_where_something_is_let_go(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=NOW)
    found = hold(made, cast)
    with locks() as asked:
        assert release(found.hold_id, cast.dev) is Code.ALLOW
    assert is_folder_first(asked), asked
    activate(NOW)
    for verdict in (Verdict.PERMITTED, Verdict.EXEMPT):
        one = lecture(cast.chemistry, cast.alice, now=NOW, publication="DRAFT", title=verdict)
        with transaction():
            writes.open_hold(one, UseHold.REFERRED, now=NOW)
            case_id = writes.add_case(one, CaseCause.REPORTED, by=None, now=NOW)
        wish = actions.ReviewWish(
            verdict, "Looked at.", exempt_until=NOW + 90 * DAY if verdict is Verdict.EXEMPT else None
        )
        with locks() as asked:
            assert actions.decide_case(case_id, wish, actor=by(cast.dev), now=NOW).is_permitted
        assert is_folder_first(asked), asked
    with locks() as asked:
        assert actions.consent_to_exemption(case_id, actor=by(second_admin(NOW)), now=NOW).is_permitted
    assert is_folder_first(asked), asked
    assert state(one) == "published"


def test_r130_whoever_holds_a_copy_by_reference_keeps_the_row_of_what_it_plays(cast, now):
    """So that the bin, which keeps it too, purges it before the hold or not at all."""
    made = kept(cast, stores(), NOW)
    copied = publishing.copy_recording(made, cast.chemistry, is_full=False, actor=by(cast.alice), now=NOW)
    assert retention_reads.with_original(copied.recording_id) == tuple(sorted([made, copied.recording_id]))
    assert retention_reads.with_original(made) == (made,)
    with locks() as asked:
        assert hold(copied.recording_id, cast).decision.is_permitted
    sql, _places = asked[0]
    assert "reference_of_id" in sql, asked
    assert "FOR UPDATE" in sql, asked


def test_r130_what_a_held_copy_plays_is_not_taken_down(cast, now):
    made = kept(cast, stores(), NOW)
    copied = publishing.copy_recording(made, cast.chemistry, is_full=False, actor=by(cast.alice), now=NOW)
    hold(copied.recording_id, cast)
    found = hold(made, cast, HoldKind.TAKEDOWN_LEGAL)
    assert take_down(found.hold_id, cast.dev) is Code.HELD
    assert take_down(found.hold_id, cast.dev, at_once=True) is Code.HELD

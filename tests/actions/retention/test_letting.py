"""Letting go what a run is about to take: no more reminders, and nothing else changes (R125, R126)."""

import pytest

from cathedra.actions import retention
from cathedra.db.models import AuditEvent, Notice, RetentionLetGo, RetentionRun
from cathedra.domain.terms import Code
from tests.actions.retention.archives import SYSTEM, by, keeping, kept, local, stores, tend

CAME = local(2027, 1, 10)
FROZEN, A_WEEK, NIGHT, AFTER = (
    local(2027, 8, 2, 4),
    local(2027, 8, 25, 4),
    local(2027, 9, 1, 0, 5),
    local(2027, 9, 2, 5),
)


def reminders(kind: str, person) -> list[tuple[int, str]]:
    """At which step somebody was told of how many."""
    rows = Notice.objects.filter(kind=kind, recipient_id=person).order_by("created_at")
    return [(int(row.event.rpartition(":")[2]), row.values["count"]) for row in rows]


@pytest.mark.slow
def test_r125_whoever_lets_something_go_is_not_reminded_of_it_and_it_goes_with_the_run(cast):
    where = stores()
    one, other = (kept(cast, where, CAME, title=title) for title in ("One", "Other"))
    tend(FROZEN, where)
    done = retention.let_go([one], actor=by(cast.alice), now=FROZEN)
    assert (done.decision.is_permitted, done.count) == (True, 1)
    assert retention.let_go([one], actor=by(cast.alice), now=A_WEEK).count == 1  # R53
    for moment in (A_WEEK, NIGHT, AFTER):
        tend(moment, where)
    assert reminders("N30", cast.alice) == [(30, "2"), (7, "1")]
    assert reminders("N31", cast.alice) == [(0, "2")], "the receipt names both"
    assert {keeping(one), keeping(other)} == {"ARCHIVED"}
    event = AuditEvent.objects.get(action="recording:let_go")
    assert (event.target_id, event.actor_id, event.facts) == (str(one), cast.alice, {"run": "archive-2027"})


@pytest.mark.slow
def test_r125_nobody_is_reminded_at_all_who_lets_everything_go_until_they_want_it_again(cast):
    where = stores()
    one = kept(cast, where, CAME)
    tend(FROZEN, where)
    for verb in (retention.let_go, retention.tell_again, retention.let_go):
        assert verb([one], actor=by(cast.alice), now=FROZEN).count == 1
    tend(A_WEEK, where)
    assert reminders("N30", cast.alice) == [(30, "1")]
    trail = AuditEvent.objects.filter(target_id=str(one), action__in=("recording:let_go", "recording:tell_again"))
    assert [event.action.split(":")[1] for event in trail.order_by("id")] == ["let_go", "tell_again", "let_go"]
    assert retention.tell_again([one], actor=by(cast.alice), now=A_WEEK).decision.is_permitted
    assert not RetentionLetGo.objects.exists()


@pytest.mark.slow
def test_r126_the_proof_that_a_deletion_asks_for_is_sent_whoever_let_it_go_and_a_restore_keeps_it(cast):
    where = stores()
    gone, kept_after_all = (kept(cast, where, CAME, title=title) for title in ("Gone", "Wanted"))
    for moment in (FROZEN, NIGHT, AFTER, local(2028, 6, 2, 4)):
        tend(moment, where)
    both = [gone, kept_after_all]
    assert retention.let_go(both, actor=by(cast.alice), now=local(2028, 6, 3)).count == 2
    for moment in (local(2028, 8, 1, 4), local(2028, 8, 24, 4), local(2028, 8, 30, 4)):
        tend(moment, where)
    assert reminders("N37", cast.alice) == [(90, "2"), (30, "2")]
    assert retention.request_restore(kept_after_all, actor=by(cast.alice), now=local(2028, 8, 30, 5)).is_permitted
    assert retention.restore_media(kept_after_all, actor=SYSTEM, now=local(2028, 8, 30, 6), stores=where)
    tend(local(2028, 8, 31, 0, 5), where)
    assert (keeping(gone), keeping(kept_after_all)) == ("PURGED", "ONLINE")


@pytest.mark.slow
def test_r125_only_who_was_told_lets_go_and_only_before_the_run_has_ended(cast):
    where = stores()
    one = kept(cast, where, CAME)
    early = retention.let_go([one], actor=by(cast.alice), now=CAME)
    assert (early.decision.code, early.decision.reasons[0].rule) == (Code.BAD_REQUEST, "R125")
    tend(FROZEN, where)
    for who in (cast.ben, cast.chloe, cast.dev):
        assert not retention.let_go([one], actor=by(who), now=FROZEN).decision.is_permitted
    assert not retention.let_go([one], actor=SYSTEM, now=FROZEN).decision.is_permitted
    assert not retention.let_go([], actor=by(cast.alice), now=FROZEN).decision.is_permitted
    tend(NIGHT, where)
    assert RetentionRun.objects.get(kind="ARCHIVE", day="2027-09-01").ended_at is not None
    assert not retention.let_go([one], actor=by(cast.alice), now=AFTER).decision.is_permitted
    assert not RetentionLetGo.objects.exists()

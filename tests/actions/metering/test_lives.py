"""Random lives of recordings by the product's own verbs, in any order: after each the ledger is what the library says (R104)."""

import random
from datetime import timedelta

import pytest

from cathedra.actions import retention
from cathedra.db.models import MeterEntry, Recording
from tests.actions.retention.archives import SYSTEM, by, is_proved, kept, local, stores, tend

START = local(2026, 10, 5, 9)
_NEXT = {
    "ONLINE": ("archive", "bin"),
    "ARCHIVED": ("restore", "bin", "days"),
    "RESTORING": ("restored", "failed"),
    "RECYCLED": ("take_back", "purge", "days"),
}
_ALL = ("archive", "restore", "restored", "failed", "bin", "take_back", "purge", "days")


@pytest.mark.slow
def test_r104_after_any_lives_the_ledger_equals_a_recomputation(cast):
    """Archived by hand and by the run, restored, failed, binned, taken back, purged by hand, by the bin and by the
    deletion run; what is refused changes nothing. RECORDED never falls (R98)."""
    turns, where, now, recorded = random.Random(4), stores(), START, 0
    made, done = [], set()
    for turn in range(48):
        now += timedelta(days=turns.choice((0, 1, 13, 45)), hours=turns.randrange(24))
        if turn % 6 == 0:
            made.append(kept(cast, where, now, title=str(turn), duration_ms=turns.randrange(500, 9_000_000)))
        one, before = turns.choice(made), states()
        verb = turns.choice(_NEXT.get(before[one], _ALL) if turns.random() < 0.7 else _ALL)
        act(verb, one, by(cast.alice), where, now)
        done |= {verb} if states() != before else set()
        assert is_proved(now), (turn, verb)
        fresh = sum(MeterEntry.objects.filter(category="RECORDED").values_list("delta_s", flat=True))
        assert fresh >= recorded, (turn, verb)
        recorded = fresh
    assert len(done) >= 5, f"too little happened: {done}"


def states() -> dict:
    return dict(Recording.objects.values_list("id", "keeping"))


def act(verb, one, owner, where, now) -> None:
    match verb:
        case "archive":
            if retention.archive_recording(one, actor=owner, now=now).is_permitted:
                retention.archive_media(one, actor=owner, now=now, stores=where)
        case "restore":
            retention.request_restore(one, actor=owner, now=now)
        case "restored":
            retention.finish_restore(one, actor=SYSTEM, now=now)
        case "failed":
            retention.abandon_restore(one, why="It was lost.", actor=SYSTEM, now=now)
        case "bin":
            retention.recycle_recording(one, actor=owner, now=now)
        case "take_back":
            retention.take_back_recording(one, actor=owner, now=now)
        case "purge":
            retention.purge_recording(one, actor=owner, now=now)
        case "days":
            retention.tend_bins(actor=SYSTEM, now=now)
            tend(now, where)

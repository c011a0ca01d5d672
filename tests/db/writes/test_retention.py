"""Moves between the tiers are compared and set along R54, and plans are written once (R53, R127)."""

import pytest

from cathedra.db.models import RetentionItem
from cathedra.db.reads import retention as reads
from cathedra.db.writes import retention as writes
from cathedra.domain.retention import Joined, RunKind, Why
from tests.lectures import lecture


def test_r53_a_move_happens_once_and_only_along_r54(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    assert not writes.begin_restore(made, by=None, now=now)
    assert not writes.end_restore(made, now=now)
    assert writes.archive(made, {}, now=now)
    assert not writes.archive(made, {}, now=now)
    assert writes.begin_restore(made, by=cast.ben, now=now)
    assert reads.find_restore(made)[1] == cast.ben
    assert writes.fail_restore(made, {}, problem="x" * 2000, now=now)
    assert not writes.fail_restore(made, {}, problem="x", now=now)
    assert writes.resolve_failures(made, now=now)
    assert not writes.resolve_failures(made, now=now)
    assert writes.take_back(made, to="ONLINE", recycled_at=None, now=now) is None
    assert not writes.purge(made, source="RECYCLED", reason="bin", run_id=None, now=now)
    assert writes.purge(made, source="ARCHIVED", reason="run", run_id=None, now=now)
    with pytest.raises(ValueError, match="no row of R54"):
        writes.recycle(made, source="PURGED", by=None, now=now)


def test_r127_lines_and_marks_are_written_once(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    facts = reads.get_facts(made)
    run_id = writes.open_run(reads.calendar().run(RunKind.ARCHIVE, 2027))
    assert writes.open_run(reads.calendar().run(RunKind.ARCHIVE, 2027)) == run_id
    for _turn in range(2):
        writes.add_items(run_id, [(facts, Joined.PLANNED)], now=now)
    (item,) = reads.list_items(run_id, states=("PLANNED",), after=0, limit=5)
    assert [writes.mark(run_id, "frozen_at", now=now) for _turn in range(2)] == [True, False]
    assert [writes.mark_told(run_id, 30, now=now) for _turn in range(2)] == [True, False]
    assert [writes.claim_items([item.id]), writes.settle_item(item.id, why=Why.HELD, now=now)] == [1, True]
    assert [writes.claim_items([item.id]), writes.settle_item(item.id, why=None, now=now)] == [0, False]
    assert RetentionItem.objects.get().why == "HELD"
    with pytest.raises(ValueError, match="no step"):
        writes.mark(run_id, "told", now=now)

"""kill -9 at any point of a run: it goes on where it was, nothing twice, nothing left out (R53, R127)."""

from itertools import count

import pytest

from cathedra.actions.retention import Stores
from cathedra.db.models import AuditEvent, Notice, RetentionItem, RetentionRun, RetentionTelling
from tests.actions.retention.archives import DyingStore, Killed, dying, events, is_proved, keeping, kept, local, tend


def world(cast, at):
    where = Stores(media=DyingStore(), archive=DyingStore())
    return where, [kept(cast, where, at, title=title) for title in ("One", "Two", "Three")]


def check_archived(where, made, now) -> None:
    assert [keeping(one) for one in made] == ["ARCHIVED"] * 3
    assert [events(one).count("recording:archive") for one in made] == [1, 1, 1]
    assert sorted(where.archive.objects.values()) == [b"One", b"Three", b"Two"]
    assert {key.split("/")[-1] for key in where.media.objects} == {"poster.jpg"}
    assert is_proved(now)


@pytest.mark.slow
def test_r127_a_run_that_dies_at_every_call_of_a_store_ends_as_if_it_had_not(cast):
    where, made = world(cast, local(2027, 1, 10))
    tend(local(2027, 8, 2, 4), where)
    night = local(2027, 9, 1, 0, 5)
    for turn in count():
        where.media.left = where.archive.left = turn
        try:
            tend(night, where)
        except Killed:
            assert keeping(made[-1]) in ("ONLINE", "ARCHIVED")
            continue
        break
    assert turn > 3, "it died on the way"
    check_archived(where, made, night)


@pytest.mark.slow
def test_r127_a_year_that_dies_at_every_statement_tells_everybody_once_and_does_everything_once(cast):
    where, made = world(cast, local(2027, 1, 10))
    deaths = 0
    for moment in (local(2027, 8, 2, 4), local(2027, 9, 1, 0, 5), local(2027, 9, 2, 5)):
        for turn in count(0, 2):
            try:
                with dying(turn):
                    tend(moment, where)
            except Killed:
                deaths += 1
                continue
            break
    assert deaths > 40
    check_archived(where, made, local(2027, 9, 2))
    run = RetentionRun.objects.get(kind="ARCHIVE")
    assert None not in (run.frozen_at, run.began_at, run.joined_at, run.ended_at, run.receipted_at)
    assert RetentionItem.objects.filter(run=run, state="DONE", joined="PLANNED").count() == 3
    notices = Notice.objects.filter(event__contains=str(run.id))
    assert sorted(notices.values_list("kind", flat=True)) == ["N30", "N31", "N48"]
    assert RetentionTelling.objects.filter(run=run).count() == 6
    for action in ("run:freeze", "run:begin", "run:end"):
        assert AuditEvent.objects.filter(action=action, target_id="archive-2027").count() == 1, action


@pytest.mark.slow
def test_t37_a_deletion_that_dies_anywhere_leaves_no_file_and_no_second_tombstone(cast):
    where, made = world(cast, local(2027, 1, 10))
    for moment in (local(2027, 8, 2, 4), local(2027, 9, 1, 0, 5), local(2028, 6, 2, 4), local(2028, 8, 1, 4)):
        tend(moment, where)
    night = local(2028, 8, 31, 0, 5)
    for turn in count(0, 4):
        where.media.left = where.archive.left = turn
        try:
            with dying(turn * 3):
                tend(night, where)
        except Killed:
            continue
        break
    where.media.left = where.archive.left = None
    assert [keeping(one) for one in made] == ["PURGED"] * 3
    assert where.media.objects == where.archive.objects == {}
    assert [events(one).count("recording:purge") for one in made] == [1, 1, 1]
    assert is_proved(night)

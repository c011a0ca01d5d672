"""What was paused is cut before anybody watches, can be undone, and is asked for once (T9, R162)."""

from dataclasses import replace

import pytest

from cathedra.actions import editing
from cathedra.actions.encoding._pauses import cut_pauses
from cathedra.db.models import AuditEvent, Edit, Recording
from cathedra.db.reads import content as content_reads
from cathedra.db.writes import ingest as writes
from cathedra.domain import ingest
from cathedra.domain.ingest import Pause
from cathedra.domain.library import UNEDITED, Span
from cathedra.domain.terms import Actor, Channel, system_actor
from tests.lectures import lecture

LENGTH_MS = 60_000


@pytest.fixture
def made(cast, now):
    return lecture(cast.chemistry, cast.alice, now=now)


def paused(made, now, *pauses):
    writes.add_capture(replace(ingest.begun(made, parts=(0,), now=now), pauses=pauses))
    return cut_pauses(made, duration_ms=LENGTH_MS, actor=system_actor(), now=now)


def test_what_was_paused_is_cut_and_viewers_wait_until_that_is_made_r162(made, now):
    assert paused(made, now, Pause(10_000, 15_000), Pause(50_000))
    shown = content_reads.shown_edit(made)
    assert shown.edits.cuts == (Span(10_000, 15_000), Span(50_000, LENGTH_MS))
    assert not shown.is_made, "nobody receives what was paused meanwhile"
    assert Recording.objects.get(id=made).edited_ms == LENGTH_MS - 15_000
    assert AuditEvent.objects.filter(action="recording:cut_pauses", target_id=str(made)).count() == 1


def test_it_is_done_once_whatever_repeats_it(made, now):
    assert paused(made, now, Pause(10_000, 15_000))
    assert not cut_pauses(made, duration_ms=LENGTH_MS, actor=system_actor(), now=now)
    assert Edit.objects.count() == 1


def test_whoever_may_edit_takes_the_cuts_back_r162(cast, made, now):
    paused(made, now, Pause(10_000, 15_000))
    alice = Actor(cast.alice, Channel.WEB)
    undone = editing.save_edit(made, cuts=(), version=1, actor=alice, now=now)
    assert undone.decision.is_permitted
    assert content_reads.editing_facts(made).edits == UNEDITED


@pytest.mark.parametrize("pauses", [(), (Pause(5_000, 5_050),), (Pause(0, LENGTH_MS),)])
def test_nothing_is_cut_where_nothing_was_paused_or_all_was(made, now, pauses):
    assert not paused(made, now, *pauses)
    assert not Edit.objects.exists()


def test_what_was_not_captured_here_is_left_as_it_is(made, now):
    assert not cut_pauses(made, duration_ms=LENGTH_MS, actor=system_actor(), now=now)

"""The phases of a capture, and what becomes of its pauses: T8 to T11, R53, R55, R162."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cathedra.domain import ingest
from cathedra.domain.ingest import Capture, CapturePhase, CaptureStep, Pause
from cathedra.domain.terms import Code, RecordingId

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
BEGUN = ingest.begun(RecordingId(UUID(int=1)), parts=(1, 0), now=NOW)
P, S = CapturePhase, CaptureStep

steps = st.lists(st.tuples(st.sampled_from(S), st.integers(0, 600_000), st.booleans()), max_size=30)


def later(ms):
    return NOW + timedelta(milliseconds=ms)


def gone(taken) -> Capture:
    """The capture after these steps, where they are permitted, each some time after the last."""
    capture, clock = BEGUN, 0
    for step, wait_ms, is_told in taken:
        clock += wait_ms
        if ingest.decide_step(capture, step).is_permitted:
            capture = ingest.stepped(capture, step, at_ms=clock if is_told else None, now=later(clock))
    return capture


def test_a_capture_begins_live_with_its_parts_in_order():
    assert BEGUN.phase is P.CAPTURING
    assert BEGUN.is_live
    assert BEGUN.parts == (0, 1)
    assert BEGUN.begun_at == BEGUN.heard_at == NOW
    assert BEGUN.stopped_at is None


@pytest.mark.parametrize(
    ("phase", "permitted"),
    [
        (P.CAPTURING, {S.PAUSE, S.RESUME, S.STOP, S.CANCEL}),
        (P.PAUSED, {S.PAUSE, S.RESUME, S.STOP, S.CANCEL}),
        (P.TRANSFERRING, {S.STOP, S.CANCEL}),
        (P.ENDED, {S.STOP, S.CANCEL}),
    ],
)
def test_what_is_stopped_is_neither_paused_nor_resumed_t9_t10_t11(phase, permitted):
    """Asked for again, a step is permitted and changes nothing (R53)."""
    capture = Capture(BEGUN.recording_id, phase, NOW, NOW)
    answers = {step: ingest.decide_step(capture, step) for step in S}
    assert {step for step, answer in answers.items() if answer.is_permitted} == permitted
    assert {answer.code for answer in answers.values()} <= {Code.ALLOW, Code.ILLEGAL_TRANSITION}


@given(steps, st.sampled_from(S))
def test_a_step_asked_for_twice_is_taken_once_r53(taken, step):
    capture = gone(taken)
    once = ingest.stepped(capture, step, now=later(30_000_000))
    twice = ingest.stepped(once, step, now=later(40_000_000))
    assert (once.phase, once.pauses, once.stopped_at) == (twice.phase, twice.pauses, twice.stopped_at)
    assert twice.heard_at == later(40_000_000)


@given(steps)
def test_pauses_are_in_order_and_apart_whatever_was_pressed_t9(taken):
    capture = gone(taken)
    edges = [edge for pause in capture.pauses for edge in (pause.start_ms, pause.end_ms) if edge is not None]
    assert edges == sorted(edges)
    assert all(edge >= 0 for edge in edges)
    assert all(pause.end_ms is not None for pause in capture.pauses[:-1])
    assert (capture.phase is P.PAUSED) <= (bool(capture.pauses) and capture.pauses[-1].end_ms is None)
    assert capture.is_live is (capture.stopped_at is None)


@given(steps, st.integers(1, 20_000_000))
def test_cuts_of_pauses_lie_in_the_recording_and_leave_something_to_watch_r162(taken, duration_ms):
    cuts = ingest.cuts_of(gone(taken).pauses, duration_ms=duration_ms)
    assert all(0 <= start < end <= duration_ms for start, end in cuts)
    assert list(cuts) == sorted(cuts)
    assert not cuts or duration_ms - sum(end - start for start, end in cuts) >= 1000


def test_what_was_paused_is_cut_and_a_pause_that_the_end_cut_short_lasts_to_the_end_r162():
    capture = gone([(S.PAUSE, 10_000, True), (S.RESUME, 5_000, True), (S.PAUSE, 30_000, True), (S.STOP, 1_000, True)])
    assert capture.pauses == (Pause(10_000, 15_000), Pause(45_000))
    assert ingest.cuts_of(capture.pauses, duration_ms=46_040) == ((10_000, 15_000), (45_000, 46_040))
    assert capture.phase is P.TRANSFERRING
    assert capture.stopped_at == later(46_000)


def test_a_pause_that_was_no_pause_cuts_nothing():
    assert ingest.cuts_of([Pause(5_000, 5_100)], duration_ms=60_000) == ()


def test_where_all_was_paused_all_is_kept_r162():
    assert ingest.cuts_of([Pause(0, 60_000)], duration_ms=60_500) == ()


def test_the_pause_after_the_last_one_that_can_be_cut_is_refused_with_a_way_on():
    pauses = tuple(Pause(at * 1000, at * 1000 + 500) for at in range(ingest.MOST_PAUSES))
    answer = ingest.decide_step(Capture(BEGUN.recording_id, P.CAPTURING, NOW, NOW, pauses=pauses), S.PAUSE)
    assert answer.code is Code.ILLEGAL_TRANSITION
    assert answer.reasons[0].values == {"most": "200"}


def test_a_capture_is_received_when_every_part_is_here_t10():
    assert not ingest.is_received(BEGUN, arrived=())
    assert not ingest.is_received(BEGUN, arrived={0})
    assert ingest.is_received(BEGUN, arrived={0, 1})


def test_a_capture_is_left_after_its_quiet_time_and_never_when_it_has_ended():
    quiet = timedelta(hours=12)
    assert not ingest.is_left(BEGUN, quiet=quiet, now=NOW + quiet - timedelta(seconds=1))
    assert ingest.is_left(BEGUN, quiet=quiet, now=NOW + quiet)
    ended = ingest.stepped(BEGUN, S.CANCEL, now=NOW)
    assert ended.phase is P.ENDED
    assert not ingest.is_left(ended, quiet=quiet, now=NOW + 2 * quiet)

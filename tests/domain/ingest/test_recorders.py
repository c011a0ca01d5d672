"""Recorders in rooms: how one is connected, when it may begin, when it counts as lost or silent (R158, R164, T5, T7)."""

from datetime import UTC, datetime, timedelta

import pytest

from cathedra.domain import ingest
from cathedra.domain.ingest import CodeFacts, ConnectionFacts, RecorderState, Span, UploadFacts, UploadKind, UploadState
from cathedra.domain.terms import Code

NINE = datetime(2026, 10, 5, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SPAN = Span(NINE, NINE + 60 * MINUTE)


def code(**more):
    return CodeFacts(**{
        "expires_at": NINE, "is_blocked": False, "is_retired": False, "configurer_stands": True,
    } | more)  # fmt: skip


def test_r158_a_code_is_good_up_to_its_end():
    assert ingest.decide_connect(code(), now=NINE - MINUTE).is_permitted
    assert ingest.decide_connect(code(), now=NINE).code is Code.NOT_FOUND
    for worthless in (None, code(is_blocked=True), code(is_retired=True)):
        assert ingest.decide_connect(worthless, now=NINE - MINUTE).code is Code.NOT_FOUND
    assert ingest.decide_connect(code(configurer_stands=False), now=NINE - MINUTE).reasons[0].rule == "R14"


@pytest.mark.parametrize(
    ("facts", "seen"),
    [
        (ConnectionFacts(RecorderState.RECORDING, True, False, NINE), RecorderState.RECORDING),
        (ConnectionFacts(RecorderState.RECORDING, True, False, NINE - 2 * MINUTE), RecorderState.RECORDING),
        (ConnectionFacts(RecorderState.RECORDING, True, False, NINE - 3 * MINUTE), RecorderState.DISCONNECTED),
        (ConnectionFacts(RecorderState.RECORDING, False, False, NINE), RecorderState.DISCONNECTED),
        (ConnectionFacts(RecorderState.STOPPED, True, False), RecorderState.DISCONNECTED),
        (ConnectionFacts(RecorderState.STOPPED, True, True, NINE), RecorderState.BLOCKED),
    ],
)
def test_r158_what_people_see_of_it_is_what_it_told_unless_it_is_lost_or_blocked(facts, seen):
    assert ingest.seen_state(facts, now=NINE) is seen


def test_r158_a_recorder_tells_what_it_does_and_not_how_it_is_seen():
    told = {state for state in RecorderState if ingest.decide_state(state).is_permitted}
    assert set(RecorderState) - told == {RecorderState.DISCONNECTED, RecorderState.BLOCKED}


def begin(media, now, **more):
    return ingest.decide_begin(media, SPAN, **{"has_begun": False, "in_the_way": False} | more, now=now)


def test_t5_it_begins_from_half_an_hour_before_its_start_on_and_t7_may_be_reported_at_any_time_later():
    assert begin("SCHEDULED", NINE - 31 * MINUTE).code is Code.ILLEGAL_TRANSITION
    for media in ("SCHEDULED", "MISSED", "RECORDING"):
        assert begin(media, NINE - 30 * MINUTE).is_permitted
        assert begin(media, NINE + timedelta(days=13)).is_permitted
    for media in ("CANCELLED", "EMPTY", "FAILED", "READY"):
        assert begin(media, NINE).code is Code.ILLEGAL_TRANSITION
    assert begin("READY", NINE, has_begun=True).is_permitted
    assert begin("SCHEDULED", NINE, in_the_way=True).code is Code.CONFLICT
    assert begin("RECORDING", NINE, in_the_way=True).is_permitted


def test_r151_the_first_file_is_of_a_recorder_that_keeps_the_main_picture():
    assert ingest.places_for(1, keeps_primary=True, taken=frozenset()) == (0,)
    assert ingest.places_for(2, keeps_primary=True, taken=frozenset()) == (0, 1)
    assert ingest.places_for(1, keeps_primary=True, taken=frozenset({0})) == (1,)
    assert ingest.places_for(1, keeps_primary=False, taken=frozenset()) == (1,)
    for files, keeps, taken in ((2, False, ()), (2, True, (1,)), (1, True, (0, 1)), (0, True, ())):
        assert ingest.places_for(files, keeps_primary=keeps, taken=frozenset(taken)) is None


def test_r164_it_is_overdue_five_minutes_after_the_start_while_it_should_record():
    early, late = NINE + 4 * MINUTE, NINE + 5 * MINUTE
    assert [ingest.is_overdue(SPAN, None, now=now) for now in (early, late, SPAN.ends_at)] == [False, True, False]
    assert not ingest.is_overdue(SPAN, late - 4 * MINUTE, now=late)
    assert ingest.is_overdue(SPAN, late - 5 * MINUTE, now=late)
    assert [ingest.is_silent(since, now=late) for since in (None, late - 9 * MINUTE, late - 10 * MINUTE)] == [
        False,
        False,
        True,
    ]


def upload(**more):
    return UploadFacts(**{
        "id": None, "is_mine": True, "kind": UploadKind.WHOLE, "state": UploadState.OPEN, "recording_id": None,
        "position": 0, "original_name": "", "metadata": "", "length_bytes": 99, "offset_bytes": 0, "parts": (),
        "expires_at": NINE, "is_deferred": True, "is_captured": True, "is_of_recorder": True,
    } | more)  # fmt: skip


def test_r159_how_long_a_recorders_file_is_is_heard_after_its_checksum():
    told = {"offset_bytes": 0, "body_bytes": 5, "told_bytes": 5, "held_bytes": 0, "now": NINE}
    assert ingest.decide_append(upload(), **told).reasons[0].rule == "R159"
    assert ingest.decide_append(upload(), **{**told, "told_bytes": None}).is_permitted
    assert ingest.decide_append(upload(told_sha256="0" * 64), **told).is_permitted
    assert ingest.decide_append(upload(is_of_recorder=False), **told).is_permitted
    assert ingest.decide_terminate(upload(), now=NINE).code is Code.NO_PERMISSION

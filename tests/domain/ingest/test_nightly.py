"""What is wrong with what is scheduled (R157)."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cathedra.domain.ingest import ConnectionFacts, RecorderState, Span, nightly
from cathedra.domain.ingest.nightly import Taking, Trouble, Upcoming
from cathedra.domain.terms import AccountId, RecordingId

NOW = datetime(2026, 10, 4, 3, 30, tzinfo=UTC)
HERE, MAKER = AccountId(uuid.uuid4()), AccountId(uuid.uuid4())
LIVES = ConnectionFacts(RecorderState.STOPPED, is_connected=True, is_blocked=False, heard_at=NOW)
PLACE = Taking(1, "Lecture Block, LB 1", 1, (HERE,), is_retired=False, connection=LIVES, free_bytes=100 * 1024**3)
START = NOW + timedelta(hours=6)
FINE = Upcoming(
    RecordingId(uuid.uuid4()), "Entropy", Span(START, START + timedelta(hours=1)), MAKER, (PLACE,), True, True
)


def found(*upcoming: Upcoming) -> list[Trouble]:
    return [one.trouble for one in nightly.troubles(upcoming, now=NOW)]


def at(**more) -> Upcoming:
    return replace(FINE, recorders=(replace(PLACE, **more),))


def test_r157_of_what_is_well_nothing_is_told():
    assert found(FINE, replace(FINE, told_rooms=frozenset({1}))) == []


@pytest.mark.parametrize(
    ("one", "trouble"),
    [
        (replace(FINE, recorders=()), Trouble.NO_RECORDER),
        (at(is_retired=True), Trouble.NO_RECORDER),
        (replace(FINE, told_rooms=frozenset({2})), Trouble.OTHER_ROOM),
        (at(connection=replace(LIVES, heard_at=NOW - timedelta(minutes=3))), Trouble.OFFLINE),
        (at(connection=replace(LIVES, is_blocked=True)), Trouble.OFFLINE),
        (at(free_bytes=8 * 1024**3 - 1), Trouble.DISK_LOW),
        (replace(FINE, has_folder=False, has_creator=False), Trouble.NO_FOLDER),
        (replace(FINE, has_creator=False), Trouble.NO_CREATOR),
    ],
)
def test_r157_each_thing_that_is_wrong_is_found(one, trouble):
    assert found(one) == [trouble]


def test_r157_a_disk_that_is_enough_or_not_told_of_is_well():
    assert found(at(free_bytes=8 * 1024**3)) == []
    assert found(at(free_bytes=None)) == []


def test_r157_a_recorder_is_told_of_once_and_needs_room_for_all_of_its_day():
    low = at(free_bytes=10 * 1024**3)
    span = FINE.span
    later = replace(
        low, span=Span(span.ends_at, span.ends_at + timedelta(hours=1)), recording_id=RecordingId(uuid.uuid4())
    )
    assert found(low) == []
    (one,) = nightly.troubles([later, low], now=NOW)
    assert (one.trouble, one.about, one.at) == (Trouble.DISK_LOW, low, low.recorders[0])


def test_r157_the_schedulers_of_the_room_are_told_and_whoever_scheduled_it():
    (one,) = nightly.troubles([replace(FINE, has_creator=False)], now=NOW)
    assert one.to == {HERE, MAKER}
    (one,) = nightly.troubles([replace(FINE, recorders=(), scheduled_by=None)], now=NOW)
    assert one.to == frozenset()

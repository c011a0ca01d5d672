"""What a capture agent does by the schedule it holds, and how long it keeps what it recorded (T5, R159, R162, R163)."""

from datetime import UTC, datetime, timedelta

import pytest

from cathedra.domain import ingest
from cathedra.domain.ingest import CaptureStep, Lamp, Pause, Planned, Stretch

NINE = datetime(2026, 10, 5, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
FIRST = Planned("first", NINE, NINE + 60 * MINUTE)
SECOND = Planned("second", NINE + 60 * MINUTE, NINE + 120 * MINUTE)
PLAN = (SECOND, FIRST)


def at(minute, *, over=(), early=None):
    found = ingest.to_record(PLAN, over=over, early=early, now=NINE + minute * MINUTE)
    return found.recording_id if found else None


def test_r159_it_records_from_the_start_up_to_the_end_and_then_what_follows():
    assert [at(minute) for minute in (-1, 0, 59, 60, 119, 120)] == [None, "first", "first", "second", "second", None]


def test_t10_what_somebody_stopped_is_not_begun_again():
    assert at(10, over={"first"}) is None
    assert at(60, over={"first"}) == "second"


def test_t5_somebody_in_the_room_begins_half_an_hour_early_at_most():
    assert [at(minute, early="first") for minute in (-31, -30, 0)] == [None, "first", "first"]
    assert at(-30, early="second") is None
    soon = [ingest.may_begin_early(PLAN, over=(), now=NINE + minute * MINUTE) for minute in (-31, -30)]
    assert soon == [None, FIRST]
    assert ingest.may_begin_early(PLAN, over={"first"}, now=NINE + 40 * MINUTE) == SECOND


def test_how_long_it_is_leaves_interruptions_out():
    stretches = (Stretch(NINE, NINE + MINUTE), Stretch(NINE + 5 * MINUTE))
    assert ingest.recorded_ms(stretches, now=NINE + 7 * MINUTE) == 180_000
    assert ingest.recorded_ms((Stretch(NINE),), now=NINE - MINUTE) == 0


def test_t9_the_server_is_told_of_each_pause_and_its_end_in_order():
    told = ingest.steps_of((Pause(5, 9), Pause(20)))
    assert told == ((CaptureStep.PAUSE, 5), (CaptureStep.RESUME, 9), (CaptureStep.PAUSE, 20))


@pytest.mark.parametrize(
    ("ended", "confirmed", "days", "drops"),
    [
        (NINE, NINE, 14, True),
        (NINE, NINE, 13, False),
        (NINE, None, 400, False),
        (None, NINE, 400, False),
    ],
)
def test_r159_a_local_copy_goes_when_it_is_confirmed_and_fourteen_days_old(ended, confirmed, days, drops):
    assert ingest.may_drop(ended, confirmed, now=NINE + timedelta(days=days)) is drops


def test_r163_a_lamp_shows_a_fault_before_everything_else():
    told = {"is_recording": False, "is_paused": False, "has_fault": False}
    assert ingest.lamp_of(**told) is Lamp.OFF
    assert ingest.lamp_of(**told | {"is_recording": True}) is Lamp.RECORDING
    assert ingest.lamp_of(**told | {"is_recording": True, "is_paused": True}) is Lamp.PAUSED
    assert ingest.lamp_of(**told | {"has_fault": True}) is Lamp.FAULT
    assert set(ingest.TOLD_BY_LAMP) == set(Lamp)

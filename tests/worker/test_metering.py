"""Jobs of the meters."""

from types import SimpleNamespace

from cathedra.domain.jobs import JobKind
from cathedra.domain.terms import system_actor
from cathedra.worker import metering
from cathedra.worker.handlers import HANDLERS, PERIODIC
from tests.lectures import lecture


def test_r104_every_night_the_ledger_is_proved(cast):
    assert HANDLERS[JobKind.PROVE_METERS] is metering.prove_meters
    assert PERIODIC[JobKind.PROVE_METERS] == "50 2 * * *"
    run = SimpleNamespace(actor=system_actor(), now=cast.now)
    assert not metering.prove_meters(run, {})
    made = lecture(cast.chemistry, cast.alice, now=cast.now)
    assert {one.recording_id for one in metering.prove_meters(run, {}).differences} == {made}


def test_n40_the_limits_are_watched_through_the_day(cast):
    assert HANDLERS[JobKind.WATCH_METERS] is metering.watch_meters
    run = SimpleNamespace(actor=system_actor(), now=cast.now)
    assert metering.watch_meters(run, {}) == 0

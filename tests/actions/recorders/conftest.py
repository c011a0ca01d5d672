"""What is scheduled here is scheduled on the first of October, in a room with connected recorders."""

from datetime import UTC, datetime

import pytest

from cathedra.adapters.spool import Spool
from tests.actions.scheduling.rooms import Room, make_room
from tests.devices import Device


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 10, 1, 9, tzinfo=UTC)


@pytest.fixture
def room(cast, now) -> Room:
    """Alice schedules in it; Ben is its technician."""
    return make_room(cast.alice, technicians=(cast.ben,), now=now)


@pytest.fixture
def spool(tmp_path) -> Spool:
    return Spool(tmp_path / "incoming")


@pytest.fixture
def first(cast, room, spool, now) -> Device:
    return Device.connect(room.first, by=cast.alice, spool=spool, now=now)

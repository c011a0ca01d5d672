"""A recording with a screen, and the scripted tools that look at it."""

import uuid

import pytest

from cathedra.actions.slides import SlideTools
from cathedra.db.models import Rendition, Stream
from cathedra.domain.encoding.slides import Shot
from cathedra.domain.terms import Actor, Channel
from tests.fakes.object_store import MemoryStore
from tests.fakes.slides import ScriptedCamera, ScriptedDecks, ScriptedReader
from tests.lectures import lecture

TITLES = [
    ("Thermodynamics", "lecture three of heat"),
    ("Entropy", "a measure of arrangements"),
    ("Enthalpy", "pressure times volume"),
]


def acting(account_id):
    return Actor(account_id=account_id, channel=Channel.WEB)


@pytest.fixture
def store():
    return MemoryStore()


@pytest.fixture
def made(cast, now, store):
    """A minute of slides: its picture in two heights."""
    recording_id = lecture(cast.chemistry, cast.alice, now=now)
    stream = Stream.objects.get(recording_id=recording_id)
    Stream.objects.filter(id=stream.id).update(is_screen=True)
    for name, height in (("v1080", 1080), ("v360", 360)):
        Rendition.objects.create(
            recording_id=recording_id, stream=stream, kind="VIDEO", name=name, width=height * 16 // 9, height=height,
            codecs="avc1", peak_bps=1, average_bps=1, size_bytes=1, duration_ms=60_000, created_at=now,
        )  # fmt: skip
        store.put_bytes(f"stream/{recording_id}/{name}.mp4", name.encode())
    return recording_id


@pytest.fixture
def tools(store, tmp_path):
    shots = [Shot(0, 20_500, 19_000), Shot(20_500, 41_000, 40_000), Shot(41_000, 60_000, 59_000)]
    return SlideTools(store, ScriptedCamera(shots), ScriptedReader(TITLES), ScriptedDecks(), tmp_path / "work")


@pytest.fixture
def attempt():
    return uuid.uuid4()

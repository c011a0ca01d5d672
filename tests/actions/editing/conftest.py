"""A lecture of a minute with a picture and sound, as processing leaves it; nothing of it is real but the rows."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from cathedra.actions.encoding import Tools
from cathedra.adapters import policy_files
from cathedra.adapters.spool import Spool
from cathedra.db.models import Rendition, Stream
from cathedra.domain import encoding as rules
from cathedra.domain.terms import Actor, Channel, RecordingId
from tests.fakes.encoder import ScriptedProber, ScriptedRenderer
from tests.fakes.object_store import MemoryStore
from tests.lectures import lecture


def acting(account_id):
    return Actor(account_id=account_id, channel=Channel.WEB)


@dataclass
class Room:
    id: RecordingId
    tools: Tools
    folder: Path

    def file(self, name, data):
        """Bytes, to be read as a file."""
        (self.folder / name).write_bytes(data)
        return self.folder / name

    @property
    def objects(self):
        return self.tools.store.objects

    def names(self):
        return {key.rpartition("/")[2] for key in self.objects}


def add_rendition(recording_id, name, now):
    stream = Stream.objects.filter(recording_id=recording_id).first()
    Rendition.objects.create(
        recording_id=recording_id, stream=stream, kind="VIDEO", name=name, codecs="avc1.640028", peak_bps=1, average_bps=1,
        size_bytes=1, duration_ms=60_000, width=320, height=180, frame_rate=25, created_at=now,
    )  # fmt: skip


@pytest.fixture(scope="session")
def rendition_bytes(tmp_path_factory):
    """A minute of almost nothing, a key frame every four seconds."""
    from cathedra.adapters import fragments
    from tests.media import ffmpeg

    path: Path = tmp_path_factory.mktemp("minute") / "p180.mp4"
    flags = ["-movflags", "+cmaf+frag_keyframe+empty_moov+skip_trailer", "-f", "mp4"]
    ffmpeg(
        "-f", "lavfi", "-i", "color=gray:s=64x36:r=5:d=60", "-c:v", "libx264", "-preset", "ultrafast", "-g", "20", *flags,
        path,
    )  # fmt: skip
    fragments.settle(path, first_shown=0)
    return path.read_bytes()


@pytest.fixture
def room(cast, now, tmp_path, rendition_bytes):
    made = lecture(cast.chemistry, cast.alice, now=now)
    tools = Tools(
        store=MemoryStore(),
        spool=Spool(tmp_path / "incoming"),
        prober=ScriptedProber(None),
        renderer=ScriptedRenderer(),
        ladder=rules.parse_ladder(policy_files.read("ladder")),
        work_dir=tmp_path / "work",
        max_hours=24,
    )
    add_rendition(made, "p180", now)
    tools.store.put_bytes(f"stream/{made}/p180.mp4", rendition_bytes)
    tools.store.put_bytes(f"stream/{made}/s.jpg", b"two small pictures")
    tools.store.put_bytes(
        f"stream/{made}/storyboard.vtt",
        b"WEBVTT\n\n00:00:00.000 --> 00:00:20.000\ns.jpg#xywh=0,0,1,1\n\n00:00:20.000 --> 00:01:00.000\ns.jpg#xywh=1,0,1,1\n",
    )
    return Room(made, tools, tmp_path)

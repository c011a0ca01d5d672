"""Each handler parses its arguments and calls its one action; a real sound becomes one that viewers can choose (R212)."""

import uuid

import pytest

from cathedra.actions.encoding import Outcome, Tools
from cathedra.adapters.ffmpeg import Ffmpeg
from cathedra.adapters.probe import Prober
from cathedra.adapters.spool import Spool
from cathedra.config import Encoding
from cathedra.db.reads import audio_description as reads
from cathedra.db.writes import audio_description as writes
from cathedra.db.writes.audio_description import NewDescription
from cathedra.domain.terms import system_actor
from cathedra.worker import audio_description
from cathedra.worker.run import Run
from tests import media
from tests.fakes.object_store import MemoryStore
from tests.lectures import lecture
from tests.media.renditions import LADDER

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def run(tmp_path, now):
    renderer, prober = Ffmpeg(Encoding(), LADDER), Prober(Encoding())
    tools = Tools(MemoryStore(), Spool(tmp_path / "in"), prober, renderer, LADDER, tmp_path / "work", 24)
    return Run(system_actor(), now, uuid.uuid4(), tools, 10, why="tried often enough")


def put(run, recording_id, content: bytes):
    key = f"originals/{recording_id}/described-1"
    run.tools.store.put_bytes(key, content)
    writes.put(recording_id, NewDescription("en", "a.mp3", key, len(content), "ab" * 32, None), now=run.now)


def test_a_recording_that_is_gone_is_no_work_and_wrong_arguments_are_loud(run):
    gone = {"recording_id": str(uuid.uuid4()), "new_argument": 1}
    assert audio_description.prepare_description(run, gone) is Outcome.NOTHING_TO_DO
    assert audio_description.abandon_description(run, gone) is False
    for given in ({}, {"recording_id": "not an id"}):
        with pytest.raises((KeyError, ValueError)):
            audio_description.prepare_description(run, given)


def test_a_real_sound_is_prepared(run, cast, now, tmp_path):
    made = lecture(cast.chemistry, cast.alice, now=now)
    media.ffmpeg(*media.tone(seconds=60), "-c:a", "libmp3lame", tmp_path / "a.mp3")
    put(run, made, (tmp_path / "a.mp3").read_bytes())
    assert audio_description.prepare_description(run, {"recording_id": str(made)}) is Outcome.DONE
    name = reads.find(made).name
    assert run.tools.store.exists(f"stream/{made}/{name}.mp4")
    assert audio_description.abandon_description(run, {"recording_id": str(made)}) is False, "it is there"


@pytest.mark.parametrize("content", [b"#EXTM3U\n#EXTINF:9,\nfile:///etc/hostname\n", b"\xff\xfb" * 99, b"MZ"])
def test_class_15_what_is_no_sound_fails_with_a_sentence(run, cast, now, content):
    made = lecture(cast.chemistry, cast.alice, now=now)
    put(run, made, content)
    assert audio_description.prepare_description(run, {"recording_id": str(made)}) is Outcome.REFUSED
    assert "no sound in this file" in reads.find(made).problem

"""Jobs from the last byte to the finished recording, with a real worker that is killed at every step."""

import asyncio
import dataclasses
import json
import os
import signal
import subprocess
import sys
import time
import uuid
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests import media
from tests.worker.pipeline import Folder, receive, work

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def lecture(tmp_path_factory) -> Path:
    """Small, and yet with everything: a copy, two lower renditions, sound, stills."""
    return media.lecture(tmp_path_factory.mktemp("in") / "heat.mp4", seconds=2, size="854x480", rate=10)


@pytest.fixture
def folder(tmp_path) -> Folder:
    return Folder(tmp_path)


def facts(recording_id) -> dict:
    """Everything that may be different at the end of a run, without times and encoder noise."""
    from cathedra.db.models import AuditEvent, Recording, Rendition, Source, Stream

    row = Recording.objects.get(id=recording_id)
    return {
        "state": (row.media_state, row.publication, row.duration_ms, row.failure, row.is_ladder_complete, row.stage),
        "dropped": [one["sentence"] for one in row.dropped],
        "streams": sorted(Stream.objects.filter(recording_id=recording_id).values_list("role", "source_index")),
        "renditions": sorted(
            Rendition.objects.filter(recording_id=recording_id).values_list("name", "is_copy", "codecs", "duration_ms")
        ),
        "sources": [
            (s.position, bool(s.object_key), s.attempt, s.encoded_at is not None)
            for s in Source.objects.filter(recording_id=recording_id).order_by("position")
        ],
        "audit": list(
            AuditEvent.objects.filter(target_id=str(recording_id))
            .exclude(action="recording:read_slides")  # beside the other jobs, whenever there is room
            .order_by("id")
            .values_list("action", flat=True)
        ),
    }


def files(folder: Folder, recording_id) -> list[str]:
    found = [path for path in folder.files() if not path.name.startswith("slide-")]  # tests/worker/test_slides.py
    named = [str(path) for path in found if ".unfinished" not in path.parts]
    stray = [str(path) for path in found if ".unfinished" in path.parts]
    assert stray == []
    return sorted(name.replace(str(recording_id), "R") for name in named)


def unfinished_jobs() -> list[tuple]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, status, args FROM procrastinate_jobs WHERE args ? 'source_id'")
        return cursor.fetchall()


def assert_plays(folder: Folder, recording_id) -> None:
    """What the playlists name is there, whole, and decodes."""
    stream = folder.media / "stream" / str(recording_id)
    text = (stream / "primary.m3u8").read_text()
    names = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert names == ["p480.m3u8", "p360.m3u8"]
    for name in names:
        lines = (stream / name).read_text().splitlines()
        last = [line for line in lines if line.startswith("#EXT-X-BYTERANGE:")][-1]
        length, _, offset = last.removeprefix("#EXT-X-BYTERANGE:").partition("@")
        path = stream / name.replace("m3u8", "mp4")
        assert int(length) + int(offset) == path.stat().st_size
        frames = media.decode_picture(path)
        assert frames[-1][0] == pytest.approx(1.9, abs=0.01)
    assert 'URI="a0.m3u8"' in text


FINISHED_FILES = [
    "media/originals/R/S",
    "media/stream/R/a0.m3u8",
    "media/stream/R/a0.mp4",
    "media/stream/R/p360.m3u8",
    "media/stream/R/p360.mp4",
    "media/stream/R/p480.m3u8",
    "media/stream/R/p480.mp4",
    "media/stream/R/poster.jpg",
    "media/stream/R/primary.m3u8",
    "media/stream/R/scenes.json",
    "media/stream/R/storyboard-1.jpg",
    "media/stream/R/storyboard.vtt",
    "media/stream/R/waveform.json",
]


def assert_finished(folder: Folder, recording_id, source_id) -> None:
    found = facts(recording_id)
    assert found["state"] == ("READY", "PUBLISHED", 2000, "", True, "")
    assert [name for name, *_ in found["renditions"]] == ["a0", "p360", "p480"]
    assert found["streams"] == [("AUDIO", 1), ("PRIMARY", 0)]
    assert found["sources"] == [(0, True, None, True)]
    assert found["audit"] == ["recording:prepare", "recording:ready", "recording:encode", "source:store"]
    assert [name.replace(str(source_id), "S") for name in files(folder, recording_id)] == FINISHED_FILES
    assert list(folder.work.iterdir()) == []
    assert unfinished_jobs() == []
    assert_plays(folder, recording_id)


def test_a_recording_goes_from_the_last_byte_to_its_whole_ladder(cast, folder, lecture, now):
    recording_id, source_id = receive(folder, lecture, cast=cast, now=now)
    assert work(folder) == 0
    assert_finished(folder, recording_id, source_id)
    steps = folder.steps.read_text().splitlines()
    assert steps.count(f"before make_rest {source_id}") == 1
    scenes = json.loads((folder.media / f"stream/{recording_id}/scenes.json").read_text())
    assert scenes["scenes"][0] == {"at_ms": 0, "score": 1.0}


# before and after each of: probe, make_first, make_poster, 4 puts of renditions, poster, 2 playlists (package);
# make_rest, 2 puts, storyboard and its sheet and cues, waveform, scenes, playlist (ladder); original, spool's delete;
# and after each of the four actions
STEPS = 48


@pytest.mark.parametrize("dies_at", range(1, STEPS + 1, 5))
def test_one_kill_9_ends_in_the_same_recording(cast, folder, lecture, now, dies_at):
    """Class 15 and rule 5 of the house: no step's effect twice, nothing left lying about. Each fifth step, with one death
    in a life; every step, with one death after another, is killed in test_deaths."""
    recording_id, source_id = receive(folder, lecture, cast=cast, now=now)
    code = work(folder, dies_at=dies_at)
    if code == 0:
        steps = folder.steps.read_text().splitlines()
        assert len(steps) < dies_at, f"the pipeline has only {len(steps)} steps now"
    else:
        assert code == -signal.SIGKILL
        assert work(folder) == 0
    assert_finished(folder, recording_id, source_id)


def test_there_are_not_more_steps_than_are_killed(cast, folder, lecture, now):
    receive(folder, lecture, cast=cast, now=now)
    work(folder)
    steps = folder.steps.read_text().splitlines()
    assert len(steps) <= STEPS, steps


def test_text_that_calls_itself_mp4_fails_with_a_sentence_and_is_kept(cast, folder, now, tmp_path):
    text = tmp_path / "essay.mp4"
    text.write_text("It was a dark and stormy night. " * 1000)
    recording_id, source_id = receive(folder, text, cast=cast, now=now)
    work(folder)
    found = facts(recording_id)
    assert found["state"][0] == "FAILED"
    assert "no sound or picture" in found["state"][3]
    assert found["audit"] == ["recording:fail", "source:store"]
    assert (folder.media / f"originals/{recording_id}/{source_id}").read_text() == text.read_text()
    assert not (folder.media / "stream").exists()


def test_a_second_file_becomes_the_second_picture(cast, folder, lecture, now, tmp_path):
    camera = media.lecture(tmp_path / "camera.mp4", seconds=2, size="640x360")
    recording_id, _ = receive(folder, lecture, cast=cast, now=now)
    receive(folder, camera, cast=cast, now=now, recording_id=recording_id, position=1)
    work(folder)
    found = facts(recording_id)
    assert found["state"][4] is True
    assert ("SECONDARY", 0) in found["streams"]
    assert [name for name, *_ in found["renditions"]] == ["a0", "p360", "p480", "s360"]
    secondary = (folder.media / f"stream/{recording_id}/secondary.m3u8").read_text()
    assert "s360.m3u8" in secondary
    assert "AUDIO" not in secondary
    assert_plays(folder, recording_id)


def test_a_broken_second_file_never_fails_the_recording(cast, folder, lecture, now, tmp_path):
    """R59."""
    text = tmp_path / "camera.mp4"
    text.write_text("nothing to see")
    recording_id, _ = receive(folder, lecture, cast=cast, now=now)
    receive(folder, text, cast=cast, now=now, recording_id=recording_id, position=1)
    work(folder)
    found = facts(recording_id)
    assert found["state"] == ("READY", "PUBLISHED", 2000, "", True, "")
    assert found["dropped"] == ["There is no sound or picture in this file that can be read. Is it really a recording?"]
    assert "recording:drop_source" in found["audit"]
    assert not (folder.media / f"stream/{recording_id}/secondary.m3u8").exists()


def test_what_cannot_be_copied_plays_at_480_lines_first(cast, folder, now, tmp_path):
    path = tmp_path / "phone.webm"
    media.ffmpeg(
        *media.picture("1280x720", seconds=2),
        *media.tone(),
        *("-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libopus"),
        path,
    )
    recording_id, _ = receive(folder, path, cast=cast, now=now)
    work(folder)
    found = facts(recording_id)
    assert found["state"][0] == "READY"
    assert [(name, is_copy) for name, is_copy, *_ in found["renditions"]] == [
        ("a0", False),
        ("p360", False),
        ("p480", False),
        ("p720", False),
    ]
    assert found["audit"] == ["recording:prepare", "recording:ready", "recording:encode", "source:store"]


def one_attempt(source_id, tools, attempts_before, now):
    from cathedra.domain.jobs import JobKind
    from cathedra.domain.terms import system_actor
    from cathedra.worker import loop
    from cathedra.worker.run import Run

    def make_run():
        return Run(system_actor(), now, uuid.uuid4(), tools, 10)

    arguments = {"source_id": str(source_id)}
    patience = loop.Patience(attempts=3)
    return loop.run_job(JobKind.PROBE_SOURCE, arguments, attempts_before, make_run=make_run, patience=patience)


def test_a_step_that_keeps_failing_is_given_up_with_a_sentence(cast, folder, lecture, now):
    """T17: three attempts, then FAILED; until then nothing is said."""
    from cathedra.adapters.object_store import LocalStore
    from cathedra.adapters.spool import Spool
    from cathedra.domain.terms import UnableTo
    from cathedra.worker import loop, processing

    recording_id, source_id = receive(folder, lecture, cast=cast, now=now)
    tools = dataclasses.replace(
        processing.processing_tools(),
        store=LocalStore(folder.media),
        spool=Spool(folder.incoming),
        work_dir=folder.work,
    )
    (folder.incoming / str(source_id)).rename(folder.path / "elsewhere")
    for attempts_before in (0, 1):
        with pytest.raises(UnableTo):
            one_attempt(source_id, tools, attempts_before, now)
        assert facts(recording_id)["state"][0] == "RECEIVED"
    with pytest.raises(loop.GaveUp):
        one_attempt(source_id, tools, 2, now)
    found = facts(recording_id)
    assert found["state"][0] == "FAILED"
    assert "Something went wrong" in found["state"][3]
    assert found["audit"] == ["recording:fail"]


def test_a_file_that_kills_every_worker_is_given_up_without_another_try(cast, folder, lecture, now):
    """Class 15: no crash loop."""
    from cathedra.worker import loop, processing

    recording_id, source_id = receive(folder, lecture, cast=cast, now=now)
    with pytest.raises(loop.GaveUp, match="died every time"):
        one_attempt(source_id, processing.processing_tools(), 13, now)
    assert facts(recording_id)["state"][0] == "FAILED"


def test_patience_grows_and_ends():
    from cathedra.worker import loop

    class Job:
        attempts = 0

    patience, job = loop.Patience(attempts=3), Job()
    waits = []
    for job.attempts in range(4):
        decision = patience.get_retry_decision(exception=OSError(), job=job)
        waits.append(decision and round((decision.retry_at - datetime.now(UTC)).total_seconds()))
    assert waits == [5, 20, None, None]
    assert patience.get_retry_decision(exception=loop.GaveUp(), job=Job()) is None
    stopped = patience.get_retry_decision(exception=asyncio.CancelledError(), job=job)
    assert stopped.retry_at <= datetime.now(UTC)


def test_a_worker_that_is_told_to_stop_stops_at_once_and_loses_nothing(cast, folder, now, tmp_path):
    """SIGTERM in the middle of an encode, which would take some minutes."""
    from django.db import connection

    file = media.lecture(tmp_path / "heat.mp4", seconds=3, size="1280x720", rate=15)
    recording_id, source_id = receive(folder, file, cast=cast, now=now)
    settings = connection.settings_dict
    environment = {
        **os.environ,
        "DATABASE_URL": f"postgresql://{settings['USER']}@/{settings['NAME']}?host={settings['HOST']}",
        "CATHEDRA_DATA_DIR": str(folder.path),
        "CATHEDRA_ENCODING_FFMPEG": str(media.unhurried(tmp_path / "ffmpeg", rate=0.01, only="p480")),
    }
    worker = subprocess.Popen([sys.executable, "-m", "cathedra.worker"], env=environment, stderr=subprocess.DEVNULL)
    try:
        wait_for(lambda: list(folder.work.glob(f"{source_id}.*/p480.mp4")) if folder.work.exists() else [])
        programs = children(worker.pid)
        assert programs
        worker.terminate()
        assert worker.wait(timeout=120) == 0
    finally:
        worker.kill()
        worker.wait()
    wait_for(lambda: not any(Path(f"/proc/{pid}/cmdline").exists() for pid in programs))
    assert [(name, status) for name, status, _ in unfinished_jobs() if name == "ENCODE_LADDER"] == [
        ("ENCODE_LADDER", "todo")
    ]
    assert facts(recording_id)["state"][0] == "READY"
    assert work(folder) == 0
    found = facts(recording_id)
    assert found["state"][4] is True
    assert found["audit"].count("recording:encode") == 1
    assert list(folder.work.iterdir()) == []


def children(pid: int) -> list[int]:
    found = [
        int(one) for task in Path(f"/proc/{pid}/task").iterdir() for one in (task / "children").read_text().split()
    ]
    return found + [grandchild for child in found for grandchild in children(child)]


def wait_for(condition, seconds: float = 120):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("waited in vain")

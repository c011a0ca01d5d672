"""Each handler parses its arguments and calls its one action, with real tools."""

import uuid

import pytest

from cathedra import config
from cathedra.actions.encoding import Tools
from cathedra.actions.slides._read import Outcome
from cathedra.adapters.ffmpeg import find_program
from cathedra.adapters.spool import Spool
from cathedra.db.models import Rendition, Stream
from cathedra.db.reads import slides as reads
from cathedra.domain.library import AnalysisState
from cathedra.domain.terms import system_actor
from cathedra.worker import slides
from cathedra.worker.run import Run
from tests.fakes.object_store import MemoryStore
from tests.lectures import lecture
from tests.media import slideshow

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def run(tmp_path, now):
    tools = Tools(MemoryStore(), Spool(tmp_path / "in"), None, None, None, tmp_path / "work", 24)
    return Run(system_actor(), now, uuid.uuid4(), tools, 10, why="tried often enough")


@pytest.fixture
def wordless(monkeypatch):
    """Words are not read: that is tests/adapters/test_ocr.py's."""
    monkeypatch.setenv("CATHEDRA_ENCODING_SLIDE_WORDS", "false")
    config.get.cache_clear()
    yield
    config.get.cache_clear()


def test_a_recording_that_is_gone_is_no_work_and_wrong_arguments_are_loud(run):
    gone = {"recording_id": str(uuid.uuid4()), "new_argument": 1}
    assert slides.read_slides(run, gone) is Outcome.NOTHING_TO_DO
    assert slides.abandon_slides(run, gone) is False
    for given in ({}, {"recording_id": "not an id"}):
        with pytest.raises((KeyError, ValueError)):
            slides.read_slides(run, given)


def test_a_real_lecture_gets_its_slides_and_their_pictures(run, cast, now, tmp_path, wordless):
    made = lecture(cast.chemistry, cast.alice, now=now)
    stream = Stream.objects.get(recording_id=made)
    length = slideshow.SECONDS * 1000
    Stream.objects.filter(id=stream.id).update(is_screen=True, width=640, height=360, duration_ms=length)
    Rendition.objects.create(
        recording_id=made, stream=stream, kind="VIDEO", name="v360", width=640, height=360, codecs="avc1",
        peak_bps=1, average_bps=1, size_bytes=1, duration_ms=length, created_at=now,
    )  # fmt: skip
    path = slideshow.make(find_program(""), tmp_path / "lecture.mp4")
    run.tools.store.put_file(f"stream/{made}/v360.mp4", path)
    assert slides.read_slides(run, {"recording_id": str(made)}) is Outcome.DONE
    rows = reads.list_slides(made)
    assert len(rows) == len(slideshow.TRUTH)
    for row, shown in zip(rows, slideshow.TRUTH, strict=True):
        assert abs(row.start_ms / 1000 - shown.start) <= 1  # E7
        assert run.tools.store.objects[f"stream/{made}/{row.image}"].startswith(b"\xff\xd8")
    progress = reads.progress(made)
    assert (progress.state, progress.engine) == (AnalysisState.DONE, "")
    assert "or it is switched off" in progress.problem

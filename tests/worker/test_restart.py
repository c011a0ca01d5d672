"""The whole tree ends in the middle of an encode, by the cord and by the book, and nobody can tell afterwards."""

import os
import signal
import time
from pathlib import Path

import pytest

from tests import media
from tests.conftest import make_cast
from tests.edge.upload.tus import Tus

pytestmark = pytest.mark.slow
SECONDS = 150  # so long that an idle machine does not end the encode while the tree starts or takes its leave
STREAMS_OWN = {"poster.jpg", "primary.m3u8", "scenes.json", "storyboard-1.jpg", "storyboard.vtt", "waveform.json"}


@pytest.fixture
def tree(start_cathedra, now):
    tree = start_cathedra(CATHEDRA_WORKER_STALLED_SECONDS="2", CATHEDRA_ENCODING_FFMPEG="")  # Debian's, if there is one
    with tree.database():
        tree.cast = make_cast(now)
    return tree


def upload(tree, path: Path) -> tuple[str, str]:
    """Over tus, in one piece; the ids of the recording and its source."""
    from cathedra.db.models import Source

    with Tus(tree, tree.cast.alice) as tus:
        content = path.read_bytes()
        url = tus.open(content)
        assert tus.patch(url, content).status_code == 204
    source_id = url.rsplit("/", 1)[1]
    with tree.database():
        return str(Source.objects.get(id=source_id).recording_id), source_id


def wait_for(condition, tree, seconds: float = 120):
    until = time.monotonic() + seconds
    while not (answer := condition()):
        assert time.monotonic() < until, tree.log()[-4000:]
        time.sleep(0.02)
    return answer


def encoding_folder(tree, source_id: str, *earlier: Path) -> Path:
    """The work folder of a new attempt whose ffmpeg has begun to write a lower rendition; those of the dead may lie there."""

    def begun():
        found = [path for path in tree.config.work_dir.glob(f"{source_id}.*/p360.mp4") if path.parent not in earlier]
        return [path for path in found if path.exists() and path.stat().st_size]

    return wait_for(begun, tree)[0].parent


def assert_in_the_encode(tree, recording_id: str) -> None:
    """It plays already, and the job is not done."""
    from cathedra.db.models import Recording

    with tree.database():
        row = Recording.objects.get(id=recording_id)
        assert (row.media_state, row.is_ladder_complete) == ("READY", False)


def is_complete(tree, recording_id: str) -> bool:
    from cathedra.db.models import Recording, Source

    with tree.database():
        is_kept = not Source.objects.filter(recording_id=recording_id, object_key="").exists()
        return is_kept and Recording.objects.get(id=recording_id).is_ladder_complete


def assert_finished(tree, recording_id: str, source_id: str, original: bytes) -> None:
    from cathedra.db.models import AuditEvent, Recording, Rendition, Source

    with tree.database():
        row = Recording.objects.get(id=recording_id)
        assert (row.media_state, row.publication, row.stage, row.failure) == ("READY", "PUBLISHED", "", "")
        names = set(Rendition.objects.filter(recording_id=recording_id).values_list("name", flat=True))
        key = Source.objects.get(id=source_id).object_key
        told = AuditEvent.objects.filter(target_id=recording_id).exclude(action="recording:read_slides")
        told = told.order_by("id").values_list("action", flat=True)
        assert list(told) == [
            "recording:create",
            "recording:declare",
            "recording:receive",
            "recording:prepare",
            "recording:ready",
            "recording:encode",
            "source:store",
        ]
    assert names == {"a0", "p360", "p480"}
    stream = f"stream/{recording_id}"
    named = {key} | {f"{stream}/{name}" for name in STREAMS_OWN}
    named |= {f"{stream}/{name}.{kind}" for name in names for kind in ("m3u8", "mp4")}
    found = {str(path.relative_to(tree.media_dir)) for path in tree.media_dir.rglob("*") if path.is_file()}
    assert {name for name in found if "/slide-" not in name} == named  # those: tests/worker/test_slides.py
    assert (tree.media_dir / key).read_bytes() == original
    for empty in (tree.config.work_dir, tree.config.incoming_dir):
        assert [path for path in empty.rglob("*") if path.is_file()] == []
    assert list(tree.config.work_dir.iterdir()) == []


def assert_ladder_plays(tree, recording_id: str, seconds: float) -> None:
    """What the playlist names is there in its whole length."""
    stream = tree.media_dir / "stream" / recording_id
    lines = (stream / "primary.m3u8").read_text().splitlines()
    assert [line for line in lines if line and not line.startswith("#")] == ["p480.m3u8", "p360.m3u8"]
    for name in ("p480", "p360"):
        told = (stream / f"{name}.m3u8").read_text().splitlines()
        lengths = [float(line.removeprefix("#EXTINF:").split(",")[0]) for line in told if line.startswith("#EXTINF:")]
        assert sum(lengths) == pytest.approx(seconds, rel=0.01)
        assert told[-1] == "#EXT-X-ENDLIST"


def test_a_restart_of_everything_in_the_middle_of_an_encode_leaves_no_trace(tree, tmp_path):
    """Class 15 for the whole tree: kill -9 of the worker and of its supervisor, then a SIGTERM, in one life."""
    short, long = media.lecture(tmp_path / "short.mp4", seconds=3, size="854x480"), tmp_path / "long.mp4"
    media.ffmpeg("-stream_loop", str(SECONDS // 3 - 1), "-i", short, "-c", "copy", long)
    recording_id, source_id = upload(tree, long)

    first = encoding_folder(tree, source_id)
    os.kill(int((tree.data_dir / "run/children/worker").read_text().split()[0]), signal.SIGKILL)
    tree.kill()
    wait_for(lambda: not tree.processes(), tree, 20)  # nothing outlives its supervisor
    tree.start_again()
    assert_in_the_encode(tree, recording_id)

    second = encoding_folder(tree, source_id, first)
    assert tree.stop() == 0
    assert tree.processes() == []
    tree.start_again()
    assert_in_the_encode(tree, recording_id)

    encoding_folder(tree, source_id, first, second)
    wait_for(lambda: is_complete(tree, recording_id), tree)
    wait_for(lambda: list(tree.config.work_dir.iterdir()) == [], tree, 5)
    assert_finished(tree, recording_id, source_id, long.read_bytes())
    assert_ladder_plays(tree, recording_id, SECONDS)

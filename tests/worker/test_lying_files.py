"""Files that are not what they say, or not whole, through every job: each plays, or fails with its sentence (R59)."""

import dataclasses
import struct
import uuid
from pathlib import Path

import pytest

from tests import media
from tests.worker.pipeline import Folder, receive

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
HOUR_MS = 3_600_000


def work_here(folder: Folder, source_id, now) -> list[str]:
    """Do the jobs of a source in this process, in the order in which they were asked for; their names."""
    from django.db import connection

    from cathedra.adapters.object_store import LocalStore
    from cathedra.adapters.spool import Spool
    from cathedra.domain.jobs import JobKind
    from cathedra.domain.terms import system_actor
    from cathedra.worker import loop, processing
    from cathedra.worker.run import Run

    tools = dataclasses.replace(
        processing.processing_tools(),
        store=LocalStore(folder.media),
        spool=Spool(folder.incoming),
        work_dir=folder.work,
    )
    done: list[str] = []
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT task_name, args FROM procrastinate_jobs WHERE args ->> 'source_id' = %s ORDER BY id OFFSET %s",
                [str(source_id), len(done)],
            )
            asked = cursor.fetchone()
        if asked is None:
            return done
        loop.run_job(
            JobKind(asked[0]),
            {"source_id": str(source_id)},
            0,
            make_run=lambda: Run(system_actor(), now, uuid.uuid4(), tools, 10),
            patience=loop.Patience(attempts=3),
        )
        done.append(asked[0])


@dataclasses.dataclass(frozen=True)
class Came:
    """What came of a file."""

    recording: object
    stream: Path
    renditions: list[str]

    @property
    def seconds(self) -> float:
        """Of the first picture rendition: when its last frame is shown."""
        name = next(name for name in self.renditions if name.startswith("p"))
        return media.decode_picture(self.stream / f"{name}.mp4")[-1][0]

    @property
    def dropped(self) -> list[str]:
        return [one["sentence"].format(**one.get("values", {})) for one in self.recording.dropped]


@pytest.fixture
def come(cast, tmp_path, now):
    """Receive a file and do everything with it; whatever came of it, the original is kept to the byte."""
    from cathedra.db.models import Recording, Rendition

    def through(path: Path) -> Came:
        folder = Folder(tmp_path / "house")
        recording_id, source_id = receive(folder, path, cast=cast, now=now)
        assert work_here(folder, source_id, now)[-1] == "STORE_ORIGINAL"
        assert (folder.media / f"originals/{recording_id}/{source_id}").read_bytes() == path.read_bytes()
        assert not (folder.incoming / str(source_id)).exists()
        names = Rendition.objects.filter(recording_id=recording_id)
        stream = folder.media / "stream" / str(recording_id)
        return Came(Recording.objects.get(id=recording_id), stream, list(names.values_list("name", flat=True)))

    return through


def box_at(data: bytes, name: bytes) -> int:
    """Where the content of a box of an MP4 begins."""
    assert data.count(name) == 1
    return data.index(name) + 4


def with_number(data: bytes, at: int, number: int) -> bytes:
    return data[:at] + struct.pack(">I", number) + data[at + 4 :]


def test_matroska_that_is_called_mp4_plays(come, tmp_path):
    inner = tmp_path / "x.mkv"
    media.ffmpeg(*media.picture("640x480"), *media.tone(), *media.X264, *media.AAC, inner)
    came = come(inner.rename(tmp_path / "lecture.mp4"))
    assert (came.recording.media_state, came.recording.failure) == ("READY", "")
    assert sorted(came.renditions) == ["a0", "p360", "p480"]
    assert came.seconds == pytest.approx(2, abs=0.1)


def test_a_wav_that_is_called_mp4_is_heard(come, tmp_path):
    inner = tmp_path / "x.wav"
    media.ffmpeg(*media.tone(seconds=3), inner)
    came = come(inner.rename(tmp_path / "lecture.mp4"))
    assert (came.recording.media_state, came.recording.failure) == ("READY", "")
    assert came.renditions == ["a0"]
    _, loudness = media.decode_sound(came.stream / "a0.mp4")
    assert len(loudness) / 100 == pytest.approx(3, abs=0.12)
    assert max(loudness[100:200]) > 0.05


def test_an_mp4_that_says_it_lasts_an_hour_lasts_what_is_in_it(come, tmp_path):
    """The durations of the film, of its tracks and of their media are all a lie."""
    path = media.lecture(tmp_path / "lecture.mp4")
    data = path.read_bytes()
    data = with_number(data, box_at(data, b"mvhd") + 16, HOUR_MS)
    for name, per_second, skipped in ((b"tkhd", 1000, 20), (b"mdhd", 0, 16)):
        at = -1
        while (at := data.find(name, at + 1)) >= 0:
            unit = per_second or struct.unpack_from(">I", data, at + 4 + 12)[0]
            data = with_number(data, at + 4 + skipped, unit * 3600)
    path.write_bytes(data)
    came = come(path)
    assert came.recording.media_state == "READY"
    assert came.recording.duration_ms == pytest.approx(2000, abs=50)
    assert came.seconds == pytest.approx(2, abs=0.1)


@pytest.mark.parametrize("size", [16, 2**31])
def test_an_mp4_whose_media_box_lies_about_its_size_plays_all_the_same(come, tmp_path, size):
    path = media.lecture(tmp_path / "lecture.mp4")
    again = tmp_path / "index-first.mp4"
    media.ffmpeg("-i", path, "-c", "copy", "-movflags", "+faststart", again)
    data = again.read_bytes()
    again.write_bytes(with_number(data, box_at(data, b"mdat") - 8, size))
    came = come(again)
    assert came.recording.media_state == "READY"
    assert came.seconds == pytest.approx(2, abs=0.1)


def test_an_mp4_whose_index_lies_about_its_size_fails_with_the_sentence(come, tmp_path):
    path = media.lecture(tmp_path / "lecture.mp4")
    data = path.read_bytes()
    path.write_bytes(with_number(data, box_at(data, b"moov") - 8, 64))
    came = come(path)
    assert came.recording.media_state == "FAILED"
    assert came.recording.failure.startswith("There is no sound or picture in this file that can be read.")
    assert not came.stream.exists()


def test_an_mp4_without_its_index_fails_with_the_sentence_that_says_what_to_do(come, tmp_path):
    """Cut off while it was written: the index comes last."""
    path = media.lecture(tmp_path / "lecture.mp4")
    data = path.read_bytes()
    assert data.index(b"mdat") < data.index(b"moov")
    path.write_bytes(data[: data.index(b"moov") - 100])
    came = come(path)
    assert came.recording.media_state == "FAILED"
    assert came.recording.failure.startswith("The file ends before its index, so nothing in it can be found.")
    assert "upload that" in came.recording.failure
    assert (came.renditions, came.stream.exists()) == ([], False)


def test_an_mp4_cut_behind_its_index_plays_as_far_as_it_goes_and_says_so(come, tmp_path):
    whole, path = media.lecture(tmp_path / "whole.mp4", seconds=8), tmp_path / "lecture.mp4"
    media.ffmpeg("-i", whole, "-c", "copy", "-movflags", "+faststart", path)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 6 // 10])
    came = come(path)
    assert (came.recording.media_state, came.recording.failure) == ("READY", "")
    assert 3 < came.seconds < 6
    assert came.recording.duration_ms / 1000 == pytest.approx(came.seconds, abs=0.5)
    assert len(came.dropped) == 1
    assert came.dropped[0].startswith("The file says that it lasts 0:08, but what is in it lasts 0:0")

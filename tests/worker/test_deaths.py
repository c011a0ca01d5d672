"""Every shape of recording, through workers that are killed at every step, ends as if nobody had died."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cathedra.adapters.object_store import LocalStore
from tests import media
from tests.worker.pipeline import Folder, receive, work, work_dying_everywhere
from tests.worker.test_loop import facts, files, unfinished_jobs

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def webm(path: Path) -> None:
    """Nothing of it can be copied; two renditions are made."""
    codecs = ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libopus")
    media.ffmpeg(*media.picture("640x480", rate=10), *media.tone(), *codecs, path)


def sound(path: Path) -> None:
    media.ffmpeg(*media.tone(), "-c:a", "libmp3lame", path)


def text(path: Path) -> None:
    path.write_text("It was a dark and stormy night. " * 100)


@dataclass(frozen=True)
class Shape:
    """What comes in, and what must come of it. `second` arrives when the first is finished."""

    name: str
    make: Callable[[Path], object]
    state: tuple[str, str]
    renditions: list[str]
    audit: list[str]
    has_second: bool = False
    comes_first: bool = False  # with the second, and before anything is done
    is_killed_inside: tuple[str, ...] = ()


PREPARED = ["recording:prepare", "recording:ready", "recording:encode", "source:store"]
SHAPES = [
    Shape("lecture.mp4", media.lecture, ("READY", "PUBLISHED"), ["a0", "p180"], PREPARED),
    Shape(
        "lecture.webm",
        webm,
        ("READY", "PUBLISHED"),
        ["a0", "p360", "p480"],
        PREPARED,
        is_killed_inside=("make_first", "make_rest"),
    ),
    Shape(
        "camera.mp4",
        media.lecture,
        ("READY", "PUBLISHED"),
        ["a0", "p180", "s180"],
        [*PREPARED, "recording:prepare", "recording:add_stream", "recording:encode", "source:store"],
        has_second=True,
        is_killed_inside=("make_first",),
    ),
    Shape("talk.mp3", sound, ("READY", "PUBLISHED"), ["a0"], PREPARED, is_killed_inside=("make_first",)),
    Shape("essay.mp4", text, ("FAILED", "DRAFT"), [], ["recording:fail", "source:store"]),
    Shape(
        "essay-beside.mp4",
        text,
        ("READY", "PUBLISHED"),
        ["a0", "p180"],
        [*PREPARED, "recording:drop_source", "source:store"],
        has_second=True,
    ),
    Shape(
        "essay-first.mp4",
        text,
        ("READY", "PUBLISHED"),
        ["a0", "p180"],
        sorted(["recording:drop_source", *PREPARED, "source:store"]),  # two files, each at its own pace
        has_second=True,
        comes_first=True,
    ),
]


@pytest.fixture(scope="module")
def slides(tmp_path_factory) -> Path:
    return media.lecture(tmp_path_factory.mktemp("in") / "slides.mp4")


def bring(shape: Shape, folder: Folder, file: Path, slides: Path, *, cast, now):
    """Everything before the deaths; the ids by which the ends may differ."""
    if not shape.has_second:
        recording_id, source_id = receive(folder, file, cast=cast, now=now)
        return recording_id, {str(source_id): "S0"}
    if shape.comes_first:
        recording_id, source_id = receive(folder, file, cast=cast, now=now)
        _, second_id = receive(folder, slides, cast=cast, now=now, recording_id=recording_id, position=1)
        return recording_id, {str(source_id): "S0", str(second_id): "S1"}
    recording_id, first_id = receive(folder, slides, cast=cast, now=now)
    assert work(folder) == 0
    _, source_id = receive(folder, file, cast=cast, now=now, recording_id=recording_id, position=1)
    return recording_id, {str(first_id): "S0", str(source_id): "S1"}


def ending(shape: Shape, folder: Folder, recording_id, sources: dict[str, str]) -> tuple[dict, list[str]]:
    """What is there at the end, by names that do not change from one recording to the next."""
    found = files(folder, recording_id)
    for source_id, name in sources.items():
        found = [one.replace(source_id, name) for one in found]
    end = facts(recording_id)
    return {**end, "audit": sorted(end["audit"])} if shape.comes_first else end, sorted(found)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_every_shape_ends_the_same_whatever_dies(cast, tmp_path, slides, now, shape):
    """Class 15: also inside the encodes, also when one death follows another."""
    file = tmp_path / shape.name
    shape.make(file)
    calm, mortal = Folder(tmp_path / "calm"), Folder(tmp_path / "mortal")
    calm.path.mkdir()
    recording_id, sources = bring(shape, calm, file, slides, cast=cast, now=now)
    assert work(calm) == 0
    expected = ending(shape, calm, recording_id, sources)
    assert expected[0]["state"][:2] == shape.state
    assert [name for name, *_ in expected[0]["renditions"]] == shape.renditions
    assert expected[0]["audit"] == shape.audit

    mortal.path.mkdir()
    recording_id, sources = bring(shape, mortal, file, slides, cast=cast, now=now)
    deaths = work_dying_everywhere(mortal)
    if shape.comes_first:  # two files at a time: one job's death may find another in the middle of a put, which the
        LocalStore(mortal.media).remove_unfinished(before=datetime.now(UTC) + timedelta(minutes=1))  # sweep takes away
    assert ending(shape, mortal, recording_id, sources) == expected
    where = [death for death in deaths if not death.startswith("during")]
    assert len(where) == len(set(calm.steps.read_text().splitlines()))
    for step in (
        *(f"during {encode}" for encode in shape.is_killed_inside),
        "after PROBE_SOURCE",
        "after STORE_ORIGINAL",
    ):
        assert any(death.startswith(step) for death in deaths), deaths
    assert not mortal.work.exists() or list(mortal.work.iterdir()) == []
    assert unfinished_jobs() == []
    assert programs_in(mortal) == []


def programs_in(folder: Folder) -> list[str]:
    """What still runs on files of the folder."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = entry.read_bytes()
        except OSError:
            continue
        if str(folder.path).encode() in words:
            found.append(words.decode(errors="replace"))
    return found

"""One suite for the scripted renderer that the tests of actions use and for ffmpeg: what both of them promise."""

import dataclasses
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from cathedra.actions.encoding import Renderer
from cathedra.adapters import fragments
from cathedra.adapters.ffmpeg import PACKET, Ffmpeg, Heard, Output, RunFailed, Scene, Source, Waveform
from cathedra.domain.encoding import Plan, VideoPlan
from cathedra.domain.terms import UnableTo
from tests import media
from tests.domain.test_encoding import picture, planned, probe, sound
from tests.fakes.encoder import ScriptedRenderer
from tests.media import renditions
from tests.promises import differences, files_below, methods

SECONDS = 2
SIZE = (320, 180)
KINDS = ("copied", "made", "picture", "sound")
LOWER = (VideoPlan("p120", 212, 120, is_copy=False, crf=30), VideoPlan("p90", 160, 90, is_copy=False, crf=30))


@dataclass(frozen=True)
class Bench:
    """A renderer, files of two seconds with their plans, and how to have each method fail."""

    renderer: Renderer
    clips: dict[str, tuple[Source, Plan]]
    break_down: Callable[[str], None]
    nonsense: Path


def _scripted(folder: Path) -> Bench:
    sizes = {"width": SIZE[0], "height": SIZE[1], "duration_ms": SECONDS * 1000, "frames": 60, "key_frames": 2}
    seen, heard = picture(**sizes, longest_key_gap_ms=1000), sound(start_us=0, duration_ms=SECONDS * 1000)
    found = {
        "copied": ([seen], [heard]),
        "made": ([dataclasses.replace(seen, codec="hevc")], [dataclasses.replace(heard, codec="opus")]),
        "picture": ([seen], []),
        "sound": ([], [heard]),
    }
    clips = {}
    for kind, (pictures, sounds) in found.items():
        path = folder / f"{kind}.mp4"
        path.write_bytes(b"as it came")
        clips[kind] = (Source(path, "mov"), planned(probe(pictures, sounds, duration_ms=SECONDS * 1000)))
    renderer = ScriptedRenderer()
    return Bench(renderer, clips, renderer.failing.add, _nonsense(folder))


def _real(folder: Path) -> Bench:
    whole = media.lecture(folder / "copied.mp4", seconds=SECONDS)
    media.ffmpeg("-i", whole, "-c:v", "mpeg4", "-c:a", "libmp3lame", folder / "made.mp4")
    media.ffmpeg("-i", whole, "-an", "-c", "copy", folder / "picture.mp4")
    media.ffmpeg("-i", whole, "-vn", "-c", "copy", folder / "sound.mp4")
    clips = {}
    for kind in KINDS:
        decided, source = renditions.plan(folder / f"{kind}.mp4")
        clips[kind] = (source, decided)
    return Bench(renditions.RENDERER, clips, lambda _method: None, _nonsense(folder))


def _nonsense(folder: Path) -> Path:
    path = folder / "nonsense"
    path.write_bytes(b"This is no file of sound or picture. " * 50)
    return path


@pytest.fixture(scope="module")
def ffmpegs_bench(tmp_path_factory):
    return _real(tmp_path_factory.mktemp("clips"))


@pytest.fixture(params=["scripted", pytest.param("ffmpeg", marks=pytest.mark.slow)])
def bench(request, tmp_path, monkeypatch):
    """In a folder of its own, into which falls what is written without saying where."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    (tmp_path / "clips").mkdir()
    return request.getfixturevalue("ffmpegs_bench") if request.param == "ffmpeg" else _scripted(tmp_path / "clips")


@pytest.fixture
def work(tmp_path):
    (tmp_path / "work").mkdir()
    return tmp_path / "work"


def first(bench: Bench, kind: str, work: Path, **options) -> list[Output]:
    source, plan = bench.clips[kind]
    return bench.renderer.make_first(source, plan, work, is_screen=False, **options)


def rest(bench: Bench, kind: str, work: Path, videos=LOWER, **options):
    source, plan = bench.clips[kind]
    return bench.renderer.make_rest(source, plan, videos, work, is_screen=False, **options)


def has_promised_shape(output: Output, name: str, size: tuple[int, int], folder: Path) -> None:
    """A file of one track where it was asked for; what is told of it is what is in it."""
    assert (output.name, output.path) == (name, folder / f"{name}.mp4")
    assert output.file == fragments.read(output.path), "it is told as it is"
    header = output.file.header
    assert (header.width, header.height) == size
    assert re.fullmatch(r"avc1\.[0-9a-f]{6}" if size[0] else r"mp4a\.40\.\d+", header.codecs), header.codecs
    assert header.units_per_second > 0
    at, clock = output.file.header_bytes, 0.0
    for one in output.file.fragments:
        assert (one.offset, one.samples > 0, one.lasts > 0) == (at, True, True)
        assert one.begins == pytest.approx(clock, abs=0.05)
        at, clock = one.offset + one.length, one.begins + one.lasts
    assert at == output.path.stat().st_size
    assert output.file.fragments[0].is_key
    assert output.file.ends == pytest.approx(SECONDS, abs=0.1)
    assert fragments.read_samples(output.path)[1]


def is_promised_progress(told: list[tuple[float, float]], *, is_copy: bool = False) -> None:
    """Of a copy ffmpeg itself does not say how far it is."""
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert all(0 <= share <= 1 and left >= 0 for share, left in told), told
    assert is_copy or shares[-1] > 0.9, "the end is told"


def test_both_are_called_as_the_actions_call_them():
    assert differences(Renderer, ScriptedRenderer, Ffmpeg) == []
    assert len(methods(Renderer)) == 8


@pytest.mark.parametrize("kind", KINDS)
def test_first_come_the_picture_as_large_as_planned_and_then_every_sound(bench, kind, work):
    _, plan = bench.clips[kind]
    assert plan.is_copy is (kind != "made")
    told = []
    made = first(bench, kind, work, on_progress=lambda share, seconds_left: told.append((share, seconds_left)))
    wanted = [(plan.first.name, SIZE)] if plan.first else []
    wanted += [(each.name, (0, 0)) for each in plan.sounds]
    assert [one.name for one in made] == [name for name, _ in wanted]
    for output, (name, size) in zip(made, wanted, strict=True):
        has_promised_shape(output, name, size, work)
    is_promised_progress(told, is_copy=plan.is_copy)


@pytest.mark.parametrize("kind", KINDS)
def test_the_rest_is_what_was_asked_for_with_scenes_of_a_picture_and_loudness_of_a_sound(bench, kind, work):
    told, videos = [], LOWER if kind != "sound" else ()
    made, scenes, waveform = rest(
        bench, kind, work, videos, on_progress=lambda share, seconds_left: told.append((share, seconds_left))
    )
    assert [one.name for one in made] == [video.name for video in videos]
    for output, video in zip(made, videos, strict=True):
        has_promised_shape(output, video.name, (video.width, video.height), work)
    assert isinstance(scenes, list)
    if kind == "sound":
        assert scenes == []
    else:
        assert scenes[0] == Scene(0, 1.0)
        assert [one.at_ms for one in scenes] == sorted(one.at_ms for one in scenes)
        assert all(0 <= one.score <= 1 for one in scenes)
    if kind == "picture":
        assert waveform is None
    else:
        assert isinstance(waveform, Waveform)
        assert isinstance(waveform.peaks, tuple)
        assert isinstance(waveform.silences, tuple)
        assert len(waveform.peaks) == pytest.approx(SECONDS * 10, abs=1)
        assert all(isinstance(peak, int) and 0 <= peak <= 127 for peak in waveform.peaks)
        assert waveform.silences == (), "a tone from beginning to end"
    is_promised_progress(told)


def test_without_a_rendition_to_make_scenes_and_loudness_are_told_all_the_same(bench, work):
    made, scenes, waveform = rest(bench, "copied", work, ())
    assert (made, scenes[0].at_ms, bool(waveform.peaks)) == ([], 0, True)


@pytest.mark.parametrize("make", [first, rest])
def test_nothing_has_to_listen_to_the_progress_and_whoever_does_can_stop_it(bench, make, work):
    class Lost(Exception):
        pass

    def stop(share, seconds_left):
        raise Lost

    assert make(bench, "made", work)
    with pytest.raises(Lost):
        make(bench, "made", work, on_progress=stop)


@pytest.mark.parametrize("make", [first, rest])
def test_a_run_that_fails_is_a_runfailed_and_a_file_that_is_gone_is_told_as_such(bench, make, work):
    source, plan = bench.clips["made"]
    gone = {**bench.clips, "made": (Source(work / "gone.mp4", source.demuxer), plan)}
    with pytest.raises(FileNotFoundError):
        make(dataclasses.replace(bench, clips=gone), "made", work)
    bench.break_down(f"make_{make.__name__}")
    broken = {**bench.clips, "made": (Source(bench.nonsense, source.demuxer), plan)}
    with pytest.raises(RunFailed) as failed:
        make(dataclasses.replace(bench, clips=broken), "made", work)
    assert isinstance(failed.value, UnableTo)
    assert str(failed.value)


def everything(bench: Bench, work: Path, edges: Path) -> list[object]:
    """Every method once, in the order of a life. Segments around a cut lie in a folder of ours as well."""
    made = {one.name: one for one in first(bench, "copied", work)}
    _, plan = bench.clips["copied"]
    picture, sound = made[plan.first.name], made[plan.sounds[0].name]
    lower, scenes, waveform = rest(bench, "copied", work)
    poster = bench.renderer.make_poster(picture.path, work, at_seconds=1.0, size=(160, 90))
    tiling = {"every": 1, "size": (80, 44), "columns": 2, "rows": 2}
    sheets = bench.renderer.make_storyboard(picture.path, work, **tiling)
    painted = bench.renderer.paint_over(sheets[0], [(0, 0, 80, 44)], work)
    around = []
    for one in (picture, sound):
        path = edges / f"{one.name}.around.mp4"
        path.write_bytes(one.path.read_bytes())
        around.append(path)
    units = picture.file.header.units_per_second
    seen = bench.renderer.make_picture_edge(
        around[0], picture.file.header.codecs, begins=units // 2, ends=units, units=units, folder=work, name="cut-p"
    )
    packets = {"before": 0, "lasts": 4 * PACKET, "folder": work, "name": "cut-a"}
    heard = bench.renderer.make_sound_edge([(around[1], PACKET, 6 * PACKET)], [Heard(4, 0)], **packets)
    joined = bench.renderer.join([[(picture.path, 2.0)], [(sound.path, 2.0)]], work)
    names = [one.path.name for one in (*made.values(), *lower, seen, heard)]
    stills = [path.name for path in (poster, *sheets, painted, joined)]
    return [names, stills, scenes, waveform, seen.pieces, heard.pieces]


def test_every_method_may_be_repeated_and_writes_into_the_folder_asked_for_and_nowhere_else(bench, tmp_path, work):
    edges = tmp_path / "edges"
    edges.mkdir()
    before = files_below(tmp_path, but=[work, edges])
    once = everything(bench, work, edges)
    there = {path.name for path in work.iterdir()}
    again = everything(bench, work, edges)
    assert once[:4] == again[:4]
    assert [len(pieces) for pieces in once[4:]] == [len(pieces) for pieces in again[4:]]
    assert {path.name for path in work.iterdir()} == there, "nothing is left of the first time"
    assert {*once[0], *once[1]} <= there
    assert all(path.is_file() and path.stat().st_size for path in work.iterdir())
    assert files_below(tmp_path, but=[work, edges]) == before
    assert sorted(path.name for path in edges.iterdir()) == ["a0.around.mp4", "p180.around.mp4"]
    assert all(source.path.parent != work for source, _ in bench.clips.values())


def test_stills_of_a_rendition_are_files_and_where_there_is_none_there_is_no_still(bench, work):
    made = first(bench, "copied", work)[0]
    assert bench.renderer.make_poster(made.path, work, at_seconds=0.5, size=(160, 90), is_exact=True) == (
        work / "poster.jpg"
    )
    (work / "poster.jpg").unlink()
    assert bench.renderer.make_poster(made.path, work, at_seconds=SECONDS + 1, size=(160, 90), is_exact=True) is None
    (work / "made").mkdir()
    (only_one_key,) = first(bench, "made", work / "made")[:1]
    assert sum(one.is_key for one in only_one_key.file.fragments) == 1
    assert bench.renderer.make_poster(only_one_key.path, work, at_seconds=0.2, size=(160, 90)) is None
    assert bench.renderer.make_poster(only_one_key.path, work, at_seconds=0.2, size=(160, 90), is_exact=True)
    (work / "poster.jpg").unlink()
    assert bench.renderer.make_poster(work / "gone.mp4", work, at_seconds=0, size=(160, 90)) is None
    one_a_sheet = {"every": 1, "size": (80, 44), "columns": 1, "rows": 1}
    assert bench.renderer.make_storyboard(work / "gone.mp4", work, **one_a_sheet) == []
    sheets = bench.renderer.make_storyboard(made.path, work, **one_a_sheet)
    keys = sum(one.is_key for one in made.file.fragments)
    assert [sheet.name for sheet in sheets] == [f"storyboard-{number}.jpg" for number in range(1, keys + 1)]
    assert bench.renderer.make_storyboard(made.path, work, **{**one_a_sheet, "columns": 5})[:1] == sheets[:1]


def test_a_still_that_cannot_be_made_fails_as_a_run(bench, work):
    bench.break_down("make_poster")
    bench.break_down("make_storyboard")
    for method, options in (
        ("make_poster", {"at_seconds": 0, "size": (160, 90)}),
        ("make_storyboard", {"every": 1, "size": (80, 44), "columns": 1, "rows": 1}),
    ):
        call = getattr(bench.renderer, method)
        with suppress(RunFailed):  # ffmpeg gives none of it, and says no more
            assert not call(bench.nonsense, work, **options)


def test_a_sheet_is_painted_into_another_file_and_one_that_is_gone_or_nothing_fails(bench, work):
    made = first(bench, "copied", work)[0]
    (sheet,) = bench.renderer.make_storyboard(made.path, work, every=1, size=(80, 44), columns=10, rows=10)
    before = sheet.read_bytes()
    painted = bench.renderer.paint_over(sheet, [(0, 0, 80, 44)], work)
    assert painted == work / "painted.jpg"
    assert sheet.read_bytes() == before
    assert painted.read_bytes() != before
    (work / "empty.jpg").touch()
    for path in (work / "gone.jpg", work / "empty.jpg"):
        with pytest.raises(RunFailed):
            bench.renderer.paint_over(path, [(0, 0, 80, 44)], work)
        assert not painted.exists(), "what was painted before is not taken for it"


def test_the_picture_of_an_edge_is_shown_from_its_beginning_to_its_end(bench, work):
    made = first(bench, "copied", work)[0]
    units = made.file.header.units_per_second
    begins, ends = units // 3, units + units // 2
    asked = {"begins": begins, "ends": ends, "units": units, "folder": work, "name": "cut"}
    edge = bench.renderer.make_picture_edge(made.path, made.file.header.codecs, **asked)
    assert edge.path == work / "cut.mp4"
    (piece,) = edge.pieces
    assert (piece.offset, piece.offset + piece.length) == (edge.header_bytes, edge.path.stat().st_size)
    _, samples = fragments.read_samples(edge.path)
    assert samples[0].shown == begins
    assert max(one.shown + one.lasts for one in samples) == ends
    assert samples[0].is_key
    assert fragments.read(edge.path).header.width == SIZE[0]
    bench.break_down("make_picture_edge")
    for wrong in (work / "gone.mp4", bench.nonsense):
        with pytest.raises(RunFailed):
            bench.renderer.make_picture_edge(wrong, made.file.header.codecs, **asked)


def test_the_sound_of_an_edge_is_as_many_packets_as_were_asked_for_at_their_times(bench, work):
    made = first(bench, "sound", work)[0]
    around = [(made.path, 10 * PACKET, 13 * PACKET), (None, 0, 500), (made.path, 20 * PACKET, 22 * PACKET)]
    parts = [Heard(3, 7 * PACKET), Heard(2, 0)]
    asked = {"before": 0, "lasts": 5 * PACKET - 24, "folder": work, "name": "cut"}
    edge = bench.renderer.make_sound_edge(around, parts, **asked)
    assert edge.path == work / "cut.mp4"
    assert len(edge.pieces) == len(parts)
    assert edge.pieces[0].offset == edge.header_bytes
    assert edge.pieces[-1].offset + edge.pieces[-1].length == edge.path.stat().st_size
    _, samples = fragments.read_samples(edge.path)
    assert [(one.shown, one.lasts) for one in samples] == [
        (7 * PACKET, PACKET), (8 * PACKET, PACKET), (9 * PACKET, PACKET), (0, PACKET), (PACKET, PACKET - 24),
    ]  # fmt: skip
    assert all(one.data for one in samples)
    for wrong in ([(None, 0, 4 * PACKET)], [(work / "gone.mp4", 0, 4 * PACKET)], [(bench.nonsense, 0, PACKET)]):
        with pytest.raises(RunFailed):
            bench.renderer.make_sound_edge(wrong, parts, **asked)


def test_what_is_joined_is_a_file_of_about_all_the_bytes_and_what_cannot_be_fails(bench, work):
    made = first(bench, "copied", work)
    joined = bench.renderer.join([[(one.path, 2.0)] for one in made], work)
    assert joined == work / "joined.mp4"
    whole = sum(one.path.stat().st_size for one in made)
    assert whole * 0.9 <= joined.stat().st_size <= whole * 1.1
    bench.break_down("join")
    joined.unlink()
    for wrong in (bench.nonsense, work / "gone.mp4"):
        with pytest.raises(RunFailed):
            bench.renderer.join([[(wrong, 2.0)]], work)
        assert not joined.exists()


@pytest.mark.slow
def test_what_ffmpeg_makes_is_decoded_to_its_end(ffmpegs_bench, work):
    """What the scripted one cannot promise."""
    made = [*first(ffmpegs_bench, "made", work), *rest(ffmpegs_bench, "made", work)[0]]
    for output in made:
        if output.file.header.width:
            frames = media.decode_picture(output.path)
            assert (frames[0][1], frames[0][2]) == (output.file.header.width, output.file.header.height)
            assert frames[-1][0] > SECONDS - 0.2
        else:
            begins, loudness = media.decode_sound(output.path)
            assert begins + len(loudness) / 100 == pytest.approx(SECONDS, abs=0.1)
    poster = ffmpegs_bench.renderer.make_poster(made[0].path, work, at_seconds=0, size=(160, 90))
    assert media.decode_still(poster) == (160, 90)
    joined = ffmpegs_bench.renderer.join([[(made[0].path, 2.0)], [(made[1].path, 2.0)]], work)
    assert media.decode_sound(joined)[1]

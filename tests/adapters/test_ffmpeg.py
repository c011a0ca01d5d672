"""Every kind of file, through the probe and the plan into renditions that are opened and decoded."""

import dataclasses
import itertools
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from cathedra.adapters import policy_files
from cathedra.adapters.ffmpeg import Ffmpeg, Output, RunFailed, Source, find_program
from cathedra.adapters.probe import Prober
from cathedra.config import Encoding
from cathedra.domain import encoding
from cathedra.domain.terms import UnableTo
from tests import media

pytestmark = pytest.mark.slow
LADDER = encoding.parse_ladder(policy_files.read("ladder"))
RENDERER = Ffmpeg(Encoding(), LADDER)


def plan(path: Path) -> tuple[encoding.Plan, Source]:
    found = Prober(Encoding()).probe(path, limits=LADDER.limits)
    decided = encoding.plan(found, LADDER)
    assert isinstance(decided, encoding.Plan), decided
    return decided, Source(path, found.demuxer)


def first(path: Path) -> tuple[encoding.Plan, dict[str, Output]]:
    decided, source = plan(path)
    folder = path.parent / "work"
    folder.mkdir(exist_ok=True)
    made = RENDERER.make_first(source, decided, folder, is_screen=False)
    return decided, {output.name: output for output in made}


def rest(path: Path, decided: encoding.Plan, *, is_screen: bool = False):
    source = Source(path, plan(path)[1].demuxer)
    videos = encoding.lower_renditions(decided, LADDER, is_screen=is_screen)
    return RENDERER.make_rest(source, decided, videos, path.parent / "work", is_screen=is_screen)


@dataclass(frozen=True)
class Case:
    """A kind of file: how it is made, and what must come of it."""

    words: list[str]
    suffix: str = "mp4"
    name: str = "p180"
    size: tuple[int, int] = (320, 180)
    is_copy: bool = False
    sound_is_copy: list[bool] = field(default_factory=lambda: [False])
    picture: list[str] = field(default_factory=lambda: media.picture())
    sound: list[str] = field(default_factory=lambda: media.tone())
    after: Callable[[Path], Path] | None = None


def rotated(path: Path) -> Path:
    turned = path.with_name("turned.mp4")
    media.ffmpeg("-i", path, "-c", "copy", "-metadata:s:v", "rotate=90", turned)
    return turned


CASES = {
    "h264": Case([*media.X264, "-bf", "3", *media.AAC], is_copy=True, sound_is_copy=[True]),
    "h264 in mkv": Case([*media.X264, "-bf", "3", *media.AAC], "mkv", is_copy=True, sound_is_copy=[True]),
    "h264 in ts": Case([*media.X264, "-bf", "3", *media.AAC], "ts", is_copy=True, sound_is_copy=[True]),
    "h264 with opus": Case([*media.X264, "-c:a", "libopus"], "mkv", is_copy=True),
    "hevc": Case(["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none", *media.AAC], sound_is_copy=[True]),
    "vp8": Case(["-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libvorbis"], "webm"),
    "vp9": Case(["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libopus"], "webm"),
    "av1": Case(["-c:v", "libsvtav1", "-preset", "12", "-c:a", "libopus"], "webm"),
    "prores": Case(["-c:v", "prores_ks", "-c:a", "pcm_s16le"], "mov"),
    "mpeg2": Case(["-c:v", "mpeg2video", "-c:a", "mp2"], "mpg"),
    "odd size": Case(["-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libvorbis"], "webm", "p180", (320, 180), picture=media.picture("321x181")),
    "rotated": Case([*media.X264, *media.AAC], name="p180", size=(180, 320), sound_is_copy=[True], after=rotated),
    "10-bit": Case(["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p10le", *media.AAC], sound_is_copy=[True]),
    "4:4:4": Case(["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv444p", *media.AAC], sound_is_copy=[True]),
    "interlaced": Case(["-c:v", "mpeg2video", "-flags", "+ilme+ildct", "-c:a", "mp2"], "ts"),
    "webm without duration": Case(["-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libopus", "-live", "1"], "webm"),
    "silent": Case([*media.X264], is_copy=True, sound_is_copy=[], sound=[]),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_every_kind_of_file_becomes_something_that_plays(tmp_path, case):
    path = tmp_path / f"in.{case.suffix}"
    media.ffmpeg(*case.picture, *case.sound, *case.words, path)
    path = case.after(path) if case.after else path
    decided, made = first(path)
    assert (decided.first.name, decided.first.is_copy) == (case.name, case.is_copy)
    assert [sound.is_copy for sound in decided.sounds] == case.sound_is_copy
    frames = media.decode_picture(made[case.name].path)
    assert frames[0][0] == pytest.approx(0, abs=0.001)
    assert frames[-1][0] == pytest.approx(2 - 1 / 30, abs=0.08)
    assert len(frames) == pytest.approx(60, abs=2)
    assert {frame[1:3] for frame in frames} == {case.size}
    assert made[case.name].file.header.codecs.startswith("avc1.")
    if case.sound:
        begins, loudness = media.decode_sound(made["a0"].path)
        assert begins == pytest.approx(0, abs=0.03)
        assert len(loudness) / 100 == pytest.approx(2, abs=0.1)
        assert max(loudness[50:150]) > 0.05
        assert made["a0"].file.header.codecs == "mp4a.40.2"


CODECS = {
    "copied": [*media.X264, "-bf", "3", *media.AAC],
    "copied picture, made sound": [*media.X264, "-bf", "3", "-c:a", "mp3"],
    "made": ["-c:v", "mpeg4", "-bf", "2", *media.AAC],
}


@pytest.mark.parametrize("suffix", ["mp4", "ts", "mkv"])
@pytest.mark.parametrize("codecs", CODECS.values(), ids=CODECS.keys())
def test_picture_and_sound_stay_together(tmp_path, suffix, codecs):
    """A flash and a beep at the same instant are still at the same instant."""
    path = media.flash_and_beep(tmp_path / f"in.{suffix}", *codecs)
    decided, made = first(path)
    frames = media.decode_picture(made[decided.first.name].path)
    begins, loudness = media.decode_sound(made["a0"].path)
    flash = next(seconds for seconds, _, _, light in frames if light > 120)
    beep = begins + next(n for n, loud in enumerate(loudness) if loud > 0.03) / 100
    assert flash == pytest.approx(1.0, abs=0.04)
    assert beep == pytest.approx(flash, abs=0.04)


def test_variable_frame_rate_keeps_its_own_times(tmp_path):
    path = tmp_path / "in.mp4"
    uneven = "select='not(mod(n,7))+lt(mod(n,50),20)'"
    media.ffmpeg(*media.picture(seconds=4), *media.tone(seconds=4), "-vf", uneven, "-fps_mode", "vfr",
                 "-enc_time_base", "1:90000", *media.X264, "-bf", "3", *media.AAC, path)  # fmt: skip
    wanted = [n / 30 for n in range(120) if n % 7 == 0 or n % 50 < 20]
    decided, made = first(path)
    assert decided.first.is_copy
    assert [frame[0] for frame in media.decode_picture(made["p180"].path)] == pytest.approx(wanted, abs=0.002)
    again = tmp_path / "again.mkv"
    media.ffmpeg("-i", path, "-c:v", "mpeg4", "-fps_mode", "vfr", "-enc_time_base", "1:1000", again)
    decided, made = first(again)
    assert not decided.first.is_copy
    assert [frame[0] for frame in media.decode_picture(made["p180"].path)] == pytest.approx(wanted, abs=0.005)


@pytest.mark.parametrize(
    ("suffix", "codec"),
    [("mp3", "libmp3lame"), ("flac", "flac"), ("m4a", "aac"), ("ogg", "libvorbis"), ("wav", "pcm_s24le")],
)
def test_sound_alone(tmp_path, suffix, codec):
    path = tmp_path / f"in.{suffix}"
    media.ffmpeg(*media.tone(seconds=5), "-c:a", codec, path)
    decided, made = first(path)
    assert decided.role is encoding.StreamRole.AUDIO
    assert list(made) == ["a0"]
    begins, loudness = media.decode_sound(made["a0"].path)
    assert (begins, len(loudness) / 100) == (pytest.approx(0, abs=0.03), pytest.approx(5, abs=0.12))
    outputs, scenes, waveform = rest(path, decided)
    assert (outputs, scenes) == ([], [])
    assert len(waveform.peaks) == pytest.approx(50, abs=1)


def test_a_copy_cut_at_false_key_frames_is_not_taken(tmp_path):
    """Open groups in an MP4: its index is silent about them, so the plan says copy; what comes of it does not pass."""
    path = tmp_path / "in.mp4"
    media.ffmpeg(*media.picture(seconds=4), *media.X264, "-bf", "3", "-x264-params", "open-gop=1", path)
    decided, source = plan(path)
    (tmp_path / "work").mkdir()
    if decided.first.is_copy:
        with pytest.raises(RunFailed, match="no key frame"):
            RENDERER.make_first(source, decided, tmp_path / "work", is_screen=False)


def test_several_sounds_keep_their_languages(tmp_path):
    path = tmp_path / "in.mkv"
    media.ffmpeg(*media.picture(), *media.tone(440), *media.tone(880), "-map", "0", "-map", "1", "-map", "2",
                 *media.X264, "-c:a:0", "aac", "-c:a:1", "libopus", "-metadata:s:a:0", "language=eng",
                 "-metadata:s:a:1", "language=fra", "-metadata:s:a:1", "title=Français", path)  # fmt: skip
    decided, made = first(path)
    assert [(s.name, s.sound.language, s.sound.title, s.is_copy) for s in decided.sounds] == [
        ("a0", "eng", "", True),
        ("a1", "fra", "Français", False),
    ]
    assert {"p180", "a0", "a1"} == set(made)
    assert max(media.decode_sound(made["a1"].path)[1]) > 0.05


def test_a_cut_file_gives_what_is_there(tmp_path):
    whole, path = media.lecture(tmp_path / "whole.mp4", seconds=6), tmp_path / "in.mp4"
    media.ffmpeg("-i", whole, "-c", "copy", "-movflags", "+faststart", path)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 6 // 10])
    decided, made = first(path)
    assert "lasts" in decided.dropped[0].sentence
    frames = media.decode_picture(made["p180"].path)
    assert 2 < frames[-1][0] < 5


def test_holes_in_the_sound_are_filled_so_that_it_stays_in_step(tmp_path):
    """Sound whose clock jumps by a second: the beep after the hole is where the flash is."""
    path = tmp_path / "in.mkv"
    media.ffmpeg(*media.picture(seconds=4), *media.tone(seconds=4), "-filter_complex", "[1:a]aselect='not(between(t,1,2))'[a]",
                 "-map", "0:v", "-map", "[a]", *media.X264, "-c:a", "pcm_s16le", path)  # fmt: skip
    _, made = first(path)
    _, loudness = media.decode_sound(made["a0"].path)
    assert len(loudness) / 100 == pytest.approx(4, abs=0.1)
    assert max(loudness[120:180]) < 0.01
    assert max(loudness[220:380]) > 0.05


def test_the_ladder_comes_from_one_decode_with_scenes_and_loudness(tmp_path):
    """Slides that change every two seconds, at 720 lines."""
    path = tmp_path / "in.mp4"
    slides = "color=white:s=1280x720:r=30:d=8,drawbox=x=100:y=100:w=600:h='100':c=black:t=fill:enable='gte(t,3)'"
    media.ffmpeg("-f", "lavfi", "-i", slides, "-f", "lavfi", "-i", "sine=r=48000:d=8,volume='if(lt(t,4),1,0)':eval=frame",
                 *media.X264, *media.AAC, path)  # fmt: skip
    told = []
    decided, source = plan(path)
    assert encoding.is_screen(decided.picture, LADDER)
    first(path)
    outputs, scenes, waveform = RENDERER.make_rest(
        source,
        decided,
        encoding.lower_renditions(decided, LADDER, is_screen=True),
        tmp_path / "work",
        is_screen=True,
        on_progress=lambda share, left: told.append((share, left)),
    )
    assert [(o.name, o.file.header.width, o.file.header.height) for o in outputs] == [
        ("p480", 852, 480),
        ("p360", 640, 360),
    ]
    for output in outputs:
        times = [seconds for seconds, *_ in media.decode_picture(output.path)]
        assert times[0] == 0
        assert len(times) < 40  # of 240: what repeats is left out
        assert max(b - a for a, b in itertools.pairwise(times)) <= 1.05
        assert output.file.ends == pytest.approx(8, abs=0.2)
        assert [round(f.begins) for f in output.file.fragments if f.is_key][:2] in ([0, 3], [0, 4])
    assert [round(scene.at_ms / 1000) for scene in scenes] == [0, 3]
    assert waveform.peaks[10] > 5
    assert waveform.silences
    assert waveform.silences[0][0] == pytest.approx(4000, abs=200)
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert 0.95 < shares[-1] <= 1, "the end of the run is told"


def test_stills(tmp_path):
    path = media.lecture(tmp_path / "in.mp4", seconds=3)
    _, made = first(path)
    folder = tmp_path / "work"
    poster = RENDERER.make_poster(made["p180"].path, folder, at_seconds=1, size=(320, 180))
    assert poster.read_bytes()[:2] == b"\xff\xd8"
    sheets = RENDERER.make_storyboard(made["p180"].path, folder, every=1, size=(160, 90), columns=10, rows=10)
    assert [sheet.name for sheet in sheets] == ["storyboard-1.jpg"]
    width, height = media.decode_still(sheets[0])
    assert (width, height) == (1600, 900)


@pytest.mark.parametrize("name", ["-y.mp4", 'a"b.mp4', "x%03d.mp4", "a\nb.mp4", "a'b,c[d];e.mp4"])
def test_names_mean_nothing(tmp_path, name):
    """Class 27."""
    path = media.lecture(tmp_path / "x.mp4", seconds=1).rename(tmp_path / name)
    decided, made = first(path)
    assert set(made) == {"p180", "a0"}
    rest(path, decided)


def test_a_demuxer_is_forced(tmp_path):
    """Class 7: a file that turns into a playlist behind the probe's back is still read as what it was."""
    path = media.lecture(tmp_path / "in.mp4", seconds=1)
    decided, source = plan(path)
    path.write_text(
        f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{media.lecture(tmp_path / 'secret.mp4')}\n#EXT-X-ENDLIST\n"
    )
    (tmp_path / "work").mkdir()
    with pytest.raises(RunFailed):
        RENDERER.make_first(source, decided, tmp_path / "work", is_screen=False)


def test_a_run_that_stops_early_is_not_taken_for_done(tmp_path):
    path = media.lecture(tmp_path / "in.mp4", seconds=2)
    decided, source = plan(path)
    longer = dataclasses.replace(decided, picture=dataclasses.replace(decided.picture, duration_ms=60_000))
    (tmp_path / "work").mkdir()
    with pytest.raises(RunFailed, match="ends after"):
        RENDERER.make_first(source, longer, tmp_path / "work", is_screen=False)


def test_a_configured_program_must_be_there(tmp_path):
    with pytest.raises(UnableTo, match="cannot be run"):
        find_program(str(tmp_path / "none"))
    assert os.access(find_program(""), os.X_OK)


def test_without_a_system_ffmpeg_the_shipped_one_is_found(monkeypatch):
    monkeypatch.setenv("PATH", "/nonexistent")
    found = find_program("")
    assert "imageio_ffmpeg" in str(found)

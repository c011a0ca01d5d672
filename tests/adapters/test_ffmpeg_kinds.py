"""Every kind of file, at a size that makes several rungs of the ladder: what comes out plays in any browser."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import av
import pytest

from cathedra.adapters.ffmpeg import Output
from cathedra.domain import encoding
from tests import media
from tests.media.renditions import LADDER, first, look, make_first, plan, rest

pytestmark = pytest.mark.slow
RATE, SECONDS = 10, 1.2
X264 = ["-c:v", "libx264", "-preset", "ultrafast", "-g", "10"]
X265 = ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none"]
VP8 = ["-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8"]
HDR10 = ["-pix_fmt", "yuv420p10le", "-color_trc", "smpte2084", "-color_primaries", "bt2020", "-colorspace", "bt2020nc"]
MADE = {"p480": (852, 480), "p540": (960, 540), "p360": (640, 360)}
COPIED = {"p540": (960, 540), "p360": (640, 360)}
UPRIGHT = {"p480": (480, 852), "p540": (540, 960), "p360": (360, 640)}
NOT_EVEN = {"p480": (852, 480), "p540": (958, 540), "p360": (638, 360)}


def picture(size: str = "960x540") -> list[str]:
    return media.picture(size, rate=RATE, seconds=SECONDS)


@dataclass(frozen=True)
class Case:
    """A kind of file: how it is made, and what must come of it, the first rendition before the others."""

    words: list[str]
    suffix: str = "mp4"
    sizes: dict[str, tuple[int, int]] = field(default_factory=lambda: MADE)
    is_copy: bool = False
    sound_is_copy: list[bool] = field(default_factory=lambda: [False])
    picture: list[str] = field(default_factory=picture)
    sound: list[str] = field(default_factory=lambda: media.tone(seconds=SECONDS))
    after: Callable[[Path], Path] | None = None


def turned(degrees: int) -> Callable[[Path], Path]:
    def turn(path: Path) -> Path:
        by = path.with_name("turned.mp4")
        media.ffmpeg("-i", path, "-c", "copy", "-metadata:s:v", f"rotate={degrees}", by)
        return by

    return turn


def colours_that_nobody_has(path: Path) -> Path:
    by = path.with_name("odd.mkv")
    odd = ["-colorspace", "rgb", "-color_range", "pc", "-color_primaries", "bt2020", "-color_trc", "log316"]
    media.ffmpeg("-i", path, "-c", "copy", *odd, by)
    return by


CASES = {
    "h264": Case([*media.X264, "-bf", "3", *media.AAC], sizes=COPIED, is_copy=True, sound_is_copy=[True]),
    "h264 in mkv": Case([*media.X264, "-bf", "3", *media.AAC], "mkv", COPIED, is_copy=True, sound_is_copy=[True]),
    "h264 in ts": Case([*media.X264, "-bf", "3", *media.AAC], "ts", COPIED, is_copy=True, sound_is_copy=[True]),
    "h264 with opus": Case([*media.X264, "-c:a", "libopus"], "mkv", COPIED, is_copy=True),
    "hevc": Case([*X265, *media.AAC], sound_is_copy=[True]),
    "vp8": Case([*VP8, "-c:a", "libvorbis"], "webm"),
    "vp9": Case(["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libopus"], "webm"),
    "av1": Case(["-c:v", "libsvtav1", "-preset", "12", "-c:a", "libopus"], "webm"),
    "prores": Case(["-c:v", "prores_ks", "-c:a", "pcm_s16le"], "mov"),
    "mpeg2": Case(["-r", "25", "-c:v", "mpeg2video", "-c:a", "mp2"], "mpg"),
    "odd size": Case(["-vf", "pad=962:542,format=yuv444p,crop=961:541:exact=1,format=yuv420p", *VP8, "-c:a", "libvorbis"], "webm", NOT_EVEN),
    "rotated left": Case([*X264, *media.AAC], sizes=UPRIGHT, sound_is_copy=[True], after=turned(90)),
    "upside down": Case([*X264, *media.AAC], sound_is_copy=[True], after=turned(180)),
    "not square": Case(["-r", "25", "-vf", "scale=720:540,setsar=4/3", "-c:v", "mpeg2video", "-c:a", "mp2"], "mpg"),
    "10-bit": Case([*X264, "-pix_fmt", "yuv420p10le", *media.AAC], sound_is_copy=[True]),
    "10-bit, high dynamic range": Case([*X265, *HDR10, *media.AAC], sound_is_copy=[True]),
    "4:2:2": Case([*X264, "-pix_fmt", "yuv422p", *media.AAC], sound_is_copy=[True]),
    "4:4:4": Case([*X264, "-pix_fmt", "yuv444p", *media.AAC], sound_is_copy=[True]),
    "red, green and blue": Case(["-c:v", "libx264rgb", "-preset", "ultrafast", "-g", "10", *media.AAC], sound_is_copy=[True]),
    "full range": Case(["-c:v", "mjpeg", "-pix_fmt", "yuvj420p", *media.AAC], "mkv", sound_is_copy=[True]),
    "colours that nobody has": Case([*VP8, "-c:a", "libopus"], "webm", after=colours_that_nobody_has),
    "interlaced": Case(["-r", "25", "-c:v", "mpeg2video", "-flags", "+ilme+ildct", "-c:a", "mp2"], "ts"),
    "webm without duration": Case([*VP8, "-c:a", "libopus", "-live", "1"], "webm"),
    "silent": Case([*media.X264], sizes=COPIED, is_copy=True, sound_is_copy=[], sound=[]),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_every_kind_of_file_becomes_a_ladder_that_plays_everywhere(tmp_path, case):
    path = tmp_path / f"in.{case.suffix}"
    media.ffmpeg(*case.picture, *case.sound, *case.words, path)
    path = case.after(path) if case.after else path
    decided, source = plan(path)
    made = make_first(decided, source)
    sounds = [made.pop(sound.name) for sound in decided.sounds]
    assert list(made) == [decided.first.name] == [next(iter(case.sizes))]
    made |= {output.name: output for output in rest(path, decided, source)[0]}
    assert decided.first.is_copy is case.is_copy
    assert [sound.is_copy for sound in decided.sounds] == case.sound_is_copy
    assert made.keys() == case.sizes.keys()
    for name, output in made.items():
        assert_plays_everywhere(output, case.sizes[name])
    for sound in sounds:
        assert_sounds(sound)


def test_a_window_that_is_made_larger_in_the_middle_by_an_odd_amount_keeps_every_rung(tmp_path):
    """Browsers record what is shared, at the size that it has just then."""
    for name, size in (("1", "960x540"), ("2", "961x541")):
        grown = [
            "-vf",
            f"scale={size.replace('x', ':')}:flags=neighbor,format=yuv444p,crop={size.replace('x', ':')}:exact=1,format=yuv420p",
        ]
        media.ffmpeg(*picture("1280x720"), *grown, *VP8, tmp_path / f"{name}.webm")
    (tmp_path / "list.txt").write_text("file 1.webm\nfile 2.webm\n")
    media.ffmpeg("-f", "concat", "-i", tmp_path / "list.txt", "-c", "copy", path := tmp_path / "in.webm")
    assert look_at_sizes(path) == {(960, 540), (961, 541)}
    decided, source = plan(path)
    made = [*make_first(decided, source).values(), *rest(path, decided, source)[0]]
    assert [output.name for output in made] == ["p480", "p540", "p360"]
    for output in made:
        assert look(output).sizes == {MADE[output.name]}
        assert output.file.ends == pytest.approx(2 * SECONDS, abs=0.15)


def look_at_sizes(path: Path) -> set[tuple[int, int]]:
    with av.open(str(path)) as file:
        return {(frame.width, frame.height) for frame in file.decode(video=0)}


def assert_plays_everywhere(output: Output, size: tuple[int, int]) -> None:
    """H.264 High, 8 bits, 4:2:0, upright, as long as the source and with times that grow."""
    seen = look(output)
    assert (output.file.header.codecs[:7], seen.profile) == ("avc1.64", "High")
    assert seen.pixel_formats == {"yuv420p"}
    assert (seen.sizes, seen.rotations) == ({size}, {0})
    assert all(side % 2 == 0 for side in size)
    assert not seen.transfers & {16, 18}
    times = [frame[0] for frame in media.decode_picture(output.path)]
    assert times == sorted(set(times))
    assert times[0] == pytest.approx(0, abs=0.001)
    assert times[-1] == pytest.approx(SECONDS - 1 / RATE, abs=0.08)
    assert output.file.ends == pytest.approx(SECONDS, abs=0.12)


def assert_sounds(output: Output) -> None:
    begins, loudness = media.decode_sound(output.path)
    assert output.file.header.codecs == "mp4a.40.2"
    assert begins == pytest.approx(0, abs=0.03)
    assert len(loudness) / 100 == pytest.approx(SECONDS, abs=0.1)
    assert max(loudness[40:80]) > 0.05


def test_variable_frame_rate_keeps_its_own_times_on_every_rung(tmp_path):
    path = tmp_path / "in.mp4"
    uneven = "select='not(mod(n,7))+lt(mod(n,50),20)'"
    media.ffmpeg(*media.picture("960x540", seconds=2), *media.tone(seconds=2), "-vf", uneven, "-fps_mode", "vfr",
                 "-enc_time_base", "1:90000", *X264, "-bf", "3", "-pix_fmt", "yuv420p", "-profile:v", "high", *media.AAC, path)  # fmt: skip
    wanted = [n / 30 for n in range(60) if n % 7 == 0 or n % 50 < 20]
    decided, source = plan(path)
    assert decided.picture.is_variable
    made = [*make_first(decided, source).values(), *rest(path, decided, source)[0]]
    assert decided.first.is_copy
    assert_times(made, ["p540", "p360"], wanted, within=0.002)
    again = tmp_path / "again.mkv"
    media.ffmpeg("-i", path, "-c:v", "mpeg4", "-fps_mode", "vfr", "-enc_time_base", "1:1000", again)
    decided, source = plan(again)
    made = [*make_first(decided, source).values(), *rest(again, decided, source)[0]]
    assert not decided.first.is_copy
    assert_times(made, ["p480", "p540", "p360"], wanted, within=0.005)


def assert_times(made: list[Output], names: list[str], wanted: list[float], *, within: float) -> None:
    pictures = [output for output in made if output.file.header.width]
    assert [output.name for output in pictures] == names
    for output in pictures:
        assert [frame[0] for frame in media.decode_picture(output.path)] == pytest.approx(wanted, abs=within)


@pytest.mark.parametrize(
    ("suffix", "codec"),
    [("mp3", "libmp3lame"), ("flac", "flac"), ("m4a", "aac"), ("ogg", "libvorbis"), ("wav", "pcm_s24le")],
)
def test_sound_alone(tmp_path, suffix, codec):
    path = tmp_path / f"in.{suffix}"
    media.ffmpeg(*media.tone(seconds=5), "-c:a", codec, path)
    decided, source = plan(path)
    made = make_first(decided, source)
    assert decided.role is encoding.StreamRole.AUDIO
    assert list(made) == ["a0"]
    assert made["a0"].file.header.codecs == "mp4a.40.2"
    begins, loudness = media.decode_sound(made["a0"].path)
    assert (begins, len(loudness) / 100) == (pytest.approx(0, abs=0.03), pytest.approx(5, abs=0.12))
    assert max(loudness[100:400]) > 0.05
    outputs, scenes, waveform = rest(path, decided, source)
    assert (outputs, scenes) == ([], [])
    assert len(waveform.peaks) == pytest.approx(50, abs=1)


def test_several_sounds_keep_their_languages(tmp_path):
    path = tmp_path / "in.mkv"
    media.ffmpeg(*picture(), *media.tone(440, SECONDS), *media.tone(880, SECONDS), "-map", "0", "-map", "1", "-map", "2",
                 *media.X264, "-c:a:0", "aac", "-c:a:1", "libopus", "-metadata:s:a:0", "language=eng",
                 "-metadata:s:a:1", "language=fra", "-metadata:s:a:1", "title=Français", path)  # fmt: skip
    decided, made = first(path)
    assert [(s.name, s.sound.language, s.sound.title, s.is_copy) for s in decided.sounds] == [
        ("a0", "eng", "", True),
        ("a1", "fra", "Français", False),
    ]
    assert {"p540", "a0", "a1"} == set(made)
    for name in ("a0", "a1"):
        assert_sounds(made[name])
    lower = encoding.lower_renditions(decided, LADDER, is_screen=False)
    assert [video.name for video in lower] == ["p360"]

"""Files through the probe and the plan into renditions that are opened and decoded; the kinds of file stand apart."""

import dataclasses
import itertools
import os

import av
import pytest

from cathedra.adapters.ffmpeg import RunFailed, find_program
from cathedra.domain import encoding
from cathedra.domain.terms import UnableTo
from tests import media
from tests.media.renditions import LADDER, RENDERER, first, plan

pytestmark = pytest.mark.slow


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


def test_a_copy_cut_at_false_key_frames_is_not_taken(tmp_path):
    """Open groups in an MP4: its index is silent about them, so the plan says copy; what comes of it does not pass."""
    path = tmp_path / "in.mp4"
    media.ffmpeg(*media.picture(seconds=4), *media.X264, "-bf", "3", "-x264-params", "open-gop=1", path)
    decided, source = plan(path)
    (tmp_path / "work").mkdir()
    if decided.first.is_copy:
        with pytest.raises(RunFailed, match="no key frame"):
            RENDERER.make_first(source, decided, tmp_path / "work", is_screen=False)


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
    before = sheets[0].read_bytes()
    painted = RENDERER.paint_over(sheets[0], [(0, 0, 160, 90)], folder)
    assert sheets[0].read_bytes() == before
    with av.open(str(sheets[0])) as one, av.open(str(painted)) as other:
        whole, rest = (next(file.decode(video=0)).to_ndarray(format="gray").astype(int) for file in (one, other))
    assert (whole[:90, :160].max() > 100, rest[:90, :160].max() < 30) == (True, True)
    assert abs(whole[:90, 170:640] - rest[:90, 170:640]).mean() < 8, "its neighbours stay"


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

"""Audio descriptions of every kind of file through the probe and the plan into a rendition that is decoded (R212)."""

import itertools

import pytest

from cathedra.adapters import fragments
from cathedra.adapters.ffmpeg import Source
from cathedra.adapters.probe import Prober
from cathedra.config import Encoding
from cathedra.domain import encoding, playback
from tests import media
from tests.adapters.test_ffmpeg import first
from tests.media.renditions import LADDER, RENDERER

pytestmark = pytest.mark.slow
SECONDS = 9
BEEP_AT = 7.5
KINDS = {
    "wav": [],
    "flac": [],
    "mp3": ["-c:a", "libmp3lame"],
    "m4a": media.AAC,
    "ogg": ["-c:a", "libvorbis"],
    "opus": ["-c:a", "libopus"],
    "aiff": [],
}


def beeping(path, *codecs, seconds=SECONDS, rate=48_000, channels=1):
    """Silence but for one beep, which shows where it lies."""
    sound = f"sine=f=1000:r={rate}:d={seconds},volume='if(between(t,{BEEP_AT},{BEEP_AT + 0.2}),1,0)':eval=frame"
    media.ffmpeg("-f", "lavfi", "-i", sound, "-ac", channels, *codecs, path)
    return path


def described(path, lasts_ms=SECONDS * 1000):
    found = Prober(Encoding()).probe(path, limits=LADDER.limits)
    return encoding.plan_description(found, name="d0", lasts_ms=lasts_ms), found.demuxer


def make(path, lasts_ms=SECONDS * 1000):
    decided, demuxer = described(path, lasts_ms)
    assert isinstance(decided, encoding.Plan), decided
    folder = path.parent / "work"
    folder.mkdir()
    return RENDERER.make_first(Source(path, demuxer), decided, folder, is_screen=False)[0]


@pytest.mark.parametrize("suffix", KINDS)
def test_r212_a_sound_of_any_kind_becomes_one_that_browsers_play_at_its_place(tmp_path, suffix):
    made = make(beeping(tmp_path / f"in.{suffix}", *KINDS[suffix], rate=48_000 if suffix == "opus" else 44_100))
    assert (made.file.header.codecs, made.file.header.units_per_second) == ("mp4a.40.2", 48_000)
    begins, loudness = media.decode_sound(made.path)
    beep = begins + next(n for n, loud in enumerate(loudness) if loud > 0.03) / 100
    assert beep == pytest.approx(BEEP_AT, abs=0.04)


@pytest.mark.parametrize("apart", [-1.9, -0.4, 0.0, 0.7, 1.9])
def test_r212_a_little_too_short_or_too_long_it_ends_with_the_recording(tmp_path, apart):
    """What is missing is silence at its end; to the packet, of which a player hears no more than the recording lasts."""
    made = make(beeping(tmp_path / "in.wav", seconds=SECONDS + apart))
    assert 0 <= made.file.ends - SECONDS <= 2 * 1024 / 48_000
    begins, loudness = media.decode_sound(made.path)
    assert begins + len(loudness) / 100 == pytest.approx(SECONDS, abs=0.05)


def test_r212_its_segments_begin_where_those_of_the_recordings_own_sound_do(tmp_path):
    """Made or copied, at another rate: to within a packet of either, so a player that changes over asks for as little as
    can be."""
    made = make(beeping(tmp_path / "in.wav"))
    for number, codecs in enumerate((["-c:a", "aac", "-ar", "44100"], ["-c:a", "mp2"])):
        folder = tmp_path / str(number)
        folder.mkdir()
        path = folder / "in.mkv"
        media.ffmpeg(*media.picture(seconds=SECONDS), *media.tone(seconds=SECONDS), *media.X264, *codecs, path)
        own = first(path)[1]["a0"].file
        begins = [[one.begins for one in segments(file)] for file in (own, made.file)]
        assert len(begins[0]) == len(begins[1]) > 1
        for one, other in zip(*begins, strict=True):
            assert abs(one - other) <= 2 * 1024 / 44_100


def segments(file):
    pieces = [playback.Piece(one.offset, one.length, one.begins, one.lasts, one.is_key) for one in file.fragments]
    return playback.cut(pieces, seconds=LADDER.segment_ms / 1000)


def test_r212_it_is_whole_and_without_gaps(tmp_path):
    made = make(beeping(tmp_path / "in.flac", channels=2))
    assert fragments.read(made.path) == made.file
    for one, other in itertools.pairwise(made.file.fragments):
        assert one.begins + one.lasts == pytest.approx(other.begins, abs=1e-6)
    assert made.file.fragments[0].begins == 0


HOSTILE = {
    "a playlist": b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile:///etc/hostname\n#EXT-X-ENDLIST\n",
    "a script": b"ffconcat version 1.0\nfile '/etc/hostname'\n",
    "words": b"These are words. " * 400,
    "nothing": b"\0" * 4096,
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("suffix", ["mp3", "wav"])
def test_class_7_what_is_called_a_sound_and_is_none_is_refused_by_its_content(tmp_path, content, suffix):
    path = tmp_path / f"in.{suffix}"
    path.write_bytes(content)
    decided, _demuxer = described(path)
    assert isinstance(decided, encoding.Refusal)
    assert "no sound in this file" in decided.note.sentence


def test_r212_a_picture_beside_the_sound_is_left_alone_and_a_cover_is_none(tmp_path):
    path = media.lecture(tmp_path / "in.mp4", seconds=SECONDS)
    assert make(path).file.header.width == 0


def test_class_27_a_name_is_no_word_of_a_command(tmp_path):
    made = make(beeping(tmp_path / "-y.wav").rename(tmp_path / 'a"b %03d.wav'))
    assert made.file.ends == pytest.approx(SECONDS, abs=0.05)

"""The clock and the map of fragmented files, on files made by ffmpeg."""

import struct
from fractions import Fraction

import pytest

from cathedra.adapters import fragments
from tests import media

pytestmark = pytest.mark.slow
CMAF = ["-movflags", "+cmaf+frag_keyframe+empty_moov+skip_trailer", "-f", "mp4"]


@pytest.fixture
def picture_file(tmp_path):
    """Reordered frames: decoding runs ahead of showing."""
    media.lecture(tmp_path / "in.mp4", seconds=3)
    made = tmp_path / "p180.mp4"
    media.ffmpeg("-i", tmp_path / "in.mp4", "-map", "0:v", "-c", "copy", *CMAF, made)
    return made


def test_read_maps_every_byte_and_moment(picture_file):
    file = fragments.read(picture_file)
    assert (file.header.width, file.header.height) == (320, 180)
    assert file.header.codecs.startswith("avc1.64")
    assert file.fragments[0].offset == file.header_bytes
    for one, other in zip(file.fragments, file.fragments[1:], strict=False):
        assert one.offset + one.length == other.offset
        assert one.begins + one.lasts == pytest.approx(other.begins)
    last = file.fragments[-1]
    assert last.offset + last.length == picture_file.stat().st_size
    assert file.ends == pytest.approx(3.0, abs=0.04)
    assert sum(fragment.samples for fragment in file.fragments) == 90
    assert all(fragment.is_key for fragment in file.fragments)


@pytest.mark.parametrize("begins", [Fraction(0), Fraction(1, 3), Fraction(7)])
def test_settle_moves_the_first_picture_to_its_moment_and_twice_changes_nothing(picture_file, begins):
    before = [seconds for seconds, *_ in media.decode_picture(picture_file)]
    fragments.settle(picture_file, first_shown=begins)
    once = picture_file.read_bytes()
    file = fragments.read(picture_file)
    assert file.fragments[0].begins == pytest.approx(float(begins), abs=1e-4)
    assert file.ends == pytest.approx(3.0 + float(begins), abs=0.04)
    after = [seconds for seconds, *_ in media.decode_picture(picture_file)]
    assert [b - a for a, b in zip(before, after, strict=True)] == pytest.approx([float(begins)] * 90, abs=1e-3)
    fragments.settle(picture_file, first_shown=begins)
    assert picture_file.read_bytes() == once


def test_old_files_with_late_pictures_are_put_right(picture_file, tmp_path):
    """Without signed offsets ffmpeg shows the first picture late by the reordering."""
    late = tmp_path / "late.mp4"
    media.ffmpeg("-i", picture_file, "-c", "copy", "-movflags", "+frag_keyframe+empty_moov+default_base_moof", late)
    shift = fragments.read(late).fragments[0].begins
    fragments.settle(late, first_shown=Fraction(0))
    assert shift >= 0
    assert fragments.read(late).fragments[0].begins == 0
    assert len(media.decode_picture(late)) == 90


def test_sound_says_its_kind(tmp_path):
    made = tmp_path / "a0.mp4"
    media.ffmpeg(*media.tone(seconds=3), *media.AAC, "-movflags", "+cmaf+empty_moov", "-frag_duration", "1000000", made)
    file = fragments.read(made)
    assert (file.header.codecs, file.header.units_per_second, file.header.width) == ("mp4a.40.2", 48000, 0)
    assert [round(fragment.lasts) for fragment in file.fragments[:3]] == [1, 1, 1]


@pytest.mark.parametrize("rate", [0x010500, 0x040505, 0x7F0504])
def test_sound_says_its_kind_whatever_its_rate(tmp_path, rate):
    """The rate stands before the kind, and its bytes may look like the mark that the kind begins with."""
    made = tmp_path / "a0.mp4"
    media.ffmpeg(*media.tone(seconds=1), *media.AAC, "-movflags", "+cmaf+empty_moov", "-frag_duration", "1000000", made)
    data = made.read_bytes()
    at = data.index(b"\x04\x80\x80\x80", data.index(b"esds")) + 5 + 5
    made.write_bytes(data[:at] + struct.pack(">II", rate, rate) + data[at + 8 :])
    assert fragments.read(made).header.codecs == "mp4a.40.2"


def test_sound_that_does_not_say_how_it_is_decoded_is_refused(tmp_path):
    made = tmp_path / "a0.mp4"
    media.ffmpeg(*media.tone(seconds=1), *media.AAC, "-movflags", "+cmaf+empty_moov", "-frag_duration", "1000000", made)
    data = made.read_bytes()
    at = data.index(b"\x05\x80\x80\x80", data.index(b"esds"))
    made.write_bytes(data[:at] + b"\x06" + data[at + 1 :])
    with pytest.raises(fragments.BrokenFile, match="does not say how"):
        fragments.read(made)


@pytest.mark.parametrize(
    "content", [b"", b"text, not boxes", b"\x00\x00\x00\x08moov", b"\x00\x00\x10\x00moof" + b"\0" * 40]
)
def test_what_is_not_ours_is_refused(tmp_path, content):
    path = tmp_path / "x.mp4"
    path.write_bytes(content)
    with pytest.raises(fragments.BrokenFile):
        fragments.read(path)


def test_a_torn_end_is_left_out(picture_file):
    whole = fragments.read(picture_file)
    with picture_file.open("r+b") as file:
        file.truncate(whole.fragments[-1].offset + 50)
    assert fragments.read(picture_file).fragments == whole.fragments[:-1]

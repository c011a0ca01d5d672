"""Every kind of file that may be read (ADR 33) and is not in test_ffmpeg_kinds.py, a second of each: it is found by its
content alone, and becomes what plays."""

import pytest

from cathedra.adapters.probing._scan import DEMUXERS
from tests import media
from tests.media import handmade
from tests.media.renditions import make_first, plan

pytestmark = pytest.mark.slow
PICTURE, TONE = media.picture("320x240", 25, 1), media.tone(seconds=1)
BOTH = [*PICTURE, *TONE]
MPEG2 = ["-c:v", "mpeg2video"]
PCM = ["-c:a", "pcm_s16le"]
MP3 = ["-c:a", "libmp3lame", "-ar", "44100"]
VP8 = ["-c:v", "libvpx", "-deadline", "realtime"]
PAL, QCIF = ["-vf", "scale=720:576", "-pix_fmt", "yuv420p"], ["-vf", "scale=176:144"]
STEREO = ["-ar", "48000", "-ac", "2"]
BEGUN = ["-strict", "-2"]  # encoders that ffmpeg calls experiments

MADE = {  # what it is called: what reads it, and how it is made
    "wmv": ("asf", [*BOTH, "-c:v", "wmv2", "-c:a", "wmav2"]),
    "asf": ("asf", [*BOTH, "-c:v", "msmpeg4", "-c:a", "wmav2"]),
    "wma": ("asf", [*TONE, "-c:a", "wmav2"]),
    "avi": ("avi", [*BOTH, "-c:v", "mpeg4", *MP3]),
    "flv": ("flv", [*BOTH, "-c:v", "flv", *MP3]),
    "mxf": ("mxf", [*BOTH, *MPEG2, *PCM]),
    "gxf": ("gxf", [*BOTH, *PAL, *MPEG2, *PCM]),
    "wtv": ("wtv", [*BOTH, *MPEG2, "-c:a", "mp2"]),
    "rm": ("rm", [*BOTH, *QCIF, "-c:v", "rv10", "-c:a", "ac3"]),
    "nut": ("nut", [*BOTH, "-c:v", "mpeg4", *MP3]),
    "dv": ("dv", [*BOTH, *PAL, "-c:v", "dvvideo", *PCM, *STEREO]),
    "3gp": ("mov", [*BOTH, *QCIF, "-c:v", "h263", *media.AAC]),
    "ivf": ("ivf", [*PICTURE, *VP8]),
    "y4m": ("yuv4mpegpipe", [*PICTURE]),
    "h264": ("h264", [*PICTURE, *media.X264]),
    "hevc": ("hevc", [*PICTURE, "-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none"]),
    "m2v": ("mpegvideo", [*PICTURE, *MPEG2, "-f", "mpeg2video"]),
    "obu": ("obu", [*PICTURE, "-c:v", "libsvtav1", "-preset", "12"]),
    "aac": ("aac", [*TONE, "-c:a", "aac"]),
    "loas": ("loas", [*TONE, "-c:a", "aac", "-f", "latm"]),
    "aiff": ("aiff", [*TONE]),
    "caf": ("caf", [*TONE]),
    "w64": ("w64", [*TONE]),
    "au": ("au", [*TONE]),
    "voc": ("voc", [*TONE, *PCM]),
    "ac3": ("ac3", [*TONE]),
    "eac3": ("eac3", [*TONE]),
    "dts": ("dts", [*TONE, *BEGUN, "-c:a", "dca"]),
    "thd": ("truehd", [*TONE, *BEGUN, "-c:a", "truehd", "-f", "truehd"]),
    "mlp": ("mlp", [*TONE, *BEGUN]),
    "wv": ("wv", [*TONE]),
    "tta": ("tta", [*TONE]),
}
BY_HAND = {"amr": handmade.amr, "ape": handmade.ape}
ELSEWHERE = {"mov", "matroska", "mpegts", "mpeg", "ogg", "wav", "mp3", "flac"}
SAME_AS_MOV_OR_MATROSKA = {"mp4", "m4a", "3gp", "3g2", "mj2", "webm"}


@pytest.mark.parametrize("kind", [*MADE, *BY_HAND])
def test_a_second_of_it_is_found_by_its_content_and_becomes_what_plays(tmp_path, kind):
    """Of any name; the reader is the one that the content asks for."""
    path = tmp_path / f"x.{kind}"
    demuxer, words = MADE.get(kind, (kind, TONE))
    if kind in BY_HAND:
        BY_HAND[kind](path)
    else:
        media.ffmpeg(*words, path)
    has_picture, has_sound = PICTURE[-1] in words, TONE[-1] in words
    decided, source = plan(path.rename(tmp_path / "lecture.mp4"))
    assert source.demuxer == demuxer
    assert (decided.picture is not None, len(decided.sounds)) == (has_picture, int(has_sound))
    assert decided.duration_ms == pytest.approx(1000, abs=400)  # some pad their sound
    made = make_first(decided, source)
    assert len(made) == has_picture + has_sound
    assert all(output.file.ends == pytest.approx(1, abs=0.4) for output in made.values())


def test_no_kind_is_allowed_that_is_never_tried():
    tried = {demuxer for demuxer, _ in MADE.values()} | set(BY_HAND) | ELSEWHERE
    assert set(DEMUXERS.split(",")) - SAME_AS_MOV_OR_MATROSKA == tried

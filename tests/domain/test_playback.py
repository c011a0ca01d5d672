"""Segments, rates and playlists as RFC 8216 wants them."""

import hashlib
import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cathedra.domain import playback
from cathedra.domain.playback import AudioTrack, Part, Picture, Piece, Variant


def pieces(*lengths: float, sizes: list[int] | None = None, keys: list[bool] | None = None) -> list[Piece]:
    made, begins, offset = [], 0.0, 700
    for number, lasts in enumerate(lengths):
        size = sizes[number] if sizes else 1000
        made.append(Piece(offset, size, begins, lasts, keys[number] if keys else True))
        begins, offset = begins + lasts, offset + size
    return made


def test_short_fragments_are_joined_to_a_segment():
    segments = playback.cut(pieces(*[1.0] * 10), seconds=4)
    assert [round(s.lasts, 3) for s in segments] == [4, 4, 2]
    assert [(s.offset, s.length) for s in segments] == [(700, 4000), (4700, 4000), (8700, 2000)]


def test_far_key_frames_make_long_segments():
    assert [s.lasts for s in playback.cut(pieces(8.3, 8.3, 1.0), seconds=4)] == pytest.approx([8.3, 8.3, 1.0])


def test_a_segment_begins_with_a_key_frame():
    segments = playback.cut(pieces(4.0, 4.0, 4.0, keys=[True, False, True]), seconds=4)
    assert [s.lasts for s in segments] == [8.0, 4.0]


def test_nothing_makes_nothing():
    assert playback.cut([], seconds=4) == ()


@given(st.lists(st.tuples(st.floats(0.02, 12), st.integers(100, 10**7)), min_size=1, max_size=60))
def test_segments_cover_every_byte_and_every_moment_once(fragments):
    given_pieces = pieces(*[lasts for lasts, _ in fragments], sizes=[size for _, size in fragments])
    segments = playback.cut(given_pieces, seconds=4)
    assert segments[0].offset == 700
    for one, other in itertools.pairwise(segments):
        assert one.offset + one.length == other.offset
        assert one.begins + one.lasts == pytest.approx(other.begins)
    assert sum(s.length for s in segments) == sum(size for _, size in fragments)
    assert sum(s.lasts for s in segments) == pytest.approx(sum(lasts for lasts, _ in fragments), abs=0.01)
    rates = playback.measure(segments)
    assert rates.peak >= rates.average > 0


def test_the_peak_is_of_a_segment_and_a_tiny_last_one_does_not_count_alone():
    segments = playback.cut(pieces(4.0, 4.0, 0.1, sizes=[4000, 8000, 5000]), seconds=4)
    rates = playback.measure(segments)
    assert rates.peak == 25366  # 13,000 bytes over the last 4.1 s, not 5,000 over the last 0.1 s
    assert rates.average == 16791


def test_the_media_playlist_addresses_bytes_of_one_file():
    segments = playback.cut(pieces(4.0, 3.5), seconds=3.5)
    assert playback.media_playlist(segments, file_name="p720.mp4", header_bytes=700) == (
        "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:4\n#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-PLAYLIST-TYPE:VOD\n"
        '#EXT-X-INDEPENDENT-SEGMENTS\n#EXT-X-MAP:URI="p720.mp4",BYTERANGE="700@0"\n'
        "#EXTINF:4.000000,\n#EXT-X-BYTERANGE:1000@700\np720.mp4\n"
        "#EXTINF:3.500000,\n#EXT-X-BYTERANGE:1000@1700\np720.mp4\n#EXT-X-ENDLIST\n"
    )


HIGH = Variant("p1080", "avc1.640028", 1920, 1080, 30.0, 2_000_000, 800_000)
LOW = Variant("p360", "avc1.64001e", 640, 360, 14.985, 300_000, 100_000)
ENGLISH = AudioTrack("a0", "mp4a.40.2", "eng", "", 140_000, 128_000)
FRENCH = AudioTrack("a1", "mp4a.40.2", "fra", 'Le "son"\n', 150_000, 120_000)


def test_the_multivariant_playlist_lists_the_best_first_with_the_loudest_sound_counted_in():
    assert playback.multivariant_playlist([LOW, HIGH], [ENGLISH, FRENCH]) == (
        "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n"
        '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="eng",LANGUAGE="eng",DEFAULT=YES,AUTOSELECT=YES,URI="a0.m3u8"\n'
        '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="Le  son",LANGUAGE="fra",DEFAULT=NO,AUTOSELECT=YES,URI="a1.m3u8"\n'
        '#EXT-X-STREAM-INF:BANDWIDTH=2150000,AVERAGE-BANDWIDTH=928000,CODECS="avc1.640028,mp4a.40.2",'
        'RESOLUTION=1920x1080,FRAME-RATE=30.000,AUDIO="sound"\np1080.m3u8\n'
        '#EXT-X-STREAM-INF:BANDWIDTH=450000,AVERAGE-BANDWIDTH=228000,CODECS="avc1.64001e,mp4a.40.2",'
        'RESOLUTION=640x360,FRAME-RATE=14.985,AUDIO="sound"\np360.m3u8\n'
    )


def test_sound_alone_is_a_variant_without_a_picture():
    text = playback.multivariant_playlist([], [ENGLISH])
    assert text.endswith('#EXT-X-STREAM-INF:BANDWIDTH=140000,AVERAGE-BANDWIDTH=128000,CODECS="mp4a.40.2"\na0.m3u8\n')
    assert "RESOLUTION" not in text
    assert "EXT-X-MEDIA:" not in text


def test_a_silent_picture_has_no_sound_group():
    text = playback.multivariant_playlist([HIGH], [])
    assert "AUDIO" not in text
    assert 'CODECS="avc1.640028",' in text


def test_two_sounds_of_one_language_keep_apart():
    text = playback.multivariant_playlist([HIGH], [ENGLISH, AudioTrack("a1", "mp4a.40.2", "eng", "", 1, 1)])
    assert 'NAME="eng"' in text
    assert 'NAME="eng (2)"' in text


DESCRIBED = AudioTrack("d0123", "mp4a.40.2", "en", "", 160_000, 96_000, is_description=True)


def test_r212_an_audio_description_is_offered_beside_the_sound_and_never_played_unasked():
    """RFC 8216, 4.3.4.1: a client may choose it for whoever has asked their device for descriptions (AUTOSELECT)."""
    assert playback.multivariant_playlist([HIGH], [ENGLISH, DESCRIBED]) == (
        "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n"
        '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="eng",LANGUAGE="eng",DEFAULT=YES,AUTOSELECT=YES,URI="a0.m3u8"\n'
        '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="Audio description",LANGUAGE="en",DEFAULT=NO,AUTOSELECT=YES,'
        'CHARACTERISTICS="public.accessibility.describes-video",URI="d0123.m3u8"\n'
        '#EXT-X-STREAM-INF:BANDWIDTH=2160000,AVERAGE-BANDWIDTH=928000,CODECS="avc1.640028,mp4a.40.2",'
        'RESOLUTION=1920x1080,FRAME-RATE=30.000,AUDIO="sound"\np1080.m3u8\n'
    )
    alone = playback.multivariant_playlist([HIGH], [DESCRIBED])
    assert "DEFAULT=YES" not in alone, "of a silent recording it is no other sound's place that it takes"
    assert "describes-video" not in playback.multivariant_playlist([HIGH], [ENGLISH, FRENCH])


@given(st.lists(st.sampled_from([ENGLISH, FRENCH]), max_size=3), st.booleans())
def test_r212_sounds_of_a_group_have_names_of_their_own_and_one_at_most_is_the_default(sounds, is_described):
    """RFC 8216, 4.3.4.1.1."""
    offered = [*sounds, *([DESCRIBED] if is_described else [])]
    lines = playback.multivariant_playlist([HIGH], offered).splitlines()
    media = [line for line in lines if line.startswith("#EXT-X-MEDIA")]
    names = [line.partition('NAME="')[2].partition('"')[0] for line in media]
    assert len(media) == len(offered)
    assert len(set(names)) == len(names)
    assert sum("DEFAULT=YES" in line for line in media) == min(1, len(sounds))
    assert ["describes-video" in line for line in media] == [one.is_description for one in offered]


def test_an_unknown_language_is_not_named():
    assert "LANGUAGE" not in playback.multivariant_playlist([HIGH], [AudioTrack("a0", "mp4a.40.2", "und", "", 1, 1)])


def test_the_storyboard_covers_the_whole_recording():
    tiling, tiles = playback.arrange([n * 4.0 for n in range(105)], width=1920, height=1080)
    assert (tiling.every, tiling.width, tiling.height) == (1, 160, 90)
    assert (tiles[104].sheet, tiles[104].x, tiles[104].y) == (2, 640, 0)
    text = playback.storyboard_vtt(tiles, tiling, ends=420.5)
    assert text.startswith("WEBVTT\n\n00:00:00.000 --> 00:00:04.000\nstoryboard-1.jpg#xywh=0,0,160,90\n")
    assert text.endswith("00:06:56.000 --> 00:07:00.500\nstoryboard-2.jpg#xywh=640,0,160,90\n")


def test_a_long_recording_has_no_more_small_pictures_than_a_page_needs():
    tiling, tiles = playback.arrange([float(n) for n in range(36_000)], width=480, height=852)
    assert len(tiles) == 400
    assert (tiling.width, tiling.height) == (90, 160)


def test_which_request_begins_a_download_r204():
    """What cannot be read is answered with the whole file, so it begins one."""
    beginning = ("", "bytes=0-", "bytes=0-0", "bytes=00-5", "bytes=5-6, 0-3", "junk", "bytes=", "items=5-", "bytes=²-")
    rest = ("bytes=5-", "bytes=-5", "BYTES=7-", "bytes=5-6,7-8", "bytes= 5-9")
    assert {playback.part_of("GET", wanted) for wanted in beginning} == {Part.BEGINNING}
    assert {playback.part_of("GET", wanted) for wanted in rest} == {Part.REST}
    assert {playback.part_of("HEAD", wanted) for wanted in (*beginning, *rest)} == {Part.NOTHING}


def test_the_rest_of_a_file_belongs_to_its_download_for_twelve_hours_r204():
    now = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
    told = {timedelta(0): True, timedelta(hours=11, minutes=59): True, timedelta(hours=12): False}
    assert {ago: playback.is_covered(now - ago, now) for ago in told} == told
    assert not playback.is_covered(None, now)
    assert not playback.is_covered(now + timedelta(seconds=1), now)


def test_two_files_of_a_recording_are_told_apart():
    screen, camera, sound = (True, True), (True, False), (False, False)
    assert playback.pictures([screen]) == (Picture.ONLY,)
    assert playback.pictures([screen, camera]) == (Picture.SLIDES, Picture.CAMERA)
    assert playback.pictures([camera, sound]) == (Picture.CAMERA, Picture.SOUND)
    assert playback.pictures([camera, camera]) == (Picture.FIRST, Picture.SECOND)
    assert playback.pictures([]) == ()


@pytest.mark.parametrize(
    ("title", "original", "saved"),
    [
        ("Entropy", "one.MP4", "Entropy.mp4"),
        ("Physics 1/2: heat", "a.mkv", "Physics 1-2- heat.mkv"),
        ("../../etc/passwd", "a.mp4", "-..-etc-passwd.mp4"),
        ("..", "a.mp4", "recording.mp4"),
        ("CON", "a.mp4", "_CON.mp4"),
        ("\u202egpj.exe", "a.mp4", "gpj.exe.mp4"),
        ("setup.exe", "setup.exe", "setup.exe.bin"),
        ("setup", "mp4", "setup.bin"),
        ('a"b\r\nSet-Cookie: x\0', "a.mp4", "ab Set-Cookie- x.mp4"),
        ("Übung 🎓 می\u200cشود", "a.webm", "Übung 🎓 می\u200cشود.webm"),
        ("x" * 400, "a.mp4", "x" * 176 + ".mp4"),
        ("é" * 400, "a.mp4", "é" * 88 + ".mp4"),
    ],
)
def test_files_are_saved_under_names_that_do_no_harm_r204(title, original, saved):
    assert playback.file_name(title, original) == saved
    marked = playback.file_name(title, original, mark="slides")
    assert marked.endswith(f" (slides){saved[saved.rindex('.') :]}")
    assert len(marked.encode()) <= 180


def stretches(kept, *, sound=False):
    """Of ten segments of four seconds, in milliseconds."""
    segments = [playback.Range(n * 4000, (n + 1) * 4000) for n in range(10)]
    arrange = playback.sound_stretches if sound else playback.picture_stretches
    found = arrange(segments, [playback.Range(*one) for one in kept], units=1000)
    return [
        (one.number, one.part) if isinstance(one, playback.Whole) else [(each.begins, each.ends) for each in one.ranges]
        for one in found
    ]


def test_only_segments_that_an_edge_crosses_are_made_anew():
    assert stretches([(0, 8000), (12_000, 20_000)]) == [(0, 0), (1, 0), (3, 1), (4, 1)]  # where segments meet: none
    assert stretches([(1000, 9000)]) == [[(1000, 4000)], (1, 0), [(8000, 9000)]]
    assert stretches([(3900, 12_500)]) == [
        [(3900, 8000)],
        (2, 0),
        [(12_000, 12_500)],
    ]  # an edge too short alone: its neighbour goes along
    assert stretches([(5000, 6000)]) == [[(5000, 6000)]]
    assert stretches([(0, 5000), (6000, 7000), (9000, 16_000)], sound=True) == [
        (0, 0), [(4000, 5000), (6000, 7000), (9000, 12_000)], (3, 2),
    ]  # fmt: skip


@given(st.integers(10_000, 200_000), st.integers(10_000, 200_000), st.booleans())
def test_packets_of_a_seam_fit_between_segments_and_each_part_keeps_its_clock(first, second, goes_on):
    seam = playback.Seam((playback.Range(7000, 7000 + first), playback.Range(900_000, 900_000 + second)), (0, 1))
    made = playback.sound_packets(seam, packet=1024, goes_on=goes_on)
    count = sum(one.count for one in made.packets)
    assert sum(one.lasts for one in made.packets) == first + second
    assert abs(made.fill) <= 512
    if goes_on:
        assert count * 1024 == first + second + made.fill
        assert all(one.begins + one.count * 1024 == 900_000 + second for one in made.packets if one.part == 1)
    assert all(one.begins == 7000 for one in made.packets if one.part == 0)


def test_the_edited_playlist_names_headers_and_jumps():
    entries = [
        playback.Entry(700, 0, 700, 10, 4.0, 0),
        playback.Entry(600, 710, 1310, 20, 1.5, 0, "cut-p-1.mp4"),
        playback.Entry(600, 710, 1330, 20, 0.5, 1, "cut-p-1.mp4"),
        playback.Entry(700, 0, 1350, 30, 4.0, 1),
    ]
    lines = playback.edited_playlist(entries, "p-v3.mp4").splitlines()
    assert [line for line in lines if line.startswith(("#EXT-X-MAP", "#EXT-X-DISC", "# "))] == [
        '#EXT-X-MAP:URI="p-v3.mp4",BYTERANGE="700@0"',
        "# cut-p-1.mp4",
        '#EXT-X-MAP:URI="p-v3.mp4?header=710",BYTERANGE="600@710"',
        "#EXT-X-DISCONTINUITY",
        '#EXT-X-MAP:URI="p-v3.mp4?header=710",BYTERANGE="600@710"',
        '#EXT-X-MAP:URI="p-v3.mp4",BYTERANGE="700@0"',
    ]
    assert {line for line in lines if not line.startswith("#")} == {"p-v3.mp4"}
    text = playback.edited_playlist(entries, "p-v3.mp4").encode()
    form = (playback.EDITED_FORM, hashlib.sha256(text).hexdigest()[:16])
    assert form == (1, "242d738b5f23baa9"), (
        "whoever changes the playlist raises its form: then what was made before is made anew"
    )
    assert [playback.edited_prefix(version) for version in (0, 3)] == ["", "e3-"]
    assert playback.edited_name(3, "p") == "p-v3.mp4"


def test_a_small_picture_taken_in_a_cut_is_not_shown():
    tiling, tiles = playback.arrange([0.0, 4.0, 8.0, 12.0], width=160, height=90)
    text = playback.edited_storyboard(
        playback.storyboard_vtt(tiles, tiling, ends=16.0), [(2000, 7000), (10_000, 16_000)]
    )
    assert text.splitlines()[2:] == [
        "00:00:00.000 --> 00:00:07.000", "storyboard-1.jpg#xywh=160,0,160,90", "",
        "00:00:07.000 --> 00:00:11.000", "storyboard-1.jpg#xywh=480,0,160,90",
    ]  # fmt: skip
    assert [playback.poster_at(one) for one in (60_000, 3_600_000)] == [6000, 20_000]

"""What of a file is copied, encoded, left out or refused: tables, and properties over many files."""

import dataclasses
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cathedra.domain import encoding
from cathedra.domain.encoding import Picture, Plan, Probe, Problem, Refusal, Sound, StreamRole, WrongLadder
from cathedra.domain.library import State
from cathedra.domain.terms import Code, deny, permit

TEXT = tomllib.loads((Path(__file__).parents[2] / "policies/ladder.toml").read_text())
LADDER = encoding.parse_ladder(TEXT)
PICTURE = Picture(
    index=0,
    codec="h264",
    profile="High",
    pixel_format="yuv420p",
    bit_depth=8,
    chroma="420",
    width=1920,
    height=1080,
    pixel_aspect=(1, 1),
    rotation=0,
    frame_rate=30.0,
    is_variable=False,
    is_interlaced=False,
    transfer="",
    start_us=0,
    duration_ms=60_000,
    frames=1800,
    key_frames=8,
    longest_key_gap_ms=8333,
    is_closed=True,
    has_sane_times=True,
    flat_share=0.9,
)
SOUND = Sound(
    index=1,
    codec="aac",
    profile="LC",
    channels=2,
    sample_rate=48000,
    language="eng",
    title="",
    start_us=-21_333,
    duration_ms=60_021,
    hole_ms=0,
    has_sane_times=True,
)


def picture(**changes):
    return dataclasses.replace(PICTURE, **changes)


def sound(**changes):
    return dataclasses.replace(SOUND, **changes)


def probe(pictures=(PICTURE,), sounds=(SOUND,), **changes):
    known = {"demuxer": "mov", "stated_ms": 60_000, "duration_ms": 60_000}
    return Probe(pictures=tuple(pictures), sounds=tuple(sounds), **{**known, **changes})


def planned(found: Probe, **options) -> Plan:
    decided = encoding.plan(found, LADDER, **options)
    assert isinstance(decided, Plan)
    return decided


def refused(found: Probe, **options) -> str:
    decided = encoding.plan(found, LADDER, **options)
    assert isinstance(decided, Refusal)
    return decided.note.sentence.format(**decided.note.values)


def test_a_plain_lecture_is_copied_whole():
    made = planned(probe())
    assert made.is_copy
    assert (made.role, made.first.name, made.first.width, made.first.height) == (
        StreamRole.PRIMARY,
        "p1080",
        1920,
        1080,
    )
    assert [(one.name, one.is_copy) for one in made.sounds] == [("a0", True)]
    assert [video.name for video in encoding.lower_renditions(made, LADDER, is_screen=True)] == ["p720", "p480", "p360"]
    assert [video.name for video in encoding.lower_renditions(made, LADDER, is_screen=False)] == ["p720", "p360"]


def described(found: Probe, lasts_ms=60_000):
    decided = encoding.plan_description(found, name="d1", lasts_ms=lasts_ms)
    if isinstance(decided, Plan):
        return decided
    return decided.note.sentence.format(**decided.note.values)


@pytest.mark.parametrize("apart_ms", [-2000, -1, 0, 1, 2000])
def test_r212_a_description_is_made_as_long_as_the_recording_from_its_first_sound(apart_ms):
    """A cover in the file is no picture, and a second sound none of the recording's."""
    other = sound(index=2, duration_ms=5)
    made = described(probe((), (sound(duration_ms=60_000 + apart_ms), other)))
    assert (made.picture, made.first, made.duration_ms) == (None, None, 60_000)
    assert [(one.name, one.is_copy, one.lasts_ms, one.sound.index) for one in made.sounds] == [("d1", False, 60_000, 1)]
    assert made.begins_us == 0


def test_r212_a_description_of_another_length_or_without_sound_is_left_out_with_a_sentence():
    assert "This file lasts 0:57, and the recording 1:00." in described(probe((), (sound(duration_ms=57_999),)))
    assert "This file lasts 1:02, and the recording 1:00." in described(probe((), (sound(duration_ms=62_001),)))
    silent = (probe(), probe((), ()), probe((), (sound(channels=0), sound(duration_ms=0))))
    assert "no sound in this file" not in str(described(silent[0]))
    for found in (
        *silent[1:],
        encoding.problem_probe(Problem.NOT_MEDIA),
        encoding.problem_probe(Problem.TOO_MANY_FRAMES),
    ):
        assert "There is no sound in this file that can be read." in described(found)
    assert "so it was stopped" in described(encoding.problem_probe(Problem.TOO_COSTLY))


@pytest.mark.parametrize(
    "change",
    [
        {"codec": "hevc"},
        {"codec": "vp9"},
        {"bit_depth": 10, "pixel_format": "yuv420p10le"},
        {"chroma": "422"},
        {"chroma": "444"},
        {"rotation": 90},
        {"is_interlaced": True},
        {"is_closed": False},
        {"has_sane_times": False},
        {"longest_key_gap_ms": 10_001},
        {"width": 2560, "height": 1440},
        {"width": 3840, "height": 1080},
        {"start_us": 600_000},  # the sound begins so long before that a player would stand still
    ],
    ids=str,
)
def test_the_copy_gate_shuts(change):
    made = planned(probe([picture(**change)]))
    assert not made.first.is_copy
    assert not made.is_copy


def test_what_cannot_be_copied_gets_480_lines_first_and_its_own_height_later():
    made = planned(probe([picture(codec="hevc")]))
    assert (made.first.name, made.first.width, made.first.height) == ("p480", 852, 480)
    rest = encoding.lower_renditions(made, LADDER, is_screen=True)
    assert [(video.name, video.width, video.height) for video in rest] == [
        ("p1080", 1920, 1080),
        ("p720", 1280, 720),
        ("p360", 640, 360),
    ]


def test_a_copy_that_failed_once_is_not_tried_again():
    made = planned(probe(may_copy=False))
    assert not made.first.is_copy
    assert not made.sounds[0].is_copy


@pytest.mark.parametrize(
    "change",
    [
        {"codec": "opus"},
        {"codec": "mp3"},
        {"profile": "HE-AAC"},
        {"channels": 6},
        {"hole_ms": 201},
        {"has_sane_times": False},
        {"start_us": 600_000},
    ],
    ids=str,
)
def test_other_sound_is_encoded_once_while_the_picture_is_copied(change):
    made = planned(probe(sounds=[sound(**change)]))
    assert made.first.is_copy
    assert [one.is_copy for one in made.sounds] == [False]


@pytest.mark.parametrize(
    ("change", "first", "rest"),
    [
        ({"width": 641, "height": 361, "codec": "vp8"}, ("p360", 638, 360), []),
        ({"width": 320, "height": 240, "codec": "mpeg4"}, ("p240", 320, 240), []),
        ({"width": 1080, "height": 1920, "codec": "hevc"}, ("p480", 480, 852), ["p1080", "p720", "p360"]),
        ({"rotation": 90}, ("p480", 480, 852), ["p1080", "p720", "p360"]),
        ({"width": 720, "height": 576, "pixel_aspect": (64, 45), "codec": "mpeg2video"}, ("p480", 852, 480), ["p576", "p360"]),
        ({"width": 3840, "height": 2160, "codec": "hevc"}, ("p480", 852, 480), ["p1080", "p720", "p360"]),
        ({"width": 640, "height": 360}, ("p360", 640, 360), []),
    ],
    ids=str,
)  # fmt: skip
def test_shapes(change, first, rest):
    made = planned(probe([picture(**change)]))
    assert (made.first.name, made.first.width, made.first.height) == first
    assert [video.name for video in encoding.lower_renditions(made, LADDER, is_screen=True)] == rest


def test_cameras_are_capped_and_screens_are_not():
    made = planned(probe([picture(codec="hevc")]))
    camera = encoding.lower_renditions(made, LADDER, is_screen=False)
    assert {video.name: video.max_kbps for video in camera} == {"p1080": 4500, "p720": 2200, "p360": 650}
    assert {video.max_kbps for video in encoding.lower_renditions(made, LADDER, is_screen=True)} == {0}


@pytest.mark.parametrize(("share", "is_screen"), [(1.0, True), (0.6, True), (0.59, False), (0.0, False)])
def test_a_screen_is_told_by_how_few_shades_cover_it(share, is_screen):
    assert encoding.is_screen(picture(flat_share=share), LADDER) is is_screen


def test_every_sound_track_becomes_a_rendition_with_its_language():
    made = planned(probe(sounds=[SOUND, sound(index=2, language="fra", codec="opus")]))
    assert [(one.name, one.sound.language, one.is_copy) for one in made.sounds] == [
        ("a0", "eng", True),
        ("a1", "fra", False),
    ]


def test_sound_alone_is_a_recording():
    made = planned(probe(pictures=[]))
    assert (made.role, made.first, made.is_copy) == (StreamRole.AUDIO, None, True)
    assert encoding.lower_renditions(made, LADDER, is_screen=False) == ()


def test_a_silent_picture_is_a_recording():
    made = planned(probe(sounds=[]))
    assert (made.first.name, made.sounds) == ("p1080", ())


def test_the_second_file_is_the_second_picture_and_its_sound_is_left_out_when_there_is_one():
    made = planned(probe(), position=1, has_sound_already=True)
    assert (made.role, made.first.name, made.sounds) == (StreamRole.SECONDARY, "s1080", ())
    assert [note.sentence for note in made.dropped] == [
        "The sound of the second file was left out, because the first file has sound."
    ]
    assert [one.name for one in planned(probe(), position=1).sounds] == ["b0"]


def test_a_file_that_is_shorter_than_it_says_is_used_and_said():
    made = planned(probe(stated_ms=3_900_000))
    assert made.dropped[0].values == {"said": "1:05:00", "kept": "1:00"}
    assert planned(probe(stated_ms=61_900)).dropped == ()


def test_a_second_picture_in_the_same_file_is_said():
    assert "more than one picture" in planned(probe([PICTURE, picture(index=2)])).dropped[0].sentence


@pytest.mark.parametrize("problem", list(Problem))
def test_every_problem_has_a_sentence_for_the_owner(problem):
    sentence = refused(encoding.problem_probe(problem))
    assert sentence.endswith((".", "?"))
    assert "{" not in sentence


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (probe(duration_ms=24 * 3_600_000 + 1), "longer than 24 hours"),
        (probe([picture(width=30_000, height=30_000)]), "larger than can be played"),
        (probe([picture(width=1, height=1)]), "too small"),
        (probe([picture(width=8000, height=8000)]), "larger than can be played"),
        (probe([picture(frames=20_000_001)]), "more pictures"),
        (probe(sounds=[sound(index=n) for n in range(64)]), "more tracks"),
        (probe([], []), "no sound or picture"),
        (probe([], [sound(channels=0)]), "no sound or picture"),
    ],
    ids=str,
)
def test_limits(found, said):
    assert said in refused(found)


def test_a_probe_survives_being_kept():
    for found in (probe(), encoding.problem_probe(Problem.NO_INDEX), probe(may_copy=False)):
        assert encoding.probe_from_json(encoding.probe_to_json(found)) == found


@pytest.mark.parametrize(
    ("table", "key", "value"),
    [
        ("screen", "heights", [720, 1080]),
        ("screen", "heights", [721]),
        ("screen", "heights", []),
        ("segments", "seconds", 11),
        ("camera", "max_kbps", {"1080": 1}),
        ("limits", "surprise", 1),
    ],
)
def test_a_wrong_ladder_is_refused_with_a_sentence(table, key, value):
    text = {**TEXT, table: {**TEXT[table], key: value}}
    with pytest.raises(WrongLadder, match="ladder: "):
        encoding.parse_ladder(text)


def test_a_ladder_without_a_table_is_refused():
    with pytest.raises(WrongLadder):
        encoding.parse_ladder({name: table for name, table in TEXT.items() if name != "limits"})


@pytest.mark.parametrize(("transfer", "needed"), [("smpte2084", True), ("arib-std-b67", True), ("", False)])
def test_high_dynamic_range_is_mapped(transfer, needed):
    assert encoding.needs_tone_mapping(picture(transfer=transfer)) is needed


pictures = st.builds(
    picture,
    width=st.integers(16, 8192),
    height=st.integers(16, 4320),
    rotation=st.sampled_from([0, 90, 180, 270]),
    pixel_aspect=st.sampled_from([(1, 1), (64, 45), (4, 3), (0, 1)]),
    codec=st.sampled_from(["h264", "hevc", "vp9"]),
    is_closed=st.booleans(),
    flat_share=st.floats(0, 1),
)


@given(found=pictures, is_screen=st.booleans(), position=st.integers(0, 1))
def test_whatever_comes_renditions_are_even_upright_never_enlarged_and_named_once(found, is_screen, position):
    decided = encoding.plan(probe([found]), LADDER, position=position)
    if isinstance(decided, Refusal):
        return
    rest = encoding.lower_renditions(decided, LADDER, is_screen=is_screen)
    names = [decided.first.name, *(video.name for video in rest)]
    assert len(names) == len(set(names))
    shown = found.shown_size
    for video in rest if decided.first.is_copy else (decided.first, *rest):
        assert video.width % 2 == 0
        assert video.height % 2 == 0
        assert min(video.width, video.height) <= min(shown)
        assert min(video.width, video.height) <= 1080
        assert (video.width > video.height) == (shown[0] > shown[1]) or abs(shown[0] - shown[1]) < 8
    if is_screen:
        assert all(min(v.width, v.height) >= min(360, min(shown) - 1) for v in rest)


def test_the_recordings_zero_is_the_picture_when_copied_and_the_files_own_when_encoded():
    late = picture(start_us=1_466_666)
    sounds = [sound(start_us=1_443_444)]
    assert planned(probe([late], sounds, begins_us=1_443_444)).begins_us == 1_466_666
    other = dataclasses.replace(late, codec="hevc")
    assert planned(probe([other], sounds, begins_us=1_443_444)).begins_us == 1_443_444
    assert planned(probe([], [SOUND])).begins_us == 0


class TestAgain:
    """T18."""

    def test_t18_from_failed_alone_and_r53_on_its_way_it_is_so_already(self):
        answers = {state: encoding.decide_again(state, may=permit(), is_received=True).is_permitted for state in State}
        assert {state for state, is_yes in answers.items() if is_yes} == {
            State.FAILED, State.UPLOADED, State.PROCESSING,
        }  # fmt: skip
        instead = {
            state for state in State if encoding.decide_replace(state, may=permit(), is_received=True).is_permitted
        }
        assert instead == {State.FAILED}

    def test_t18_a_copy_has_nothing_to_process_and_nobody_is_told_more_than_they_may(self):
        no = deny(Code.NO_PERMISSION, "R22", "No.")
        for decide in (encoding.decide_again, encoding.decide_replace):
            assert "copy the original again" in decide("failed", may=permit(), is_received=False).reasons[0].sentence
            assert decide("failed", may=no, is_received=True) is no
            assert decide("published", may=no, is_received=False) is no

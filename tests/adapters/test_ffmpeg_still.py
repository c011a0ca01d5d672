"""What hardly moves has its whole ladder, as long as it is: pictures stand for seconds, and are decoded out of order."""

import dataclasses
import itertools

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from cathedra.adapters import fragments
from cathedra.adapters.ffmpeg import Output, RunFailed
from cathedra.domain import encoding, playback
from cathedra.domain.encoding import LEAST_RATE
from tests import media
from tests.media import still
from tests.media.renditions import LADDER, RENDERER

pytestmark = pytest.mark.slow
CLIPS = {
    "one picture": ([0], 80),
    "still for 8 s": ([0, 1, 2], 80),
    "still for 8 s, one a second in the end": ([0, 1, 2, 3, 40, 50, 60, 70], 80),
    "still for 8 s, one near the end": ([0, 1, 2, 3, 4, 5, 59, 79], 80),
    "still for 40 s": ([0, 1, 2, 399], 400),
    "a slide every 7 s": ([0, 70, 140, 210, 280], 300),
    "a slide every 7 s, twice each": ([0, 1, 70, 71, 140, 141, 210, 280], 300),
}


def assert_whole(outputs: list[Output], ends: float) -> None:
    """Every fragment ends where the next begins, the last with the recording; playlists say the same."""
    for output in outputs:
        data, file = output.path.read_bytes(), output.file
        assert (file.fragments[0].begins, file.ends) == (0, pytest.approx(ends, abs=0.05)), output.name
        for one, after in itertools.pairwise(file.fragments):
            assert one.begins + one.lasts == pytest.approx(after.begins, abs=0.021), output.name
        for one in file.fragments:
            shown = fragments.shown_times([data[one.offset : one.offset + one.length]])
            assert shown[0] / file.header.units_per_second == one.begins
            assert shown[-1] / file.header.units_per_second < one.begins + one.lasts
        pieces = [playback.Piece(one.offset, one.length, one.begins, one.lasts, one.is_key) for one in file.fragments]
        segments = playback.cut(pieces, seconds=LADDER.segment_ms / 1000)
        told = list(itertools.accumulate((one.lasts for one in segments), initial=0.0))
        assert [one.begins for one in segments] == pytest.approx(told[:-1])
        assert told[-1] == pytest.approx(file.ends)
        assert len(media.decode_picture(output.path)) == sum(one.samples for one in file.fragments), "each is shown"


def names(outputs: list[Output]) -> set[str]:
    return {output.name for output in outputs if output.file.header.width}


@pytest.mark.parametrize("suffix", ["mp4", "mkv"])
@pytest.mark.parametrize("b_frames", [0, 3])
@pytest.mark.parametrize(("shown", "until"), CLIPS.values(), ids=CLIPS.keys())
def test_what_stands_still_has_its_whole_ladder_to_its_end(tmp_path, shown, until, b_frames, suffix):
    looks = still.SLIDES if until == 300 else still.STILL
    path = tmp_path / f"in.{suffix}"
    ends = still.clip(path, shown, until=until, b_frames=b_frames, has_sound=b_frames == 3, looks=looks)
    decided, made = still.ladder(path)
    assert decided.picture.duration_ms / 1000 == pytest.approx(ends, abs=0.03)
    assert names(made) == {"p720", "p480", "p360"}
    assert_whole([output for output in made if output.file.header.width], ends)
    if len(shown) / ends < LEAST_RATE:  # a browser shows nothing of a few pictures before it has the end of the file
        assert not decided.first.is_copy
        for output in made:
            times = [seconds for seconds, *_ in media.decode_picture(output.path)] if output.file.header.width else []
            assert all(later - one <= 1.001 for one, later in itertools.pairwise(times))
            assert not times or len(times) >= int(ends)


@given(
    shown=st.sets(st.integers(1, 120), max_size=12),
    stands=st.integers(1, 90),
    b_frames=st.sampled_from([0, 2, 3]),
    suffix=st.sampled_from(["mp4", "mkv"]),
    looks=st.sampled_from([still.STILL, still.SLIDES]),
    is_screen=st.booleans(),
)
@settings(
    max_examples=12,
    deadline=None,
    phases=(
        Phase.explicit,
        Phase.generate,
    ),  # a clip takes seconds: the first that fails is told, and no smaller one sought
    suppress_health_check=[HealthCheck.too_slow],
)
def test_pictures_at_any_times_last_until_the_next(tmp_path_factory, shown, stands, b_frames, suffix, looks, is_screen):
    path, times = tmp_path_factory.mktemp("clip") / f"in.{suffix}", [0, *sorted(shown)]
    until = times[-1] + stands
    ends = still.clip(path, times, until=until, b_frames=b_frames, has_sound=False, looks=looks, size="640x360")
    decided, made = still.ladder(path, is_screen=is_screen)
    told = decided.picture.duration_ms / 1000
    assert (
        times[-1] / still.RATE < told
    )  # where frames are put in another order, files differ about how long the last stands
    assert b_frames or told == pytest.approx(ends, abs=0.03)
    assert_whole(made, told)


def test_an_encoder_that_stops_early_is_not_taken_for_a_picture_that_stands(tmp_path):
    """What repeats may be left out, but only up to where the source was looked at."""
    path = tmp_path / "in.mkv"
    still.clip(path, range(80), until=80, b_frames=0, has_sound=False)
    decided, source = still.plan(path)
    longer = dataclasses.replace(decided, picture=dataclasses.replace(decided.picture, duration_ms=20_000))
    lower = encoding.lower_renditions(decided, LADDER, is_screen=True)
    (tmp_path / "work").mkdir()
    with pytest.raises(RunFailed, match="ends after"):
        RENDERER.make_rest(source, longer, lower, tmp_path / "work", is_screen=True)


def test_a_file_whose_fragments_show_what_was_before_them_is_left_as_it_is(tmp_path):
    """Open groups: their times are not ours to give."""
    path = tmp_path / "in.mp4"
    still.clip(path, [0, 1, 2, 30], until=40, b_frames=0, has_sound=False, size="320x180")
    made = still.ladder(path)[1][0].path
    header, samples = fragments.read_samples(made)
    samples[-1] = dataclasses.replace(samples[-1], shown=samples[0].shown - 5, is_key=False)
    fragments.compose(made, header, [[one] for one in samples[:1]] + [samples[1:]])
    data = made.read_bytes()
    fragments.retime(made, ends=9.0)
    assert made.read_bytes() == data

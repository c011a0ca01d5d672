"""What was watched: segments, percent, sums (R213 to R215)."""

import random
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cathedra.domain import playback
from cathedra.domain.playback import Ruler, Start, Stop, Stretch, Totals, Watched

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def ruler(duration_ms: int, *kept: tuple[int, int]) -> Ruler:
    return Ruler(duration_ms, kept or ((0, duration_ms),))


def percent_of(scale: Ruler, *reaches: tuple[int, int]) -> int:
    return playback.percent(scale.spread(reaches), scale.needs)


def test_r214_a_segment_counts_from_a_second_on_and_a_short_recording_has_one_a_second():
    hour = ruler(3_600_000)  # 36 s each
    cases = [
        ("nothing", hour, (), 0),
        ("all", hour, ((0, 3_600_000),), 100),
        ("a second of the first", hour, ((0, 1000),), 1),
        ("less", hour, ((0, 999),), 0),
        ("a second over an edge is half a second of each", hour, ((35_500, 36_500),), 0),
        ("two halves of one", hour, ((0, 500), (20_000, 20_500)), 1),
        ("a second of every other", hour, tuple((s * 72_000, s * 72_000 + 1000) for s in range(50)), 50),
        ("half of 50 s", ruler(50_000), ((0, 25_000),), 50),
        ("the last second of 10.4 s is what is left", ruler(10_400), ((0, 10_400),), 100),
        ("all but that", ruler(10_400), ((0, 10_000),), 90),
        ("99.5 s", ruler(99_500), ((0, 99_500),), 100),
        ("less than a second", ruler(400), ((0, 400),), 100),
        ("no length", ruler(0), ((0, 400),), 0),
        ("beyond the end", ruler(200_000), ((190_000, 900_000),), 5),
        ("half is cut away, the rest is all there is", ruler(3_600_000, (0, 1_800_000)), ((0, 1_800_000),), 100),
        ("of what is left of a segment half a second is all", ruler(200_000, (0, 500)), ((0, 500),), 100),
    ]
    for name, scale, reaches, expected in cases:
        assert percent_of(scale, *reaches) == expected, name
    assert [ruler(ms).segments for ms in (0, 1, 1000, 50_001, 99_000, 100_000, 9**9)] == [0, 1, 1, 51, 99, 100, 100]


def test_every_millisecond_lies_in_one_segment():
    pick = random.Random(1)
    for _ in range(200):
        duration_ms = pick.choice([pick.randrange(1, 2000), pick.randrange(1, 120_000), pick.randrange(1, 10**7)])
        starts = [pick.randrange(0, 2 * duration_ms) for _ in range(pick.randrange(5))]
        reaches = [(start, start + pick.randrange(duration_ms)) for start in starts]
        spread = ruler(duration_ms).spread(reaches)
        inside = sum(max(0, min(end, duration_ms) - min(start, duration_ms)) for start, end in reaches)
        assert sum(spread) == inside, (duration_ms, reaches)
        capped = [min(ms, 1000) for ms in spread]
        assert playback.unpacked(playback.packed(capped)) == capped


def watch(totals, before, *reaches, scale, is_view=False, is_signed_in=True, at=NOW):
    return playback.count(totals, before, Watched(reaches, is_view, at), scale, is_signed_in=is_signed_in)


def test_r215_the_sums_are_those_of_everybody_and_a_viewer_is_counted_once():
    scale, totals = ruler(200_000), Totals.none(100, NOW)
    ben = watch(totals, None, (0, 10_000), scale=scale, is_view=True)
    ben = watch(totals, ben, (0, 10_000), scale=scale, is_view=True)
    watch(totals, None, (0, 2000), scale=scale, is_view=True, is_signed_in=False)
    eve = watch(totals, None, (4000, 6000), scale=scale, is_view=True)
    assert (totals.views, totals.anonymous_views, totals.viewers, totals.delivered_ms) == (4, 1, 2, 24_000)
    assert totals.played_ms[:6] == [6000, 4000, 6000, 4000, 4000, 0]
    assert totals.reached_by[:6] == [1, 1, 2, 1, 1, 0], "how many people, not how often"
    assert (ben.percent, ben.views, ben.delivered_ms, ben.position_ms) == (5, 2, 20_000, 10_000)
    assert (eve.percent, eve.position_ms) == (1, 6000)


def test_r214_the_highest_value_stays_when_the_recording_becomes_another():
    totals = Totals.none(100, NOW)
    ben = watch(totals, None, (0, 100_000), scale=ruler(200_000))
    assert ben.percent == 50
    shorter = watch(totals, replace(ben, watched=list(ben.watched)), (0, 1000), scale=ruler(20_000))
    assert (shorter.percent, len(totals.played_ms), totals.reached_by[:2]) == (50, 20, [1, 0])


def test_what_no_player_says_is_refused():
    good = Stretch(0, 1000, 1.0, Start.START, Stop.PAUSE)
    assert playback.check_stretch(good) is good
    for wrong in (
        {"start_ms": -1},
        {"end_ms": 0},
        {"start_ms": 1000},
        {"end_ms": 600_001},
        {"start_ms": 604_800_000, "end_ms": 604_800_001},
        {"speed": 0.0},
        {"speed": float("nan")},
        {"speed": 17.0},
    ):
        with pytest.raises(playback.WrongTelling):
            playback.check_stretch(replace(good, **wrong))

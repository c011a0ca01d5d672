"""What the sums say, and what they keep back of few people (R215, R216, security class 20)."""

from datetime import UTC, datetime
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from cathedra.domain import playback
from cathedra.domain.playback import NOTHING, Totals
from cathedra.domain.terms import RecordingId

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
PLACES = [(0, 1000), (1000, 2000), None, (2000, 2500), (2500, 2500)]


def totals(viewers: int) -> Totals:
    return Totals(9, 2, viewers, 30_000, NOW, [7000, 3000, 500, 500, 0], [viewers, 4, 1, 0, 0])


def figures(viewers: int, *, has_names: bool):
    return playback.statistics(totals(viewers), PLACES, average_percent=42.5, has_names=has_names)


def test_r215_a_creator_sees_every_figure_and_what_is_cut_away_is_no_part():
    found = figures(3, has_names=True)
    assert (found.views, found.viewers, found.anonymous_views, found.delivered_ms) == (9, 3, 2, 30_000)
    assert (found.average_percent, found.last_at, found.is_hidden) == (42.5, NOW, False)
    shown = [(one.start_ms, one.plays, one.viewers) for one in found.segments]
    assert shown == [(0, 7.0, 3), (1000, 3.0, 4), (2000, 1.0, 0)]
    cut = Totals(9, 2, 3, 30_000, NOW, [7000, 30_000, 0, 9000, 0], [3, 3, 0, 3, 0])  # nine times, when it was a second
    found = playback.statistics(cut, PLACES, average_percent=None, has_names=True)
    assert [one.plays for one in found.segments] == [7.0, 30.0, 9.0]
    assert playback.statistics(None, PLACES, average_percent=None, has_names=True) == NOTHING


def test_r216_groups_under_five_are_hidden_from_whoever_may_not_see_names():
    for viewers in range(5):
        hidden = figures(viewers, has_names=False)
        assert hidden.is_hidden
        kept = (hidden.views, hidden.viewers, hidden.anonymous_views, hidden.delivered_ms, hidden.average_percent)
        assert {*kept, hidden.last_at} == {None}, viewers
        assert hidden.segments == ()
    assert playback.statistics(None, PLACES, average_percent=None, has_names=False) == figures(0, has_names=False)
    assert line(None, has_names=False) == line(totals(4), has_names=False)
    five = figures(5, has_names=False)
    assert (five.viewers, five.is_hidden) == (5, False)
    assert [(one.plays, one.viewers) for one in five.segments] == [(5, 5), (None, None), (None, None)]


def line(counted: Totals | None, *, has_names: bool) -> playback.Line:
    return playback.line(RecordingId(UUID(int=1)), "Entropy", "Part IA", 2500, totals=counted, has_names=has_names)


@given(st.integers(0, 60), st.lists(st.integers(0, 60), min_size=5, max_size=5))
def test_r216_what_is_left_of_one_count_of_people_beside_another_is_nobody_or_five_at_least(viewers, reached):
    played = [reach * 1500 for reach in reached]
    counted = Totals(viewers * 2, 0, viewers, 30_000, NOW, played, [min(reach, viewers) for reach in reached])
    found = playback.statistics(counted, PLACES, average_percent=40, has_names=False)
    counts = [found.viewers, *(one.viewers for one in found.segments), line(counted, has_names=False).viewers]
    people = [0, *(count for count in counts if count is not None)]
    assert {abs(one - other) % playback.FEWEST for one in people for other in people} == {0}
    assert all(one.plays is None or one.plays % playback.FEWEST == 0 for one in found.segments)
    assert found.viewers is None or found.viewers <= viewers


def test_class_20_no_name_is_a_formula_in_the_files():
    names = ["=1+1", "+1", "-1", "@x", " =x", "\tx", "＝x", "Ben, “B”", ""]
    text = playback.viewers_csv((name, name, 50, 2, 90_000, 3_723_000, NOW) for name in names)
    lines = text.split("\r\n")
    assert lines[0] == "name,login_name,percent_watched,views,minutes,last_position,last_viewed"
    assert lines[1] == "'=1+1,'=1+1,50,2,1.5,1:02:03,2026-11-02T09:00:00+00:00"
    for line, name in zip(lines[1:], names, strict=False):
        assert line.lstrip('"').startswith("'") or not name or name.startswith("Ben"), name
    rows = playback.segments_csv(figures(5, has_names=False).segments).split("\r\n")
    assert rows == [
        "from,to,times_watched,viewers",
        "0:00:00,0:00:01,5,5",
        "0:00:01,0:00:02,,",
        "0:00:02,0:00:02,,",
        "",
    ]

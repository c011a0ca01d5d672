"""Cuts and the two timelines, over random lists."""

from hypothesis import given
from hypothesis import strategies as st

from cathedra.domain.library import MOST_CUTS, UNEDITED, Edits, Layout, Look, Moved, Span, decide_edit, moved
from cathedra.domain.terms import Code

LENGTH = 100_000
spans = st.tuples(st.integers(-5000, LENGTH + 5000), st.integers(-5000, LENGTH + 5000)).map(
    lambda ends: Span(*sorted(ends))
)
edits = st.lists(spans, max_size=8).map(lambda cuts: Edits.of(cuts, duration_ms=LENGTH))


@given(edits)
def test_cuts_are_sorted_apart_and_inside_and_what_is_kept_adds_up(made):
    ends = [edge for cut in made.cuts for edge in (cut.start_ms, cut.end_ms)]
    assert ends == sorted(set(ends))
    assert all(0 <= edge <= LENGTH for edge in ends)
    kept = made.kept(LENGTH)
    assert sum(span.length_ms for span in kept) == made.length_ms(LENGTH) == made.edited(LENGTH)
    assert all(span.length_ms >= 1000 for span in kept)
    assert Edits.of(made.cuts, duration_ms=LENGTH) == made


@given(edits, st.integers(0, LENGTH))
def test_a_place_that_is_kept_is_found_again_and_one_that_is_cut_is_where_the_cut_ends(made, place):
    if not made.is_cut(place) and place < LENGTH:
        assert made.original(made.edited(place)) == place
    else:
        cut = [one for one in made.cuts if one.start_ms <= place < one.end_ms]
        assert all(made.edited(place) == made.edited(one.start_ms) == made.edited(one.end_ms) for one in cut)


@given(edits, st.lists(st.integers(0, LENGTH), min_size=2, max_size=2).map(sorted))
def test_time_never_runs_backwards(made, places):
    first, second = (made.edited(place) for place in places)
    assert first <= second
    left = made.edited_span(Span(*places))
    assert (left.length_ms if left else 0) == second - first


@given(edits, edits, st.integers(0, LENGTH))
def test_r211_a_place_in_one_version_is_the_same_moment_in_another(before, after, place):
    at = before.edited(place)
    found = moved(at, before=before, after=after)
    whole = before.original(at)
    assert found == Moved(after.edited(whole), after.is_cut(whole), before.cuts == after.cuts)
    assert 0 <= found.at_ms <= after.length_ms(LENGTH)
    if not before.is_cut(place) and not after.is_cut(place) and place < LENGTH:
        assert after.original(found.at_ms) == place, "what is in both is where it was"
    assert moved(at, before=before, after=before).at_ms == at


def test_without_cuts_both_timelines_are_one():
    assert [UNEDITED.edited(5), UNEDITED.original(5), UNEDITED.length_ms(9)] == [5, 5, 9]
    assert Edits.of([Span(10_000, 20_000), Span(20_400, 30_000)], duration_ms=60_000).cuts == (Span(10_000, 30_000),)


def test_looks_are_in_order_and_hold_from_what_is_kept():
    looks = [Look(50_000, Layout.SIDE), Look(9000, Layout.FIRST), Look(9500, Layout.FIRST), Look(70_000, Layout.INSET)]
    made = Edits.of([Span(5000, 10_000)], looks, duration_ms=60_000)
    assert made.looks == (Look(9000, Layout.FIRST), Look(50_000, Layout.SIDE))
    assert made.edited_looks() == (Look(5000, Layout.FIRST), Look(45_000, Layout.SIDE))  # asked for within the cut
    both = Edits.of([Span(5000, 10_000)], [Look(6000, Layout.FIRST), Look(7000, Layout.SIDE)], duration_ms=60_000)
    assert both.edited_looks() == (Look(5000, Layout.SIDE),)


def test_which_lists_may_become_the_next_version():
    def decided(cuts, *, version=3, asked_for=1):
        made = Edits.of(cuts, duration_ms=60_000)
        return decide_edit(made, asked_for=asked_for, duration_ms=60_000, version=version, latest=3).code

    cut = [Span(0, 1000)]
    assert decided(cut) is decided([]) is Code.ALLOW
    assert decided(cut, version=2) is decided(cut, version=4) is Code.CONFLICT
    assert decided(cut, asked_for=MOST_CUTS + 1) is decided([Span(0, 59_500)]) is Code.BAD_REQUEST

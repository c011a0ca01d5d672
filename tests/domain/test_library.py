"""The one state of R52 from four orthogonal facts, and the moves of R54."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cathedra.domain import library
from cathedra.domain.library import (
    MEDIA_MOVES,
    Keeping,
    MediaState,
    Publication,
    Standing,
    State,
    media_sources,
    state_of,
)

standings = st.builds(
    Standing, st.sampled_from(MediaState), st.sampled_from(Publication), st.sampled_from(Keeping), st.booleans()
)


def online(media, publication=Publication.DRAFT, *, held=False):
    return state_of(Standing(media, publication, Keeping.ONLINE, held))


@pytest.mark.parametrize(
    ("row", "before", "after"),
    [
        ("T2", online(MediaState.EMPTY), online(MediaState.SCHEDULED)),
        ("T12", online(MediaState.EMPTY), online(MediaState.RECEIVED)),
        ("T13", online(MediaState.RECEIVED), online(MediaState.PREPARING)),
        ("T14", online(MediaState.PREPARING), online(MediaState.READY, Publication.PUBLISHED)),
        ("T15", online(MediaState.PREPARING), online(MediaState.READY, Publication.WAITING)),
        ("T16", online(MediaState.PREPARING, held=True), online(MediaState.READY, held=True)),
        ("T17", online(MediaState.PREPARING), online(MediaState.FAILED)),
        ("T18", online(MediaState.FAILED), online(MediaState.PREPARING)),
    ],
)
def test_rows_of_r54_read_as_the_states_that_people_see(row, before, after):
    expected = {
        "T2": (State.DRAFT, State.SCHEDULED),
        "T12": (State.DRAFT, State.UPLOADED),
        "T13": (State.UPLOADED, State.PROCESSING),
        "T14": (State.PROCESSING, State.PUBLISHED),
        "T15": (State.PROCESSING, State.WAITING),
        "T16": (State.PROCESSING, State.HELD),
        "T17": (State.PROCESSING, State.FAILED),
        "T18": (State.FAILED, State.PROCESSING),
    }
    assert (before, after) == expected[row]


@given(standings)
def test_purged_is_terminal_in_every_combination_t38(standing):
    if standing.keeping is Keeping.PURGED:
        assert state_of(standing) is State.PURGED


@given(standings)
def test_an_open_hold_shows_except_where_r55_makes_it_wait(standing):
    waits = standing.keeping in (Keeping.PURGED, Keeping.RESTORING) or (
        standing.keeping is Keeping.ONLINE
        and standing.media in (MediaState.RECORDING, MediaState.RECEIVED, MediaState.PREPARING)
    )
    assert (state_of(standing) is State.HELD) == (standing.is_held and not waits)


def test_every_state_of_r52_can_be_reached():
    reached = {
        state_of(Standing(*facts)) for facts in itertools.product(MediaState, Publication, Keeping, (False, True))
    }
    assert reached == set(State)


def test_media_moves_have_a_row_each_and_no_way_out_of_cancelled():
    assert media_sources(MediaState.PREPARING) == (MediaState.RECEIVED, MediaState.FAILED)
    assert media_sources(MediaState.READY) == (MediaState.PREPARING,)
    assert not any(source is MediaState.CANCELLED for _, source, _target in MEDIA_MOVES)
    assert not any(source is MediaState.READY for _, source, _target in MEDIA_MOVES)


def test_a_name_is_one_line_without_control_characters():
    assert library.clean_name("  A\r\n  title\t\0with \x1b[31m\u202eholes ") == "A title with [31m holes"
    assert library.clean_name("\n\0") == ""
    assert len(library.clean_name("x" * 1000)) == library.NAME_LIMIT


def test_a_description_keeps_its_lines():
    assert library.clean_description("One\r\ntwo \0\n\n three\n\n") == "One\ntwo\n\n three"
    assert len(library.clean_description("x" * 10_000)) == library.DESCRIPTION_LIMIT

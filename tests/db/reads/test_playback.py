"""What the player starts with, and what somebody is in the middle of."""

from datetime import timedelta

import pytest

from cathedra.db.reads import playback as reads
from cathedra.db.writes import playback as writes
from cathedra.domain.encoding import StreamRole
from cathedra.domain.library import Publication
from cathedra.domain.terms import RecordingNotFound
from tests.lectures import lecture


def test_the_player_starts_with_the_streams_and_where_the_viewer_stopped(cast, now):
    made = lecture(cast.chemistry, cast.alice, title="One", now=now)
    writes.set_position(cast.ben, made, position_ms=30_000, now=now)
    page = reads.player_page(cast.ben, made)
    assert (page.title, page.position_ms, [stream.role for stream in page.streams]) == (
        "One",
        30_000,
        [StreamRole.PRIMARY],
    )
    assert reads.player_page(cast.alice, made).position_ms == 0
    assert reads.position(None, made) == 0
    with pytest.raises(RecordingNotFound):
        reads.player_page(cast.ben, cast.ben)


def test_in_progress_is_what_was_begun_and_may_still_be_played_last_first(cast, now):
    begun = [
        lecture(cast.chemistry, cast.alice, title=name, now=now) for name in ("first", "second", "withdrawn", "over")
    ]
    for place, recording in enumerate(begun):
        writes.set_position(
            cast.ben, recording, position_ms=0 if place == 3 else 1000, now=now + timedelta(minutes=place)
        )
    lecture(cast.chemistry, cast.alice, title="not begun", now=now)
    from cathedra.db.models import Recording

    Recording.objects.filter(id=begun[2]).update(publication=Publication.WAITING)
    rows = reads.list_in_progress(cast.ben, now=now)
    assert [(row.title, row.position_ms) for row in rows] == [("second", 1000), ("first", 1000)]
    assert reads.list_in_progress(cast.eve, now=now) == ()


def test_in_progress_costs_the_same_questions_for_any_number(cast, now, django_assert_num_queries):
    for place in range(6):
        recording = lecture(cast.chemistry, cast.alice, title=str(place), now=now)
        writes.set_position(cast.ben, recording, position_ms=1000, now=now)
    with django_assert_num_queries(4):  # whether any, the groups, the positions, the rows
        assert len(reads.list_in_progress(cast.ben, now=now)) == 6

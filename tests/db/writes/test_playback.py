"""Where viewers stopped."""

from cathedra.db.models import ViewingPosition
from cathedra.db.writes import playback
from tests.lectures import lecture


def test_the_last_word_wins_and_each_viewer_has_one_place(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    for at in (1000, 2000):
        playback.set_position(cast.ben, made, position_ms=at, now=now)
    playback.set_position(cast.alice, made, position_ms=5, now=now)
    assert set(ViewingPosition.objects.values_list("account_id", "position_ms")) == {(cast.ben, 2000), (cast.alice, 5)}

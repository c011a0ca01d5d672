"""Remember where somebody is."""

import pytest

from cathedra.actions import playback as actions
from cathedra.db.reads import playback as reads
from cathedra.domain.library import MediaState
from cathedra.domain.terms import Actor, Channel, Code, RecordingNotFound
from tests.lectures import lecture


def acting(account_id):
    return Actor(account_id=account_id, channel=Channel.API)


def test_who_may_play_it_has_a_place_in_it(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    assert actions.save_position(made, position_ms=1234, actor=acting(cast.ben), now=now).is_permitted
    assert reads.position(cast.ben, made) == 1234


def test_who_may_not_has_none(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    assert actions.save_position(made, position_ms=1, actor=acting(cast.eve), now=now).code == Code.NO_PERMISSION
    assert actions.save_position(made, position_ms=1, actor=acting(None), now=now).code == Code.SIGN_IN
    assert reads.position(cast.eve, made) == 0


def test_nothing_to_play_has_no_place_and_time_begins_at_nought(cast, now):
    made = lecture(cast.chemistry, cast.alice, media=MediaState.PREPARING, now=now)
    assert actions.save_position(made, position_ms=1, actor=acting(cast.alice), now=now).code == Code.NOT_READY
    assert actions.save_position(made, position_ms=-1, actor=acting(cast.alice), now=now).code == Code.BAD_REQUEST
    with pytest.raises(RecordingNotFound):
        actions.save_position(cast.ben, position_ms=1, actor=acting(cast.ben), now=now)

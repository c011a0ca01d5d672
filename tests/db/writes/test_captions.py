"""Captions change as a whole, by compare-and-set; an attempt that lost writes nothing."""

import uuid

from cathedra.db.reads import captions as reads
from cathedra.db.writes import captions as writes
from cathedra.domain.library import AnalysisState
from tests.actions.captions.talks import talk
from tests.db.reads.test_captions import put


def test_only_the_version_that_was_seen_is_replaced_or_deleted(cast, now):
    made = talk(cast, now)
    assert not put(made.id, "en", now, expected=1)
    assert put(made.id, "en", now)
    assert not put(made.id, "en", now), "there are some already"
    assert put(made.id, "en", now, expected=1)
    assert not put(made.id, "en", now, expected=1)
    assert not writes.delete_track(made.id, "en", expected=1)
    assert writes.delete_track(made.id, "en", expected=2)
    assert reads.list_tracks(made.id) == ()


def test_only_the_attempt_that_holds_says_how_far_it_is(cast, now):
    made, first, second = talk(cast, now), uuid.uuid4(), uuid.uuid4()
    writes.begin_listening(made.id, attempt=first, now=now)
    assert writes.set_listening_percent(made.id, attempt=first, percent=10)
    writes.begin_listening(made.id, attempt=second, now=now)
    assert not writes.set_listening_percent(made.id, attempt=first, percent=20)
    assert not writes.end_listening(made.id, attempt=first, state=AnalysisState.DONE, now=now)
    assert reads.find_listening(made.id).percent == 0, "it begins anew"
    assert writes.end_listening(made.id, attempt=second, state=AnalysisState.DONE, engine="x", now=now)
    assert reads.find_listening(made.id).state is AnalysisState.DONE

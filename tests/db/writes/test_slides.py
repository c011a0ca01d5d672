"""Compare and set: whoever was overtaken writes nothing."""

import uuid

from cathedra.db.models import Analysis, SlideDeck
from cathedra.db.writes import slides as writes
from cathedra.domain.library import AnalysisState
from tests.lectures import lecture


def test_only_the_attempt_that_holds_writes(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    one, two = uuid.uuid4(), uuid.uuid4()
    assert writes.claim(made, expected=None, attempt=one, now=now)
    assert not writes.claim(made, expected=None, attempt=two, now=now)
    assert writes.claim(made, expected=one, attempt=two, now=now)
    assert not writes.set_percent(made, attempt=one, percent=50)
    assert not writes.finish(made, attempt=one, state=AnalysisState.DONE, now=now)
    assert writes.set_percent(made, attempt=two, percent=50)
    assert Analysis.objects.get().percent == 50
    assert writes.finish(made, attempt=two, state=AnalysisState.DONE, engine="x", now=now)
    row = Analysis.objects.get()
    assert (row.state, row.percent, row.engine, row.attempt) == ("DONE", None, "x", None)
    writes.ask(made, now=now)
    assert Analysis.objects.get().state == "WAITING"


def test_pages_of_a_deck_that_was_replaced_are_not_kept(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    given = {"name": "a.pdf", "size_bytes": 1, "sha256": "", "by": cast.alice, "now": now}
    writes.set_deck(made, object_key="originals/a/deck-1", **given)
    writes.set_deck(made, object_key="originals/a/deck-2", **given)
    assert not writes.set_pages(made, "originals/a/deck-1", pages=[("text", "title")])
    assert SlideDeck.objects.get().pages == []
    assert writes.set_pages(made, "originals/a/deck-2", pages=[("text", "title")])
    assert SlideDeck.objects.get().pages == [["text", "title"]]
    assert writes.remove_deck(made)
    assert not writes.remove_deck(made)

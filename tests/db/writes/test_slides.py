"""Compare and set: whoever was overtaken writes nothing."""

import dataclasses
import uuid

from cathedra.db.models import Analysis, SlideDeck
from cathedra.db.reads import slides as reads
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
    assert writes.set_pages(made, "originals/a/deck-1", pages=[("text", "title")]) is None
    assert SlideDeck.objects.get().pages == []
    assert writes.set_pages(made, "originals/a/deck-2", pages=[("text", "title")]) == frozenset()
    assert SlideDeck.objects.get().pages == [["text", "title"]]
    assert writes.remove_deck(made) == {"originals/a/deck-2"}
    assert writes.remove_deck(made) == frozenset()


def test_r59_a_deck_that_was_read_stays_until_another_was_and_takes_its_place_again_where_that_cannot_be(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    given = {"size_bytes": 1, "sha256": "", "by": cast.alice, "now": now}
    good, bad, worse, best = (f"originals/a/deck-{one}" for one in range(4))
    pages = [("text", "title")]
    writes.set_deck(made, name="good.pdf", object_key=good, **given)
    writes.set_pages(made, good, pages=pages)
    before = reads.find_deck(made)
    assert writes.set_deck(made, name="bad.pdf", object_key=bad, **given | {"by": cast.chloe}) == frozenset()
    unread = reads.find_deck(made)
    assert (unread.original_name, unread.pages, unread.pages_in_use) == ("bad.pdf", (), tuple(pages))
    assert writes.set_deck(made, name="worse.pdf", object_key=worse, **given) == {bad}
    assert writes.set_pages(made, worse, pages=[], problem="It is locked.") == {worse}
    back = dataclasses.replace(before, problem="It is locked.", refused_name="worse.pdf")
    assert reads.find_deck(made) == back
    writes.set_deck(made, name="best.pdf", object_key=best, **given)
    assert writes.set_pages(made, best, pages=pages) == {good}
    assert (reads.find_deck(made).problem, reads.find_deck(made).refused_name) == ("", "")
    writes.set_deck(made, name="again.pdf", object_key=good, **given)
    assert writes.remove_deck(made) == {good, best}

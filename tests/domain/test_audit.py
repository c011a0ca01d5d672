"""The chain names its first broken row, exports are safe, and every event has its words (R224, R225)."""

import csv
import io
import json
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from cathedra.domain import audit
from cathedra.domain.audit import GENESIS, Chain, Damage, Head, Link, hash_of


def link(number: int, previous: str, says: str = "") -> Link:
    line = json.dumps([number, says or f"event {number}"])
    return Link(number, previous, hash_of(previous, line), line)


def trail(count: int = 6) -> list[Link]:
    links: list[Link] = []
    for number in range(1, count + 1):
        links.append(link(number, links[-1].hash if links else GENESIS))
    return links


def verdict(links: list[Link], head: Head | None) -> tuple[Damage, int] | None:
    chain = Chain()
    for one in links:
        if found := chain.take(one):
            found = audit.seen_with(found, head)
            return found.damage, found.id
    found = chain.close(head)
    return (found.damage, found.id) if found else None


def renumbered(one: Link, number: int) -> Link:
    """What stands in the row when only its number is changed: its line says the new one, its hashes are the old."""
    return replace(one, id=number, line=json.dumps([number, *json.loads(one.line)[1:]]))


def damaged():
    """Every way to spoil six events, with or without knowing how hashes are made: what is done, and what is named."""
    whole = trail()
    head = Head(6, whole[-1].hash)
    forged = link(3, whole[1].hash, "forged")
    last = link(6, whole[4].hash, "forged")
    put_in = link(4, whole[2].hash, "put in")
    shifted = [renumbered(one, one.id + 1) for one in whole[3:]]
    yield "whole", whole, head, None
    yield "empty", [], Head(0, GENESIS), None
    yield "altered", [*whole[:2], replace(whole[2], line="[3]"), *whole[3:]], head, (Damage.ALTERED, 3)
    yield "altered, its hash made anew", [*whole[:2], forged, *whole[3:]], head, (Damage.ALTERED, 3)
    yield "the last altered, its hash made anew", [*whole[:5], last], head, (Damage.ALTERED, 6)
    yield "another hash", [*whole[:2], replace(whole[2], hash="f" * 64), *whole[3:]], head, (Damage.ALTERED, 3)
    yield "removed", [*whole[:2], *whole[3:]], head, (Damage.REMOVED, 3)
    yield "the first removed", whole[1:], head, (Damage.REMOVED, 1)
    yield "the last removed", whole[:5], head, (Damage.REMOVED, 6)
    yield "all removed", [], head, (Damage.REMOVED, 1)
    closed_up = [*whole[:2], *(renumbered(one, one.id - 1) for one in whole[3:])]
    yield "removed and closed up", closed_up, head, (Damage.REORDERED, 3)
    swapped = [*whole[:2], renumbered(whole[3], 3), renumbered(whole[2], 4), *whole[4:]]
    yield "reordered", swapped, head, (Damage.REORDERED, 3)
    yield "inserted, its hash well made", [*whole[:3], put_in, *shifted], head, (Damage.INSERTED, 4)
    yield "inserted after the end", [*whole, link(7, whole[5].hash)], head, (Damage.INSERTED, 7)
    yield (
        "inserted after the end, badly",
        [*whole, replace(link(7, whole[5].hash), hash="x")],
        head,
        (Damage.INSERTED, 7),
    )
    yield "inserted before the beginning", [link(0, GENESIS), *whole], head, (Damage.INSERTED, 0)
    yield "the head removed", whole, None, (Damage.END_LOST, 6)


@pytest.mark.parametrize(("done", "links", "head", "named"), list(damaged()), ids=lambda value: str(value)[:40])
def test_r224_the_first_broken_row_is_named_and_what_was_done_to_it(done, links, head, named):
    assert verdict(links, head) == named, done


def test_the_walk_remembers_where_it_is():
    chain, links = Chain(), trail(2)
    assert chain.at == Head(0, GENESIS)
    for one in links:
        assert chain.take(one) is None
    assert chain.at == Head(2, links[1].hash)


def test_class_20_no_cell_of_an_export_is_a_formula():
    loud = ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "＝1", "\n+1"]
    for cell in loud:
        row = next(csv.reader(io.StringIO(audit.csv_line({"reason": cell}), newline="")))
        assert row[audit.COLUMNS.index("reason")] == "'" + cell
    quiet = next(csv.reader(io.StringIO(audit.csv_line({"number": 7, "facts": {"a": "=1"}, "what": 'A "b", c'}))))
    assert [quiet[audit.COLUMNS.index(name)] for name in ("number", "facts", "what", "hash")] == [
        "7", '{"a": "=1"}', 'A "b", c', "",
    ]  # fmt: skip
    assert audit.csv_line(None) == ",".join(audit.COLUMNS) + "\r\n"


def test_a_line_of_json_is_one_line_whatever_it_holds():
    told = audit.json_line({"number": 1, "reason": "a\nb", "facts": {"x": [1, None]}})
    assert told.count("\n") == 1
    back = json.loads(told)
    assert (list(back), back["reason"], back["facts"]) == (list(audit.COLUMNS), "a\nb", {"x": [1, None]})


def test_days_are_whole_where_the_service_is():
    london = ZoneInfo("Europe/London")
    assert audit.day_start(date(2026, 6, 1), london) == datetime(2026, 6, 1, tzinfo=london)
    assert audit.day_after(date(2026, 10, 25), london) == datetime(2026, 10, 26, tzinfo=london)
    assert audit.day_start(None, london) is audit.day_after(None, london) is None
    for far in (date.min, date.max):
        assert 1970 <= audit.day_start(far, london).year <= audit.day_after(far, london).year <= 2999
    assert audit.Wish().is_everything
    assert not audit.Wish(people=()).is_everything


def test_every_phrase_has_its_topic_and_every_topic_its_word():
    assert set(audit.TOPICS) == set(audit.Topic)
    assert all(told.label and told.topic in audit.TOPICS for told in audit.PHRASES.values())
    grouped = [action for topic in audit.Topic for action in audit.actions_of(topic)]
    assert sorted(grouped) == sorted(audit.PHRASES)
    assert audit.phrase("lost:word").label == "lost:word"
    assert not audit.phrase("lost:word").is_for_owner

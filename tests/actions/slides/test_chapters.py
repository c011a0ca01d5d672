"""Chapters of a person: added, renamed, moved, removed; refused by R38 row 5; lost races; audited."""

import uuid

import pytest

from cathedra.actions import slides as actions
from cathedra.db.models import AuditEvent, Chapter, Recording
from cathedra.db.reads import slides as reads
from cathedra.db.writes import slides as writes
from cathedra.domain.library import Chapter as Place
from cathedra.domain.terms import Code, RecordingId, RecordingNotFound
from tests.actions.slides.conftest import acting

pytestmark = pytest.mark.django_db


@pytest.fixture
def automatic(made):
    writes.replace_chapters(made, [Place(0, "Heat"), Place(20_000, "Entropy")])
    return reads.list_chapters(made)


def told(made):
    return [(one.start_ms, one.title, one.origin.value) for one in reads.list_chapters(made)]


def test_the_first_change_makes_all_chapters_the_persons(cast, made, automatic, now):
    version = Recording.objects.get(id=made).content_version
    alice = acting(cast.alice)
    outcome = actions.add_chapter(made, start_ms=40_000, title=" The  second\nlaw ", actor=alice, now=now)
    assert outcome.decision.is_permitted
    assert told(made) == [(0, "Heat", "PERSON"), (20_000, "Entropy", "PERSON"), (40_000, "The second law", "PERSON")]
    change = dict(start_ms=21_500, title="Disorder", actor=alice, now=now)
    assert actions.change_chapter(made, automatic[1].id, **change).is_permitted
    assert actions.remove_chapter(made, outcome.chapter_id, actor=alice, now=now).is_permitted
    assert told(made) == [(0, "Heat", "PERSON"), (21_500, "Disorder", "PERSON")]
    assert Recording.objects.get(id=made).content_version == version + 3, "the index hears of each"
    events = {event.action: event for event in AuditEvent.objects.filter(action__contains="chapter")}
    assert set(events) == {"recording:add_chapter", "recording:change_chapter", "recording:remove_chapter"}
    changed = events["recording:change_chapter"]
    assert (changed.actor_id, changed.target_id) == (cast.alice, str(made))
    assert (changed.before, changed.after) == (
        {"start_ms": 20_000, "title": "Entropy"},
        {"start_ms": 21_500, "title": "Disorder"},
    )


def test_chapters_are_set_by_those_of_row_5_alone(cast, made, automatic, now):
    expected = {"ben": "NO_PERMISSION", "chloe": "NO_PERMISSION", "eve": "NO_PERMISSION", "dev": "NO_PERMISSION"}
    who = {name: acting(getattr(cast, name)) for name in expected} | {"nobody": acting(None)}
    verbs = {
        "add": lambda actor: actions.add_chapter(made, start_ms=1, title="x", actor=actor, now=now).decision,
        "change": lambda actor: actions.change_chapter(
            made, automatic[0].id, start_ms=1, title="x", actor=actor, now=now
        ),
        "remove": lambda actor: actions.remove_chapter(made, automatic[0].id, actor=actor, now=now),
        "give back": lambda actor: actions.give_chapters_back(made, actor=actor, now=now),
        "ask again": lambda actor: actions.ask_again(made, actor=actor, now=now),
    }
    for verb, ask in verbs.items():
        answers = {name: ask(actor).code.value for name, actor in who.items()}
        assert answers == {**expected, "nobody": "SIGN_IN"}, verb
    assert told(made) == [(0, "Heat", "AUTOMATIC"), (20_000, "Entropy", "AUTOMATIC")]
    assert not AuditEvent.objects.filter(action__contains="chapter").exists()


def test_what_cannot_be_is_refused_with_its_reason_and_changes_nothing(cast, made, automatic, now, monkeypatch):
    alice = acting(cast.alice)
    cases = {
        "no title": ((1000, " \n "), Code.BAD_REQUEST),
        "before the beginning": ((-1, "x"), Code.BAD_REQUEST),
        "after the end": ((60_000, "x"), Code.BAD_REQUEST),
        "where another begins": ((20_000, "x"), Code.CONFLICT),
    }
    for name, ((start_ms, title), code) in cases.items():
        added = actions.add_chapter(made, start_ms=start_ms, title=title, actor=alice, now=now)
        assert (added.decision.code, added.chapter_id) == (code, None), name
        changed = actions.change_chapter(made, automatic[0].id, start_ms=start_ms, title=title, actor=alice, now=now)
        assert changed.code == code, name
    many = [Chapter(recording_id=made, start_ms=30_000 + n, title="x", origin="PERSON") for n in range(498)]
    Chapter.objects.bulk_create(many)
    full = actions.add_chapter(made, start_ms=5, title="one too many", actor=alice, now=now)
    assert full.decision.code == Code.BAD_REQUEST
    assert not AuditEvent.objects.filter(action__contains="chapter").exists()
    assert told(made)[0] == (0, "Heat", "AUTOMATIC")


def test_a_chapter_that_somebody_removed_meanwhile_is_not_there(cast, made, automatic, now):
    alice, gone = acting(cast.alice), automatic[0].id
    actions.remove_chapter(made, gone, actor=alice, now=now)
    with pytest.raises(reads.ChapterNotFound):
        actions.change_chapter(made, gone, start_ms=1, title="x", actor=alice, now=now)
    with pytest.raises(reads.ChapterNotFound):
        actions.remove_chapter(made, gone, actor=alice, now=now)
    with pytest.raises(RecordingNotFound):
        actions.add_chapter(RecordingId(uuid.uuid4()), start_ms=1, title="x", actor=alice, now=now)


def test_chapters_that_are_the_products_anyway_are_not_asked_for(cast, made, automatic, now):
    assert actions.give_chapters_back(made, actor=acting(cast.alice), now=now).is_permitted
    assert not AuditEvent.objects.filter(action="recording:reset_chapters").exists()

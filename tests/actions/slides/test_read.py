"""Look for slides: found, nothing to find, killed, overtaken, given up; the deck's words; chapters; audited."""

import dataclasses
import uuid
from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from cathedra.actions import slides as actions
from cathedra.actions.slides._read import Outcome
from cathedra.adapters.deck import DeckFile
from cathedra.db.models import Analysis, AuditEvent, Chapter, Notice, Recording, Slide, SlideDeck, Stream
from cathedra.db.reads import slides as reads
from cathedra.db.writes.transaction import transaction
from cathedra.domain.encoding.slides import Shot
from cathedra.domain.library import AnalysisState, DeckPage, DeckProblem, MarkOrigin
from cathedra.domain.terms import RecordingId, UnableTo, system_actor
from tests.actions.slides.conftest import TITLES, acting
from tests.fakes.slides import ScriptedCamera, ScriptedDecks

pytestmark = pytest.mark.django_db


def run(made, tools, now, attempt=None):
    return actions.read_slides(made, actor=system_actor(), now=now, attempt=attempt or uuid.uuid4(), tools=tools)


def pictures(store, made):
    return sorted(key.rpartition("/")[2] for key in store.list_keys(f"stream/{made}/") if "slide-" in key)


def test_slides_are_found_pictured_at_full_height_read_and_made_chapters(cast, made, tools, store, now, attempt):
    store.put_bytes(f"stream/{made}/scenes.json", b'{"scenes": [{"at_ms": 20133, "score": 0.4}]}')
    before = Recording.objects.get(id=made).content_version
    assert run(made, tools, now, attempt) is Outcome.DONE
    rows = list(Slide.objects.filter(recording_id=made).order_by("position"))
    assert [(row.start_ms, row.end_ms, row.title) for row in rows] == [
        (0, 20_133, "Thermodynamics"),  # the very frame that encoding saw change
        (20_133, 41_000, "Entropy"),
        (41_000, 60_000, "Enthalpy"),
    ]
    assert rows[1].text == "Entropy\na measure of arrangements"
    assert rows[1].confidence == pytest.approx(0.82, abs=0.02)
    assert tools.camera.looked == ["v360"], "the smallest rendition is looked at"
    assert [store.objects[f"stream/{made}/{row.image}"].decode() for row in rows] == [
        "v1080 at 19000", "v1080 at 40000", "v1080 at 59000",
    ]  # fmt: skip
    chapters = [
        (one.start_ms, one.title, one.origin) for one in Chapter.objects.filter(recording_id=made).order_by("start_ms")
    ]
    assert chapters == [(0, "Thermodynamics", "AUTOMATIC"), (20_133, "Entropy", "AUTOMATIC")], (
        "a chapter lasts 20 s at least"
    )
    analysis = Analysis.objects.get(recording_id=made)
    assert (analysis.kind, analysis.state, analysis.engine, analysis.attempt) == ("SLIDES", "DONE", "scripted 1", None)
    assert Recording.objects.get(id=made).content_version == before + 1, "the index hears of it"
    event = AuditEvent.objects.get(action="recording:read_slides")
    assert event.facts == {"slides": 3, "engine": "scripted 1", "pages": 0}


def test_it_may_be_killed_and_repeated_and_leaves_nothing_of_earlier_attempts(made, tools, store, now):
    store.put_bytes(f"stream/{made}/slide-1-deadbeef.jpg", b"of a killed attempt")
    (tools.work_dir / f"slides-{made}.{uuid.uuid4()}").mkdir(parents=True)
    run(made, tools, now)
    first = pictures(store, made)
    assert len(first) == 3
    assert "slide-1-deadbeef.jpg" not in first
    assert list(tools.work_dir.iterdir()) == []
    assert run(made, tools, now) is Outcome.DONE
    assert pictures(store, made) == first, "what is there is not looked for again"
    assert len(tools.camera.looked) == 1
    del store.objects[f"stream/{made}/{first[0]}"]  # the archive keeps no pictures
    run(made, tools, now)
    assert len(tools.camera.looked) == 2
    assert len(pictures(store, made)) == 3
    assert pictures(store, made) == first, "the same picture has the same name"


def test_a_creator_has_them_looked_for_again_though_they_were_found(cast, made, tools, now):
    run(made, dataclasses.replace(tools, reader=None), now)
    assert actions.ask_again(made, actor=acting(cast.alice), now=now).is_permitted
    assert reads.progress(made).state is AnalysisState.WAITING
    job = ProcrastinateJob.objects.get(task_name="READ_SLIDES")
    assert job.args == {"recording_id": str(made), "is_anew": 1}
    run(made, dataclasses.replace(tools, reader=None), now)
    assert "extra “slides”" in reads.progress(made).problem, "a run that finds nothing new forgets no problem"
    actions.read_slides(made, is_anew=True, actor=system_actor(), now=now, attempt=uuid.uuid4(), tools=tools)
    assert [slide.title for slide in reads.list_slides(made)] == [title for title, _ in TITLES]
    assert reads.progress(made).problem == ""
    assert AuditEvent.objects.get(action="recording:ask_slides").actor_id == cast.alice


def test_whoever_is_overtaken_writes_nothing(made, tools, now):
    def overtake():
        Analysis.objects.filter(recording_id=made).update(attempt=uuid.uuid4())

    slow = dataclasses.replace(tools, camera=ScriptedCamera(tools.camera.shots, during=overtake))
    assert run(made, slow, now) is Outcome.LOST
    assert not Slide.objects.exists()
    assert not AuditEvent.objects.filter(action="recording:read_slides").exists()


def test_nothing_is_looked_for_where_nothing_is_shown(cast, made, tools, now):
    assert run(RecordingId(uuid.uuid4()), tools, now) is Outcome.NOTHING_TO_DO
    Stream.objects.filter(recording_id=made).update(is_screen=False)
    assert run(made, tools, now) is Outcome.NOTHING_TO_DO
    assert Analysis.objects.get(recording_id=made).state == AnalysisState.NOTHING
    Stream.objects.filter(recording_id=made).update(is_screen=True)  # the second file came, and is a screen
    Recording.objects.filter(id=made).update(keeping="ARCHIVED")
    assert run(made, tools, now) is Outcome.NOTHING_TO_DO, "its files are away"
    assert tools.camera.looked == []
    Recording.objects.filter(id=made).update(keeping="ONLINE")
    assert run(made, dataclasses.replace(tools, camera=ScriptedCamera([])), now) is Outcome.DONE
    assert Analysis.objects.get(recording_id=made).state == AnalysisState.NOTHING


def test_without_a_reader_slides_have_pictures_and_the_page_says_how_to_switch_it_on(made, tools, now):
    run(made, dataclasses.replace(tools, reader=None), now)
    assert [(slide.title, slide.text) for slide in reads.list_slides(made)] == [("", "")] * 3
    assert reads.list_chapters(made) == ()
    progress = reads.progress(made)
    assert (progress.state, progress.engine) == (AnalysisState.DONE, "")
    assert "extra “slides”" in progress.problem


def test_after_the_last_attempt_the_recording_plays_and_says_why_it_has_no_slides(made, store, now):
    with transaction():
        actions.ask(made, now=now)
    assert actions.abandon_slides(made, actor=system_actor(), now=now, why="UnableTo: ffmpeg", store=store)
    row = Analysis.objects.get(recording_id=made)
    assert row.state == AnalysisState.FAILED
    assert "It plays as before" in row.problem
    assert AuditEvent.objects.filter(action="recording:slides_failed").last().facts == {"why": "UnableTo: ffmpeg"}
    assert not actions.abandon_slides(RecordingId(uuid.uuid4()), actor=system_actor(), now=now, why="", store=store)


DECK = (
    DeckPage("Thermodynamics\nLecture three of heat\nDr Example", "Thermodynamics, lecture 3"),
    DeckPage("Left out on the day\nwith other words", "Left out"),
    DeckPage("Entropy\nA measure of arrangements, with a proof", ""),
)


def add_deck(made, store, now, name="deck", by=None):
    store.put_bytes(f"originals/{made}/{name}", b"%PDF-")
    SlideDeck.objects.update_or_create(
        recording_id=made,
        defaults={
            "original_name": "a.pdf",
            "object_key": f"originals/{made}/{name}",
            "size_bytes": 5,
            "sha256": "",
            "added_at": now,
            "added_by_id": by,
            "problem": "",
        },
    )


def test_slides_say_what_their_pages_of_the_deck_say_and_again_what_was_read_without_it(made, tools, store, now):
    add_deck(made, store, now)
    tools = dataclasses.replace(tools, decks=ScriptedDecks(DeckFile(DECK)))
    run(made, tools, now)
    said = [(slide.page, slide.title, slide.read_title) for slide in reads.list_slides(made)]
    assert said == [
        (1, "Thermodynamics, lecture 3", "Thermodynamics"),
        (3, "Entropy", "Entropy"),
        (None, "Enthalpy", "Enthalpy"),  # on no page
    ]
    assert reads.list_slides(made)[1].text.endswith("with a proof")
    assert [one.title for one in reads.list_chapters(made)] == ["Thermodynamics, lecture 3", "Entropy"]
    run(made, tools, now)
    assert (tools.decks.calls, len(tools.camera.looked)) == (1, 1)
    SlideDeck.objects.all().delete()
    run(made, tools, now)
    assert [(slide.page, slide.title) for slide in reads.list_slides(made)] == [(None, title) for title, _ in TITLES]


def test_a_deck_that_cannot_be_read_is_left_out_with_a_sentence_and_its_owner_is_told_r59_n8(
    cast, made, tools, store, now
):
    add_deck(made, store, now)
    run(made, dataclasses.replace(tools, decks=ScriptedDecks(DeckFile((), DeckProblem.PROTECTED))), now)
    deck = reads.find_deck(made)
    assert "protected by a password" in deck.problem
    assert [slide.title for slide in reads.list_slides(made)] == [title for title, _ in TITLES]
    told = Notice.objects.get()
    assert (told.kind, told.recipient_id, told.link) == ("N8", cast.alice, f"/recordings/{made}/chapters/")
    assert "a.pdf:" in str(told.values)
    assert "protected by a password" in str(told.values)
    run(made, tools, now)
    assert Notice.objects.count() == 1, "once"
    store.objects.pop(deck.object_key)
    SlideDeck.objects.update(problem="")
    assert run(made, tools, now) is Outcome.DONE, "its file is gone: no failure either"


def test_who_added_a_deck_that_cannot_be_used_is_told_beside_the_owner_and_again_of_another_n8(
    cast, made, tools, store, now
):
    tools = dataclasses.replace(tools, decks=ScriptedDecks(DeckFile((), DeckProblem.LOCKED)))
    for day in (0, 1):
        add_deck(made, store, now + timedelta(days=day), by=cast.chloe)
        run(made, tools, now)
    kinds = Notice.objects.values_list("kind", "recipient_id")
    assert set(kinds) == {("N8", cast.alice), ("N8", cast.chloe)}
    assert len(kinds) == 4


@pytest.mark.parametrize("is_ours", [True, False], ids=["the fault is ours", "the fault is the file's"])
def test_r59_a_deck_that_cannot_be_used_leaves_the_one_before_it_in_use(
    cast, made, tools, store, now, tmp_path, is_ours
):
    def attach(content: bytes, name: str) -> None:
        (tmp_path / name).write_bytes(content)
        given = {"name": name, "path": tmp_path / name, "actor": acting(cast.alice), "now": now, "store": store}
        assert actions.attach_deck(made, **given).is_permitted

    attach(b"%PDF- good", "good.pdf")
    run(made, dataclasses.replace(tools, decks=ScriptedDecks(DeckFile(DECK))), now)
    said, good = reads.list_slides(made), reads.find_deck(made)
    attach(b"%PDF- bad", "bad.pdf")
    if is_ours:
        with pytest.raises(UnableTo):
            run(made, dataclasses.replace(tools, decks=ScriptedDecks(fault=UnableTo("no process"))), now)
        assert reads.list_slides(made) == said, "meanwhile the slides say what they said"
        actions.abandon_slides(made, actor=system_actor(), now=now, why="UnableTo", store=store)
    else:
        run(made, dataclasses.replace(tools, decks=ScriptedDecks(DeckFile((), DeckProblem.LOCKED))), now)
    left = reads.find_deck(made)
    assert (left.original_name, left.refused_name, left.pages) == ("good.pdf", "bad.pdf", good.pages)
    assert ("did not help" if is_ours else "locked") in left.problem
    assert reads.list_slides(made) == said
    assert [key for key in store.objects if "/deck-" in key] == [good.object_key]
    told = Notice.objects.get()
    assert "bad.pdf" in str(told.values)
    assert "added before it stays" in str(told.values)


def test_r59_what_is_wrong_with_us_while_a_deck_is_read_keeps_no_slides_from_being_found(cast, made, tools, store, now):
    """The job is tried again for the deck alone; after the last time the deck is left out, and nothing else."""
    add_deck(made, store, now)
    failing = dataclasses.replace(tools, decks=ScriptedDecks(fault=UnableTo("no process to read it in")))
    with pytest.raises(UnableTo):
        run(made, failing, now)
    assert [slide.title for slide in reads.list_slides(made)] == [title for title, _ in TITLES]
    assert [one.title for one in reads.list_chapters(made)] == ["Thermodynamics", "Entropy"]
    assert reads.progress(made).state is AnalysisState.DONE
    assert not Notice.objects.exists()
    assert actions.abandon_slides(
        made, actor=system_actor(), now=now, why="UnableTo: no process to read it in", store=store
    )
    assert (reads.progress(made).state, reads.progress(made).problem) == (AnalysisState.DONE, "")
    assert "trying again did not help" in reads.find_deck(made).problem
    assert Notice.objects.get().kind == "N8"
    SlideDeck.objects.update(problem="")
    assert run(made, dataclasses.replace(tools, decks=ScriptedDecks(DeckFile(DECK))), now) is Outcome.DONE
    assert (len(reads.find_deck(made).pages), len(tools.camera.looked)) == (3, 1)


def test_a_deck_of_a_recording_without_a_screen_is_read_or_told_of_too(made, tools, store, now):
    Stream.objects.filter(recording_id=made).update(is_screen=False)
    add_deck(made, store, now)
    run(made, dataclasses.replace(tools, decks=ScriptedDecks(DeckFile((), DeckProblem.LOCKED))), now)
    assert "locked" in reads.find_deck(made).problem


def test_chapters_of_a_person_are_never_set_anew(cast, made, tools, now):
    run(made, tools, now)
    first, second = reads.list_chapters(made)
    assert actions.remove_chapter(made, first.id, actor=acting(cast.alice), now=now).is_permitted
    assert [one.origin for one in reads.list_chapters(made)] == [MarkOrigin.PERSON]
    assert actions.remove_chapter(made, second.id, actor=acting(cast.alice), now=now).is_permitted
    other = ScriptedCamera([Shot(0, 30_000, 29_000), Shot(30_000, 60_000, 59_000)])
    Slide.objects.all().delete()
    run(made, dataclasses.replace(tools, camera=other), now)
    assert len(reads.list_slides(made)) == 2
    assert reads.list_chapters(made) == (), "not even where a person left none"
    assert actions.give_chapters_back(made, actor=acting(cast.alice), now=now).is_permitted
    run(made, tools, now)
    assert [one.title for one in reads.list_chapters(made)] == ["Thermodynamics", "Entropy"]

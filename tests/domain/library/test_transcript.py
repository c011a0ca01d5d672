"""A transcript to read: paragraphs under chapters, without what is cut away."""

import random

from cathedra.domain import library
from cathedra.domain.library import UNEDITED, Chapter, Cue, Edits, Span


def cue(start_s: float, text: str, lasts_s: float = 2) -> Cue:
    return Cue(int(start_s * 1000), int((start_s + lasts_s) * 1000), text)


def test_cues_are_joined_until_a_sentence_has_ended_and_there_is_a_pause():
    said = [cue(0, "Good\nmorning."), cue(2, "Today we ask"), cue(8, "why."), cue(13, "Take"), cue(20, "this box.")]
    (part,) = library.transcript(said, [])
    assert (part.title, [(one.start_ms, one.text) for one in part.paragraphs]) == (
        "",
        [(0, "Good morning. Today we ask why."), (13_000, "Take this box.")],
    )
    long = [cue(2 * place, "x" * 99 + ".") for place in range(11)]
    (part,) = library.transcript(long, [])
    assert [len(one.text.split()) for one in part.paragraphs] == [5, 5, 1]
    assert library.transcript([], []) == ()


def test_chapters_part_what_is_said():
    said = [cue(0, "Before."), cue(10, "First."), cue(20, "Second.")]
    parts = library.transcript(said, [Chapter(10_000, "One"), Chapter(20_000, "Two"), Chapter(30_000, "Three")])
    assert [(one.title, [each.text for each in one.paragraphs]) for one in parts] == [
        ("", ["Before."]),
        ("One", ["First."]),
        ("Two", ["Second."]),
        ("Three", []),
    ]
    assert [one.title for one in library.transcript([cue(0, "At once.")], [Chapter(0, "One")])] == ["One"]


def test_what_is_cut_away_is_not_said_and_has_no_chapter():
    edits = Edits((Span(10_000, 20_000),))
    shown = library.edited_cues([cue(0, "a"), cue(9, "b"), cue(12, "c"), cue(19, "d"), cue(30, "e")], edits)
    assert [(one.start_ms, one.end_ms, one.text) for one in shown] == [
        (0, 2000, "a"),
        (9000, 10_000, "b"),
        (10_000, 11_000, "d"),
        (20_000, 22_000, "e"),
    ]
    marks = [Chapter(0, "One"), Chapter(12_000, "Cut"), Chapter(15_000, "Half"), Chapter(40_000, "Last")]
    kept = library.shown_chapters(marks, edits, duration_ms=60_000)
    assert [(one.start_ms, one.title) for one in kept] == [(0, "One"), (10_000, "Half"), (30_000, "Last")]
    assert library.shown_chapters([Chapter(0, "One")], UNEDITED, duration_ms=0) == (Chapter(0, "One"),)
    assert library.shown_chapters([], UNEDITED, duration_ms=0) == ()


def test_no_word_is_lost():
    pick = random.Random(1)
    for _ in range(50):
        said = [cue(pick.randrange(100), pick.choice(["One.", "two", "Three?"])) for _ in range(pick.randrange(12))]
        said.sort(key=lambda one: one.start_ms)
        parts = library.transcript(said, [Chapter(5000, "x"), Chapter(50_000, "y")])
        joined = " ".join(each.text for part in parts for each in part.paragraphs)
        assert joined.split() == " ".join(one.text for one in said).split()

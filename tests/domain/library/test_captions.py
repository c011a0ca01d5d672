"""What may be done with captions, whoever made them (R209, R210)."""

from dataclasses import replace

import pytest

from cathedra.domain.library import (
    UNEDITED,
    CaptionOrigin,
    Cue,
    Edits,
    Span,
    SpokenWord,
    clean_cues,
    clean_glossary,
    clean_language,
    clean_text,
    doubtful,
    edited_cues,
    may_replace,
    text_left,
    with_words,
)
from cathedra.domain.terms import Code


def test_the_engine_never_replaces_what_a_person_made_unless_that_is_wanted_r210():
    for origin in (None, CaptionOrigin.AUTOMATIC):
        assert may_replace(origin, is_confirmed=False).is_permitted, origin
    for origin in (CaptionOrigin.EDITED, CaptionOrigin.UPLOADED):
        refused = may_replace(origin, is_confirmed=False)
        assert (refused.code, refused.reasons[0].rule) == (Code.CONFLICT, "R210")
        assert may_replace(origin, is_confirmed=True).is_permitted, origin


@pytest.mark.parametrize(
    ("given", "language"),
    [("EN", "en"), ("en_gb", "en-GB"), ("zh-hant", "zh-Hant"), (" cy ", "cy"), ("", ""), ("x", ""), ("en/..", "")],
)
def test_languages_are_written_in_one_way(given, language):
    assert clean_language(given) == language


def test_a_text_has_no_empty_lines_and_nothing_unseen():
    assert clean_text(" One\r\n\r\n two \x00\ufeff\n") == "One\ntwo"


def test_cues_come_in_order_and_those_that_say_nothing_go():
    given = [Cue(2000, 3000, " b "), Cue(0, 1000, "a"), Cue(1000, 1000, "no time"), Cue(1000, 2000, "\n")]
    assert clean_cues(given) == (Cue(0, 1000, "a"), Cue(2000, 3000, "b"))


def test_a_glossary_holds_each_word_once_r209():
    assert clean_glossary([" Schrödinger ", "schrödinger", "aldol,  enolate", ""]) == ("aldol enolate", "Schrödinger")


HEARD = (
    SpokenWord(0, 300, "The", 0.99),
    SpokenWord(300, 700, "enemy", 0.2),
    SpokenWord(700, 1000, "late", 0.4),
    SpokenWord(1000, 1500, "attacks.", 0.9),
)


def test_words_that_the_engine_doubts_are_found_in_the_text_r209():
    cue = Cue(0, 1500, "The enemy\nlate attacks.", HEARD)
    assert [cue.text[first:last] for first, last in doubtful(cue)] == ["enemy", "late"]
    assert doubtful(replace(cue, words=())) == ()


def test_marks_stay_where_the_text_is_still_the_engines_and_go_where_a_person_wrote():
    before = [Cue(0, 1500, "The enemy late attacks.", HEARD)]
    halves = with_words([Cue(0, 700, "The enemy"), Cue(700, 1500, "late attacks.")], before)
    assert [cue.words for cue in halves] == [HEARD[:2], HEARD[2:]], "split"
    joined = with_words([Cue(0, 1500, "The enemy late attacks.")], halves)
    assert joined[0].words == HEARD, "joined again"
    assert with_words([Cue(0, 1500, "The enolate attacks.")], before)[0].words == (), "rewritten"
    assert with_words([Cue(60_000, 61_000, "The enemy late attacks.")], before)[0].words == (), "elsewhere"


def test_captions_follow_the_cuts():
    edits = Edits.of([Span(1000, 5000)], duration_ms=10_000)
    cues = [Cue(0, 2000, "half"), Cue(2000, 4000, "gone"), Cue(6000, 7000, "later")]
    assert edited_cues(cues, edits) == (Cue(0, 1000, "half"), Cue(2000, 3000, "later"))
    assert edited_cues(cues, UNEDITED) == tuple(cues)


def test_a_word_that_is_cut_is_not_left_in_what_is_left_of_its_cue():
    """R211: what nobody hears any more is not to be read either, nor found."""
    heard = (SpokenWord(0, 400, "Tell", 0.9), SpokenWord(400, 1900, "nobody", 0.9), SpokenWord(1900, 2400, "this", 0.9))
    edits, evenly = Edits((Span(300, 1800),)), Edits((Span(700, 1700),))
    cue = Cue(0, 2400, "Tell nobody this.", heard)
    assert edited_cues([cue], edits) == (Cue(0, 900, "Tell this."),), (
        "of the first most is heard, of the second nothing"
    )
    assert text_left(Cue(0, 2400, "Tell\nnobody\nthis."), evenly) == "Tell\nthis.", "as evenly as they are written"
    assert edited_cues([Cue(200, 1900, "nobody", heard[1:2])], edits) == (), "nothing that is left is heard"
    assert text_left(Cue(1800, 2000, "  as it  was "), edits) == "  as it  was ", "what no cut touches stays as it is"
    assert text_left(Cue(0, 400, "one two", heard[:1]), edits) == "one", "a person wrote other words than were heard"

"""What may be done with captions, whoever made them (R209, R210)."""

from dataclasses import replace

import pytest

from cathedra.domain.library import (
    CaptionOrigin,
    Cue,
    SpokenWord,
    checked,
    clean_cues,
    clean_glossary,
    clean_language,
    clean_text,
    doubtful,
    likeliest_first,
    may_replace,
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
    assert with_words([Cue(0, 1500, "Something else.")], before)[0].words == (), "rewritten"
    assert with_words([Cue(60_000, 61_000, "The enemy late attacks.")], before)[0].words == (), "elsewhere"


def test_r209_of_a_cue_in_which_one_word_is_corrected_the_others_keep_their_marks():
    heard = tuple(
        SpokenWord(at * 500, at * 500 + 500, text, sure)
        for at, (text, sure) in enumerate((("The", 0.9), ("enemy", 0.2), ("late", 0.3), ("attacks.", 0.4)))
    )
    before = [Cue(0, 2000, "The enemy late attacks.", heard)]
    (cue,) = with_words([Cue(0, 2000, "The enolate late\nattacks.")], before)
    assert [cue.text[first:last] for first, last in doubtful(cue)] == ["late", "attacks."]
    assert cue.words[1] == SpokenWord(500, 1000, "enolate", 1.0), "what a person wrote is sure"
    (longer,) = with_words([Cue(0, 2000, "Then the old enemy late attacks. Again")], before)
    assert [longer.text[first:last] for first, last in doubtful(longer)] == ["enemy", "late", "attacks."]
    assert [(word.text, word.start_ms, word.end_ms) for word in longer.words[:3]] == [
        ("Then", 0, 166), ("the", 166, 333), ("old", 333, 500),
    ]  # fmt: skip
    assert longer.words[-1] == SpokenWord(2000, 2000, "Again", 1.0), "no time is left for it"
    assert doubtful(checked(longer)) == ()
    assert with_words([Cue(0, 2000, "The enolate late attacks.")], [checked(cue)])[0].words[2].confidence == 1


def test_words_that_a_recording_names_are_told_to_the_engine_first_r209():
    words = ("Carnot", "enolate", "Poincaré", "phase space", "Zermelo")
    said = ("Zermelo's paradox", "On POINCARE", "The phase-space\nof spaces", "carnotite")
    assert likeliest_first(words, said) == ("Poincaré", "phase space", "Zermelo", "Carnot", "enolate")
    assert likeliest_first(words, ()) == words

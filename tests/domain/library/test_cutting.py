"""Words into cues: every word once, in order, readable (R208)."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from cathedra.domain.library import Cue, SpokenWord, cut

spoken = st.lists(
    st.tuples(
        st.integers(0, 1500), st.integers(-50, 900), st.text("abcdefgh", min_size=1, max_size=14), st.sampled_from(["", "", "", ".", ","])
    ),
    max_size=120,
)  # fmt: skip


def _words(given_words):
    at, words = 0, []
    for gap, lasts, text, mark in given_words:
        words.append(SpokenWord(at + gap, at + gap + lasts, text + mark, 0.9))
        at += gap + max(0, lasts)
    return words


@settings(max_examples=60, deadline=None)
@given(spoken)
def test_every_word_once_in_two_lines_at_most_that_never_overlap(given_words):
    words = _words(given_words)
    cues = cut(words)
    assert " ".join(cue.text for cue in cues).split() == [word.text for word in words]
    for cue in cues:
        lines = cue.text.split("\n")
        assert len(lines) <= 2, cue
        assert all(len(line) <= 42 for line in lines), cue
        assert cue.start_ms < cue.end_ms, cue
        assert " ".join(word.text for word in cue.words).split() == cue.text.split()
    for before, after in itertools.pairwise(cues):
        assert before.end_ms <= after.start_ms


def _said(text, *, at=0, each=300):
    return [SpokenWord(at + n * each, at + (n + 1) * each, word, 0.9) for n, word in enumerate(text.split())]


def test_a_sentence_begins_a_cue_and_a_long_one_is_parted_at_its_comma():
    text = "Carbonyls are electrophiles. When the enolate attacks the carbonyl carbon of the aldehyde, the oxygen takes the charge away from it."
    cues = cut(_said(text))
    assert [cue.text.replace("\n", " ") for cue in cues] == [
        "Carbonyls are electrophiles.",
        "When the enolate attacks the carbonyl carbon of the aldehyde,",
        "the oxygen takes the charge away from it.",
    ]


def test_who_is_silent_begins_anew_and_a_short_word_stays_long_enough_to_be_read():
    cues = cut([*_said("Yes", each=200), *_said("And now", at=9000)])
    assert [(cue.start_ms, cue.text) for cue in cues] == [(0, "Yes"), (9000, "And now")]
    assert cues[0].end_ms == 1000


def test_nothing_heard_is_no_captions():
    assert cut([]) == ()
    assert cut([SpokenWord(0, 100, "  ", 0.9)]) == ()


def test_hours_without_a_full_stop_are_cut_all_the_same():
    cues = cut(_said("word " * 3000))
    assert sum(len(cue.words) for cue in cues) == 3000
    assert isinstance(cues[0], Cue)

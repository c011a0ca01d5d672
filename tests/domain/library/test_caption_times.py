"""Captions as viewers have them and uncut, as they are kept (R209, R211)."""

from hypothesis import given, settings
from hypothesis import strategies as st

from cathedra.domain.library import (
    UNEDITED,
    Cue,
    Edits,
    Span,
    SpokenWord,
    edited_cues,
    spoken_spans,
    text_left,
    uncut_cues,
)


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


def test_each_word_has_its_time_and_what_is_cut_by_it_is_not_read_any_more():
    """R209, R211: whoever cuts by the transcript cuts these words, and no others."""
    heard = (SpokenWord(0, 400, "Tell", 0.9), SpokenWord(500, 1900, "nobody", 0.9), SpokenWord(1900, 2400, "this", 0.9))
    cue, written = Cue(0, 2400, "Tell\nnobody this.", heard), Cue(1000, 2000, "as it was", heard[:1])
    assert spoken_spans(cue) == (Span(0, 400), Span(500, 1900), Span(1900, 2400))
    assert spoken_spans(written) == (Span(1000, 1333), Span(1333, 1667), Span(1667, 2000)), "as evenly as it is written"
    for one in (cue, written):
        words = one.text.split()
        for place, span in enumerate(spoken_spans(one)):
            assert text_left(one, Edits((span,))).split() == words[:place] + words[place + 1 :]


def test_captions_timed_as_viewers_see_them_are_kept_where_they_are_heard_and_hidden_ones_stay():
    edits = Edits((Span(1000, 5000), Span(8000, 20_000)))
    before = [Cue(2000, 4000, "cut"), Cue(500, 2000, "half"), Cue(9000, 10_000, "cut too")]
    kept = uncut_cues([Cue(0, 1000, "up to it"), Cue(1000, 2000, "after"), Cue(3000, 5000, "one two")], edits, before)
    assert [(cue.start_ms, cue.end_ms, cue.text) for cue in kept] == [
        (0, 1000, "up to it"),
        (2000, 4000, "cut"),
        (5000, 6000, "after"),
        (7000, 21_000, "one two"),
        (9000, 10_000, "cut too"),
    ]
    assert [(word.start_ms, word.end_ms, word.text) for word in kept[3].words] == [
        (7000, 8000, "one"),
        (20_143, 21_000, "two"),  # spoken evenly, as letters are
    ]
    assert kept[2].words == ()
    assert uncut_cues(before, UNEDITED) == tuple(before)


@settings(max_examples=200)
@given(st.data())
def test_what_is_downloaded_as_viewers_see_it_and_uploaded_again_is_what_it_was(data):
    """Whatever is cut, be it in the middle of a word: nothing is moved and no word is lost."""
    edges = sorted(data.draw(st.sets(st.integers(0, 60_000), min_size=2, max_size=8)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    edits = Edits.of([Span(*pair) for pair in pairs], duration_ms=60_000)
    length = edits.length_ms(60_000)
    times = sorted(data.draw(st.sets(st.integers(0, length), min_size=2, max_size=10))) if length > 20 else []
    spans = [(start, end) for start, end in zip(times[::2], times[1::2], strict=False) if end - start > 20]
    cues = [Cue(start, end, "the second law holds") for start, end in spans]
    again = edited_cues(uncut_cues(cues, edits), edits)
    assert [(cue.start_ms, cue.end_ms, cue.text) for cue in again] == [
        (cue.start_ms, cue.end_ms, cue.text) for cue in cues
    ]

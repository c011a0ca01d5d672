"""Find and replace over captions (R209)."""

import pytest

from cathedra.domain.library import Cue, SpokenWord, Wanted, reword

CUES = (
    Cue(0, 1000, "The enemy\nlate, an Enemy late.", (SpokenWord(0, 1000, "The", 0.9),)),
    Cue(1000, 2000, "enemies", (SpokenWord(1000, 2000, "enemies", 0.9),)),
)


@pytest.mark.parametrize(
    ("wanted", "instead", "texts", "count"),
    [
        (Wanted("enemy late"), "enolate", ["The enolate, an enolate.", "enemies"], 2),
        (Wanted("enemy late", is_case_kept=True), "enolate", ["The enolate, an Enemy late.", "enemies"], 1),
        (Wanted("enem"), "anem", ["The anemy\nlate, an anemy late.", "anemies"], 3),
        (Wanted("enem", is_whole_word=True), "x", [cue.text for cue in CUES], 0),
        (Wanted("enemies"), r"\1 (a.b)", ["The enemy\nlate, an Enemy late.", r"\1 (a.b)"], 1),
        (Wanted("enemies"), "", ["The enemy\nlate, an Enemy late."], 1),
        (Wanted("  "), "x", [cue.text for cue in CUES], 0),
        (Wanted("."), "!", ["The enemy\nlate, an Enemy late!", "enemies"], 1),
    ],
)
def test_each_place_is_replaced_and_counted_r209(wanted, instead, texts, count):
    found, places = reword(CUES, wanted, instead)
    assert ([cue.text for cue in found], places) == (texts, count)


def test_a_caption_that_changed_is_a_persons_and_another_keeps_its_marks():
    found, _count = reword(CUES, Wanted("enemies"), "enolates")
    assert [cue.words for cue in found] == [CUES[0].words, ()]

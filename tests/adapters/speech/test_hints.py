"""As many words to expect as the engine takes in (R209)."""

from cathedra.adapters.speech import _hints


def test_words_are_taken_whole_the_first_ones_first_and_a_shorter_one_where_a_long_one_does_not_fit():
    words = ["Carnot", "enolate", "thermodynamics", "heat"]
    assert _hints.fitting(words, most=100, count=len) == "Carnot, enolate, thermodynamics, heat"
    assert _hints.fitting(words, most=22, count=len) == "Carnot, enolate, heat"
    assert _hints.fitting(words, most=5, count=len) == "heat"
    assert _hints.fitting([], most=5, count=len) == ""

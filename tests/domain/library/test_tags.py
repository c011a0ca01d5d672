"""Tags as they are kept (R5)."""

from cathedra.domain.library import TAG_LIMIT, clean_tags


def test_tags_are_short_words_each_once_in_their_order():
    cases = {
        ("thermo", " past \n paper "): ("thermo", "past paper"),
        ("Heat", "heat", "HEAT"): ("Heat",),
        ("#heat", "##heat work"): ("heat", "heat work"),
        ("a, b ,,c", ""): ("a", "b", "c"),
        ("\0\u202e", "  ", "#"): (),
        ("x" * 500,): ("x" * TAG_LIMIT,),
    }
    for given, kept in cases.items():
        assert clean_tags(given) == kept, given

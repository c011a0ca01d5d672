"""What may be kept as a note (R218)."""

from cathedra.domain import library
from cathedra.domain.library import MOST_OF_ONE
from cathedra.domain.terms import Code


def test_r218_a_note_says_something_and_is_public_only_where_that_is_allowed():
    cases = [
        ("x", False, False, 0, Code.ALLOW),
        ("x", True, True, 0, Code.ALLOW),
        ("x", False, True, MOST_OF_ONE - 1, Code.ALLOW),
        ("", False, True, 0, Code.BAD_REQUEST),
        ("x", True, False, 0, Code.NOT_PERMITTED),
        ("x", False, False, MOST_OF_ONE, Code.LIMIT_REACHED),
    ]
    for text, is_public, allows, count, code in cases:
        decision = library.decide_note(text, is_public=is_public, allows_public=allows, count=count)
        assert decision.code == code, (text, is_public, allows, count)
        assert all(reason.rule == "R218" for reason in decision.reasons)
    assert library.decide_mark(count=MOST_OF_ONE).reasons[0].values == {"most": "500"}

"""Whether a recording may be saved anew, and where its cues lie then (R103)."""

import dataclasses

from hypothesis import given
from hypothesis import strategies as st

from cathedra.domain import library
from cathedra.domain.library import Cue, Edits, SavingFacts, Span, SpokenWord
from cathedra.domain.terms import Code, deny, permit

GOOD = SavingFacts(may_edit=permit(), may_delete=permit())
NO = deny(Code.NO_PERMISSION, "R38", "There is nothing here.")
HELD = deny(Code.HELD, "R130", "It is on hold.")


def decide(version=3, **changes):
    decision = library.decide_saving(dataclasses.replace(GOOD, **changes), version=version, latest=3)
    reason = decision.reasons[0] if decision.reasons else None
    return decision.code, reason.rule if reason else ""


def test_r103_it_is_permitted_to_who_may_edit_and_delete_what_is_cut_and_shown():
    assert decide() == (Code.ALLOW, "")


def test_r103_each_fact_alone_refuses_it_by_its_own_rule():
    assert decide(may_edit=NO) == (Code.NO_PERMISSION, "R38")
    assert decide(may_delete=NO) == (Code.NO_PERMISSION, "R38")
    assert decide(may_delete=HELD) == (Code.HELD, "R130")
    assert decide(is_reference=True) == (Code.ILLEGAL_TRANSITION, "R201")
    assert decide(copies=2) == (Code.ILLEGAL_TRANSITION, "R140")
    assert decide(is_complete=False) == (Code.NOT_READY, "R41")
    assert decide(is_cut=False) == (Code.ILLEGAL_TRANSITION, "R103")
    assert decide(is_shown=False) == (Code.NOT_READY, "R103")
    assert decide(is_looked_at=True) == (Code.HELD, "R130")
    assert decide(version=2) == (Code.CONFLICT, "R53")


def test_r42_who_may_not_edit_or_delete_it_learns_nothing_of_how_it_stands():
    bad = {"is_reference": True, "copies": 1, "is_complete": False, "is_cut": False, "is_looked_at": True}
    assert decide(may_edit=NO, **bad) == decide(may_edit=NO)
    assert decide(may_delete=NO, **bad) == decide(may_delete=NO)


def test_a_cue_that_is_cut_in_part_keeps_the_words_that_are_heard_at_their_own_time():
    words = tuple(
        SpokenWord(start, start + 1000, text, 0.5) for start, text in ((0, "Good"), (1000, "morning"), (2000, "all"))
    )
    cues = [Cue(0, 3000, "Good morning all", words), Cue(3000, 4000, "Gone"), Cue(6000, 7000, "Heat")]
    edits = Edits((Span(1000, 2000), Span(3000, 5000)))
    made = library.kept_cues(cues, edits)
    assert [(cue.start_ms, cue.end_ms, cue.text.split()) for cue in made] == [
        (0, 2000, ["Good", "all"]),
        (3000, 4000, ["Heat"]),
    ]
    assert [(word.start_ms, word.end_ms, word.text) for word in made[0].words] == [
        (0, 1000, "Good"),
        (1000, 2000, "all"),
    ]


edges = st.lists(st.integers(0, 60_000), unique=True, min_size=2, max_size=10).map(sorted)


@given(edges, st.lists(st.integers(0, 59_000), min_size=1, max_size=12, unique=True).map(sorted))
def test_r103_whatever_is_cut_cues_stay_in_order_and_within_what_is_kept(cut, starts):
    edits = Edits.of([Span(a, b) for a, b in zip(cut[::2], cut[1::2], strict=False)], duration_ms=60_000)
    cues = [Cue(at, at + 900, f"word{at}", (SpokenWord(at, at + 900, f"word{at}", 1.0),)) for at in starts]
    made = library.kept_cues(cues, edits)
    lasts = edits.length_ms(60_000)
    assert [cue.start_ms for cue in made] == sorted(cue.start_ms for cue in made)
    for cue in made:
        assert 0 <= cue.start_ms < cue.end_ms <= lasts
        assert all(cue.start_ms <= word.start_ms <= word.end_ms <= cue.end_ms for word in cue.words)
    untouched = [
        cue for cue in cues if not any(c.start_ms < cue.end_ms and cue.start_ms < c.end_ms for c in edits.cuts)
    ]
    assert {cue.text for cue in untouched} <= {cue.text for cue in made}

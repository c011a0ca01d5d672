"""Saving a recording anew without what is cut (R103): whether it may be, and what is carried over to the new timeline."""

from collections.abc import Iterable
from dataclasses import dataclass

from cathedra.domain.library._caption_times import is_heard, text_left
from cathedra.domain.library._captions import Cue, SpokenWord
from cathedra.domain.library._edits import Edits, Span
from cathedra.domain.terms import Code, Decision, deny, permit
from cathedra.domain.terms import gettext_noop as _


@dataclass(frozen=True, slots=True)
class SavingFacts:
    """Where a recording stands, as far as saving it anew goes. `may_edit` and `may_delete` are what the other rules say of
    the person (R38 rows 5 and 7, R129, R130): what may not be deleted may not be saved anew, for its original goes to the
    bin. `is_shown`: the latest cuts are what viewers have."""

    may_edit: Decision
    may_delete: Decision
    is_reference: bool = False
    copies: int = 0  # by reference, that play it
    is_complete: bool = True  # all that is made of it is there, and online
    is_cut: bool = True
    is_shown: bool = True
    is_looked_at: bool = False  # a case of the acceptable use policy is open


def decide_saving(facts: SavingFacts, *, version: int, latest: int) -> Decision:
    """R103: whoever may both edit it and delete it, from the version of the cuts that they looked at. What copies play by
    reference is not taken from them (R140), and a copy has nothing of its own to save (R201)."""
    if not facts.may_edit.is_permitted:
        return facts.may_edit
    if facts.may_delete.code is Code.NO_PERMISSION:
        return _may_not_delete()
    return (
        _not_its_own(facts)
        or _not_ready(facts)
        or (None if version == latest else _edited())
        or (_looked_at() if facts.is_looked_at else None)
        or (permit() if facts.may_delete.is_permitted else facts.may_delete)
    )


def _may_not_delete() -> Decision:
    return deny(
        Code.NO_PERMISSION,
        "R38",
        _(
            "You may edit this recording but not delete it, and saving it anew sends it to the bin. Ask a Creator of its "
            "folder."
        ),
    )


def _not_its_own(facts: SavingFacts) -> Decision | None:
    if facts.is_reference:
        return deny(
            Code.ILLEGAL_TRANSITION,
            "R201",
            _(
                "This recording repeats another one and has no media of its own. Save the other one anew, or make a full "
                "copy of this one first."
            ),
        )
    if facts.copies:
        return deny(
            Code.ILLEGAL_TRANSITION,
            "R140",
            _(
                "Copies play this recording ({copies}), and would stop when it goes to the bin. Have them made full, or "
                "deleted, first."
            ),
            copies=str(facts.copies),
        )
    return None


def _not_ready(facts: SavingFacts) -> Decision | None:
    if not facts.is_complete:
        return deny(
            Code.NOT_READY,
            "R41",
            _("This recording can be saved anew when all its versions are there and it can be played."),
        )
    if not facts.is_cut:
        return deny(
            Code.ILLEGAL_TRANSITION, "R103", _("Nothing is cut in this recording, so there is nothing to leave out.")
        )
    if not facts.is_shown:
        return deny(
            Code.NOT_READY,
            "R103",
            _("The cuts that were saved last are still being prepared for viewers. Try again in some minutes."),
        )
    return None


def _edited() -> Decision:
    return deny(
        Code.CONFLICT,
        "R53",
        _("Somebody has saved other cuts since you looked. Look at them first: what is saved anew cannot be added to."),
    )


def _looked_at() -> Decision:
    return deny(
        Code.HELD,
        "R130",
        _(
            "The service team is looking at this recording under the acceptable use policy. It can be saved anew when "
            "they have decided."
        ),
    )


def kept_cues(cues: Iterable[Cue], edits: Edits) -> tuple[Cue, ...]:
    """Cues on the timeline of what is kept, with those words of the engine that are heard there, so that they can be
    corrected as before."""
    left = ((cue, edits.edited_span(Span(cue.start_ms, cue.end_ms))) for cue in cues)
    made = (Cue(span.start_ms, span.end_ms, text_left(cue, edits), _words(cue, edits)) for cue, span in left if span)
    return tuple(cue for cue in made if cue.text)


def _words(cue: Cue, edits: Edits) -> tuple[SpokenWord, ...]:
    return tuple(
        SpokenWord(edits.edited(word.start_ms), edits.edited(word.end_ms), word.text, word.confidence)
        for word in cue.words
        if is_heard(Span(word.start_ms, word.end_ms), edits)
    )

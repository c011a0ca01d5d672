"""Recordings that were imported: who brings one for whom, how long it waits for its owner's word, what it may then be
(R93)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cathedra.domain.terms import Code, Decision, deny, permit
from cathedra.domain.terms import gettext_noop as _

_HALFWAY, _BEFORE_THE_END = 14, 3  # days after it came, and before it goes: 14 and 27 of thirty


@dataclass(frozen=True, slots=True)
class BringFacts:
    """Who brings a recording, and for whom. `has_place`: there is such a person, who may keep recordings in a folder of
    their own. `names_folder`: the sender chose a folder; `is_declared`: the sender said what it is for."""

    is_signed_in: bool
    is_own: bool = False
    is_program: bool = False  # a service account (R14)
    has_place: bool = False
    names_folder: bool = False
    is_declared: bool = False


def decide_bring(facts: BringFacts) -> Decision:
    """May they put it into that person's intake list? Everybody into their own; a program into anybody's who may keep
    recordings. What it is for is said by its owner alone, when they keep it."""
    if not facts.is_signed_in:
        return deny(Code.SIGN_IN, "R41", _("Sign in to import a recording."))
    if not facts.is_own and not facts.is_program:
        return deny(
            Code.NO_PERMISSION,
            "R93",
            _("Only the account of a program brings recordings for somebody else. Import your own, or ask them to."),
        )
    if facts.names_folder or facts.is_declared:
        return deny(
            Code.BAD_REQUEST,
            "R93",
            _("Leave `folder` and `declaration` out: an import waits for its owner, who says what it is for."),
        )
    if not facts.has_place:
        return deny(Code.NOT_FOUND, "R93", _("There is nobody of this name here who may keep recordings."))
    return permit()


@dataclass(frozen=True, slots=True)
class WaitFacts:
    """An import and the person who asks. `may` is what access says of them; `since_at` is None unless it waits."""

    may: Decision
    is_owner: bool
    since_at: datetime | None


def decide_choice(facts: WaitFacts) -> Decision:
    """May they keep or discard it? Its owner may, as long as it waits."""
    if not facts.may.is_permitted:
        return facts.may
    if not facts.is_owner:
        return deny(Code.NO_PERMISSION, "R93", _("There is nothing here, or you may not see it."))
    if facts.since_at is None:
        return deny(
            Code.CONFLICT,
            "R93",
            _("This recording does not wait for you: it was kept or discarded, or never imported."),
        )
    return permit()


def waits_until(since_at: datetime, *, days: int) -> datetime:
    """When an import that nobody decides about is discarded."""
    return since_at + timedelta(days=days)


def is_given_up(since_at: datetime, *, days: int, now: datetime) -> bool:
    """Has it waited for its time (R93)?"""
    return now >= waits_until(since_at, days=days)


def telling_days(days: int) -> tuple[int, ...]:
    """On which days its owner hears of it, when it waits for so many (N50): when it comes, after two weeks, and three
    days before it goes."""
    last = days - _BEFORE_THE_END
    return (0, *sorted({day for day in (_HALFWAY, last) if 0 < day <= last}))


def telling_due(since_at: datetime, *, days: int, now: datetime) -> int:
    """Which of these is the last that is due. Each is sent once by its event, whatever repeats this."""
    return max(day for day in telling_days(days) if day == 0 or now >= since_at + timedelta(days=day))

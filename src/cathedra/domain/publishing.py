"""Whether a recording is offered to its audience: the moves of publication, and what happens at first readiness."""

from cathedra.domain.terms import Code, Decision, deny, permit
from cathedra.domain.terms import gettext_noop as _

DRAFT, WAITING, PUBLISHED, REJECTED = "DRAFT", "WAITING", "PUBLISHED", "REJECTED"

# Every way publication may move, by the row of R54 that allows it.
MOVES: tuple[tuple[str, str, str], ...] = (
    ("T14", DRAFT, PUBLISHED),
    ("T15", DRAFT, WAITING),
    ("T19", WAITING, PUBLISHED),
    ("T20", WAITING, REJECTED),
    ("T21", WAITING, REJECTED),
    ("T22", REJECTED, WAITING),
    ("T23", PUBLISHED, REJECTED),
    ("T24", REJECTED, PUBLISHED),
    ("T25", PUBLISHED, WAITING),
    ("T26", WAITING, PUBLISHED),
    ("T26b", REJECTED, PUBLISHED),
)


def decide_move(source: str, target: str) -> Decision:
    """May publication move so? Whatever has no row is refused and changes nothing (R52)."""
    if any((source, target) == (known, wanted) for _row, known, wanted in MOVES):
        return permit()
    return deny(
        Code.ILLEGAL_TRANSITION,
        "R52",
        _("A recording that is {source} cannot become {target}."),
        source=source.lower(),
        target=target.lower(),
    )


def at_readiness(*, is_held: bool) -> str:
    """The publication when processing first succeeds: offered at once (T14), unless a hold is open (T16)."""
    return DRAFT if is_held else PUBLISHED

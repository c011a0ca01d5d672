"""The words of publication, and every way it may move."""

from enum import StrEnum

from cathedra.domain.terms import Code, Decision, deny, permit
from cathedra.domain.terms import gettext_noop as _

DRAFT, WAITING, PUBLISHED, REJECTED = "DRAFT", "WAITING", "PUBLISHED", "REJECTED"
REASON_LIMIT = 2000  # T20
WITHDRAWN_BY_CREATOR = "withdrawn by creator"  # T21: kept as the reason


class ApprovalStep(StrEnum):
    """What was last done towards approval; kept on the recording (R74)."""

    SUBMITTED = "submitted"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Command(StrEnum):
    """What somebody asks for."""

    APPROVE = "approve"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    RESUBMIT = "resubmit"


# Every way publication may move, by the row of R54, or the rule, that allows it.
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
    ("T26b", WAITING, PUBLISHED),
    ("T26b", REJECTED, PUBLISHED),
    ("R72", PUBLISHED, WAITING),
    ("R72", REJECTED, WAITING),
    ("R73", PUBLISHED, WAITING),
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


def clean_reason(given: str) -> str:
    """A reason as it is kept: lines stay, other control characters go. Its length is for `decide` to judge (T20)."""
    lines = given.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    shown = ("".join(one if one.isprintable() else " " for one in line).rstrip() for line in lines)
    return "\n".join(shown).strip()

"""Hours set aside for departments and folders: when they are told of, and whether more is promised than there is
(R110, N51)."""

from collections.abc import Iterable, Sequence

from cathedra.domain.metering._limits import allocation_step
from cathedra.domain.metering._words import Category
from cathedra.domain.terms import Code, Decision, deny, permit
from cathedra.domain.terms import gettext_noop as _

ALLOCATED = (Category.RECORDED, Category.STORED)
MOST_HOURS = 100_000_000


def decide_allocation(hours: Sequence[int | None]) -> Decision:
    """May these be set aside? Whole hours, nought or more, recorded or stored or both."""
    given = [one for one in hours if one is not None]
    if not given or any(not 0 <= one <= MOST_HOURS for one in given):
        return deny(Code.BAD_REQUEST, "R110", _("Set aside whole hours, nought or more: recorded, stored, or both."))
    return permit()


def step_reached(used_s: int, limit_s: int | None, *, told: int) -> tuple[int, bool]:
    """The step that is reached now, and whether it is told: on crossing upwards only. What sank is told again when it
    is crossed again."""
    step = 0 if limit_s is None else allocation_step(used_s, limit_s)
    return step, step > told


def overcommitted_s(set_aside: Iterable[int | None], limit_s: int | None) -> int:
    """By how much more is set aside than the licence has; nought where it fits, and where there is no limit."""
    if limit_s is None:
        return 0
    return max(0, sum(one for one in set_aside if one is not None) - limit_s)

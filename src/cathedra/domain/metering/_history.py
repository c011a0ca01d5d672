"""How full each day ended: worked back from what the ledger says now (R104, R107)."""

from collections.abc import Mapping
from datetime import date, timedelta


def history(now_s: int, changes: Mapping[date, int], *, first: date, last: date) -> tuple[tuple[date, int], ...]:
    """What there was at the end of each day from `first` to `last`, in seconds; none where `last` is before `first`.

    `changes` are those of every day from `first` on, later than `last` too. What is said of the past is then what the
    ledger said then, to the second, whenever it is asked for; but for lines that were written since for an earlier day,
    of which there are none: lines are dated when they are written.
    """
    level = now_s - sum(amount for day, amount in changes.items() if day > last)
    found: list[tuple[date, int]] = []
    day = last
    while day >= first:
        found.append((day, level))
        level -= changes.get(day, 0)
        day -= timedelta(days=1)
    return tuple(reversed(found))

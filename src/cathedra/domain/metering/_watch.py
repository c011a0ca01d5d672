"""When people are told how full a limit is: on crossing upwards, and again while it stays high (R106, N40 to N42)."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from cathedra.domain.metering._limits import has_risen
from cathedra.domain.metering._words import Level

AGAIN: Mapping[Level, timedelta] = {
    Level.WARNING: timedelta(days=7),
    Level.CRITICAL: timedelta(days=7),
    Level.OVER: timedelta(days=1),
}


def is_due(before: Level, after: Level, told_at: datetime | None, *, now: datetime) -> bool:
    """Whether to tell now. Crossing down clears silently, and what is crossed again later is told again."""
    if after is Level.OK:
        return False
    if has_risen(before, after) or told_at is None:
        return True
    return after in AGAIN and now - told_at >= AGAIN[after]

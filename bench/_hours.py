"""Run inside the product's configuration, on the synthetic university: what hours by department and year cost (D4).

Ten thousand random lines are added to the ledger, in statements of one to a hundred; then the totals are held to the sum
of all lines, and both are asked in turn. Prints one JSON object: the number of lines, and [totals, sum] in seconds.
"""

import json
import random
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from cathedra import wiring

wiring.start_database()

from cathedra.db.models import Department, MeterEntry  # noqa: E402
from cathedra.db.reads import metering as reads  # noqa: E402
from cathedra.db.writes import metering as writes  # noqa: E402
from cathedra.domain.metering import Category, Cause, Line  # noqa: E402

LINES, ASKED = 10_000, 40
YEARS = ("2024-25", "2025-26", "2026-27")
turns, now = random.Random(4), datetime.now(UTC)
departments = [None, *Department.objects.values_list("id", flat=True)]


def line() -> Line:
    category = turns.choice(list(Category))
    sign = 1 if category is Category.RECORDED else turns.choice((1, 1, -1))
    where = turns.choice(departments)
    amount = sign * turns.randint(600, 6000)
    return Line(uuid.uuid4(), category, amount, Cause.READY, now, turns.choice(YEARS), where, uuid.uuid4(), "a.b.c")


def timed(ask: Callable[[str], Any], year: str) -> tuple[float, Any]:
    started = time.perf_counter()
    found = ask(year)
    return time.perf_counter() - started, found


left = LINES
while left:
    size = min(left, turns.randint(1, 100))
    writes.add_lines(line() for _ in range(size))
    left -= size
pairs = []
for number in range(ASKED):
    year = YEARS[number % len(YEARS)]
    (ours, kept), (theirs, summed) = timed(reads.hours_by_department, year), timed(reads.sum_by_department, year)
    if kept != summed:
        raise SystemExit(f"The totals of {year} are not the sums of their lines.")
    pairs.append([ours, theirs])
print(json.dumps({"lines": MeterEntry.objects.count(), "pairs": pairs[5:]}))

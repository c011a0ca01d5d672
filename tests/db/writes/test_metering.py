"""Lines are added, and the database moves the totals with the statement that adds them (D4)."""

import random
from datetime import timedelta
from uuid import UUID

import pytest

from cathedra.db.models import MeterEntry, MeterTotal
from cathedra.db.reads import metering as reads
from cathedra.db.writes import metering as writes
from cathedra.domain.metering import Category, Cause, Line

pytestmark = pytest.mark.django_db


def test_d4_totals_are_the_sums_of_the_lines_after_any_writes(now, django_assert_num_queries):
    turns = random.Random(4)
    departments = [None, UUID(int=1), UUID(int=2), UUID(int=3)]

    def line() -> Line:
        category = turns.choice(list(Category))
        amount = turns.randint(1, 9000) * (1 if category is Category.RECORDED else turns.choice((1, -1)))
        return Line(
            recording_id=UUID(int=turns.randint(10, 40)),
            category=category,
            delta_s=amount,
            cause=Cause.READY,
            at=now + timedelta(days=turns.randint(0, 700)),
            licence_year=turns.choice(("2025-26", "2026-27")),
            department_id=turns.choice(departments),
            owner_id=UUID(int=9),
            folder_path="a.b",
        )

    for size in (1, 7, 100, 0, 300):
        with django_assert_num_queries(1 if size else 0):
            assert writes.add_lines(line() for _ in range(size)) == size
    assert MeterEntry.objects.count() == 408
    assert MeterTotal.objects.count() <= 2 * 3 * 4  # what belongs to no department stands once, too
    for year in ("2025-26", "2026-27", ""):
        assert reads.hours_by_department(year) == reads.sum_by_department(year)
    assert {one.recorded_s for one in reads.hours_by_department("")} == {0}

"""What decides how recordings count, and a department's account of a month, to the second (R104, R110)."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from cathedra.db.models import Account, Department, Folder
from cathedra.db.reads import metering as reads
from cathedra.db.writes import metering as writes
from cathedra.domain.metering import Category, Cause, Line
from tests.lectures import lecture


def test_r110_hours_go_to_the_folders_department_else_to_the_owners(cast, now):
    chemistry = Department.objects.get()
    law = Department.objects.create(name="Law")
    Account.objects.filter(id=cast.alice).update(department=law)
    first = lecture(cast.chemistry, cast.alice, now=now)  # its folder has one from above
    second = lecture(cast.physics, cast.alice, now=now)  # its folder has none
    third = lecture(cast.physics, cast.eve, now=now)  # nor has its owner
    found = {one.recording_id: one for one in reads.facts_of([first, second, third], lock=True)}
    assert [found[each].department_id for each in (first, second, third)] == [chemistry.id, law.id, None]
    facts = found[first]
    assert (facts.is_ready, facts.duration_ms, facts.keeping, facts.origin) == (True, 60_000, "ONLINE", "upload")
    assert facts.folder_path == Folder.objects.get(id=cast.chemistry).path
    pages = [*reads.page_of_facts(None, limit=2), *reads.page_of_facts(sorted(found)[1], limit=2)]
    assert [one.recording_id for one in pages] == sorted(found)


@pytest.mark.django_db
def test_a_month_can_be_accounted_for_again_from_the_ledger_to_the_second():
    law = Department.objects.create(name="Law").id
    gone = uuid4()

    def line(category: Category, delta_s: int, at: datetime, year: str = "2026-27", department=law) -> Line:
        return Line(gone, category, delta_s, Cause.READY, at, year, department, uuid4(), "a")

    start, end = datetime(2026, 10, 31, 23, tzinfo=UTC), datetime(2026, 11, 30, 23, tzinfo=UTC)
    before, inside = datetime(2026, 10, 31, 22, 59, 59, tzinfo=UTC), datetime(2026, 11, 5, tzinfo=UTC)
    writes.add_lines(
        [
            line(Category.STORED, 1000, before, "2025-26"),  # it carries over (R105)
            line(Category.STORED, 71, start),
            line(Category.STORED, -13, inside),
            line(Category.STORED, 500, end),
            line(Category.RECORDED, 900, before, "2025-26"),  # it does not
            line(Category.RECORDED, 71, start),
            line(Category.ARCHIVED, 13, inside, department=None),
        ]
    )
    asked = [reads.statement(start, end, licence_year="2026-27") for _ in range(2)]
    assert asked[0] == asked[1]
    said = [(one.name, one.category, one.opening_s, one.added_s, one.removed_s, one.closing_s) for one in asked[0]]
    assert said == [
        ("Law", Category.RECORDED, 0, 71, 0, 71),
        ("Law", Category.STORED, 1000, 71, -13, 1058),
        (None, Category.ARCHIVED, 0, 13, 0, 13),
    ]
    assert {one.licence_year for one in asked[0] if one.category is Category.RECORDED} == {"2026-27"}
    assert reads.list_without_recording() == [(gone, Category.ARCHIVED, 13), (gone, Category.STORED, 1558)]


@pytest.mark.django_db
def test_r98_r104_what_comes_late_to_a_licence_year_stands_in_the_statement_of_the_month_it_came_in():
    """Captured on the last evening of August and processed in September: no statement leaves it out, and each begins
    where the one before it ended."""
    law, other = Department.objects.create(name="Law").id, uuid4()
    midnight = datetime(2026, 8, 31, 23, tzinfo=UTC)

    def recorded(delta_s: int, at: datetime, year: str) -> Line:
        return Line(other, Category.RECORDED, delta_s, Cause.READY, at, year, law, other, "a")

    writes.add_lines(
        [
            recorded(500, midnight - timedelta(days=40), "2025-26"),
            recorded(3000, midnight + timedelta(minutes=40), "2025-26"),
            recorded(71, midnight + timedelta(days=3), "2026-27"),
            recorded(13, midnight + timedelta(days=33), "2026-27"),
        ]
    )
    edges = [midnight - timedelta(days=62), midnight - timedelta(days=31), midnight]
    edges += [datetime(2026, 9, 30, 23, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)]
    years = ["2025-26", "2025-26", "2026-27", "2026-27"]
    months = [reads.statement(*ends, licence_year=year) for *ends, year in zip(edges, edges[1:], years, strict=False)]
    said = [[(one.licence_year, one.opening_s, one.added_s, one.closing_s) for one in month] for month in months]
    assert said == [
        [("2025-26", 0, 500, 500)],
        [("2025-26", 500, 0, 500)],
        [("2025-26", 500, 3000, 3500), ("2026-27", 0, 71, 71)],
        [("2026-27", 71, 13, 84)],
    ]
    assert sum(one.added_s for month in months for one in month) == 3584

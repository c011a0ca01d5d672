"""The ledger: what decides how recordings count, what it says of them, its totals and statements.

Nothing here asks for a viewer: the ledger is written and proved by the product. Pages for people decide before they ask.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Sum

from cathedra.db import prepared, sql
from cathedra.db.models import Account, Department, LicenceLimit, MeterLevel, MeterTotal, Recording
from cathedra.domain.metering import Category, Facts, Key, Level
from cathedra.domain.terms import AccountId, RecordingId


@dataclass(frozen=True, slots=True)
class DepartmentHours:
    """Seconds of one department; None is what belongs to no department."""

    department_id: UUID | None
    name: str | None
    recorded_s: int
    stored_s: int
    archived_s: int


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One category of one department in a statement, in seconds: before, added, taken away (below nought). Recorded hours
    are of a licence year; the others carry over, and have none."""

    department_id: UUID | None
    name: str | None
    category: Category
    licence_year: str
    opening_s: int
    added_s: int
    removed_s: int

    @property
    def closing_s(self) -> int:
        return self.opening_s + self.added_s + self.removed_s


def facts_of(recording_ids: Iterable[RecordingId], *, lock: bool = False) -> list[Facts]:
    """The facts of these recordings, in the order of their ids; `lock` keeps them so until the transaction ends."""
    ids = sorted(set(recording_ids))
    if lock:
        _of("meter_lock", ids)
    return [Facts(*row) for row in _of("meter_facts", ids)]


def page_of_facts(after: RecordingId | None, *, limit: int) -> list[Facts]:
    """The facts of the next recordings after this id, of the whole library."""
    rows = Recording.objects.filter(id__gt=after) if after else Recording.objects.all()
    return facts_of(RecordingId(one) for one in rows.order_by("id").values_list("id", flat=True)[:limit])


def _of(name: str, ids: list[RecordingId]) -> list[Any]:
    if len(ids) == 1:  # as every change asks, and a run a hundred thousand times: planned once
        return prepared.rows_of_one(name, id=ids[0])
    with connection.cursor() as cursor:
        cursor.execute(sql.text(name), {"ids": ids})
        found: list[Any] = cursor.fetchall()
    return found


def said_of(recording_ids: Iterable[RecordingId]) -> dict[RecordingId, dict[Key, int]]:
    """What the ledger says of these recordings."""
    said: dict[RecordingId, dict[Key, int]] = {}
    for recording_id, category, year, department_id, owner_id, seconds in _of("meter_said", list(recording_ids)):
        key = Key(Category(category), year, department_id, AccountId(owner_id))
        said.setdefault(RecordingId(recording_id), {})[key] = seconds
    return said


def list_without_recording() -> list[tuple[RecordingId, Category, int]]:
    """What the ledger still keeps of recordings that are not there any more: their stored and archived hours."""
    with connection.cursor() as cursor:
        cursor.execute(sql.text("meter_orphans"))
        return [(RecordingId(row[0]), Category(row[1]), row[2]) for row in cursor.fetchall()]


def hours_by_department(licence_year: str) -> list[DepartmentHours]:
    """Recorded in this licence year, stored and archived now, by department; from the totals (D4)."""
    return _hours("meter_hours", licence_year)


def sum_by_department(licence_year: str) -> list[DepartmentHours]:
    """The same added up from every line."""
    return _hours("meter_summed", licence_year)


def _hours(name: str, licence_year: str) -> list[DepartmentHours]:
    with connection.cursor() as cursor:
        cursor.execute(sql.text(name), {"year": licence_year})
        return [DepartmentHours(*row) for row in cursor.fetchall()]


def statement(since: datetime, until: datetime, *, licence_year: str) -> list[StatementLine]:
    """Every department's account from `since` until before `until`; the recorded hours are those of one licence year, and
    of any other that something still came to (R98)."""
    with connection.cursor() as cursor:
        cursor.execute(sql.text("meter_statement"), {"since": since, "until": until, "year": licence_year})
        return [StatementLine(row[0], row[1], Category(row[2]), *row[3:]) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a licence year, in seconds; None where there is none (R106)."""

    recorded_s: int | None
    stored_s: int | None
    archived_s: int | None

    def of(self, category: Category) -> int | None:
        """That of one category."""
        return {
            Category.RECORDED: self.recorded_s,
            Category.STORED: self.stored_s,
            Category.ARCHIVED: self.archived_s,
        }[category]


@dataclass(frozen=True, slots=True)
class Told:
    """How full a category was when it was last looked at, and when that was last told."""

    licence_year: str
    level: Level
    told_at: datetime | None


def find_limits(licence_year: str) -> Limits | None:
    """What somebody set for this year; None where nobody did."""
    row = LicenceLimit.objects.filter(licence_year=licence_year).first()
    return Limits(row.recorded_s, row.stored_s, row.archived_s) if row else None


def levels() -> dict[Category, Told]:
    """What was last told of each category."""
    return {
        Category(row.category): Told(row.licence_year, Level(row.level), row.told_at)
        for row in MeterLevel.objects.all()
    }


def list_department_contacts() -> list[str]:
    """Where departments are told of limits (N41, N42)."""
    rows = Department.objects.exclude(contact_email="").order_by("name")
    return list(rows.values_list("contact_email", flat=True))


def list_departments_of(contact: AccountId) -> set[UUID]:
    """The departments whose contact somebody is: those that write to the address of their account, which the service
    team keeps, not they (R111)."""
    address = Account.objects.filter(id=contact, is_active=True).values_list("email", flat=True).first()
    return (
        set(Department.objects.filter(contact_email__iexact=address).values_list("id", flat=True)) if address else set()
    )


def hours_of_departments(contact: AccountId, licence_year: str) -> list[DepartmentHours]:
    """The hours of the departments whose contact somebody is, by name; also of one that has none yet (R111)."""
    theirs = list_departments_of(contact)
    known = {one.department_id: one for one in hours_by_department(licence_year)} if theirs else {}
    named = Department.objects.filter(id__in=theirs).order_by("name").values_list("id", "name")
    return [known.get(one, DepartmentHours(one, name, 0, 0, 0)) for one, name in named] if theirs else []


def growth_by_day(category: Category, *, since: datetime, zone: str) -> dict[date, int]:
    """What came to a category, in seconds, on each day of the site's calendar on which anything was made ready."""
    with connection.cursor() as cursor:
        cursor.execute(sql.text("meter_daily"), {"category": category, "since": since, "zone": zone})
        return dict(cursor.fetchall())


def totals() -> dict[tuple[Category, str], int]:
    """What the ledger says now, in seconds: recorded hours by licence year, the others over all years, under ''."""
    found: dict[tuple[Category, str], int] = {}
    rows = MeterTotal.objects.values_list("category", "licence_year").annotate(Sum("seconds")).order_by()
    for category, year, seconds in rows:
        key = _series(Category(category), year)
        found[key] = found.get(key, 0) + seconds
    return found


def changes_by_day(*, since: datetime, zone: str) -> dict[tuple[Category, str], dict[date, int]]:
    """What each of these changed by, in seconds, on each day of the site's calendar from `since` on."""
    found: dict[tuple[Category, str], dict[date, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(sql.text("meter_changes"), {"since": since, "zone": zone})
        for category, year, day, seconds in cursor.fetchall():
            found.setdefault(_series(Category(category), year), {})[day] = seconds
    return found


def _series(category: Category, year: str) -> tuple[Category, str]:
    return (category, year if category is Category.RECORDED else "")

"""Add lines to the ledger of hours, which is all that may be done to it (R104); keep limits and what was told of them."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from cathedra.db.models import LicenceLimit, MeterEntry, MeterLevel
from cathedra.domain.metering import Category, Level, Line
from cathedra.domain.terms import AccountId


def add_lines(lines: Iterable[Line]) -> int:
    """Write these in one statement, so that the totals are moved once; returns how many there were."""
    rows = [MeterEntry(**asdict(line)) for line in lines]
    MeterEntry.objects.bulk_create(rows)
    return len(rows)


def set_limits(
    licence_year: str,
    *,
    recorded_s: int | None,
    stored_s: int | None,
    archived_s: int | None,
    by: AccountId | None,
    now: datetime,
) -> None:
    """The limits of a licence year (R106)."""
    LicenceLimit.objects.update_or_create(
        licence_year=licence_year,
        defaults={
            "recorded_s": recorded_s,
            "stored_s": stored_s,
            "archived_s": archived_s,
            "changed_at": now,
            "changed_by_id": by,
        },
    )


def set_level(category: Category, *, licence_year: str, level: Level, told_at: datetime | None) -> None:
    """How full a category is, and when that was last told."""
    told = {"licence_year": licence_year, "level": level, "told_at": told_at}
    MeterLevel.objects.update_or_create(category=category, defaults=told)

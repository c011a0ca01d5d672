"""What is kept and by whom, for reports and for what would save most (R107 to R111). Doors decide before they ask."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Sum

from cathedra.db import sql
from cathedra.db.models import MeterEntry
from cathedra.domain.metering import Category, Kept, Since
from cathedra.domain.terms import AccountId, FolderId, RecordingId


class Part(StrEnum):
    """Which of somebody's recordings to list (R108)."""

    LARGEST = "LARGEST"
    UNWATCHED = "UNWATCHED"
    BIN = "BIN"


@dataclass(frozen=True, slots=True)
class Item:
    """A recording that its owner could free hours with."""

    id: RecordingId
    title: str
    folder: str
    kept: Kept


@dataclass(frozen=True, slots=True)
class PartHours:
    """Hours of one origin, or of the courses of one academic year ('' for what has none), in seconds."""

    name: str
    stored_s: int
    archived_s: int
    recordings: int


@dataclass(frozen=True, slots=True)
class OwnerHours:
    """What one person keeps, in seconds; what is in the bin is stored and counted in that too."""

    id: UUID
    name: str
    department: str
    is_active: bool
    stored_s: int
    archived_s: int
    binned_s: int


def list_kept(since: Since) -> list[Kept]:
    """The whole library, gathered by what decides how hours could be saved: a few lines, however large it is."""
    return _kept(since)


def list_kept_of(owner: AccountId, since: Since) -> list[Kept]:
    """The same of what one person owns."""
    return _kept(since, owner=owner)


def list_kept_in(folder_id: FolderId, since: Since) -> list[Kept]:
    """The same of a folder and those below it that are seen by the same people (R28)."""
    return _kept(since, folder=folder_id)


def _kept(since: Since, *, owner: AccountId | None = None, folder: FolderId | None = None) -> list[Kept]:
    given: dict[str, Any] = {"owner": owner, "folder": folder, "settled": since.settled, "watched": since.watched}
    with connection.cursor() as cursor:
        cursor.execute(sql.text("meter_kept"), given)
        return [Kept(*row) for row in cursor.fetchall()]


def list_items(owner: AccountId, part: Part, since: Since, *, limit: int) -> list[Item]:
    """The largest of a part of what somebody owns."""
    given: dict[str, Any] = {
        "owner": owner,
        "part": part,
        "settled": since.settled,
        "watched": since.watched,
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql.text("meter_items"), given)
        return [Item(RecordingId(row[0]), row[1], row[2], Kept(*row[3:])) for row in cursor.fetchall()]


def recorded_by(owner: AccountId, licence_year: str) -> int:
    """What was recorded for somebody in a licence year, in seconds."""
    lines = MeterEntry.objects.filter(owner_id=owner, category=Category.RECORDED, licence_year=licence_year)
    return lines.aggregate(seconds=Sum("delta_s"))["seconds"] or 0


def recorded_in(folder_id: FolderId, licence_year: str) -> int:
    """What was recorded in a licence year of what lies in the folders of `list_kept_in`, in seconds."""
    with connection.cursor() as cursor:
        cursor.execute(sql.text("meter_recorded"), {"folder": folder_id, "year": licence_year})
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def list_parts() -> tuple[list[PartHours], list[PartHours]]:
    """What is kept by origin, and by the academic year of its course, most first."""
    with connection.cursor() as cursor:
        cursor.execute(sql.text("meter_parts"))
        rows = cursor.fetchall()
    return ([PartHours(*row[1:]) for row in rows if row[0] == "ORIGIN"],
            [PartHours(*row[1:]) for row in rows if row[0] == "YEAR"])  # fmt: skip


def list_owners(*, limit: int, leavers: bool = False) -> list[OwnerHours]:
    """Who keeps most; `leavers` asks for those alone whose account is closed."""
    with connection.cursor() as cursor:
        cursor.execute(sql.text("meter_owners"), {"limit": limit, "leavers": leavers})
        return [OwnerHours(*row) for row in cursor.fetchall()]

"""What is kept and by whom, for reports and for what would save most (R107 to R111). Doors decide before they ask."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db import connection
from django.db.models import Q, Sum

from cathedra.db import sql
from cathedra.db.models import Folder, MeterEntry
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
    return _kept(since, owner=None, under=None)


def list_kept_of(owner: AccountId, since: Since) -> list[Kept]:
    """The same of what one person owns."""
    return _kept(since, owner=owner, under=None)


def list_kept_under(folder_id: FolderId, since: Since) -> list[Kept]:
    """The same of what lies in a folder and in those below it."""
    return _kept(since, owner=None, under=_path(folder_id))


def _kept(since: Since, *, owner: AccountId | None, under: str | None) -> list[Kept]:
    given = {"owner": owner, "under": under, "settled": since.settled, "watched": since.watched}
    with connection.cursor() as cursor:
        cursor.execute(sql.text("meter_kept"), given)
        return [Kept(*row) for row in cursor.fetchall()]


def list_items(owner: AccountId, part: Part, since: Since, *, limit: int) -> list[Item]:
    """The largest of a part of what somebody owns."""
    given = {"owner": owner, "part": part, "settled": since.settled, "watched": since.watched, "limit": limit}
    with connection.cursor() as cursor:
        cursor.execute(sql.text("meter_items"), given)
        return [Item(RecordingId(row[0]), row[1], row[2], Kept(*row[3:])) for row in cursor.fetchall()]


def recorded_by(owner: AccountId, licence_year: str) -> int:
    """What was recorded for somebody in a licence year, in seconds."""
    return _recorded(Q(owner_id=owner), licence_year)


def recorded_under(folder_id: FolderId, licence_year: str) -> int:
    """What was recorded into a folder and those below it, in seconds: hours stay where they were recorded (R98)."""
    path = _path(folder_id)
    return _recorded(Q(folder_path=path) | Q(folder_path__startswith=f"{path}."), licence_year)


def _recorded(whose: Q, licence_year: str) -> int:
    lines = MeterEntry.objects.filter(whose, category=Category.RECORDED, licence_year=licence_year)
    return lines.aggregate(seconds=Sum("delta_s"))["seconds"] or 0


def _path(folder_id: FolderId) -> str:
    return str(Folder.objects.values_list("path", flat=True).get(id=folder_id))


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

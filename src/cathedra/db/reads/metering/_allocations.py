"""Hours set aside, with what of them is used (R110)."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from cathedra.db import sql
from cathedra.db.models import Allocation, Department, Folder
from cathedra.domain.metering import Allowance, Category
from cathedra.domain.terms import AccountId, FolderId


@dataclass(frozen=True, slots=True)
class SetAside:
    """One allocation: whose, how much, what of it is used, and the steps that were told last; in seconds."""

    id: UUID
    department_id: UUID | None
    folder_id: UUID | None
    name: str
    contact_email: str
    recorded_s: int | None
    stored_s: int | None
    is_enforced: bool
    told_recorded: int
    told_stored: int
    used_recorded_s: int
    used_stored_s: int

    def allowances(self) -> tuple[Allowance, ...]:
        """Each of its limits with what is used of it."""
        each = (
            (Category.RECORDED, self.used_recorded_s, self.recorded_s),
            (Category.STORED, self.used_stored_s, self.stored_s),
        )
        return tuple(Allowance(used, limit, self.is_enforced, kind) for kind, used, limit in each if limit is not None)


@dataclass(frozen=True, slots=True)
class Given:
    """What is set aside, without what is used of it; in seconds."""

    department_id: UUID | None
    folder_id: UUID | None
    recorded_s: int | None
    stored_s: int | None
    is_enforced: bool


def list_allocations(licence_year: str) -> list[SetAside]:
    """All of them, departments first, by name; recorded hours are those of this licence year."""
    return _allocations(licence_year, into=None, owner=None)


def list_enforced(into: FolderId, owner: AccountId | None, licence_year: str) -> list[SetAside]:
    """Those that may refuse what this person brings into this folder."""
    return _allocations(licence_year, into=into, owner=owner)


def _allocations(licence_year: str, *, into: FolderId | None, owner: AccountId | None) -> list[SetAside]:
    with connection.cursor() as cursor:
        cursor.execute(sql.text("meter_allocations"), {"year": licence_year, "into": into, "owner": owner})
        return [SetAside(*row) for row in cursor.fetchall()]


def find_allocation(
    *, department_id: UUID | None = None, folder_id: UUID | None = None, allocation_id: UUID | None = None
) -> Given | None:
    """That of a department or a folder, or by its own id."""
    named = {"department_id": department_id, "folder_id": folder_id, "id": allocation_id}
    known: dict[str, Any] = {name: value for name, value in named.items() if value is not None}
    fields = ("department_id", "folder_id", "recorded_s", "stored_s", "is_enforced")
    row = Allocation.objects.filter(**known).values_list(*fields).first() if known else None
    return Given(*row) if row else None


def has_place(*, department_id: UUID | None, folder_id: UUID | None) -> bool:
    """Is there such a department, or such a folder?"""
    if department_id is not None:
        return Department.objects.filter(id=department_id).exists()
    return folder_id is not None and Folder.objects.filter(id=folder_id).exists()


def list_departments() -> list[tuple[UUID, str]]:
    """Every department by name."""
    return list(Department.objects.order_by("name").values_list("id", "name"))

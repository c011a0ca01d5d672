"""Add lines to the ledger of hours, which is all that may be done to it (R104); keep limits and what was told of them."""

from collections.abc import Iterable
from dataclasses import astuple, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from cathedra.db import prepared
from cathedra.db.models import Allocation, LicenceLimit, LimitException, MeterLevel
from cathedra.domain.metering import Category, Level, Line
from cathedra.domain.terms import AccountId


def add_lines(lines: Iterable[Line]) -> int:
    """Write these in one statement, so that the totals are moved once; returns how many there were."""
    rows = [astuple(line) for line in lines]
    if rows:
        names = [field.name for field in fields(Line)]
        prepared.rows("meter_add", **dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)))
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


def set_allocation(
    *,
    department_id: UUID | None,
    folder_id: UUID | None,
    recorded_s: int | None,
    stored_s: int | None,
    is_enforced: bool,
    by: AccountId | None,
    now: datetime,
) -> UUID:
    """Hours set aside for a department or a folder (R110); what was set aside for it before goes. What was told of it
    counts no more."""
    place: dict[str, Any] = {"department_id": department_id} if department_id else {"folder_id": folder_id}
    row, _made = Allocation.objects.update_or_create(
        **place,
        defaults={
            "recorded_s": recorded_s,
            "stored_s": stored_s,
            "is_enforced": is_enforced,
            "told_recorded": 0,
            "told_stored": 0,
            "changed_at": now,
            "changed_by_id": by,
        },
    )
    return row.id


def remove_allocation(allocation_id: UUID) -> bool:
    """Set nothing aside any more; whether there was anything."""
    deleted, _rows = Allocation.objects.filter(id=allocation_id).delete()
    return bool(deleted)


def set_allocation_told(allocation_id: UUID, *, licence_year: str, recorded: int, stored: int) -> None:
    """The steps that an allocation has reached (N51)."""
    Allocation.objects.filter(id=allocation_id).update(
        told_year=licence_year, told_recorded=recorded, told_stored=stored
    )


def ask_exception(account: AccountId, reason: str, *, now: datetime) -> tuple[UUID, bool]:
    """Somebody asks (R108); one question of a person waits at a time. Its id, and whether it is new."""
    given = {"reason": reason, "made_at": now}
    row, is_new = LimitException.objects.get_or_create(account_id=account, given_at=None, ended_at=None, defaults=given)
    return row.id, is_new


def give_exception(account: AccountId, reason: str, *, until: datetime, by: AccountId | None, now: datetime) -> UUID:
    """The limits do not refuse this person until then (R108); what they had asked for is answered by it."""
    given = {"given_by_id": by, "given_at": now, "until": until, "reason": reason}
    waiting = LimitException.objects.select_for_update().filter(account_id=account, given_at=None, ended_at=None)
    row = waiting.first() or LimitException(account_id=account, made_at=now)
    for name, value in given.items():
        setattr(row, name, value)
    row.save()
    return row.id


def end_exception(exception_id: UUID, *, by: AccountId | None, now: datetime) -> bool:
    """From now on they do again, or what was asked for is not given. False when it had ended."""
    return bool(LimitException.objects.filter(id=exception_id, ended_at=None).update(ended_at=now, ended_by_id=by))

"""Whose Creator rights in personal folders are suspended, and why (R91). Doors decide before they ask."""

from dataclasses import dataclass
from datetime import datetime

from cathedra.db.models import CreatorSuspension
from cathedra.domain.terms import AccountId


@dataclass(frozen=True, slots=True)
class Suspension:
    """One that is in force."""

    reason: str
    at: datetime
    by: str


def find_suspension(account_id: AccountId) -> Suspension | None:
    """That of somebody."""
    rows = CreatorSuspension.objects.filter(account_id=account_id, ended_at=None).select_related("by")
    row = rows.first()
    return Suspension(row.reason, row.at, row.by.full_name) if row else None

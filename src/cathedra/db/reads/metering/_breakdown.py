"""What is kept, broken down by one thing after the other, of whatever part of the library somebody may see the hours of
(R111). Doors decide before they ask."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from cathedra.db import sql
from cathedra.db.reads.keyset import Page, page_of
from cathedra.domain.metering import By, Since
from cathedra.domain.terms import AccountId, FolderId


@dataclass(frozen=True, slots=True)
class Scope:
    """Of what: one of these, or without any the whole library."""

    owner: AccountId | None = None
    folder: FolderId | None = None
    department: UUID | None = None


@dataclass(frozen=True, slots=True)
class BrokenDown:
    """One line, in seconds; what is in the bin is stored and counted in that too. The key is an id or a word, empty for
    what has none. `within` is the folder around a folder, or an owner's department."""

    key: str
    name: str
    within: str
    is_leaver: bool
    stored_s: int
    archived_s: int
    binned_s: int
    recordings: int


def break_down(scope: Scope, by: By, since: Since, *, after: str = "", limit: int | None) -> Page[BrokenDown]:
    """Some lines, most stored first, and the place of the next ones; without a limit all of them."""
    stored, archived, key = _parse(after) or (None, None, "")
    given: dict[str, Any] = {
        "by": by.value,
        "owner": scope.owner,
        "folder": scope.folder,
        "department": scope.department,
        "settled": since.settled,
        "watched": since.watched,
        "stored": stored,
        "archived": archived,
        "key": key,
        "limit": None if limit is None else limit + 1,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql.text("meter_breakdown"), given)
        rows = [BrokenDown(*row) for row in cursor.fetchall()]
    return Page(tuple(rows)) if limit is None else page_of(rows, [_place(one) for one in rows], limit=limit)


def _place(one: BrokenDown) -> str:
    return f"{one.stored_s}.{one.archived_s}.{one.key}"


def _parse(after: str) -> tuple[int, int, str] | None:
    """The place in a text; None, which is the beginning, when somebody made the text up."""
    stored, _dot, rest = after.partition(".")
    archived, _dot, key = rest.partition(".")
    whole = all(one.isascii() and one.isdigit() and len(one) < 19 for one in (stored, archived))
    return (int(stored), int(archived), key) if whole and "\0" not in key else None

"""Pages by key: where the last row stood, as an opaque text, so that page 1,000 costs what page 1 costs."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows, and the place after the last one; empty when there is nothing after it."""

    rows: tuple[Row, ...]
    after: str = ""


def place(key: str, row_id: UUID) -> str:
    """Where a row stands, as a text for addresses. It carries no right: it only says where to go on."""
    return base64.urlsafe_b64encode(json.dumps((key, str(row_id))).encode()).decode().rstrip("=")


def parse(after: str) -> tuple[str, UUID] | None:
    """The key and the id in a text; None, which is the beginning, when somebody made the text up."""
    try:
        key, row_id = json.loads(base64.urlsafe_b64decode(after + "=" * (-len(after) % 4)))
        return (key, UUID(row_id)) if isinstance(key, str) and "\0" not in key else None
    except (binascii.Error, ValueError, TypeError, AttributeError):
        return None


def parse_instant(after: str) -> tuple[datetime, UUID] | None:
    """The same where rows stand by an instant; one that does not say of which time zone was made up."""
    found = parse(after)
    try:
        at = datetime.fromisoformat(found[0]) if found else None
    except ValueError:
        return None
    return (at, found[1]) if found and at and at.tzinfo else None


def page_of(rows: Sequence[Row], keys: Sequence[str], *, limit: int) -> Page[Row]:
    """A page from `limit` + 1 rows asked for; `keys` are the places of them all."""
    is_more = len(keys) > limit
    return Page(tuple(rows[:limit]), keys[limit - 1] if is_more else "")

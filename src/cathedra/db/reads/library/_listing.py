"""Which recordings the list of one folder shows somebody, in order, from a place on (ADR 27)."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import BigIntegerField, F, Q, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce, Lower

from cathedra.db import prepared, sql
from cathedra.db.models import Recording
from cathedra.db.reads import keyset
from cathedra.db.reads.access import OneFolder
from cathedra.domain.library import State
from cathedra.domain.terms import AccountId, RecordingId


class RecordingOrder(StrEnum):
    """How a list of recordings is ordered."""

    NEWEST = "newest"
    OLDEST = "oldest"
    TITLE = "title"
    TITLE_DOWN = "title-down"
    LENGTH = "length"
    LENGTH_DOWN = "length-down"
    OWNER = "owner"
    OWNER_DOWN = "owner-down"
    STATE = "state"
    STATE_DOWN = "state-down"

    @property
    def is_down(self) -> bool:
        return self is RecordingOrder.NEWEST or self.endswith("-down")

    @property
    def by(self) -> str | None:
        """The key of `sql.KEYS`; None where it is time."""
        is_time = self in (RecordingOrder.NEWEST, RecordingOrder.OLDEST)
        return None if is_time else self.removesuffix("-down")


@dataclass(frozen=True, slots=True)
class Filter:
    """Which recordings of a list are wanted: words of the title or description, a state, an owner."""

    search: str = ""
    state: State | None = None
    owner: UUID | None = None

    @property
    def is_any(self) -> bool:
        """Whether anything is left out by it."""
        return bool(self.search or self.state or self.owner)


ALL = Filter()
Place = tuple[Any, UUID]  # the key that it is ordered by: an instant, a text or a number; and which recording it is
_NO_ID = UUID(int=0)
_FIRST, _LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
_MOST = 2**31 - 1


def places(here: OneFolder, *, order: RecordingOrder, wanted: Filter = ALL, after: str = "", most: int) -> list[Place]:
    """The next places in the list. The rule judges the next recordings as they come, twice a bounded number of them;
    where so few are shown that the page is not full then, the list form finds the rest."""
    found: list[Place] = []
    beyond = _parsed(order, after) or _beginning(order)
    for looked_at in (most + most // 4, most * 4):
        rows = _next(here, order, wanted, beyond, looked_at)
        found += islice(_shown(here, rows), most - len(found))
        if len(found) == most or len(rows) < looked_at:
            return found
        beyond = rows[-1].key, rows[-1].id
    return found + _by_condition(here, order, wanted, beyond, most - len(found))


def _beginning(order: RecordingOrder) -> Place:
    if order.by is not None:
        return None, _NO_ID
    return (_LAST if order.is_down else _FIRST), _NO_ID


def _parsed(order: RecordingOrder, after: str) -> Place | None:
    """None, which is the beginning, for what somebody made up."""
    if order.by is None:
        return keyset.parse_instant(after)
    found = keyset.parse(after)
    if found is None or order.by in _BY_TEXT:
        return found
    is_number = found[0].removeprefix("-").isdecimal() and found[0].isascii() and len(found[0]) <= len(str(_MOST))
    return (min(int(found[0]), _MOST), found[1]) if is_number else None


_BY_TEXT = ("title", "owner")


def shown_of(here: OneFolder, wanted: Collection[RecordingId]) -> tuple[RecordingId, ...]:
    """Those of these that the list of the folder shows the viewer, each once and in the order asked."""
    found = set(Recording.objects.filter(here.condition(), id__in=wanted).values_list("id", flat=True))
    return tuple(one for one in dict.fromkeys(wanted) if one in found)


def told(place: Place) -> str:
    """A place as a text for addresses."""
    key, recording_id = place
    return keyset.place(key.isoformat() if isinstance(key, datetime) else str(key), recording_id)


def list_owners(here: OneFolder, *, limit: int = 50) -> tuple[tuple[AccountId, str], ...]:
    """Who owns what the viewer is shown of the folder, by name."""
    rows = Recording.objects.filter(here.condition()).order_by("owner__full_name", "owner_id")
    found = rows.values_list("owner_id", "owner__full_name").distinct()[:limit]
    return tuple((AccountId(one), name) for one, name in found)


def _shown(here: OneFolder, rows: list[Any]) -> Iterator[Place]:
    return ((row.key, row.id) for row in rows if here.lists(row))


def _next(here: OneFolder, order: RecordingOrder, wanted: Filter, beyond: Place, count: int) -> list[Any]:
    return prepared.rows_in_order(
        "listing_facts",
        by=order.by,
        is_down=order.is_down,
        viewer=here.viewer,
        folder_id=here.folder_id,
        level=str(here.facts.level),
        search=f"%{connection.ops.prep_for_like_query(wanted.search)}%" if wanted.search else None,
        state=str(wanted.state) if wanted.state else None,
        owner=wanted.owner,
        key=beyond[0],
        beyond=beyond[1],
        most=count,
    )


_KEYS = {
    None: F("created_at"),
    "title": Lower("title"),
    "length": Coalesce("edited_ms", "duration_ms", Value(-1), output_field=BigIntegerField()),
    "owner": Lower("owner__full_name"),
    "state": None,
}


def _by_condition(here: OneFolder, order: RecordingOrder, wanted: Filter, beyond: Place, count: int) -> list[Place]:
    rows = Recording.objects.filter(here.condition())
    if wanted.search:
        rows = rows.filter(Q(title__icontains=wanted.search) | Q(description__icontains=wanted.search))
    if wanted.owner:
        rows = rows.filter(owner_id=wanted.owner)
    if wanted.state:
        rows = rows.annotate(word=RawSQL(f"({sql.state_word()})", ())).filter(word=str(wanted.state))  # noqa: S611 - a constant
    key = RawSQL(sql.state_rank(), ()) if order.by == "state" else _KEYS[order.by]  # noqa: S611 - likewise
    side, down = ("lt", "-") if order.is_down else ("gt", "")
    rows = rows.annotate(key=key).order_by(f"{down}key", f"{down}id")
    at, recording_id = beyond
    if at is not None:
        rows = rows.filter(Q(**{f"key__{side}": at}) | Q(key=at, **{f"id__{side}": recording_id}))
    return list(rows.values_list("key", "id")[:count])

"""Which recordings the list of one folder shows somebody, in order, from a place on (ADR 27)."""

from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from enum import StrEnum
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from cathedra.db import prepared
from cathedra.db.models import Recording
from cathedra.db.reads import keyset
from cathedra.db.reads.access import OneFolder
from cathedra.domain.terms import RecordingId


class RecordingOrder(StrEnum):
    """How a list of recordings is ordered."""

    NEWEST = "newest"
    OLDEST = "oldest"
    TITLE = "title"
    TITLE_DOWN = "title-down"


Place = tuple[Any, UUID]  # the key that it is ordered by, which is a title or an instant, and which recording it is
_BY_TITLE = (RecordingOrder.TITLE, RecordingOrder.TITLE_DOWN)
_DOWN = (RecordingOrder.NEWEST, RecordingOrder.TITLE_DOWN)
_NO_ID = UUID(int=0)
_BEGINNINGS: dict[RecordingOrder, Place] = {
    RecordingOrder.NEWEST: (datetime.max.replace(tzinfo=UTC), _NO_ID),
    RecordingOrder.OLDEST: (datetime.min.replace(tzinfo=UTC), _NO_ID),
    RecordingOrder.TITLE: (None, _NO_ID),
    RecordingOrder.TITLE_DOWN: (None, _NO_ID),
}


def places(here: OneFolder, *, order: RecordingOrder, search: str = "", after: str = "", most: int) -> list[Place]:
    """The next places in the list. The rule judges the next recordings as they come, twice a bounded number of them;
    where so few are shown that the page is not full then, the list form finds the rest."""
    parsed = keyset.parse(after) if order in _BY_TITLE else keyset.parse_instant(after)
    found: list[Place] = []
    beyond: Place = parsed or _BEGINNINGS[order]
    for looked_at in (most + most // 4, most * 4):
        rows = _next(here, order, search, beyond, looked_at)
        found += islice(_shown(here, rows), most - len(found))
        if len(found) == most or len(rows) < looked_at:
            return found
        beyond = rows[-1].key, rows[-1].id
    return found + _by_condition(here, order, search, beyond, most - len(found))


def shown_of(here: OneFolder, wanted: Collection[RecordingId]) -> tuple[RecordingId, ...]:
    """Those of these that the list of the folder shows the viewer, each once and in the order asked."""
    found = set(Recording.objects.filter(here.condition(), id__in=wanted).values_list("id", flat=True))
    return tuple(one for one in dict.fromkeys(wanted) if one in found)


def told(place: Place) -> str:
    """A place as a text for addresses."""
    key, recording_id = place
    return keyset.place(key if isinstance(key, str) else key.isoformat(), recording_id)


def _shown(here: OneFolder, rows: list[Any]) -> Iterator[Place]:
    return ((row.key, row.id) for row in rows if here.lists(row))


def _next(here: OneFolder, order: RecordingOrder, search: str, beyond: Place, count: int) -> list[Any]:
    return prepared.rows_in_order(
        "listing_facts",
        by_title=order in _BY_TITLE,
        is_down=order in _DOWN,
        viewer=here.viewer,
        folder_id=here.folder_id,
        level=str(here.facts.level),
        search=f"%{connection.ops.prep_for_like_query(search)}%" if search else None,
        key=beyond[0],
        beyond=beyond[1],
        most=count,
    )


def _by_condition(here: OneFolder, order: RecordingOrder, search: str, beyond: Place, count: int) -> list[Place]:
    rows = Recording.objects.filter(here.condition())
    if search:
        rows = rows.filter(Q(title__icontains=search) | Q(description__icontains=search))
    found = _beyond(_ordered(rows, order), order, beyond)
    return [(key, one) for key, one in found.values_list("key" if order in _BY_TITLE else "created_at", "id")[:count]]


def _ordered(rows: QuerySet[Recording], order: RecordingOrder) -> QuerySet[Recording]:
    match order:
        case RecordingOrder.NEWEST:
            return rows.order_by("-created_at", "-id")
        case RecordingOrder.OLDEST:
            return rows.order_by("created_at", "id")
        case RecordingOrder.TITLE:
            return rows.annotate(key=Lower("title")).order_by("key", "id")
        case RecordingOrder.TITLE_DOWN:
            return rows.annotate(key=Lower("title")).order_by("-key", "-id")


def _beyond(rows: QuerySet[Recording], order: RecordingOrder, beyond: Place) -> QuerySet[Recording]:
    field, side = "key" if order in _BY_TITLE else "created_at", "lt" if order in _DOWN else "gt"
    key, recording_id = beyond
    return rows.filter(Q(**{f"{field}__{side}": key}) | Q(**{field: key, f"id__{side}": recording_id}))

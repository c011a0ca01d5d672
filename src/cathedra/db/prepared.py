"""The statements of `sql/` that every page asks, prepared: PostgreSQL plans them once a connection, not once a question."""

import re
from functools import cache
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection
from psycopg.rows import namedtuple_row

from cathedra.db import sql

_NEVER = 1_000_000_000  # by itself, psycopg prepares nothing here; None would forbid it even where we ask for it


_PLACE = re.compile(r"%\((\w+)\)s|%%")


class _Prepared(psycopg.RawCursor[Any]):
    """psycopg reads a statement of more than 4,096 letters again at every question; here each is read once."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> "_Prepared":
        text, names = _numbered(query)
        return super().execute(text, [_told(params[name]) for name in names], **{**options, "prepare": True})


def _told(value: Any) -> Any:
    """psycopg asks of each of many ids whether it must be quoted; of them there are hundreds, and none must be."""
    if type(value) is list and value and type(value[0]) is UUID:
        return f"{{{','.join(['NULL' if one is None else one.hex for one in value])}}}"
    return value


@cache
def _numbered(statement: str) -> tuple[bytes, tuple[str, ...]]:
    """A statement with PostgreSQL's own places, $1 and on, and the names of them in that order."""
    numbers: dict[str, int] = {}

    def put(place: re.Match[str]) -> str:
        return f"${numbers.setdefault(place[1], len(numbers) + 1)}" if place[1] else "%"

    return _PLACE.sub(put, statement).encode(), tuple(numbers)


def rows(name: str, **places: Any) -> list[Any]:
    """All rows of `<name>.sql`, their columns by name, on Django's connection and in its transaction."""
    return _rows(sql.text(name), places)


def rows_of_one(name: str, **places: Any) -> list[Any]:
    """The same where `<name>.sql` asks of many, of the one whose `id` is among the places."""
    return _rows(sql.of_one(name), places)


def rows_in_order(name: str, *, by: str | None, is_down: bool, **places: Any) -> list[Any]:
    """The same where `<name>.sql` tells the newest first from a place on, in another order."""
    return _rows(sql.in_order(name, by=by, is_down=is_down), places)


def _rows(statement: str, places: dict[str, Any]) -> list[Any]:
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    asked: psycopg.Connection[Any] = connection.connection
    if asked.prepare_threshold is None:
        asked.prepare_threshold = _NEVER
    make = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    with make(_Prepared(asked, row_factory=namedtuple_row)) as cursor:
        cursor.execute(statement, places)
        found: list[Any] = cursor.fetchall()
    return found

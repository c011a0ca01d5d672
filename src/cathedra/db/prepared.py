"""The statements of `sql/` that every page asks, prepared: PostgreSQL plans them once a connection, not once a question."""

from typing import Any

import psycopg
from django.db import connection
from psycopg.rows import namedtuple_row

from cathedra.db import sql

_NEVER = 1_000_000_000  # by itself, psycopg prepares nothing here; None would forbid it even where we ask for it


class _Prepared(psycopg.Cursor[Any]):
    def execute(self, query: Any, params: Any = None, **options: Any) -> "_Prepared":
        return super().execute(query, params, **{**options, "prepare": True})


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

"""Rows that many tests begin with, made once in a process by the product's own writes and copied for each test.

The cast is some fifty statements; its copy is one. Each copy has ids of its own, as if it had been made anew. Only where
the tests started PostgreSQL themselves (tests/tables.py): elsewhere they are made each time.
"""

import json
import os
import re
from collections.abc import Callable
from dataclasses import fields, replace
from typing import Generic, TypeVar
from uuid import UUID, uuid4

from django.db import connection, transaction

from tests.tables import OWN_CLUSTER

T = TypeVar("T")
_UUID = re.compile(r"[0-9a-f]{8}(-?)[0-9a-f]{4}(?:\1[0-9a-f]{4}){2}\1[0-9a-f]{12}")  # in paths without hyphens
_TABLES = """
    SELECT c.relname, array_agg(quote_ident(a.attname) ORDER BY a.attnum)
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
          AND a.attgenerated = ''
    GROUP BY c.relname ORDER BY c.relname
"""


class Copied(Generic[T]):
    """What `make` returns, a dataclass of ids, with every row that it writes; `kept` ids are the same in every copy."""

    def __init__(self, make: Callable[[], T], *, kept: frozenset[UUID] = frozenset()) -> None:
        self._kept = kept
        self._make = make
        self._statement = ""
        self._made: T | None = None

    def again(self) -> T:
        """Put the rows into the database that Django is connected to, in its transaction."""
        if self._made is None:
            return self._make()
        new: dict[UUID, UUID] = {one: one for one in self._kept}

        def renamed(found: re.Match[str]) -> str:
            one = new.setdefault(UUID(found[0]), uuid4())
            return str(one) if found[1] else one.hex

        with connection.cursor() as cursor:
            cursor.execute(_UUID.sub(renamed, self._statement))
        ids = {field.name: getattr(self._made, field.name) for field in fields(self._made)}
        return replace(self._made, **{name: new[one] for name, one in ids.items() if one in new})

    def take(self) -> None:
        """Make them, note them, and undo them; while nobody else has written anything."""
        if OWN_CLUSTER not in os.environ:
            return
        with transaction.atomic():
            before = _rows()
            made = self._make()
            after = _rows()
            transaction.set_rollback(True)
        changed = [name for name in after if name in before and before[name] != after[name]]
        assert not changed, f"rows of the migrations are changed, which a copy cannot do: {changed}"
        written = "".join(after[name] for name in after if name not in before)
        # neither triggers nor foreign keys: what they would write or look for is among the rows
        self._made = made
        role = "SET LOCAL session_replication_role"
        self._statement = f"{role} = replica;{written}{role} = origin"


def _rows() -> dict[str, str]:
    """For each table with rows, the statement that writes them."""
    found = {}
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        for name, columns in cursor.fetchall():
            listed = ", ".join(columns)
            cursor.execute(f'SELECT jsonb_agg(to_jsonb(r)) FROM (SELECT {listed} FROM "{name}" ORDER BY 1) r')
            if (rows := cursor.fetchone()[0]) is not None:
                text = (rows if isinstance(rows, str) else json.dumps(rows)).replace("'", "''")
                found[name] = (
                    f'INSERT INTO "{name}" ({listed}) SELECT {listed} FROM jsonb_populate_recordset(NULL::"{name}",'
                    f" '{text}');"
                )
    return found

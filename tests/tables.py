"""The tests' tables, made by the first process of the suite that needs them; every other one copies its database.

The tables of a database are made by the product's own migrations, which take ten seconds of one core. Only where the
tests started PostgreSQL themselves (tests/plugin.py): in a database of somebody's own, nothing but what Django makes.
"""

import fcntl
import os
from pathlib import Path
from typing import IO

import psycopg

MADE = "cathedra_tests_made"
OWN_CLUSTER = "CATHEDRA_TESTS_CLUSTER"
_turn: list[IO[str]] = []


def copy() -> bool:
    """Whether this process now has a copy. If not, it is the first: the others wait until it calls `keep`."""
    if OWN_CLUSTER not in os.environ or "PYTEST_XDIST_WORKER" not in os.environ:
        return False
    _turn.append((Path(os.environ["CATHEDRA_DATA_DIR"]).parent / "tables.lock").open("w"))
    fcntl.flock(_turn[0], fcntl.LOCK_EX)
    with _outside() as server:
        is_made = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", (MADE,)).fetchone() is not None
        if is_made:
            _copy(server, MADE, _own_name())
    if is_made:
        _turn.pop().close()
    return is_made


def keep() -> None:
    """After `copy` has said no and the tables are there: keep a copy for the others, and let them go on."""
    if not _turn:
        return
    from django.db import connection

    connection.close()  # nobody may be connected to what is copied
    with _outside() as server:
        _copy(server, connection.settings_dict["NAME"], MADE)
    _turn.pop().close()


_EMPTY = """
DO $$
DECLARE
    name text;
    is_used boolean;
BEGIN
    SET LOCAL session_replication_role = replica; -- no foreign key and few triggers
    FOR name IN SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
                WHERE schemaname = 'public' AND tablename <> ALL ('{django_migrations,django_content_type,auth_permission}')
    LOOP
        EXECUTE 'SELECT EXISTS (SELECT FROM ' || name || ')' INTO is_used;
        CONTINUE WHEN NOT is_used;
        BEGIN
            EXECUTE 'DELETE FROM ' || name;
        EXCEPTION WHEN insufficient_privilege OR integrity_constraint_violation THEN -- what only grows refuses that
            EXECUTE 'TRUNCATE ' || name || ' CASCADE';
        END;
    END LOOP;
END $$
"""


def empty() -> bool:
    """Remove every row that a test has committed: of the few tables that have any, where Django's own way makes new files
    for a hundred. Whether it was done; not in a database of somebody's own."""
    from django.db import connection

    if OWN_CLUSTER not in os.environ:
        return False
    with connection.cursor() as cursor:
        cursor.execute(_EMPTY)
    return True


def _copy(server: psycopg.Connection, source: str, name: str) -> None:
    server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')


def _own_name() -> str:
    """What the database of this process is called; pytest-django has written its number into the settings."""
    from django.db import connection

    return connection.creation._get_test_db_name()


def _outside() -> psycopg.Connection:
    from django.db import connection

    place = connection.settings_dict
    return psycopg.connect(host=place["HOST"], user=place["USER"], dbname="postgres", autocommit=True)

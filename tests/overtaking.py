"""Two transactions at the same moment, one of which would overtake the other."""

import threading
import time
from collections.abc import Callable

from django.db import connection, connections, transaction

_PATIENCE_S = 60
_WAITING = """
SELECT count(DISTINCT pid) FROM pg_locks
WHERE NOT granted AND pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database())
"""


def overtake(first: Callable[[], object], second: Callable[[], object], *, table: str) -> None:
    """`first` runs up to where it would write to the table, which nobody may for now. Then `second` begins, and goes as far
    as it can. Only then both go on. Not inside a transaction of the test's own."""
    problems: list[Exception] = []

    def run(work: Callable[[], object]) -> None:
        try:
            work()
        except Exception as problem:
            problems.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(work,)) for work in (first, second)]
    with transaction.atomic():
        _ask(f"LOCK TABLE {table} IN SHARE MODE")
        for count, thread in enumerate(threads, 1):
            thread.start()
            _wait(lambda count=count, thread=thread: _ask(_WAITING) >= count or not thread.is_alive())
    for thread in threads:
        thread.join(_PATIENCE_S)
    assert problems == []


def _ask(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(statement)
        return cursor.fetchone()[0] if cursor.description else 0


def _wait(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE_S
    while not is_so():
        assert time.monotonic() < end, "it neither waits nor ends"
        time.sleep(0.02)

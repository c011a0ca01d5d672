"""D1 and D2: the newest recordings I may see, and one view decision, on a synthetic university in our own tables.

The university is smaller by default (BENCH_SCALE=0.05: 3,000 people, 50,000 recordings); BENCH_SCALE=1 is the whole:
60,000 people, 20,000 folders, a million recordings. Times are round trips of prepared statements on one connection,
asked in turn with the statement that is the limit; the ratio is that of the medians over many viewers.
"""

import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from bench import _product
from cathedra.db import sql

Row = tuple[str, str, str, str, str, str]
SCALE = os.environ.get("BENCH_SCALE", "0.05")
VIEWERS = 120
PRINCIPALS = "SELECT group_id FROM cathedra_membership WHERE account_id = %(viewer)s"
ROWS = """
SELECT r.*, f.name, a.full_name FROM cathedra_recording r
JOIN cathedra_folder f ON f.id = r.folder_id JOIN cathedra_account a ON a.id = r.owner_id
WHERE r.id = ANY (%(ids)s)
"""
BY_KEY = "SELECT * FROM cathedra_recording WHERE id = %(recording_id)s"


def rows() -> Iterator[Row]:
    """The table's rows: name, value, unit, limit, ratio, target."""
    with _product.running() as product:
        _load(product)
        with psycopg.connect(product.database_url, autocommit=True, prepare_threshold=0) as database:
            count = database.execute("SELECT count(*) FROM cathedra_recording").fetchone()[0]
            viewers = _viewers(database)
            yield from _listing(database, viewers, f"of {count:,} recordings")
            yield _decision(database, viewers)


def _load(product: _product.Product) -> None:
    program = Path(__file__).with_name("make_university.py")
    command = [sys.executable, program, "--dsn", product.database_url, "--scale", SCALE, "--only", "core,cathedra"]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode:
        raise RuntimeError(made.stderr[-3000:])


def _viewers(database: psycopg.Connection[Any]) -> list[Any]:
    """People who may see something, each with a session."""
    found = database.execute(
        "SELECT a.id FROM cathedra_account a WHERE EXISTS (SELECT 1 FROM cathedra_membership m WHERE m.account_id = a.id)"
        " ORDER BY a.login_name"
    ).fetchall()
    chosen = [viewer for (viewer,) in random.Random(1).sample(found, min(VIEWERS, len(found)))]
    database.cursor().executemany(
        "INSERT INTO cathedra_web_session (session_key, session_data, expire_date, account_id, created_at)"
        " VALUES (%s, '', now() + interval '1 day', %s, now())",
        [(viewer.hex, viewer) for viewer in chosen],
    )
    return chosen


def _listing(database: psycopg.Connection[Any], viewers: list[Any], what: str) -> Iterator[Row]:
    newest, ours, limit, buffers = sql.text("newest_recordings"), [], [], []
    for viewer in [*viewers[:10], *viewers]:  # the first ten warm the statements
        started = time.perf_counter()
        groups = [group for (group,) in database.execute(PRINCIPALS, {"viewer": viewer})]
        places = {"principals": [viewer, *groups], "count": 20}
        ids = [found for (found,) in database.execute(newest, places)]
        database.execute(ROWS, {"ids": ids}).fetchall()
        ours.append(time.perf_counter() - started)
        limit.append(_timed(lambda found=ids: database.execute(ROWS, {"ids": found}).fetchall()))
        buffers.append(_buffers(database, newest, places) + _buffers(database, ROWS, {"ids": ids}))
    value, bound = (statistics.median(times[10:]) * 1000 for times in (ours, limit))
    name = f"D1 newest 20 I may see {what}"
    yield f"{name} / those 20 by key", f"{value:.2f}", "ms", f"{bound:.2f}", f"{value / bound:.2f}", "<= 4"
    yield f"{name}: buffers, median", f"{statistics.median(buffers[10:]):.0f}", "buffers", "", "", "<= 500"
    yield f"{name}: buffers, worst of {len(viewers)}", f"{max(buffers[10:])}", "buffers", "", "", ""


def _decision(database: psycopg.Connection[Any], viewers: list[Any]) -> Row:
    may_view, ours, limit = sql.text("may_view"), [], []
    known = [found for (found,) in database.execute("SELECT id FROM cathedra_recording ORDER BY id LIMIT 2000")]
    pick = random.Random(2)
    for number in range(600):
        viewer, recording = pick.choice(viewers), pick.choice(known)
        places = {"session_key": viewer.hex, "recording_id": recording, "now": datetime.now(UTC)}
        spent = _timed(lambda asked=places: database.execute(may_view, asked).fetchone())
        bound = _timed(lambda one=recording: database.execute(BY_KEY, {"recording_id": one}).fetchone())
        if number >= 50:
            ours.append(spent)
            limit.append(bound)
    value, least = (statistics.median(times) * 1000 for times in (ours, limit))
    return "D2 one view decision / row by key", f"{value:.3f}", "ms", f"{least:.3f}", f"{value / least:.2f}", "<= 2.5"


def _timed(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _buffers(database: psycopg.Connection[Any], statement: str, places: dict[str, Any]) -> int:
    plan = database.execute("EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) " + statement, places).fetchone()[0][0]
    return int(plan["Plan"]["Shared Hit Blocks"] + plan["Plan"]["Shared Read Blocks"])


if __name__ == "__main__":
    for row in rows():
        print("  ".join(row))

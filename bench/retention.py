"""What the retention cycle costs (R113 to R127): plan, dry run and simulator over a hundred thousand recordings in our own
tables, and the two runs recording by recording, whose memory is to stay flat.

The tables, the rules, the ledger, the notices and the local folder are the product's own; only the files are a few bytes
long, so that copying does not hide what the product itself does. BENCH_RETENTION says how many go through both runs: 1,000
by default, and 100000 for all.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bench import _product

Row = tuple[str, str, str, str, str, str]
SCALE = os.environ.get("BENCH_RETENTION_SCALE", "0.108")  # 108,000 recordings, of which 100,000 are live
AMOUNT = os.environ.get("BENCH_RETENTION", "1000")
MB = 1 << 20


def rows() -> Iterator[Row]:
    """The table's rows: name, value, unit, limit, ratio, target."""
    with _product.running() as product, product.without_worker():
        _load(product)
        program = Path(__file__).with_name("_retention.py").read_text()
        found = json.loads(product.run(program, AMOUNT, is_followed=True))
    yield from rows_of(found)


def rows_of(found: dict) -> Iterator[Row]:
    """What `_retention.py` found."""
    for name, title in (
        ("dry_run", "Dry run of the archive run"),
        ("simulator", "Simulator, three years"),
        ("plan", "Plan frozen and everybody told, 30 days before"),
    ):
        yield from _leg(f"{title}, {found[name]['recordings']:,} recordings", found[name])
    for name, title in (("archive", "Archive run"), ("deletion", "Deletion run")):
        leg = found[name]
        what = f"{title}, {leg['recordings']:,} of {found['count']:,} recordings, files of 27 bytes"
        yield f"{what}: statements each", f"{leg['statements']:.1f}", "", "", "", ""
        yield from _leg(what, leg)


def _leg(what: str, leg: dict) -> Iterator[Row]:
    count = max(1, leg["recordings"])
    yield f"{what}: in a second", f"{count / leg['seconds']:.0f}", "1/s", "", "", ""
    yield f"{what}: CPU each, PostgreSQL's too", f"{1000 * leg['cpu_seconds'] / count:.2f}", "ms", "", "", ""
    start, middle, end, peak = (weight / MB for weight in leg["weights"])
    name = f"{what}: memory, peak (start {start:.0f}, middle {middle:.0f}, end {end:.0f}) / at the start"
    yield name, f"{peak:.0f}", "MB", f"{start:.0f}", f"{peak / start:.2f}", "<= 1.5"


def _load(product: _product.Product) -> None:
    program = Path(__file__).with_name("make_university.py")
    command = [sys.executable, program, "--dsn", product.database_url, "--scale", SCALE, "--only", "core,cathedra"]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode:
        raise RuntimeError(made.stderr[-3000:])


if __name__ == "__main__":
    for row in rows():
        print("  ".join(row))

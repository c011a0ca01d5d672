"""D5: what players tell, through HTTP and the access rule into the table, and the sums that follow from it.

The product runs whole. Many viewers, each with an own sign-in, tell of one lecture; connections are kept. A row is a
stretch in the table, with percent watched and the totals of the recording brought up in the same transaction; CPU is
user and system of nginx, edge and PostgreSQL until the last of them is there. Two mixes: every telling with four
stretches, as of somebody who jumps about, and with one, as of somebody who only watches.
"""

import http.client
import json
import random
import statistics
import threading
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg

from bench import _product

Row = tuple[str, str, str, str, str, str]
VIEWERS, TELLINGS, LINES, ROUNDS = 1000, 4, 8, 3
SERVING = ("nginx", "edge", "postgres")
REASONS = ("SEEK", "SEEK")


def rows() -> Iterator[Row]:
    """The table's rows: name, value, unit, limit, ratio, target."""
    with _product.running() as product:
        seeded = json.loads(product.run(Path(__file__).with_name("_seed.py").read_text(), str(VIEWERS), "1"))
        _round(product, seeded, 1)  # connections, plans, the rule's yes to each viewer
        for stretches, aim in ((4, ">= 5000"), (1, "")):
            found = [_round(product, seeded, stretches) for _ in range(ROUNDS)]
            name = f"D5 heartbeats of {VIEWERS:,} viewers through HTTP into the table, {stretches} stretches a telling"
            rates = [count / cpu for count, cpu, _ in found]
            yield name, f"{statistics.median(rates):.0f}", "rows/s a core", "", "", aim
            tellings = statistics.median(cpu / (count / stretches) for count, cpu, _ in found)
            yield f"{name}: CPU a telling", f"{tellings * 1e6:.0f}", "us", "", "", ""
            written = statistics.median(count / wall for count, _, wall in found)
            yield f"{name}: in wall time, client included", f"{written:.0f}", "rows/s", "", "", ""


def _round(product: _product.Product, seeded: dict, stretches: int) -> tuple[int, float, float]:
    """Rows that came into the table, CPU seconds, and seconds by the clock."""
    bodies = [
        (session, _telling(seeded["recording"], stretches)) for _ in range(TELLINGS) for session in seeded["sessions"]
    ]
    with psycopg.connect(product.database_url, autocommit=True) as database:
        before = _count(database)
        wanted = before + len(bodies) * stretches
        pids, started = product.pids(*SERVING), time.monotonic()
        used = _product.cpu_seconds(pids)
        _tell(product.port, bodies)
        while _count(database) < wanted:
            if time.monotonic() - started > 120:
                raise RuntimeError(f"{wanted - _count(database)} rows did not come into the table")
            time.sleep(0.2)
        wall, used = time.monotonic() - started, _product.cpu_seconds(pids) - used
        (counted,) = database.execute(
            "SELECT t.delivered_ms = (SELECT sum(watched_ms) FROM cathedra_viewevent) FROM cathedra_viewtotals t"
        ).fetchone()
    if not counted:
        raise RuntimeError("the totals are not those of the rows")
    return wanted - before, used, wall


def _count(database: psycopg.Connection) -> int:
    return int(database.execute("SELECT count(*) FROM cathedra_viewevent").fetchone()[0])


def _telling(recording: str, stretches: int) -> bytes:
    begins = random.randrange(0, 2_900_000)
    told = [[begins + step * 20_000, begins + step * 20_000 + 19_000, 1, *REASONS] for step in range(stretches)]
    told = [[min(start, 2_980_000), min(end, 2_999_000), *more] for start, end, *more in told]
    said = {"session": str(uuid.uuid4()), "number": 1, "recording": recording, "position_ms": begins, "stretches": told}
    return json.dumps(said).encode()


def _tell(port: int, bodies: list[tuple[str, bytes]]) -> None:
    failed: list[object] = []

    def send(part: list[tuple[str, bytes]]) -> None:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        for session, body in part:
            line.request(
                "POST",
                "/heartbeat",
                body,
                {"Content-Type": "application/json", "Cookie": f"cathedra_session={session}"},
            )
            answer = line.getresponse()
            answer.read()
            if answer.status != 204:
                failed.append(answer.status)
                return

    threads = [threading.Thread(target=send, args=(bodies[place::LINES],)) for place in range(LINES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise RuntimeError(f"answered {failed}")


if __name__ == "__main__":
    for row in rows():
        print("  ".join(row))

"""What rights cost on a synthetic university in our own tables: D1, D2, D3, D4, D6, a filter, and two pages over HTTP.

The university is smaller by default (BENCH_SCALE=0.05: 3,000 people, 50,000 recordings); BENCH_SCALE=1 is the whole:
60,000 people, 20,000 folders five deep, a million recordings. `_rights.py` asks the product's own functions, each in
turn with the same question without the access rule; value and limit are those two, at the median and at 95 of 100.
"""

import http.client
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench import _product

Row = tuple[str, str, str, str, str, str]
Pairs = list[list[float]]
SCALE = os.environ.get("BENCH_SCALE", "0.05")
VIEWERS, OPENINGS, SEARCHERS = 120, 40, 40
SIGN_IN = "/account/login/"


def rows() -> Iterator[Row]:
    """The table's rows: name, value, unit, limit, ratio, target."""
    with _product.running() as product, product.without_worker():
        _load(product)
        program = Path(__file__).with_name("_rights.py").read_text()
        yield from rows_of(json.loads(product.run(program, str(VIEWERS))), product)
        found = json.loads(product.run(Path(__file__).with_name("_search.py").read_text(), str(SEARCHERS)))
        yield from _search(found)
        hours = json.loads(product.run(Path(__file__).with_name("_hours.py").read_text()))
        name = f"D4 hours by department and year, the sums exactly / the sum of {hours['lines']:,} lines"
        yield from _both(name, hours["pairs"], "<= 1 ms")


def rows_of(found: dict, product: _product.Product) -> Iterator[Row]:
    """What `_rights.py` found, and how long the pages take of those whose sessions it made."""
    times, what = found["times"], f"of {found['recordings']:,} recordings"
    yield from _both(f"D1 newest 20 I may see {what} / those 20 by key", times["newest"], "<= 4")
    yield from _buffers(found["buffers"])
    yield from _both("D2 one view decision / row by key", times["decision"], "<= 2.5")
    yield from _both("Filter of a folder's page by title / without rights", times["in_folder"], "")
    yield from _both("Filter of all folders by name / without rights", times["folders"], "")
    right = found["right"]
    name = f"D6 right changed on a root of {right['folders']} folders until list and check agree, slowest of 6"
    yield name, f"{max(right['times']):.2f}", "s", "", "", "<= 1"
    folders = [(key, f"/folders/{folder}/") for key, folder in found["pages"]]
    yield from _page("Page of a folder / sign-in page", product, folders)
    yield from _page("Page of approvals / sign-in page", product, [(key, "/approvals/") for key in found["approvers"]])


def _search(found: dict) -> Iterator[Row]:
    """The whole search with what it shows; the common word is the trap, and has a target of its own."""
    for name in ("rare", "medium", "common"):
        told = found[name]
        what = f"{name} word, in {told['held']:,} of {found['documents']:,} transcripts"
        yield from _both(f"D3 search, {what} / without rights", told["pairs"], "<= 3")
    middle = statistics.median(ours for ours, _ in found["common"]["pairs"]) * 1000
    yield "D3 the common word, p50 with rights", f"{middle:.1f}", "ms", "", "", "<= 20 ms"


def _load(product: _product.Product) -> None:
    program = Path(__file__).with_name("make_university.py")
    command = [
        sys.executable,
        program,
        "--dsn",
        product.database_url,
        "--scale",
        SCALE,
        "--only",
        "core,transcripts,cathedra,documents",
    ]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode:
        raise RuntimeError(made.stderr[-3000:])


def _both(name: str, pairs: Pairs, target: str) -> Iterator[Row]:
    """p50 and p95; the ratio is that of the two, each by itself. The target is the median's."""
    sides = [sorted(pair[side] * 1000 for pair in pairs) for side in (0, 1)]
    for title, part, aim in (("p50", 0.5, target), ("p95", 0.95, "")):
        value, limit = (side[min(len(side) - 1, int(len(side) * part))] for side in sides)
        yield f"{name}: {title}", f"{value:.2f}", "ms", f"{limit:.2f}", f"{value / limit:.2f}", aim


def _buffers(found: list[list[int]]) -> Iterator[Row]:
    statement, by_key = (statistics.median(one[part] for one in found) for part in range(2))
    yield "D1 buffers of the statement that finds them, median", f"{statement:.0f}", "buffers", "", "", "<= 500"
    sums = [sum(one) for one in found]
    name = "D1 buffers with those 20 rows fetched, median / those rows"
    whole = statistics.median(sums)
    yield name, f"{whole:.0f}", "buffers", f"{by_key:.0f}", f"{whole / by_key:.2f}", "<= 500"
    yield f"D1 the same, worst of {len(found)}", f"{max(sums)}", "buffers", "", "", ""


def _page(name: str, product: _product.Product, asked: list[tuple[str, str]]) -> Iterator[Row]:
    """Opened over HTTP on one kept connection, each by somebody else, in turn with a page that asks for no rights."""
    line = http.client.HTTPConnection("127.0.0.1", product.port, timeout=30)
    pairs, answers = [], set()
    for key, path in asked[:OPENINGS]:
        ours, status = _opened(line, path, key)
        answers.add(status)
        if status == 404:
            yield f"{name}: not measured, there is no such page yet", "-", "", "", "", ""
            return
        pairs.append([ours, _opened(line, SIGN_IN, "")[0]])
    line.close()
    if answers - {200} or not pairs:
        raise RuntimeError(f"{name}: answered {sorted(answers)}")
    yield from _both(name, pairs[5:] or pairs, "")  # the first five warm templates and plans


def _opened(line: http.client.HTTPConnection, path: str, key: str) -> tuple[float, int]:
    started = time.perf_counter()
    line.request("GET", path, headers={"Cookie": f"cathedra_session={key}"} if key else {})
    answer = line.getresponse()
    answer.read()
    return time.perf_counter() - started, answer.status


if __name__ == "__main__":
    for row in rows():
        print("  ".join(row))

"""W1 to W4: what pages and the JSON API cost, what a web process weighs, how long a start takes.

CPU is user and system of the web processes and of PostgreSQL, over requests asked one after the other on one kept
connection, a median of rounds. The starts are those of `cathedra demo` on a new folder and on the same folder again;
what `make demo` adds before that (creating the virtual environment, installing) is not repeated here.
"""

import http.client
import json
import os
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from bench import _product

Row = tuple[str, str, str, str, str, str]
ROUNDS, REQUESTS = 5, 50


def rows() -> Iterator[Row]:
    """The table's rows: name, value, unit, limit, ratio, target."""
    with _product.running(
        **{f"CATHEDRA_API_PER_{unit}": "1000000" for unit in ("SECOND", "MINUTE", "HOUR")}
    ) as product:
        seed = (Path(__file__).parent / "_seed.py").read_text()
        seeded = json.loads(product.run(seed, "20", "40"))
        cookie = f"cathedra_session={seeded['sessions'][0]}"
        asked = (
            (
                "W1 JSON request with sign-in and one decision",
                f"/api/recordings/{seeded['recording']}/player",
                "<= 1.0",
            ),
            ("W2 page of a folder, 30 rows", f"/folders/{seeded['folder']}/", "<= 4"),
            ("W2 home page, newest recordings", "/", "<= 4"),
            ("W2 page of a recording, eight beside it", f"/recordings/{seeded['recording']}/", "<= 4"),
        )
        for name, path, target in asked:
            spent = _spent(product, path, cookie)
            yield f"{name}: CPU", f"{spent:.2f}", "ms/req", "", "", target
        heaviest = max(_product.weight(pid) for pid in product.pids("web"))
        yield "W3 memory of one web worker after that", f"{heaviest / 2**20:.0f}", "MiB", "", "", "<= 150"
        edge = max(_product.weight(pid) for pid in product.pids("edge"))
        yield "W3 memory of edge", f"{edge / 2**20:.0f}", "MiB", "", "", "<= 150"
    yield from _starts()


def _spent(product: _product.Product, path: str, cookie: str) -> float:
    """Milliseconds of CPU a request."""
    line = http.client.HTTPConnection("127.0.0.1", product.port, timeout=20)
    found = []
    for number in range(ROUNDS + 1):
        before = _product.cpu_seconds(product.pids("web", "postgres"))
        for _ in range(REQUESTS):
            line.request("GET", path, headers={"Cookie": cookie})
            answer = line.getresponse()
            answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{path} answered {answer.status}")
        if number:  # the first round warms templates and plans
            found.append((_product.cpu_seconds(product.pids("web", "postgres")) - before) / REQUESTS * 1000)
    line.close()
    return statistics.median(found)


def _starts() -> Iterator[Row]:
    with _product.folder() as where:
        product = _product.Product(where, "demo", XDG_DATA_HOME=os.fspath(where))
        first = product.start() + _answers(product)
        yield "W4 cathedra demo on a new folder until its first page answers", f"{first:.1f}", "s", "", "", "<= 20"
        down = product.stop()
        again = product.start() + _answers(product)
        yield "W4 the same stopped and started again", f"{down + again:.1f}", "s", "", "", "<= 5"
        product.stop()


def _answers(product: _product.Product) -> float:
    started = time.monotonic()
    line = http.client.HTTPConnection("127.0.0.1", product.port, timeout=20)
    line.request("GET", "/account/login/")
    answer = line.getresponse()
    if answer.status != 200 or b"<html" not in answer.read():
        raise RuntimeError(f"the first page answered {answer.status}")
    line.close()
    return time.monotonic() - started


if __name__ == "__main__":
    for row in rows():
        print("  ".join(row))

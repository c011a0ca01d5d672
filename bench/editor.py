"""The editor: from "cut" until the cut is previewed, and until viewers have it; segments encoded for it.

A whole product, a generated lecture of some minutes, processed to its end. A Chromium opens the editor; two marks are made
eight seconds apart in the middle, a tenth of a second before the first the key for "cut" and the key for "play" are
pressed, and the clock stops when a frame from behind the cut has been presented: the tenth of a second is taken off. Then it
is saved; the clock stops when viewers have it, asked of the database: the API answers nobody four times a second. CPU is
that of the worker's tree meanwhile; how many segments were encoded, of how many, is what the worker wrote on the audit
trail.
"""

import json
import os
import shutil
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

from bench import _product, encoding, playing

Row = tuple[str, str, str, str, str, str]
MINUTES = int(os.environ.get("BENCH_EDITOR_MINUTES", "10"))
CUTS = int(os.environ.get("BENCH_EDITOR_CUTS", "3"))
PATIENCE_S = 600
LONG_MS, EARLY_MS = 8000, 100
# Where the second frame behind the cut is presented, the clock stops.
WATCH = """([start, end]) => new Promise((done) => {
    const video = document.querySelector(".cut-stage video");
    const desk = document.querySelector(".cut-desk");
    const press = (key) => desk.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    // Asked for before the seek: its frame may be presented before it is said to be over.
    const at = (ms) => Promise.all([
        new Promise((there) => video.addEventListener("seeked", there, { once: true })),
        new Promise((there) => video.requestVideoFrameCallback(there)),
        (video.currentTime = ms / 1000),
    ]);
    (async () => {
        await at(start);
        press("i");
        await at(end);
        press("o");
        await at(start - 100);
        const began = performance.now();
        const look = (_now, { mediaTime }) => {
            if (mediaTime * 1000 >= end - 1) done(performance.now() - began);
            else video.requestVideoFrameCallback(look);
        };
        video.requestVideoFrameCallback(look);
        press("x");
        await at(start - 100);
        press("k");
    })();
})"""


def rows() -> Iterator[Row]:
    """The table's rows: name, value, unit, limit, ratio, target."""
    encoding.WORK.mkdir(exist_ok=True)
    minute = encoding.lecture()
    with _product.folder() as folder, _product.running() as product:
        long = encoding.repeated(minute, MINUTES, folder / "long.mp4")
        seeded = json.loads(product.run((Path(__file__).parent / "_seed.py").read_text(), "1", "1"))
        recording, _ = playing._upload(product, long, seeded["folder"], seeded["lecturer"])
        _wait(product, "SELECT is_ladder_complete FROM cathedra_recording WHERE id = %s", recording)
        previews, shown, spent = _edit(product, recording, seeded["lecturer"])
        counts = _counts(product, recording)
    yield f'editor: "cut" until its preview plays on behind it, {MINUTES}-minute lecture', *_seconds(previews)
    yield "editor: saved until viewers have it", *_seconds(shown)
    yield "  CPU of the worker for that", f"{statistics.median(spent):.2f}", "CPU s", "", "", ""
    encoded = [one["encoded"] for one in counts]
    segments = counts[0]["segments"]
    name = f"editor: edges encoded for a cut, in every rendition (of {segments} segments)"
    yield name, f"{statistics.median(encoded):.0f}", "edges", "", "", ""


def _seconds(found: list[float]) -> tuple[str, str, str, str, str]:
    return f"{statistics.median(found):.2f}", "s", "", "", ""


def _edit(product: _product.Product, recording: str, session: str) -> tuple[list[float], list[float], list[float]]:
    from playwright.sync_api import sync_playwright

    previews, shown, spent = [], [], []
    with sync_playwright() as playwright:
        program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=program, args=list(playing.FLAGS))
        context = browser.new_context(base_url=product.url, locale="en-GB")
        context.add_cookies([{"name": "cathedra_session", "value": session, "url": product.url}])
        page = context.new_page()
        page.goto(f"/recordings/{recording}/editor/")
        page.wait_for_selector(".cut-desk")
        page.wait_for_timeout(3000)
        for number in range(CUTS):
            start = (number + 1) * MINUTES * 60_000 // (CUTS + 1) + 1234
            took = page.evaluate(WATCH, [start, start + LONG_MS])
            previews.append((took - EARLY_MS) / 1000)
            page.evaluate("() => document.querySelector('.cut-stage video').pause()")
            began, before = time.monotonic(), _product.cpu_seconds(product.pids("worker"))
            page.keyboard.press("Control+s")
            _wait_for_version(product, recording, number + 1)
            shown.append(time.monotonic() - began)
            spent.append(_product.cpu_seconds(product.pids("worker")) - before)
        browser.close()
    return previews, shown, spent


def _wait_for_version(product: _product.Product, recording: str, version: int) -> None:
    asked = "SELECT max(version) FROM cathedra_edit WHERE recording_id = %s AND shown_at IS NOT NULL"
    until = time.monotonic() + PATIENCE_S
    with psycopg.connect(product.database_url, autocommit=True) as database:
        while time.monotonic() < until:
            if database.execute(asked, (recording,)).fetchone()[0] == version:
                return
            time.sleep(0.05)
    raise TimeoutError(f"version {version} is not shown after {PATIENCE_S} s")


def _wait(product: _product.Product, question: str, recording: str) -> None:
    until = time.monotonic() + PATIENCE_S
    with psycopg.connect(product.database_url, autocommit=True) as database:
        while time.monotonic() < until:
            if database.execute(question, (recording,)).fetchone()[0]:
                return
            time.sleep(0.5)
    raise TimeoutError(f"not processed after {PATIENCE_S} s")


def _counts(product: _product.Product, recording: str) -> list[dict[str, int]]:
    asked = "SELECT facts FROM cathedra_auditevent WHERE action = 'recording:show_edit' AND target_id = %s ORDER BY id"
    with psycopg.connect(product.database_url) as database:
        return [row[0] for row in database.execute(asked, (recording,)).fetchall()]


if __name__ == "__main__":
    for row in rows():
        print("  ".join(row))

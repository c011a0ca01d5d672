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
from typing import Any

import psycopg

from bench import _product, encoding, playing

Row = tuple[str, str, str, str, str, str]
MINUTES = int(os.environ.get("BENCH_EDITOR_MINUTES", "2"))
CUTS = int(os.environ.get("BENCH_EDITOR_CUTS", "3"))
PATIENCE_S = 600
LONG_MS, EARLY_MS = 8000, 100
PREVIEW_PATIENCE_S, SAVE_PATIENCE_S = 60, 60
# Keys go where a person's go: to what has the focus, the page itself at first. The clock stops when a frame from behind the
# cut has been presented. Each step has a patience of its own, and says what it was that never came.
WATCH = """([start, end, patience]) => {
    const video = document.querySelector(".cut-stage video");
    const press = (key) => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    const within = (what, step) => Promise.race([step, new Promise((_, fail) => setTimeout(() => fail(new Error(
        `${what}: not within ${patience} s; at ${video.currentTime} s, ready ${video.readyState}, the editor says: `
        + [...document.querySelectorAll(".cut-voice, .cut-trouble")].map((one) => one.textContent).join(" "),
    )), patience * 1000))]);
    const at = (ms) => within(`a seek to ${ms} ms`, new Promise((there) => {
        video.addEventListener("seeked", there, { once: true });
        video.currentTime = ms / 1000;
    }));
    return (async () => {
        await at(start);
        press("i");
        await at(end);
        press("o");
        await at(start - 100);
        const began = performance.now();
        press("x");
        await at(start - 100);
        press("k");
        await within("a frame from behind the cut", new Promise((there) => {
            const look = (_now, { mediaTime }) => {
                if (mediaTime * 1000 >= end - 1) there();
                else video.requestVideoFrameCallback(look);
            };
            video.requestVideoFrameCallback(look);
        }));
        return performance.now() - began;
    })();
}"""


def rows() -> Iterator[Row]:
    """The table's rows: name, value, unit, limit, ratio, target."""
    encoding.WORK.mkdir(exist_ok=True)
    minute = encoding.lecture()
    with _product.folder() as folder, _product.running() as product:
        long = encoding.repeated(minute, MINUTES, folder / "long.mp4")
        seeded = json.loads(product.run((Path(__file__).parent / "_seed.py").read_text(), "1", "1"))
        recording, _ = playing._upload(product, long, seeded["folder"], seeded["lecturer"])
        ready = "SELECT is_ladder_complete FROM cathedra_recording WHERE id = %s"
        _wait(product, ready, recording, what="the lecture is not processed")
        idle = (
            "SELECT count(*) = 0 FROM procrastinate_jobs WHERE queue_name LIKE 'cpu%%' AND status IN ('todo', 'doing')"
        )
        _wait(product, idle, what="its slides are not all read")  # nobody's save waits behind them
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
            took = page.evaluate(WATCH, [start, start + LONG_MS, PREVIEW_PATIENCE_S])
            previews.append((took - EARLY_MS) / 1000)
            page.evaluate("() => document.querySelector('.cut-stage video').pause()")
            began, before = time.monotonic(), _product.cpu_seconds(product.pids("worker"))
            page.keyboard.press("Control+s")
            _wait_for_saved(page, number + 1)
            _wait_for_version(product, recording, number + 1)
            shown.append(time.monotonic() - began)
            spent.append(_product.cpu_seconds(product.pids("worker")) - before)
        browser.close()
    return previews, shown, spent


def _wait_for_saved(page: Any, version: int) -> None:
    said = page.locator(".cut-voice, .cut-trouble").all_inner_texts
    until = time.monotonic() + SAVE_PATIENCE_S
    while not any(f"version {version}" in sentence for sentence in said()):
        if time.monotonic() > until:
            raise TimeoutError(f"version {version} is not saved after {SAVE_PATIENCE_S} s; the editor says: {said()}")
        page.wait_for_timeout(20)


def _wait_for_version(product: _product.Product, recording: str, version: int) -> None:
    shown = "SELECT count(*) FROM cathedra_edit WHERE recording_id = %s AND version = %s AND shown_at IS NOT NULL"
    _wait(product, shown, recording, version, what=f"version {version} is not what viewers have")


def _wait(product: _product.Product, question: str, *asked: object, what: str) -> None:
    until = time.monotonic() + PATIENCE_S
    with psycopg.connect(product.database_url, autocommit=True) as database:
        while not (found := database.execute(question, asked).fetchone()) or not found[0]:
            if time.monotonic() > until:
                raise TimeoutError(f"{what}, after {PATIENCE_S} s")
            time.sleep(0.05)


def _counts(product: _product.Product, recording: str) -> list[dict[str, int]]:
    asked = "SELECT facts FROM cathedra_auditevent WHERE action = 'recording:show_edit' AND target_id = %s ORDER BY id"
    with psycopg.connect(product.database_url) as database:
        return [row[0] for row in database.execute(asked, (recording,)).fetchall()]


if __name__ == "__main__":
    for row in rows():
        print("  ".join(row))

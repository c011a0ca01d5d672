"""E1: from the last byte of an upload to the first frame in a browser; W3: what the worker weighs after that.

A product of its own for every round: nginx, edge, PostgreSQL, the worker with its queue. The file goes up over tus in
one request; when its last byte is acknowledged, a Chromium that was already running and signed in opens the page of the
recording, and the clock stops when the browser has presented the first frame of the video. The lectures are a minute of
a generated one, repeated by stream copy. While the ladder of the hour is being made, the worker's whole process tree is
weighed for some time (proportional set size): renditions, decoder and all.
"""

import base64
import json
import shutil
import statistics
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psycopg

from bench import _product, encoding

Row = tuple[str, str, str, str, str, str]
PROMISED_S = 5
ROUNDS = {1: 1, 10: 1, 60: 3}  # of each length in minutes; the promise is about the hour
WEIGHED_S = 20
PATIENCE_S = 90
DECLARED = {
    "q1": "yes",
    "q2": "yes",
    "q3": "yes",
    "category": "lecture",
    "course": None,
}  # its owner may play it at once
FLAGS = ("--no-sandbox", "--disable-background-networking", "--autoplay-policy=no-user-gesture-required")
# On every page: press play as soon as there is something to press, and note when a frame was really presented.
WATCHING = """(() => {
    const look = () => {
        document.querySelector(".player-begin")?.click();
        const video = document.querySelector("video.player-picture");
        if (video && !video.isSeen) {
            video.isSeen = true;
            video.requestVideoFrameCallback(() => { window.firstFrameAt = Date.now(); });
        }
        if (!window.firstFrameAt) setTimeout(look, 20);
    };
    look();
})()"""


def rows() -> Iterator[Row]:
    """The table's rows: name, value, unit, limit, ratio, target."""
    encoding.WORK.mkdir(exist_ok=True)
    minute, weights = encoding.lecture(), []
    with _product.folder() as folder:
        for name, minutes in encoding.LENGTHS:
            long = encoding.repeated(minute, minutes, folder / "long.mp4")
            found = [
                _round(long, weights if minutes == 60 and number == 0 else None) for number in range(ROUNDS[minutes])
            ]
            took, size = statistics.median(found), long.stat().st_size / 1e6
            title = f"E1 {name} lecture ({size:.0f} MB), last byte to first frame in a browser"
            yield title, f"{took:.2f}", "s", f"{PROMISED_S}", f"{took / PROMISED_S:.2f}", "<= 1"
            yield f"  slowest of {len(found)}", f"{max(found):.2f}", "s", "", "", ""
    name = f"W3 memory of worker and encoder, an hour of 1080p, most in {WEIGHED_S} s"
    yield name, f"{max(weights) / 2**20:.0f}", "MiB", "", "", "<= 400"


def _round(file: Path, weights: list[int] | None) -> float:
    with _product.running() as product:
        seeded = json.loads(product.run((Path(__file__).parent / "_seed.py").read_text(), "1", "1"))
        took = _first_frame(product, file, seeded["folder"], seeded["lecturer"])
        until = time.monotonic() + WEIGHED_S
        while weights is not None and time.monotonic() < until:
            weights.append(sum(map(_product.weight, product.pids("worker"))))
            time.sleep(0.2)
        return took


def _first_frame(product: _product.Product, file: Path, folder: str, session: str) -> float:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        context = browser.new_context(base_url=product.url, locale="en-GB")
        context.add_cookies([{"name": "cathedra_session", "value": session, "url": product.url}])
        context.add_init_script(WATCHING)
        page = context.new_page()
        page.goto(f"/folders/{folder}/")  # what every page needs is in the browser's cache, as it is after an upload
        recording, acknowledged = _upload(product, file, folder, session)
        page.goto(f"/recordings/{recording}/", wait_until="commit")
        seen = page.wait_for_function("() => window.firstFrameAt", timeout=PATIENCE_S * 1000, polling=20).json_value()
        browser.close()
    return seen / 1000 - acknowledged


def _upload(product: _product.Product, file: Path, folder: str, session: str) -> tuple[str, float]:
    """Over tus, in one request; the recording, and when the last byte was acknowledged."""
    told = {"folder": folder, "filename": file.name, "declaration": json.dumps(DECLARED)}
    metadata = ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in told.items())
    length = str(file.stat().st_size)
    made = _ask(product, session, "POST", "/files/", {"Upload-Length": length, "Upload-Metadata": metadata})
    path = urllib.parse.urlsplit(made.headers["Location"]).path
    sent = {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream", "Content-Length": length}
    with file.open("rb") as body:
        _ask(product, session, "PATCH", path, sent, body)
    acknowledged = time.time()
    with psycopg.connect(product.database_url) as database:
        asked = "SELECT recording_id FROM cathedra_upload WHERE id = %s"
        recording = database.execute(asked, (path.rstrip("/").rpartition("/")[2],)).fetchone()[0]
    return str(recording), acknowledged


def _ask(product: _product.Product, session: str, method: str, path: str, headers: dict, body=None):
    known = {"Tus-Resumable": "1.0.0", "Cookie": f"cathedra_session={session}"}
    request = urllib.request.Request(product.url + path, body, {**known, **headers}, method=method)
    with urllib.request.urlopen(request, timeout=300) as answer:
        answer.read()
        return answer


if __name__ == "__main__":
    for row in rows():
        print("  ".join(row))

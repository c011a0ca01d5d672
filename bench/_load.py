"""Clients on loopback, each in a process of its own: one viewer as fast as the server answers, or many at their pace."""

import heapq
import json
import random
import re
import selectors
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

BUFFER = 1 << 20


def one_viewer(url: str, cookie: str, seconds: float) -> float:
    """One connection kept alive, one request after the other; requests answered with 200 a second.

    By wrk where it is installed (Debian: wrk), else by our own client, which costs more CPU itself.
    """
    if wrk := shutil.which("wrk"):
        words = [wrk, "-t1", "-c1", f"-d{max(1, round(seconds))}s", "--timeout", "5s"]
        words += ["-H", f"Cookie: {cookie}"] if cookie else []
        said = subprocess.run([*words, url], capture_output=True, text=True, check=True).stdout
        if "Non-2xx" in said or "Socket errors" in said:
            raise RuntimeError(said)
        return float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])
    plan = {"port": _port(url), "path": _path(url), "cookies": [cookie], "pace": 0, "seconds": seconds}
    return _ask(plan)["answers"] / seconds


def many_viewers(url: str, cookies: list[str], *, pace: float, seconds: float) -> dict[str, float]:
    """A connection for each cookie, a request each `pace` seconds; answers, errors, and the slowest times in ms."""
    return _ask({"port": _port(url), "path": _path(url), "cookies": cookies, "pace": pace, "seconds": seconds})


def _port(url: str) -> int:
    return int(re.search(r":(\d+)/", url)[1])


def _path(url: str) -> str:
    return "/" + url.split("/", 3)[3]


def _ask(plan: dict) -> dict[str, float]:
    ran = subprocess.run(
        [sys.executable, Path(__file__)], input=json.dumps(plan), capture_output=True, text=True, check=False
    )
    if ran.returncode:
        raise RuntimeError(ran.stderr[-2000:])
    return json.loads(ran.stdout)


class Viewer:
    """One connection."""

    def __init__(self, plan: dict, cookie: str) -> None:
        self.port = plan["port"]
        self.connect()
        named = f"Cookie: {cookie}\r\n" if cookie else ""
        self.request = f"GET {plan['path']} HTTP/1.1\r\nHost: 127.0.0.1:{plan['port']}\r\n{named}\r\n".encode()
        self.head, self.left, self.sent_at = b"", -1, 0.0

    def connect(self) -> None:
        self.line = socket.create_connection(("127.0.0.1", self.port))
        self.line.setblocking(False)

    def ask(self, now: float) -> None:
        self.head, self.left, self.sent_at = b"", -1, now
        self.line.sendall(self.request)

    def take(self, buffer: bytearray) -> int | None:
        """The status when the answer is complete."""
        got = self.line.recv_into(buffer)
        if not got:
            raise ConnectionError("closed by the server")
        if self.left < 0:
            self.head += bytes(buffer[: min(got, 4096)])
            end = self.head.find(b"\r\n\r\n")
            if end < 0:
                return None
            length = re.search(rb"(?i)content-length: (\d+)", self.head[:end])
            self.left = int(length[1]) - (got - end - 4)
        else:
            self.left -= got
        return int(self.head[9:12]) if self.left <= 0 else None


def _play(plan: dict) -> dict[str, float]:
    chosen, buffer, rng = selectors.DefaultSelector(), bytearray(BUFFER), random.Random(1)
    viewers = [Viewer(plan, cookie) for cookie in plan["cookies"]]
    for number, viewer in enumerate(viewers):
        chosen.register(viewer.line, selectors.EVENT_READ, number)
    start = time.monotonic()
    due = [(start + rng.random() * plan["pace"], number) for number in range(len(viewers))]
    heapq.heapify(due)
    answers, errors, times = 0, 0, []
    end = start + plan["seconds"]
    while (now := time.monotonic()) < end:
        while due and due[0][0] <= now:
            _, number = heapq.heappop(due)
            viewers[number].ask(now)
        wait = min(due[0][0] if due else end, end) - now
        for key, _ in chosen.select(max(0.0, wait)):
            viewer = viewers[key.data]
            try:
                status = viewer.take(buffer)
            except OSError:  # the server closed the line: an error, and a new line for the next question
                chosen.unregister(viewer.line)
                viewer.line.close()
                viewer.connect()
                chosen.register(viewer.line, selectors.EVENT_READ, key.data)
                status = 0
            if status is None:
                continue
            answers, errors = answers + (status == 200), errors + (status != 200)
            times.append(time.monotonic() - viewer.sent_at)
            heapq.heappush(due, (max(viewer.sent_at + plan["pace"], time.monotonic()), key.data))
    times.sort()
    p99 = times[int(len(times) * 0.99)] * 1000 if times else 0.0
    return {"answers": answers, "errors": errors, "p99_ms": p99}


if __name__ == "__main__":
    print(json.dumps(_play(json.loads(sys.stdin.read()))))

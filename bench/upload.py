"""S3: bytes a second of an upload through nginx and edge, beside `cp` of the same file on the same disk.

One client sends one file through the public address of a running Cathedra, and `cp` copies it, in turn, in pairs; the
rows are medians. `cp` returns when the bytes are in the page cache; an upload is acknowledged when they are on the
disk, so the same is also told beside `cp` followed by fsync. Parts (tus concatenation) are sent, so that no encoder
starts. CPU is user and system of the server's whole process tree; the client is not counted.
"""

import base64
import contextlib
import os
import re
import socket
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench import _product

MIB = 1024 * 1024
SIZE_BYTES = int(os.environ.get("BENCH_UPLOAD_MIB", "512")) * MIB
PAIRS = 5
TARGET = ">= 0.5"
DECLARED = '{"q1": "yes", "q2": "yes", "q3": "yes", "category": "lecture", "course": null}'
Row = tuple[str, str, str, str, str, str]

_SEED = """
from datetime import UTC, datetime, timedelta
from cathedra import wiring
wiring.start_database()
from cathedra.db.models import TermsAcceptance, TermsVersion, WebSession
from cathedra.db.writes import access, library, people
from cathedra.domain.access import FolderRole
from cathedra.domain.library import FolderKind
from cathedra.domain.people import Affiliation
now = datetime.now(UTC)
who = people.add_account("bench", full_name="Bench", email="bench@example.org",
                         affiliation=Affiliation.UNIVERSITY_STAFF, password=None, now=now)
folder = library.add_folder("Bench", kind=FolderKind.COURSE, now=now)
access.add_member(folder, who, FolderRole.CREATOR, now=now)
for terms in TermsVersion.objects.all():
    TermsAcceptance.objects.create(account_id=who, document=terms.document, version=terms.version,
                                   text_hash=terms.text_hash, at=now, channel="CLI")
WebSession.objects.create(session_key="b" * 32, session_data="", account_id=who, expire_date=now + timedelta(days=1))
print(folder)
"""


def rows() -> Iterator[Row]:
    """The table's rows: name, value, unit, limit, ratio, target."""
    with tempfile.TemporaryDirectory(prefix="cathedra-bench-") as name:
        folder = Path(name)
        source = folder / "source"
        _make(source)
        with _server() as server:
            yield from _table([_pair(folder, source, server) for _ in range(PAIRS + 1)][1:])


def _table(pairs: list[dict[str, float]]) -> Iterator[Row]:
    def median(name: str) -> float:
        return statistics.median(pair[name] for pair in pairs)

    def ratio(limit: str) -> str:
        return f"{statistics.median(pair[limit] / pair['tus'] for pair in pairs):.2f}"

    speed = {name: SIZE_BYTES / 1e6 / median(name) for name in ("tus", "cp", "cp_fsync")}
    size = f"{SIZE_BYTES // MIB} MiB"
    yield f"S3 upload of {size} / cp", f"{speed['tus']:.0f}", "MB/s", f"{speed['cp']:.0f}", ratio("cp"), TARGET
    yield (
        f"S3 upload of {size} / cp and fsync",
        f"{speed['tus']:.0f}",
        "MB/s",
        f"{speed['cp_fsync']:.0f}",
        ratio("cp_fsync"),
        TARGET,
    )
    spent = median("tus_cpu") / (SIZE_BYTES / 1e9)
    limit = median("cp_cpu") / (SIZE_BYTES / 1e9)
    yield "S3 server CPU of an upload / cp", f"{spent:.2f}", "CPU s/GB", f"{limit:.2f}", f"{spent / limit:.1f}", ""


def _pair(folder: Path, source: Path, server: "Server") -> dict[str, float]:
    """One of each, in turn."""
    cpu = os.times()
    found = {"cp": _timed(["cp", str(source), str(folder / "copy")], folder / "copy")}
    after = os.times()
    found["cp_cpu"] = after.children_user + after.children_system - cpu.children_user - cpu.children_system
    command = f"cp {source} {folder}/copy && sync -d {folder}/copy"
    found["cp_fsync"] = _timed(["sh", "-c", command], folder / "copy")
    before = server.cpu_seconds()
    found["tus"] = server.upload(source)
    found["tus_cpu"] = server.cpu_seconds() - before
    server.remove_last()
    return found


def _timed(command: list[str], made: Path) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True)
    spent = time.perf_counter() - started
    made.unlink()
    os.sync()
    return spent


def _make(path: Path) -> None:
    block = os.urandom(MIB)
    with path.open("wb") as file:
        for number in range(SIZE_BYTES // MIB):
            file.write(number.to_bytes(8, "big") + block[8:])
        os.fsync(file.fileno())


class Server:
    """A running Cathedra, with one person who may upload."""

    def __init__(self, product: _product.Product, folder_id: str) -> None:
        self._product, self._port, self._folder_id = product, product.port, folder_id
        self._last = ""

    def upload(self, source: Path) -> float:
        """Seconds from the first byte of the PATCH to its answer."""
        size = source.stat().st_size
        named, use = (base64.b64encode(text.encode()).decode() for text in (self._folder_id, DECLARED))
        told = f"Upload-Length: {size}\r\nUpload-Concat: partial\r\n"
        told += f"Upload-Metadata: folder {named},declaration {use}\r\n"
        answer = self._ask("POST", "/files/", told)
        self._last = re.search(r"(?i)location: (\S+)", answer)[1]
        told = f"Upload-Offset: 0\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: {size}\r\n"
        started = time.perf_counter()
        answer = self._ask("PATCH", self._last, told, source)
        spent = time.perf_counter() - started
        if " 204 " not in answer:
            raise RuntimeError(answer)
        return spent

    def remove_last(self) -> None:
        """Give its room back, so that every round finds the same disk."""
        self._ask("DELETE", self._last, "")
        os.sync()

    def _ask(self, method: str, path: str, headers: str, body: Path | None = None) -> str:
        with socket.create_connection(("127.0.0.1", self._port)) as line:
            told = (
                f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\nTus-Resumable: 1.0.0\r\n"
                f"Cookie: cathedra_session={'b' * 32}\r\nConnection: close\r\n{headers}\r\n"
            )
            line.sendall(told.encode())
            if body is not None:
                with body.open("rb") as file:
                    line.sendfile(file)
            return line.recv(65536).decode()

    def cpu_seconds(self) -> float:
        """User and system of the whole tree so far, the ended included."""
        tick = os.sysconf("SC_CLK_TCK")
        return sum(_ticks(pid) for pid in self._product.pids()) / tick


def _ticks(pid: int) -> int:
    with contextlib.suppress(OSError):
        words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return sum(int(word) for word in words[11:15])
    return 0


@contextlib.contextmanager
def _server() -> Iterator[Server]:
    with _product.running() as product:
        yield Server(product, product.run(_SEED).split()[-1])


if __name__ == "__main__":
    for row in rows():
        print("  ".join(row))

"""A running Cathedra to be measured, and the counters of its process tree."""

import atexit
import contextlib
import functools
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

READY_S = 120


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def tree(root: int) -> list[int]:
    """A process and everything below it."""
    found = [root]
    for pid in found:
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{pid}/task").iterdir():
                found += [int(child) for child in (task / "children").read_text().split()]
    return found


def cpu_seconds(pids: list[int]) -> float:
    """User and system so far. From the scheduler's nanoseconds where the kernel keeps them, else from its ticks."""
    return sum(_nanoseconds(pid) for pid in pids) / 1e9


def _nanoseconds(pid: int) -> float:
    try:
        return float(sum(int((t / "schedstat").read_text().split()[0]) for t in Path(f"/proc/{pid}/task").iterdir()))
    except FileNotFoundError:
        with contextlib.suppress(OSError):
            words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            return sum(int(word) for word in words[11:13]) / os.sysconf("SC_CLK_TCK") * 1e9
    except ProcessLookupError:
        pass
    return 0.0


class Product:
    """A process tree on a data folder of its own."""

    def __init__(self, folder: Path, command: str = "up", **more: str) -> None:
        self.folder, self.port, self._command = folder, free_port(), command
        self.data = folder / "data"
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("CATHEDRA_", "DATABASE_URL", "DJANGO_"))}
        self.environment = {**kept, "CATHEDRA_DATA_DIR": str(self.data), "CATHEDRA_SITE_PORT": str(self.port), **more}
        self.database_url = f"postgresql://cathedra@/cathedra?host={self.data}/run/pg"
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self) -> float:
        """Until it says that it is ready; the seconds that took."""
        started = time.monotonic()
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "cathedra.cli", self._command],
                env=self.environment,
                stdout=subprocess.PIPE,
                stderr=log,
                stdin=subprocess.DEVNULL,
                text=True,
            )
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if "ready" in line:
                return time.monotonic() - started
        raise RuntimeError(f"Cathedra did not start:\n{(self.folder / 'log').read_text()[-3000:]}")

    def stop(self) -> float:
        """SIGTERM, and wait; the seconds that took."""
        started = time.monotonic()
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(timeout=60)
        return time.monotonic() - started

    def run(self, program: str, *words: str, is_followed: bool = False) -> str:
        """Run Python inside the product's configuration and database; what it prints. With `is_followed` what it says on
        the way, on its standard error, is seen at once."""
        ran = subprocess.run(
            [sys.executable, "-c", program, *words],
            env={**self.environment, "DATABASE_URL": self.database_url},
            stdout=subprocess.PIPE,
            stderr=None if is_followed else subprocess.PIPE,
            text=True,
            check=False,
        )
        if ran.returncode:
            raise RuntimeError((ran.stderr or "It said why on its standard error.")[-3000:])
        return ran.stdout

    def pids(self, *names: str) -> list[int]:
        """The processes of the named children (postgres, nginx, web, edge, worker); all when none is named."""
        if not names:
            return tree(self._process.pid)
        found: list[int] = []
        for pid in tree(self._process.pid)[1:]:
            if _parent(pid) == self._process.pid and _name(pid) in names:
                found += tree(pid)
        return found

    @contextlib.contextmanager
    def without_worker(self) -> Iterator[None]:
        """The worker stands still meanwhile: it would mend what a bench has only half written, by the real clock."""
        workers = self.pids("worker")
        if not workers:
            raise RuntimeError("There is no worker to be stopped.")
        for pid in workers:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in workers:
                os.kill(pid, signal.SIGCONT)


def _parent(pid: int) -> int:
    with contextlib.suppress(OSError):
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return 0


def _name(pid: int) -> str:
    with contextlib.suppress(OSError):
        line = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        for name, sign in (
            ("web", "cathedra: web "),
            ("edge", "cathedra: edge "),
            ("worker", "cathedra: worker "),
            ("nginx", "nginx"),
            ("postgres", "postgres"),
        ):
            if sign in line:
                return name
    return ""


def weight(pid: int) -> int:
    """Bytes of its own and its share of what it shares; 0 when it is gone."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


@contextlib.contextmanager
def running(command: str = "up", **more: str) -> Iterator[Product]:
    """Started inside, on a database that is empty but for its tables; stopped and removed outside."""
    with folder() as where:
        product = Product(where, command, **more)
        product.data.mkdir()
        subprocess.run(["cp", "-a", _empty_database(), product.data / "db"], check=True)
        product.start()
        try:
            yield product
        finally:
            product.stop()


@functools.cache
def _empty_database() -> Path:
    """Made once: nothing is measured while PostgreSQL makes it. What a first start costs is W4."""
    made = folder()
    product = Product(made.__enter__())
    atexit.register(made.__exit__, None, None, None)
    product.start()
    product.stop()
    return product.data / "db"


@contextlib.contextmanager
def folder() -> Iterator[Path]:
    """A short temporary folder that the database's own user can pass through."""
    where = Path(tempfile.mkdtemp(prefix="cathedra-bench-"))
    where.chmod(0o755)
    try:
        yield where
    finally:
        shutil.rmtree(where, ignore_errors=True)

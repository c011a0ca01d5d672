"""Starts a real PostgreSQL for the tests, before Django reads its settings. Loaded by `-p tests.plugin`."""

import atexit
import gc
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from cathedra.adapters import postgres
from tests import engines


def _data_dir() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="cathedra-tests-"))
    folder.chmod(0o755)  # the database's own user must be able to pass
    return folder


def _start(data_dir: Path) -> str:
    cluster = postgres.Cluster(
        programs=postgres.find_programs(data_dir),
        data_dir=data_dir / "db",
        socket_dir=data_dir / "pg",
        settings=(
            ("fsync", "off"),
            ("full_page_writes", "off"),
            ("synchronous_commit", "off"),
            ("max_connections", "200"),
            ("autovacuum", "off"),  # a plan that is looked at must not depend on when rows were last counted
        ),
    )
    cluster.prepare()
    with (data_dir / "postgres.log").open("wb") as log:
        server = subprocess.Popen(cluster.command(), stdout=log, stderr=log, **cluster.popen_options())
    atexit.register(_stop, server, data_dir, os.getpid())
    for _ in range(1200):
        if cluster.is_ready():
            break
        time.sleep(0.05)
    else:
        raise RuntimeError((data_dir / "postgres.log").read_text()[-2000:])
    cluster.make_database()
    return cluster.url


def _stop(server: subprocess.Popen, data_dir: Path, owner: int) -> None:
    if os.getpid() != owner:
        return
    server.send_signal(signal.SIGINT)
    server.wait(timeout=60)
    shutil.rmtree(data_dir, ignore_errors=True)


if "PYTEST_XDIST_WORKER" not in os.environ:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cathedra.settings")
    os.environ["CATHEDRA_DATA_DIR"] = str(_data_dir())
    if "DATABASE_URL" not in os.environ:
        os.environ["DATABASE_URL"] = _start(Path(os.environ["CATHEDRA_DATA_DIR"]))
        os.environ["CATHEDRA_TESTS_CLUSTER"] = "own"
else:  # each process of the suite has a data folder of its own: codes and media of one are not another's
    _own = Path(os.environ["CATHEDRA_DATA_DIR"]) / os.environ["PYTEST_XDIST_WORKER"]
    _own.mkdir(exist_ok=True, mode=0o755)
    os.environ["CATHEDRA_DATA_DIR"] = str(_own)

os.environ.update(engines.NONE)


def _keep_prepared_statements() -> None:
    """psycopg forgets what it has prepared at each ROLLBACK, for that may have undone a table; every test ends with one,
    and undoes none. What alters or drops a table still makes it forget."""
    from psycopg import _preparing

    discards = _preparing.PrepareManager._should_discard

    def discards_but_at_rollback(self, prep, results):
        return discards(self, prep, [result for result in results if result.command_status != b"ROLLBACK"])

    _preparing.PrepareManager._should_discard = discards_but_at_rollback


_keep_prepared_statements()


class SaysFailuresAtOnce:
    """Each failure in a line when it happens: a run that is ended before its summary has told them."""

    def __init__(self, terminal: pytest.TerminalReporter) -> None:
        self.terminal = terminal

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            crash = getattr(report.longrepr, "reprcrash", None)
            self.terminal.write_line(
                f"\nnot passed: {report.nodeid} ({report.when}) {crash.message[:300] if crash else ''}"
            )


def pytest_collection_finish() -> None:
    """What was imported stays to the end: looking through it for rubbish again and again was an eighth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    terminal = config.pluginmanager.get_plugin("terminalreporter")
    if terminal and "PYTEST_XDIST_WORKER" not in os.environ:
        config.pluginmanager.register(SaysFailuresAtOnce(terminal))


@pytest.fixture
def now():
    """A fixed instant in term: time is an input."""
    from datetime import UTC, datetime

    return datetime(2026, 11, 2, 10, 0, tzinfo=UTC)

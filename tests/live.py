"""A running Cathedra for tests: the real process tree (database, pages, edge, worker, nginx) on a free port.

    def test_something(running):                      # one tree for the whole test session (mark such tests slow)
        cookie = running.sign_in(running.cast.alice)  # the value of the cookie `cathedra_session`
        answer = httpx.get(running.url + "/", cookies={"cathedra_session": cookie})
        with running.database():                      # reads, writes and actions then work on ITS database, committed
            recording_id = library.add_recording(running.cast.chemistry, title=..., ...)
        running.media_dir / "stream" / str(recording_id)    # its local object store; running.config for the rest

`running.cast` is the fixed cast of tests/conftest.py; every member's password is `tests.conftest.PASSWORD`. The tree is
shared: make your own folders and recordings, change nobody else's, and never stop it. A test that must stop, kill or
configure a tree starts its own with the fixture `start_cathedra`:

    def test_restart(start_cathedra):
        own = start_cathedra(CATHEDRA_UPLOAD_MAX_BYTES="1000")  # same methods; more environment as keywords
        own.kill(); own = own.start_again()                     # kill -9 of the supervisor; the same data and port
        own.stop()                                              # SIGTERM and wait; own.log() is what it wrote

In a browser: `context.add_cookies([running.browser_cookie(running.cast.alice)])` (Playwright).
"""

import atexit
import contextlib
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import imageio_ffmpeg
import pytest
from psycopg.conninfo import conninfo_to_dict

from cathedra import config as configuration
from tests import engines

READY_S = 300  # a machine that is busy with other tests
# The one that came with Cathedra begins in a seventh of the time of Debian's, which the tests of adapters/ffmpeg and of a
# restart use, and which makes what the tests send.
SHIPPED_FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()
COOKIE = "cathedra_session"
FIRST_PORT, PORTS = 30100, 2600


_taken: set[int] = set()


def free_port() -> int:
    """A port that nobody has now and this process has given to nobody else. Between those that tests/seaweed.py takes and
    those that the system takes for clients' connections; processes that began one after the other look far apart, for a
    tree that begins listens only after a while."""
    for step in range(PORTS):
        port = FIRST_PORT + (os.getpid() * 101 + step) % PORTS
        if port not in _taken and _is_free(port):
            _taken.add(port)
            return port
    raise RuntimeError("no free port")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def environment_for(data_dir: Path, port: int, **more: str) -> dict[str, str]:
    """Nothing of the tests' own configuration, this data folder and port, and no engines for what is said and shown:
    those are tried in tests/adapters, and no other test waits for them."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("CATHEDRA_", "DATABASE_URL", "DJANGO_"))}
    same_secret = {"CATHEDRA_SECRET_KEY": configuration.get().secret_key}  # so that `sign_in` can sign
    where = {"CATHEDRA_DATA_DIR": str(data_dir), "CATHEDRA_SITE_PORT": str(port)}
    return {**kept, **same_secret, **engines.NONE, **where, **more}


def passable_folder() -> Path:
    """A short temporary folder that the database's own user can pass through."""
    folder = Path(tempfile.mkdtemp(prefix="cathedra-live-"))
    folder.chmod(0o755)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def prepared_database() -> Path:
    """An empty database with every table, made once for all processes of the tests: a tree that begins with a copy of
    it starts in half the time. How one is made from nothing is for the tests of `cathedra demo` and of the wheel."""
    own = Path(os.environ["CATHEDRA_DATA_DIR"])
    base = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    made = base / "prepared-database"
    with (base / "prepared-database.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            folder = passable_folder()
            tree = Running(folder, free_port(), {"CATHEDRA_DATA_DIR": str(folder / "data")})
            assert tree.stop() == 0
            (folder / "data/db").rename(made)
    return made


class Running:
    """One process tree. Made by the fixtures."""

    def __init__(self, folder: Path, port: int, more: dict[str, str]) -> None:
        more = {"CATHEDRA_ENCODING_FFMPEG": SHIPPED_FFMPEG, **more}
        self.folder, self.port, self._more = folder, port, more
        self.url = f"http://127.0.0.1:{port}"
        self.data_dir = Path(more.get("CATHEDRA_DATA_DIR", folder / "data"))
        self.config = configuration.load(self.data_dir, environment_for(self.data_dir, port, **more))
        self.media_dir = self.config.media_dir
        self.cast = None
        self._log_path = folder / "log"
        if not {"DATABASE_URL", "CATHEDRA_DATA_DIR"} & more.keys():
            self.data_dir.mkdir()
            subprocess.run(["cp", "-a", prepared_database(), self.data_dir / "db"], check=True)
        self._start()

    def _start(self) -> None:
        started = time.monotonic()
        with self._log_path.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "cathedra.cli", "up"],
                env=environment_for(self.data_dir, self.port, **self._more),
                stdout=subprocess.PIPE,
                stderr=log,
                stdin=subprocess.DEVNULL,
                cwd="/",
            )
        os.set_blocking(self.process.stdout.fileno(), False)
        said = b""
        while b"ready" not in said:
            if self.process.poll() is not None or time.monotonic() > started + READY_S:
                self.process.kill()
                raise RuntimeError(f"Cathedra did not start:\n{self.log()[-6000:]}")
            said += self.process.stdout.read() or b""
            time.sleep(0.02)
        self.said = said.decode()

    @property
    def database_url(self) -> str:
        return self.config.database_url

    def log(self) -> str:
        """What the tree wrote so far."""
        return self._log_path.read_text(errors="replace")

    @contextlib.contextmanager
    def database(self) -> Iterator[None]:
        """Django's default connection is this tree's database inside; what is written is committed at once."""
        from django.db import connections

        place = conninfo_to_dict(self.database_url)
        settings = {**connections.settings["default"], "NAME": place["dbname"], "USER": place["user"], "PASSWORD": ""}
        settings |= {"HOST": place["host"], "PORT": ""}
        before = connections["default"]
        live = type(before)(settings, "default")
        connections["default"] = live
        with _blocker[0].unblock():
            try:
                yield
            finally:
                live.close()
                connections["default"] = before

    def sign_in(self, account_id, *, accepts: bool = True) -> str:
        """A new browser session of the account, which has accepted the terms; returns the value of its cookie."""
        from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model

        from cathedra.db.writes.web_sessions import SessionStore
        from tests.conftest import accept_terms

        with self.database():
            if accepts:
                accept_terms(account_id, now=datetime.now(UTC))
            account = get_user_model().objects.get(id=account_id)
            store = SessionStore()
            store[SESSION_KEY] = str(account_id)
            store[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
            store[HASH_SESSION_KEY] = account.get_session_auth_hash()
            store.save()
            return store.session_key

    def browser_cookie(self, account_id, *, accepts: bool = True) -> dict[str, str]:
        """The same for Playwright's `context.add_cookies`."""
        return {"name": COOKIE, "value": self.sign_in(account_id, accepts=accepts), "url": self.url}

    def stop(self) -> int:
        """SIGTERM, and wait. Returns its status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(timeout=120)
        self.process.stdout.close()
        return status

    def kill(self) -> None:
        """kill -9 of the supervisor alone."""
        self.process.kill()
        self.process.wait(timeout=60)
        self.process.stdout.close()

    def start_again(self) -> "Running":
        """On the same data folder and port, after `stop` or `kill`."""
        self._start()
        return self

    def processes(self) -> list[int]:
        """Every process on this machine that belongs to this data folder."""
        found = []
        needle = str(self.data_dir).encode()
        for entry in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                is_zombie = (entry / "stat").read_text().rpartition(")")[2].split()[0] == "Z"
                if not is_zombie and needle in (entry / "environ").read_bytes() + (entry / "cmdline").read_bytes():
                    found.append(int(entry.name))
        return found

    def remove(self) -> None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.stop()
        if self.process.poll() is None:
            self.process.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


_blocker: list = []  # pytest-django's guard on database access, kept by the fixtures


@pytest.fixture(scope="session")
def _keep_blocker(django_db_blocker):
    _blocker[:] = [django_db_blocker]
    return django_db_blocker


@pytest.fixture(scope="session")
def running(_keep_blocker) -> Iterator[Running]:
    """One tree with the cast in it, for the whole session."""
    from tests.conftest import make_cast

    tree = Running(passable_folder(), free_port(), {})
    try:
        with tree.database():
            tree.cast = make_cast(datetime(2026, 10, 1, 9, 0, tzinfo=UTC))
        yield tree
    finally:
        tree.remove()


SMALL_BYTES = 10 * 1024 * 1024
_NO_DISK_HAS = 2**60


@pytest.fixture(scope="session")
def full(_keep_blocker) -> Iterator[Running]:
    """A tree with the cast whose disk has no room left, and which takes files of SMALL_BYTES at most."""
    from tests.conftest import make_cast

    limits = {"CATHEDRA_UPLOAD_MAX_BYTES": str(SMALL_BYTES), "CATHEDRA_UPLOAD_MIN_FREE_BYTES": str(_NO_DISK_HAS)}
    tree = Running(passable_folder(), free_port(), limits)
    try:
        with tree.database():
            tree.cast = make_cast(datetime(2026, 10, 1, 9, 0, tzinfo=UTC))
        yield tree
    finally:
        tree.remove()


@pytest.fixture
def start_cathedra(_keep_blocker):
    """Starts trees that the test may stop, kill and configure; all are removed after it."""
    trees = []

    def start(**more: str) -> Running:
        tree = Running(passable_folder(), free_port(), more)
        trees.append(tree)
        return tree

    yield start
    for tree in trees:
        tree.remove()

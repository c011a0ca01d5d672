"""The children of `cathedra up`: what each is started with, when it is ready, how it is stopped."""

import contextlib
import gc
import importlib
import os
import signal
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

from cathedra.adapters import front_check, nginx, postgres
from cathedra.adapters.processes import Program
from cathedra.config import Config, hand_down
from cathedra.domain.terms import UnableTo

# What `web`, `edge`, `worker` and `prepare` run.
LOADED = ("cathedra.web.wsgi", "cathedra.edge.app", "cathedra.worker.loop", "granian.cli", "granian.server.mp")
# Requests end before the pages they came from, pages before the worker, and the database last of all.
STOP_ORDER = (("nginx",), ("web", "edge", "worker"), ("postgres",))


def database(cluster: postgres.Cluster) -> Program:
    """The embedded PostgreSQL. SIGINT is its fast stop; its default would wait for the last client."""
    return Program(
        name="postgres",
        command=cluster.command(),
        environment={},
        is_ready=cluster.is_ready,
        stop_signal=signal.SIGINT,
        grace_s=20,
        ready_s=60,
        options=cluster.popen_options(),
    )


def web(config: Config) -> Program:
    """Django, as WSGI."""
    options = ["--interface", "wsgi", "--workers", str(config.site.workers), "--blocking-threads", "4"]
    return _granian(config, "web", "cathedra.web.wsgi:application", options)


def edge(config: Config) -> Program:
    """The hot door, as bare ASGI, in the loop that costs least (decision record 45)."""
    options = ["--interface", "asgi", "--workers", "1", "--loop", "uvloop"]
    return _granian(config, "edge", "cathedra.edge.app:application", options)


def _granian(config: Config, name: str, application: str, options: list[str]) -> Program:
    path = Path(nginx.socket_path(config, name))
    always = ["--uds", str(path), "--uds-permissions", "660", "--no-ws", "--workers-kill-timeout", "6",
              "--respawn-failed-workers", "--respawn-interval", "0.5", "--process-name", _title(config, name)]  # fmt: skip
    return Program(
        name=name,
        module="granian",
        title=_title(config, name),
        command=[*options, *always, application],
        is_ready=lambda: _answers(path),
        leftovers=(path,),
    )


def worker(config: Config) -> Program:
    """The one that does jobs. A killed job is taken up again, so it need not be waited for long."""
    return Program(
        name="worker",
        module="cathedra.worker",
        title=_title(config, "worker"),
        command=[],
        grace_s=10,
    )


def prepare(config: Config, *, sample: bool) -> Program:
    """What brings tables and static files up to date, and ends."""
    command = ["prepare", *(["--sample"] if sample else [])]
    return Program(
        name="prepare",
        module="cathedra.cli",
        title=_title(config, "prepare"),
        command=command,
    )


def load(config: Config) -> None:
    """Load what our own programs run, once for all of them: each is a fork of this process, and begins at once
    (docs/adr/26)."""
    hand_down(config)
    for name in LOADED:
        importlib.import_module(name)
    gc.freeze()  # all of it stays: none looks for garbage in it, and it stays shared


def front(
    config: Config,
    program: nginx.Program,
    database_user: postgres.Identity | None,
    render: Callable[[Config, nginx.Layout], str],
) -> Program:
    """nginx, with its configuration written anew. Raises UnableTo when nginx refuses it."""
    user = nginx.worker_user(but_not_uid=database_user.uid if database_user else None)
    layout = nginx.Layout(
        user=user.pw_name if user else "",
        has_slice=program.has_slice,
        workers=min(os.cpu_count() or 2, 4),
        resolvers=nginx.resolvers(),
    )
    folder = config.run_dir / "nginx"
    path = folder / "nginx.conf"
    path.write_text(render(config, layout))
    base = [str(program.path), "-p", f"{folder}/", "-c", str(path), "-e", "stderr"]
    tried = subprocess.run([*base, "-t", "-q"], capture_output=True, text=True, check=False, timeout=20)
    if tried.returncode:
        raise UnableTo(f"nginx refuses its configuration {path}: {tried.stderr.strip()}")
    return Program(
        name="nginx",
        command=base,
        environment={},
        is_ready=lambda: _listens(config),
        grace_s=3,
        ready_s=10,
    )


def _title(config: Config, name: str) -> str:
    """Who it is, and of which installation, for whoever looks at the list of processes."""
    return f"cathedra: {name} of {config.data_dir}"


def _answers(path: Path) -> bool:
    """Whether an HTTP answer, any answer, comes: granian listens before the application is there."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(2)
        probe.connect(str(path))
        probe.sendall(b"GET /robots.txt HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        return probe.recv(5) == b"HTTP/"
    return False


def _listens(config: Config) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(front_check.local_address(config), timeout=1):
        return True
    return False

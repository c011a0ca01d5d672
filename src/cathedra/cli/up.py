"""Start everything on one data folder, and keep it running until told to stop."""

import argparse
import contextlib
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from types import FrameType

import structlog

from cathedra import wiring
from cathedra.adapters import data_folder, front_check, nginx, postgres
from cathedra.adapters.processes import Child, FolderLock, Program, Tree, end_strays
from cathedra.cli import _log, _programs
from cathedra.config import Config
from cathedra.domain.terms import UnableTo

log = structlog.get_logger()
PREPARE_S = 600
Render = Callable[[Config, nginx.Layout], str]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None: the configuration says everything."""


def run(arguments: argparse.Namespace) -> int:
    """`cathedra up`."""
    _log.set_up()
    with Supervisor(wiring.configuration()).running() as supervisor:
        print(welcome(supervisor.config), flush=True)
        supervisor.watch()
    return 0


def welcome(config: Config) -> str:
    """What the terminal shows when everything runs; on an empty installation, how to make the first administrator."""
    code = wiring.first_run_code(config).read()
    if code is None:
        return f"\nCathedra is ready: {config.site.shown_url}\n"
    return (
        f"\nCathedra is ready: {config.site.shown_url}\n\n"
        f"  Nobody administers it yet. Open {config.site.shown_url}/first-run/ and give this code:  {code}\n"
    )


class Supervisor:
    """Starts the children in order, keeps them alive, stops them in order."""

    def __init__(self, config: Config, render: Render = nginx.render, *, sample: bool = False) -> None:
        self.config = config
        self._render = render
        self._has_sample = sample
        self._tree = Tree(config.run_dir / "children")
        self._lock = FolderLock(config.run_dir / "lock")
        self._is_stopping = threading.Event()

    @contextlib.contextmanager
    def running(self) -> Iterator["Supervisor"]:
        """Everything started and answering inside; nothing left outside. Raises UnableTo with a sentence."""
        self._take_folder()
        try:
            self._listen_for_signals()
            self._tree.open()
            self._start()
            yield self
        finally:
            log.info("stopping")
            self._tree.stop(_programs.STOP_ORDER)
            self._lock.release()
            log.info("stopped")

    def watch(self) -> None:
        """Until told to stop."""
        while not self._is_stopping.wait(0.2):
            self._tree.tend()

    def _take_folder(self) -> None:
        holder = self._lock.take()
        if holder is not None:
            raise UnableTo(
                f"Cathedra already runs on {self.config.data_dir} ({holder}). Stop it first, or give another data "
                "folder in CATHEDRA_DATA_DIR."
            )
        self._lock.describe(f"process {os.getpid()}, {self.config.site.url}")
        for name in end_strays(self.config.run_dir / "children"):
            log.warning("ended what an earlier start left behind", child=name)

    def _listen_for_signals(self) -> None:
        def stop(number: int, frame: FrameType | None) -> None:
            self._is_stopping.set()

        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, stop)

    def _start(self) -> None:
        check_port(self.config)
        database_user = postgres.identity() if self.config.is_database_embedded else None
        front_user = nginx.worker_user(but_not_uid=database_user.uid if database_user else None)
        data_folder.prepare(self.config, front_user.pw_gid if front_user else None)
        front_program = nginx.find_program()
        database = self._begin_database() if self.config.is_database_embedded else None
        _programs.load(self.config)  # while the database starts
        if database is not None:
            self._await(database)
            wiring.cluster(self.config).make_database()
        self._prepare()
        children = [
            self._begin(_programs.web(self.config)),
            self._begin(_programs.edge(self.config)),
            self._begin(_programs.worker(self.config)),
            self._begin(_programs.front(self.config, front_program, database_user, self._render)),
        ]
        for child in children:
            self._await(child)
        front_check.refuse_leaks(self.config, wiring.object_store_of(self.config))

    def _begin_database(self) -> Child:
        cluster = wiring.cluster(self.config)
        if cluster.prepare():
            log.info("made a new database", folder=str(cluster.data_dir))
        return self._begin(_programs.database(cluster))

    def _prepare(self) -> None:
        if self._tree.run(_programs.prepare(self.config, sample=self._has_sample), at_most_s=PREPARE_S):
            raise UnableTo("The database or the static files could not be brought up to date; the lines above say why.")

    def _begin(self, program: Program) -> Child:
        if self._is_stopping.is_set():
            raise KeyboardInterrupt
        child = self._tree.start(program)
        log.info("child started", child=program.name, pid=child.pid)
        return child

    def _await(self, child: Child) -> None:
        child.await_ready(self._is_stopping.is_set)
        if self._is_stopping.is_set():
            raise KeyboardInterrupt


def check_port(config: Config) -> None:
    """Raises UnableTo when another program listens where we should."""
    if not is_port_free(config.site.host, config.site.port):
        raise UnableTo(
            f"Port {config.site.port} on {config.site.host} is taken by another program. Give another one: "
            f"CATHEDRA_SITE_PORT={config.site.port + 1}, or [site] port in cathedra.toml."
        )


def is_port_free(host: str, port: int) -> bool:
    """Whether we could listen there now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), port))
        except PermissionError as error:
            raise UnableTo(f"Port {port} may be opened by root only. Give a port above 1023.") from error
        except OSError:
            return False
    return True

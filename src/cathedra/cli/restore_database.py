"""Fill an empty database from a file that deploy/backup saved (part of deploy/restore)."""

import argparse
import subprocess
from pathlib import Path

from cathedra import wiring
from cathedra.adapters import postgres
from cathedra.adapters.processes import FolderLock, Tree
from cathedra.cli import _log, _programs
from cathedra.config import Config
from cathedra.domain.terms import UnableTo

RESTORE_S = 24 * 3600


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file."""
    parser.add_argument("file", type=Path)


def run(arguments: argparse.Namespace) -> int:
    """Start the embedded database for as long as it takes, unless another is configured."""
    _log.set_up()
    config = wiring.configuration()
    cluster = wiring.cluster(config)
    if not config.is_database_embedded:
        _fill(cluster, config, arguments.file)
        return 0
    lock, tree = FolderLock(config.run_dir / "lock"), Tree(config.run_dir / "children")
    if lock.take() is not None:
        raise UnableTo(f"Cathedra runs on {config.data_dir}. Stop it first.")
    if postgres.identity() is not None:
        for folder in (config.data_dir, config.run_dir):
            folder.chmod(0o711)  # `up` says why
    cluster.prepare()
    tree.open()
    try:
        tree.start(_programs.database(cluster)).await_ready()
        cluster.make_database()
        _fill(cluster, config, arguments.file)
    finally:
        tree.stop(_programs.STOP_ORDER)
        lock.release()
    return 0


def _fill(cluster: postgres.Cluster, config: Config, file: Path) -> None:
    program = cluster.programs.folder / "pg_restore"
    command = [program, "--no-owner", "--exit-on-error", "--single-transaction", "--dbname", config.database_url, file]
    filled = subprocess.run(command, capture_output=True, text=True, check=False, timeout=RESTORE_S)
    if filled.returncode:
        raise UnableTo(f"The database could not be restored: {filled.stderr.strip()[-500:]}")

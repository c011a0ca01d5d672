"""Backup and restore: an installation saved while it runs becomes one again elsewhere, with rows, media and secret."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cathedra.adapters.object_store import LocalStore
from tests import live

pytestmark = pytest.mark.slow
DEPLOY = Path(__file__).parents[2] / "deploy"


def script(name: str, tree, data_dir: Path, folder: Path, **more: str) -> subprocess.CompletedProcess:
    environment = {**live.environment_for(data_dir, tree.port), "PYTHON": sys.executable, **more}
    return subprocess.run(
        [DEPLOY / name, folder], env=environment, capture_output=True, text=True, check=False, timeout=120
    )


def test_what_was_saved_while_running_runs_again_elsewhere(running, start_cathedra):
    from cathedra.db.models import Department
    from cathedra.db.writes import library

    with running.database():
        department = library.add_department("Palaeography")
    LocalStore(running.media_dir).put_bytes("check/kept", b"kept")
    saved = live.passable_folder() / "saved"
    cheap, cheaper = (live.passable_folder() / name for name in ("cheap", "cheaper"))
    cheap.mkdir()
    LocalStore(cheap).put_bytes("archive/a/b", b"archived")
    told = script("backup", running, running.data_dir, saved, CATHEDRA_STORAGE_ARCHIVE_DIR=str(cheap))
    assert told.returncode == 0, told.stderr
    assert (saved / "database").stat().st_mode & 0o077 == 0

    elsewhere = live.passable_folder() / "data"
    told = script("restore", running, elsewhere, saved, CATHEDRA_STORAGE_ARCHIVE_DIR=str(cheaper))
    assert told.returncode == 0, told.stderr
    again = script("restore", running, elsewhere, saved)
    assert (again.returncode, "is not empty" in again.stderr) == (1, True)

    tree = start_cathedra(CATHEDRA_DATA_DIR=str(elsewhere))
    with tree.database():
        assert Department.objects.get(id=department).name == "Palaeography"
    assert LocalStore(elsewhere / "media").exists("check/kept")
    assert (cheaper / "archive/a/b").read_bytes() == b"archived"
    assert tree.stop() == 0


def test_a_folder_without_a_database_is_refused_in_words(running, tmp_path):
    told = script("restore", running, tmp_path / "data", tmp_path)
    assert (told.returncode, told.stderr) == (1, f"{tmp_path} holds no saved database.\n")
    assert not os.path.exists(tmp_path / "data")

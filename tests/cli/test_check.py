"""`cathedra check` says what is well and what is not, on the real thing."""

import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from cathedra import wiring
from cathedra.cli import _checks
from cathedra.config import Config, Database, Site, Storage, Upload
from tests import live

pytestmark = pytest.mark.slow


def run_check(data_dir: Path, port: int, **more: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "cathedra.cli", "check"],
        env=live.environment_for(data_dir, port, **more),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_a_running_installation_is_well(running):
    told = run_check(running.data_dir, running.port)
    assert told.returncode == 0, told.stdout + told.stderr
    lines = told.stdout.splitlines()
    assert [line[:7].strip() for line in lines[:-1]] == ["ok"] * 11
    assert lines[-1] == "Everything is well."
    assert "a protected file could not be fetched without signing in" in told.stdout
    assert "with ltree, pg_trgm, unaccent" in told.stdout
    assert "all applied" in told.stdout


def test_an_installation_that_is_not_running_is_checked_as_far_as_it_goes(tmp_path):
    told = run_check(tmp_path, live.free_port())
    assert told.returncode == 0, told.stdout + told.stderr
    assert "starts with Cathedra" in told.stdout


def test_problems_are_told_with_what_to_do_and_none_hides_the_next(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        told = run_check(
            tmp_path,
            port,
            DATABASE_URL="postgresql://nobody@127.0.0.1:1/none",
            CATHEDRA_MAIL_HOST="127.0.0.1",
            CATHEDRA_MAIL_PORT="1",
            CATHEDRA_ENCODING_FFMPEG="/bin/true",
            CATHEDRA_UPLOAD_MIN_FREE_BYTES=str(10**18),
        )
    assert told.returncode == 1
    problems = {line[9:21].strip() for line in told.stdout.splitlines() if line.startswith("PROBLEM")}
    assert problems == {"port", "database", "mail", "ffmpeg", "disk"}
    assert told.stdout.count("→") == 5
    assert told.stdout.splitlines()[-1] == "5 problems found."
    assert "Traceback" not in told.stdout + told.stderr


@pytest.fixture
def config(tmp_path):
    return Config(data_dir=tmp_path, database=Database(url=wiring.configuration().database_url))


def test_a_store_that_does_not_answer_is_a_problem_of_the_store_alone(config):
    storage = Storage("s3", "http://127.0.0.1:1", "media", "us-east-1", "a", "b")
    findings = {
        f.subject: f for f in _checks.all_findings(replace(config, storage=storage, site=Site(port=live.free_port())))
    }
    assert not findings["storage"].is_well
    assert list(findings)[-1] == "strangers"
    assert findings["disk"].is_well


def test_too_little_room_is_told_in_gigabytes(config):
    finding = _checks.disk(replace(config, upload=Upload(min_free_bytes=10**18)), False)
    assert "uploads are refused below 1000000000.0 GB" in finding.says


def test_a_data_folder_that_cannot_be_written_is_told_and_hides_nothing_else():
    told = run_check(Path("/proc/cathedra"), live.free_port(), DATABASE_URL=wiring.configuration().database_url)
    lines = told.stdout.splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("PROBLEM  folder"))
    assert "CATHEDRA_DATA_DIR" in lines[at + 1]
    assert any(line.startswith("ok       ffmpeg") for line in lines)
    assert "Traceback" not in told.stdout + told.stderr

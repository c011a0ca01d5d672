"""The embedded database, both the system's and the wheel's: made, started, its data kept through kill -9."""

import os
import shutil
import signal
import subprocess
import time

import psycopg
import pytest

from cathedra.adapters import postgres
from cathedra.config import Config
from cathedra.domain.terms import UnableTo
from tests.live import passable_folder

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder():
    folder = passable_folder()
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module", params=["found", "wheel"])
def cluster(request, folder):
    find = postgres.find_programs if request.param == "found" else postgres._from_wheel
    place = folder / request.param
    place.mkdir()
    return postgres.Cluster(find(place / "programs"), place / "db", place / "run", (("fsync", "off"),))


def start(cluster):
    server = subprocess.Popen(cluster.command(), stderr=subprocess.DEVNULL, **cluster.popen_options())
    deadline = time.monotonic() + 120
    while not cluster.is_ready():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return server


def test_it_is_made_once_with_checksums_and_the_extensions_and_keeps_its_rows(cluster):
    assert cluster.prepare() is True
    assert cluster.prepare() is False
    server = start(cluster)
    cluster.make_database()
    cluster.make_database()
    with psycopg.connect(cluster.url) as connection:
        offered = {row[0] for row in connection.execute("SELECT name FROM pg_available_extensions")}
        assert {"ltree", "pg_trgm", "unaccent"} <= offered
        assert connection.execute("SHOW data_checksums").fetchone()[0] == "on"
        assert connection.execute("SHOW listen_addresses").fetchone()[0] == ""
        buffers = int(connection.execute("SELECT setting FROM pg_settings WHERE name = 'shared_buffers'").fetchone()[0])
        assert buffers * 8 == postgres.buffers_mib(postgres.memory_mib()) * 1024  # blocks of 8 KiB
        assert connection.execute("SELECT lower('ÄÉ')").fetchone()[0] == "äé"
        connection.execute("CREATE TABLE kept (n int)")
        connection.execute("INSERT INTO kept VALUES (42)")
    server.kill()
    server.wait()
    server = start(cluster)
    with psycopg.connect(cluster.url) as connection:
        assert connection.execute("SELECT n FROM kept").fetchone()[0] == 42
    server.send_signal(signal.SIGINT)
    assert server.wait(timeout=120) == 0


def test_a_cluster_of_another_major_is_refused_in_words(cluster, tmp_path):
    (tmp_path / "db").mkdir()
    (tmp_path / "db/PG_VERSION").write_text("9\n")
    other = postgres.Cluster(cluster.programs, tmp_path / "db", tmp_path / "run")
    with pytest.raises(UnableTo, match="was made by PostgreSQL 9"):
        other.prepare()


def test_its_own_cache_is_an_eighth_of_the_memory_within_bounds():
    assert [postgres.buffers_mib(memory) for memory in (900, 1024, 2048, 4096, 24576)] == [128, 128, 256, 512, 512]


def test_the_memory_is_what_a_control_group_leaves(tmp_path):
    limit = tmp_path / "memory.max"
    whole = postgres.memory_mib(limit)
    assert whole == os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 20
    for told, left in (("max\n", whole), (f"{1 << 60}\n", whole), ("536870912\n", 512)):
        limit.write_text(told)
        assert postgres.memory_mib(limit) == left


def test_the_configuration_and_the_cluster_agree_on_the_address(tmp_path):
    config = Config(data_dir=tmp_path)
    programs = postgres.Programs(tmp_path, 18)
    assert postgres.Cluster(programs, tmp_path / "db", config.run_dir / "pg").url == config.database_url

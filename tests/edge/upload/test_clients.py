"""The clients that people use, tuspy and tus-js-client, over lines that break at random: bytes equal by checksum."""

import hashlib
import json
import random
import shutil
import subprocess
from pathlib import Path

import pytest
from tusclient import client as tuspy

from tests.edge.upload.tus import USE, CuttingProxy, Tus

pytestmark = pytest.mark.slow
MIB = 1024 * 1024
HERE = Path(__file__).parent
FRONTEND = HERE.parents[2] / "frontend" / "package.json"


@pytest.fixture
def alice(running):
    with Tus(running, running.cast.alice) as tus:
        yield tus


@pytest.fixture
def lecture(tmp_path):
    path = tmp_path / "Tides_3.mp4"
    path.write_bytes(random.Random(7).randbytes(9 * MIB + 4321))
    return path


def is_equal(tus, url, path):
    held = tus.held(url)
    return hashlib.sha256(held).hexdigest() == hashlib.sha256(path.read_bytes()).hexdigest()


def told_of(tus, path):
    """What every client tells, also of the parts that it sends side by side (R84)."""
    return {"filename": path.name, "folder": str(tus.running.cast.chemistry), "declaration": json.dumps(USE)}


def by_tuspy(tus, path, url, **options):
    client = tuspy.TusClient(f"{url}/files/", headers={"Cookie": f"cathedra_session={tus.cookie}"})
    metadata = told_of(tus, path)
    with path.open("rb") as file:
        uploader = client.uploader(file_stream=file, metadata=metadata, retry_delay=0, **options)
        uploader.upload()
    return uploader


def by_tus_js(tus, path, url, **options):
    node = shutil.which("node")
    assert node, "Node is needed: install Debian's nodejs."
    told = {
        "modules": str(FRONTEND),
        "endpoint": f"{url}/files/",
        "session": tus.cookie,
        "file": str(path),
        "metadata": told_of(tus, path),
        **options,
    }
    done = subprocess.run([node, str(HERE / "send.mjs"), json.dumps(told)], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("options", [{}, {"chunk_size": MIB}, {"chunk_size": MIB, "upload_checksum": True}])
def test_tuspy_sends_a_file(alice, lecture, options):
    uploader = by_tuspy(alice, lecture, alice.running.url, **options)
    assert is_equal(alice, uploader.url, lecture)


@pytest.mark.parametrize(("is_checked", "seed"), [(False, 0), (True, 1)])
def test_tuspy_goes_on_over_lines_that_break(alice, lecture, seed, is_checked):
    with CuttingProxy(alice.running.port, cuts=12, most_bytes=2 * MIB, seed=seed) as proxy:
        uploader = by_tuspy(alice, lecture, proxy.url, chunk_size=MIB, retries=100, upload_checksum=is_checked)
    assert proxy.made_cuts >= 2
    assert is_equal(alice, uploader.url, lecture)


@pytest.mark.parametrize("options", [{}, {"chunk": MIB}, {"early": True}, {"parallel": 3}])
def test_tus_js_client_sends_a_file(alice, lecture, options):
    url = by_tus_js(alice, lecture, alice.running.url, **options)
    assert is_equal(alice, url, lecture)


@pytest.mark.parametrize(
    ("options", "seed"), [({}, 0), ({"chunk": 3 * MIB}, 1), ({"early": True}, 2), ({"parallel": 3}, 3)]
)
def test_tus_js_client_goes_on_over_lines_that_break(alice, lecture, seed, options):
    with CuttingProxy(alice.running.port, cuts=8, most_bytes=3 * MIB, seed=seed) as proxy:
        url = by_tus_js(alice, lecture, proxy.url, **options)
    assert proxy.made_cuts >= 2
    assert is_equal(alice, url, lecture)


def test_one_client_goes_on_where_another_stopped(alice, lecture):
    """As after a reload: the address is all that is kept."""
    content = lecture.read_bytes()
    url = alice.open(content)
    alice.patch(url, content[: 4 * MIB])
    assert by_tus_js(alice, lecture, alice.running.url, uploadUrl=f"{alice.running.url}{url}").endswith(url)
    assert is_equal(alice, url, lecture)

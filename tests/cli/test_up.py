"""The whole tree, for real: it starts, serves, survives deaths, stops, and leaves nothing behind.

That nothing outlives a supervisor which was killed, and that its data is kept, is seen in tests/worker/test_restart.py; that
Ctrl-C ends everything, in tests/test_hatch_build.py.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from cathedra import wiring
from cathedra.cli import up as up_verb
from cathedra.config import Config, Site
from tests import live

pytestmark = pytest.mark.slow


def until(is_so, *, seconds: float = 90) -> bool:
    deadline = time.monotonic() + seconds
    while not is_so() and time.monotonic() < deadline:
        time.sleep(0.1)
    return bool(is_so())


def answers(tree) -> bool:
    try:
        return httpx.get(tree.url + "/account/password/change/", timeout=30).status_code == 302
    except httpx.HTTPError:
        return False


def child_pid(tree, name: str) -> int:
    return int((tree.data_dir / "run/children" / name).read_text().split()[0])


def up(folder: Path, port: int, code: str = "from cathedra.cli.main import main; sys.exit(main(['up']))"):
    return subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}"],
        env=live.environment_for(folder, port),
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )


def test_pages_and_media_share_one_address(running):
    with httpx.Client(base_url=running.url) as browser:
        assert browser.get("/account/password/change/").headers["location"].startswith("/account/login/")
        assert browser.get("/stream/9a3a4e7e-0000-4000-8000-000000000000/primary.m3u8").status_code == 401


def test_the_terminal_shows_the_address_and_the_one_time_code_of_an_empty_installation(running):
    """The tree of the tests began without anybody: what it printed then."""
    code = wiring.first_run_code(running.config)
    name = running.url.replace("127.0.0.1", "localhost")
    assert f"Cathedra is ready: {name}\n" in running.said
    assert f"Open {name}/first-run/ and give this code:  " in running.said
    shown = running.said.rpartition("code:")[2].strip()
    assert re.fullmatch(r"([A-Z2-9]{5}-){3}[A-Z2-9]{5}", shown)
    assert code.matches(shown)
    assert (running.data_dir / "first_run_code").stat().st_mode & 0o777 == 0o600
    assert shown not in running.log()


def test_the_terminal_shows_no_code_once_somebody_administers(tmp_path):
    config = Config(data_dir=tmp_path, site=Site(port=9123))
    wiring.first_run_code(config).make()
    assert "code" in up_verb.welcome(config)
    wiring.first_run_code(config).forget()
    assert up_verb.welcome(config) == "\nCathedra is ready: http://localhost:9123\n"


def test_a_signed_in_person_is_known_to_the_pages(running):
    cookie = running.sign_in(running.cast.alice)
    answer = httpx.get(running.url + "/account/password/change/", cookies={"cathedra_session": cookie})
    assert answer.status_code == 200


def test_a_second_start_on_the_same_folder_is_told_who_holds_it(running):
    told = up(running.data_dir, live.free_port())
    assert told.returncode == 1
    assert f"already runs on {running.data_dir} (process {running.process.pid}, {running.url})" in told.stderr
    assert "Traceback" not in told.stderr


def test_a_taken_port_is_said_in_words(start_folder):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        told = up(start_folder, port)
    assert told.returncode == 1
    assert f"Port {port} on 127.0.0.1 is taken by another program." in told.stderr
    assert "Traceback" not in told.stderr


@pytest.fixture
def start_folder():
    folder = live.passable_folder()
    yield folder / "data"
    subprocess.run(["rm", "-rf", str(folder)], check=True)


def test_the_tree_survives_the_death_of_every_child_and_leaves_nothing_after_sigterm(start_cathedra):
    tree = start_cathedra()
    for name in ("web", "edge", "nginx", "postgres", "worker"):
        pid = child_pid(tree, name)
        os.kill(pid, signal.SIGKILL)
        assert until(
            lambda name=name, pid=pid: (tree.data_dir / "run/children" / name).exists() and child_pid(tree, name) != pid
        ), name
        assert until(lambda: answers(tree)), name
    media = f"{tree.url}/stream/9a3a4e7e-0000-4000-8000-000000000000/p720.mp4"
    assert until(lambda: httpx.get(media, timeout=20).status_code == 401), "media is asked for and refused again"
    assert tree.stop() == 0
    assert tree.processes() == []


def test_it_refuses_to_serve_when_the_web_server_gives_media_to_strangers(start_folder):
    start_folder.mkdir()
    subprocess.run(["cp", "-a", live.prepared_database(), start_folder / "db"], check=True)
    drift = (
        "from cathedra import wiring; from cathedra.adapters import nginx; from cathedra.cli import up\n"
        "drifted = lambda c, l: nginx.render(c, l).replace('auth_request /authorise;', 'set $media $recording/;')\n"
        "from cathedra.domain.terms import UnableTo\n"
        "try:\n"
        "    with up.Supervisor(wiring.configuration(), drifted).running(): print('SERVED')\n"
        "except UnableTo as error: sys.exit(str(error))"
    )
    told = up(start_folder, live.free_port(), drift)
    assert told.returncode == 1
    assert "Protected media can be fetched without signing in" in told.stderr
    assert "SERVED" not in told.stdout
    assert list((start_folder / "media/stream").glob("*")) == []

"""`cathedra demo`: its own folder, a free port, the sample university and who may sign in."""

import signal
import socket
import subprocess
import sys

import httpx
import pytest

from cathedra.adapters import sample_files
from cathedra.cli import demo
from cathedra.config import Config, Site
from cathedra.domain.terms import UnableTo
from tests import live


def test_the_next_free_port_is_taken_and_said(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("CATHEDRA_DATA_DIR", str(tmp_path))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setenv("CATHEDRA_SITE_PORT", str(port))
        config = demo.configuration(None)
        assert config.site.port > port
        assert f"Port {port} is taken, so this demo uses {config.site.port}." in capsys.readouterr().out
        assert demo.configuration(port).site.port == port  # asked for by name: `up` will say that it is taken
    assert demo.configuration(None).site.port == port


def test_no_free_port_is_said_in_words():
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(UnableTo, match="cathedra demo --port"):
        demo.free_port("127.0.0.1", taken.getsockname()[1], tried=1)


def test_without_a_folder_given_the_demo_has_its_own(monkeypatch):
    from cathedra import config

    monkeypatch.delenv("CATHEDRA_DATA_DIR")
    assert config.demo_data_dir().name == "demo"
    assert config.default_data_dir().name == "main"
    assert config.demo_data_dir().parent == config.default_data_dir().parent


def test_the_terminal_names_the_address_the_accounts_and_the_password(tmp_path):
    text = demo.welcome(Config(data_dir=tmp_path, site=Site(port=9123)))
    assert "Cathedra is ready: http://localhost:9123\n" in text
    assert sample_files.university().password in text
    for person in sample_files.university().people:
        assert (f" {person.login} " in text) == bool(person.shown_as)


@pytest.mark.slow
def test_the_demo_starts_with_the_sample_university_and_its_people_can_sign_in():
    folder, port = live.passable_folder(), live.free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "cathedra.cli", "demo"],
        env=live.environment_for(folder / "data", port),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        said = ""
        while "Ctrl-C" not in said:
            line = process.stdout.readline()
            assert line, process.stderr.read()[-3000:]
            said += line
        assert f"http://localhost:{port}" in said
        url = f"http://127.0.0.1:{port}"
        with httpx.Client(base_url=url, follow_redirects=True) as browser:
            page = browser.get("/account/login/")
            token = page.text.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
            fields = {"login": "alice", "password": sample_files.university().password, "csrfmiddlewaretoken": token}
            home = browser.post("/account/login/", data=fields, headers={"Origin": url})
            assert (home.status_code, home.url.path) == (200, "/")
            assert "Whitfield" in home.text
        with httpx.Client(base_url=url, follow_redirects=True) as browser:
            page = browser.get("/account/login/")
            token = page.text.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
            fields |= {"login": "noor", "csrfmiddlewaretoken": token}
            first = browser.post("/account/login/", data=fields, headers={"Origin": url})
            assert (first.status_code, first.url.path) == (200, "/terms/"), "R9: the one who is here for the first time"
        assert "noor" in said
    finally:
        process.send_signal(signal.SIGINT)
        process.stderr.read()
        assert process.wait(timeout=30) == 0
        process.stdout.close()
        process.stderr.close()
        subprocess.run(["rm", "-rf", str(folder)], check=True)

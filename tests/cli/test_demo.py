"""`cathedra demo`: its own folder, a free port, who may sign in. It is started in tests/test_hatch_build.py, from the wheel."""

import socket

import pytest

from cathedra.adapters import sample_files
from cathedra.cli import demo
from cathedra.config import Config, Site
from cathedra.domain.terms import UnableTo


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

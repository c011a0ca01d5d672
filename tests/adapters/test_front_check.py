"""Security class 32: the self-test finds what a broken front gives away, and accepts a sound one."""

import http.server
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from cathedra.adapters import front_check
from cathedra.config import Config, Site
from cathedra.domain.terms import UnableTo
from tests.fakes.object_store import MemoryStore


class Front(http.server.ThreadingHTTPServer):
    """A front door that answers from a store, by a rule."""

    def __init__(self, store, rule) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.store, self.rule = store, rule
        self.asked: list[str] = []


class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        status, key = self.server.rule(self.path)
        body = self.server.store.objects.get(key, b"")
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words) -> None:
        """Silence."""


@pytest.fixture
def front():
    doors = []

    def open_door(rule):
        store = MemoryStore()
        door = Front(store, rule)
        threading.Thread(target=door.serve_forever, args=(0.01,), daemon=True).start()
        doors.append(door)
        config = Config(data_dir=Path("/nowhere"), site=Site(port=door.server_address[1]))
        return door, config, store

    yield open_door
    for door in doors:
        door.shutdown()
        door.server_close()


def test_a_front_that_refuses_is_accepted_and_the_test_file_is_removed(front):
    door, config, store = front(lambda path: (401 if path.startswith("/stream/") else 404, None))
    front_check.refuse_leaks(config, store)
    assert len(door.asked) == len(front_check.spellings("x"))
    assert list(store.list_keys("stream/")) == []
    assert list(store.list_keys("originals/")) == []
    (offered,) = store.offered  # as if somebody downloaded it just then
    assert f"/{offered}" in door.asked


def test_a_front_that_gives_the_file_away_is_refused(front):
    _, config, store = front(lambda path: (200, path.lstrip("/")))
    with pytest.raises(UnableTo, match="can be fetched without signing in"):
        front_check.refuse_leaks(config, store)
    assert list(store.list_keys("stream/")) == []


@pytest.mark.parametrize("number", range(1, len(front_check.spellings("x"))))
def test_one_spelling_that_gives_the_file_away_is_enough(front, number):
    def rule(path):
        parts = [part for part in path.replace("%2f", "/").split("/") if part.count("-") == 4 and set(part) - set("0-")]
        leaks = front_check.spellings(parts[0])[number].lstrip("/") == path.lstrip("/")
        return (200, f"stream/{parts[0]}/{front_check.NAME}") if leaks else (401, None)

    _, config, store = front(rule)
    with pytest.raises(UnableTo, match="can be fetched without signing in"):
        front_check.refuse_leaks(config, store)


@pytest.mark.parametrize("status", [200, 404, 500, 502])
def test_a_guard_that_is_not_there_is_refused_too(front, status):
    _, config, store = front(lambda path: (status, None))
    with pytest.raises(UnableTo, match=f"status {status} instead of 401"):
        front_check.refuse_leaks(config, store)


def test_a_front_that_does_not_answer_is_said_in_words(front):
    door, config, store = front(lambda path: (401, None))
    door.shutdown()
    door.server_close()
    with pytest.raises(UnableTo, match="does not answer"):
        front_check.refuse_leaks(config, store)


def test_the_address_is_this_machines_and_the_host_the_one_people_use():
    config = Config(data_dir=Path("/x"), site=Site(host="0.0.0.0", port=81, public_url="https://a.example/"))
    assert front_check.local_address(config) == ("127.0.0.1", 81)
    assert front_check.host_header(config) == "a.example"
    assert front_check.local_address(replace(config, site=Site(host="::"))) == ("::1", 8080)


def test_a_proxy_in_front_that_gives_the_file_away_is_found_through_peoples_address(front):
    _, config, store = front(lambda path: (401 if path.startswith("/stream/") else 404, None))
    proxy, *_ = front(lambda path: (200, path.lstrip("/")))
    proxy.store = store
    public = replace(config, site=replace(config.site, public_url=f"http://127.0.0.1:{proxy.server_address[1]}"))
    with pytest.raises(UnableTo, match="can be fetched without signing in"):
        front_check.refuse_leaks(public, store)
    assert len(proxy.asked) == 1


def test_a_proxy_that_gives_originals_away_is_found_too(front):
    _, config, store = front(lambda path: (401 if path.startswith("/stream/") else 404, None))
    proxy, *_ = front(lambda path: (200, path.lstrip("/")) if path.startswith("/originals/") else (401, None))
    proxy.store = store
    public = replace(config, site=replace(config.site, public_url=f"http://127.0.0.1:{proxy.server_address[1]}"))
    with pytest.raises(UnableTo, match="can be fetched without signing in"):
        front_check.refuse_leaks(public, store)


def test_an_address_of_people_that_cannot_be_reached_from_here_stops_nobody(front):
    _, config, store = front(lambda path: (401 if path.startswith("/stream/") else 404, None))
    public = replace(config, site=replace(config.site, public_url="http://127.0.0.1:1"))
    front_check.refuse_leaks(public, store)

"""`cathedra up` on a database of somebody else's, and the code by which its first administrator is made."""

import os
import re
import secrets

import httpx
import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from tests.conftest import PASSWORD

pytestmark = pytest.mark.slow

CODE = re.compile(r"give this code:  ((?:[A-Z2-9]{5}-){3}[A-Z2-9]{5})$", re.MULTILINE)
DANA = {"full_name": "Dana Reed", "login_name": "dana", "email": "", "password": PASSWORD}


def address_of(database: str) -> str:
    """A database of the PostgreSQL that the tests run on."""
    place = conninfo_to_dict(os.environ["DATABASE_URL"])
    return f"postgresql://{place['user']}@/{database}?host={place['host']}"


@pytest.fixture
def external():
    """A fresh database in it; gone again afterwards."""
    name = f"elsewhere_{secrets.token_hex(4)}"
    server = make_conninfo(address_of("postgres"), connect_timeout=10)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield address_of(name)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def from_address(tree, address: str) -> httpx.Client:
    """A browser on another address of this machine."""
    return httpx.Client(base_url=tree.url, transport=httpx.HTTPTransport(local_address=address), timeout=30)


def post(browser: httpx.Client, path: str, fields: dict[str, str]) -> httpx.Response:
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', browser.get(path).text)[1]
    origin = str(browser.base_url).rstrip("/")
    return browser.post(path, data={**fields, "csrfmiddlewaretoken": token}, headers={"Origin": origin})


def test_a_database_elsewhere_is_used_and_its_first_administrator_is_made_by_the_code_shown_once(
    external, start_cathedra
):
    tree = start_cathedra(DATABASE_URL=external)
    assert sorted(path.name for path in (tree.data_dir / "run/children").iterdir()) == [
        "edge",
        "nginx",
        "web",
        "worker",
    ]
    assert not (tree.data_dir / "db").exists()
    (code,) = CODE.findall(tree.said)
    assert code not in tree.log()

    with from_address(tree, "127.0.0.2") as guesser:
        for _ in range(5):
            wrong = post(guesser, "/first-run/", {**DANA, "code": "AAAAA-BBBBB-CCCCC-DDDDD"})
            assert (wrong.status_code, "That is not the code" in wrong.text) == (422, True)
        assert post(guesser, "/first-run/", {**DANA, "code": code}).status_code == 429

    with from_address(tree, "127.0.0.1") as dana:
        made = post(dana, "/first-run/", {**DANA, "code": code})
        assert (made.status_code, made.headers["location"]) == (302, "/account/login/")
        token = dana.cookies["cathedra_csrf"]
        again = dana.post(
            "/first-run/",
            data={**DANA, "login_name": "mallory", "code": code, "csrfmiddlewaretoken": token},
            headers={"Origin": tree.url},
        )
        assert again.status_code == 404
        assert post(dana, "/account/login/", {"login": "dana", "password": PASSWORD}).status_code == 302
        assert dana.get("/account/").headers["location"] == "/terms/?next=%2Faccount%2F", "R9: the first one too"
        eula, _ = dana.get("/api/terms").json()
        accepted = {"accept": "1", "version": eula["version"], "text_hash": eula["text_hash"], "next": "/account/"}
        assert post(dana, "/terms/", accepted).headers["location"] == "/account/"
        assert "Dana Reed" in dana.get("/account/").text

    assert tree.stop() == 0
    assert tree.processes() == []
    with psycopg.connect(external) as connection:  # theirs, and still running
        found = connection.execute("SELECT count(*) FROM cathedra_account").fetchone()
    assert found == (1,)

    tree.start_again()
    assert CODE.findall(tree.said) == []
    assert "/first-run/" not in tree.said
    with from_address(tree, "127.0.0.1") as dana:
        assert dana.get("/first-run/").status_code == 404
        assert post(dana, "/account/login/", {"login": "dana", "password": PASSWORD}).status_code == 302

"""`cathedra check` on a database, a mail server or an ffmpeg that is not as it must be: one sentence, and what to do."""

import socket
import subprocess
import threading
import uuid
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from cathedra import wiring
from cathedra.adapters import ffmpeg
from cathedra.cli import _checks
from cathedra.config import Config, Database, Encoding, Mail
from tests import live

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def fresh_database():
    """A database of the tests' server that nobody has made tables in; its address."""
    url, name = wiring.configuration().database_url, f"check_{uuid.uuid4().hex}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        parts = connection.info.get_parameters()
    yield f"postgresql://{parts['user']}@/{name}?host={quote(parts['host'], safe='')}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def config_for(tmp_path: Path, url: str) -> Config:
    return Config(data_dir=tmp_path, database=Database(url=url))


def shadowing(url: str, schema: str, *statements: str) -> str:
    """An address at which names are looked up in `schema` before PostgreSQL's own."""
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in (f"CREATE SCHEMA {schema}", *statements):
            connection.execute(statement)
    return f"{url}&options={quote(f'-csearch_path={schema},pg_catalog')}"


@contextmanager
def another_version(url: str, folder: Path, said: bytes):
    """The address of a line to the real server on which it calls itself another version."""
    with psycopg.connect(url) as connection:
        real, true = connection.info.get_parameters(), f"{connection.info.server_version // 10000}".encode()
        number = connection.info.port
    mark = b"server_version\0"
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(folder / f".s.PGSQL.{number}"))
    listener.listen()

    def pump(source: socket.socket, to: socket.socket) -> None:
        while data := source.recv(65536):
            to.sendall(data.replace(mark + true, mark + said))
        to.shutdown(socket.SHUT_WR)

    def serve() -> None:
        with listener.accept()[0] as client, socket.socket(socket.AF_UNIX) as server:
            server.connect(f"{real['host']}/.s.PGSQL.{number}")
            back = threading.Thread(target=pump, args=(server, client), daemon=True)
            back.start()
            pump(client, server)
            back.join(timeout=10)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    with listener:
        yield f"postgresql://{real['user']}@/{real['dbname']}?host={quote(str(folder), safe='')}&port={number}"
        thread.join(timeout=10)


def test_a_database_that_is_too_old_is_told_with_the_version_to_use(fresh_database, tmp_path):
    assert _checks.database(config_for(tmp_path, fresh_database), True).is_well
    with another_version(fresh_database, live.passable_folder(), b"14") as url:
        finding = _checks.database(config_for(tmp_path, url), True)
    assert (finding.is_well, finding.says) == (False, "PostgreSQL 14 is too old")
    assert finding.remedy == "Use PostgreSQL 15 or newer."


def test_an_extension_that_is_not_offered_is_named_with_the_package_to_install(fresh_database, tmp_path):
    offered = (
        "CREATE VIEW without_words.pg_available_extensions AS"
        " SELECT * FROM pg_catalog.pg_available_extensions WHERE name <> 'pg_trgm'"
    )
    url = shadowing(fresh_database, "without_words", offered)
    finding = _checks.database(config_for(tmp_path, url), True)
    assert not finding.is_well
    assert finding.says.endswith("has no pg_trgm")
    assert "postgresql-contrib" in finding.remedy


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_clock_that_differs_from_the_databases_is_told(fresh_database, tmp_path, hours):
    other = f"late_{hours + 1}"
    clock = (
        f"CREATE FUNCTION {other}.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS"
        f" $$ SELECT pg_catalog.clock_timestamp() + interval '{hours} hour' $$"
    )
    assert _checks.clock(config_for(tmp_path, fresh_database), True).is_well
    finding = _checks.clock(config_for(tmp_path, shadowing(fresh_database, other, clock)), True)
    assert not finding.is_well
    assert finding.says.startswith("differs from the database's by 3")
    assert "NTP" in finding.remedy


def test_tables_that_are_not_of_this_version_are_told(fresh_database, tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", fresh_database)
    finding = _checks.migrations(config_for(tmp_path, fresh_database), True)
    assert (finding.is_well, finding.says) == (False, "the tables are of another version")
    assert finding.remedy == "Stop and start Cathedra: it migrates then."


@contextmanager
def listening(greeting: bytes):
    """A mail server on this machine that knows no TLS and nobody; without a greeting it stays silent."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            with listener.accept()[0] as client:
                client.sendall(greeting)
                while greeting and (word := client.recv(4096)):
                    client.sendall({b"QUIT": b"221 bye\r\n"}.get(word[:4].upper(), b"250 well\r\n"))
                while client.recv(4096):
                    pass

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        thread.join(timeout=10)


def mail(tmp_path: Path, port: int, **more) -> _checks.Finding:
    config = replace(config_for(tmp_path, ""), mail=Mail(host="127.0.0.1", port=port, **more))
    return _checks.mail(config, False)


def test_a_mail_server_that_answers_is_well(tmp_path):
    with listening(b"220 here\r\n") as port:
        assert mail(tmp_path, port).is_well


def test_mail_to_a_closed_port_is_told(tmp_path):
    port = live.free_port()
    finding = mail(tmp_path, port)
    assert not finding.is_well
    assert f"127.0.0.1:{port}" in finding.says
    assert "refused" in finding.says
    assert finding.remedy == "Check the [mail] settings."


@pytest.mark.parametrize(
    ("greeting", "more", "says"),
    [
        (b"", {}, "timed out"),
        (b"554 not you\r\n", {}, "answers: not you"),
        (b"220 here\r\n", {"security": "starttls"}, "STARTTLS"),
        (b"220 here\r\n", {"user": "a", "password": "b"}, "AUTH"),
    ],
    ids=["silent", "turned away", "no TLS", "no sign-in"],
)
def test_mail_that_is_not_taken_is_told(tmp_path, greeting, more, says):
    with listening(greeting) as port:
        finding = mail(tmp_path, port, **more)
    assert not finding.is_well
    assert says in finding.says
    assert finding.remedy == "Check the [mail] settings."


def program(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "ffmpeg"
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def ffmpeg_finding(tmp_path: Path, path: Path) -> _checks.Finding:
    config = replace(config_for(tmp_path, ""), encoding=Encoding(ffmpeg=str(path)))
    findings = [found for found in _checks.all_findings(config) if found.subject == "ffmpeg"]
    assert len(findings) == 1
    assert findings[0].is_well or "CATHEDRA_ENCODING_FFMPEG" in findings[0].remedy
    return findings[0]


@pytest.fixture(scope="module")
def lists(tmp_path_factory):
    """What the real one says that it can do."""
    folder, real = tmp_path_factory.mktemp("lists"), ffmpeg.find_program("")
    assert ffmpeg.missing(real) == []
    for what in ("-encoders", "-filters", "-bsfs"):
        told = subprocess.run([real, "-hide_banner", what], capture_output=True, check=True, timeout=60)
        (folder / what).write_bytes(told.stdout)
    return folder


@pytest.mark.parametrize(
    "name", ["libx264", "aac", "mjpeg", "zscale", "tonemap", "yadif", "tile", "aresample", "scale", "noise"]
)
def test_an_ffmpeg_that_lacks_one_thing_is_told_which(tmp_path, lists, name):
    """The lists of the real one, with one line left out."""
    path = program(tmp_path, f"grep -vE '^ *([A-Z.]+ +)?{name}( |$)' '{lists}'/$2")
    finding = _checks.ffmpeg(replace(config_for(tmp_path, ""), encoding=Encoding(ffmpeg=str(path))), False)
    assert (finding.is_well, finding.says) == (False, f"{path} lacks {name}")
    assert "CATHEDRA_ENCODING_FFMPEG" in finding.remedy


@pytest.mark.parametrize(
    ("text", "says"),
    [("exit 1", "does not run as ffmpeg"), ("echo I am something else", "lacks libx264, aac")],
    ids=["fails", "another program"],
)
def test_a_program_that_is_no_ffmpeg_is_told(tmp_path, text, says):
    finding = ffmpeg_finding(tmp_path, program(tmp_path, text))
    assert not finding.is_well
    assert says in finding.says


def test_an_ffmpeg_that_is_not_there_is_told(tmp_path):
    finding = ffmpeg_finding(tmp_path, tmp_path / "none")
    assert not finding.is_well
    assert "cannot be run" in finding.says

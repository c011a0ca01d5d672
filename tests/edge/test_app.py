"""The dispatcher: every address to its one handler, everything else to nothing."""

import subprocess
import sys

import pytest

from cathedra.edge import app


async def ask(path: str) -> int:
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "path": path,
        "raw_path": path.encode(),
        "method": "GET",
        "headers": [],
        "query_string": b"",
    }
    await app.application(scope, receive, send)
    return sent[0]["status"]


def test_edge_answers_three_things_only():
    assert set(app.ROUTES) == {"authorise", "files", "heartbeat"}


@pytest.mark.parametrize(
    "path", ["/", "//", "/authorised", "/Authorise", "/static/x", "//authorise", "/account/login/"]
)
def test_what_has_no_handler_is_not_found(path, loop):
    assert loop.run(ask(path)) == 404


def test_an_unsigned_question_is_answered_without_the_database(loop):
    assert loop.run(ask("/authorise")) == 403


LIFE = """
import asyncio
from cathedra.edge import app

told, said = [{"type": "lifespan.shutdown"}, {"type": "lifespan.startup"}], []

async def receive():
    return told.pop()

async def send(message):
    said.append(message["type"])

asyncio.run(app.application({"type": "lifespan"}, receive, send))
print(*said)
"""


@pytest.mark.slow
def test_it_lives_and_ends_as_the_server_says():
    """In a process of its own: it takes the signals of the whole process."""
    told = subprocess.run([sys.executable, "-c", LIFE], capture_output=True, text=True, check=True, timeout=60)
    assert told.stdout.split() == ["lifespan.startup.complete", "lifespan.shutdown.complete"]

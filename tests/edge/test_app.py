"""The dispatcher: every address to its one handler, everything else to nothing."""

import signal

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


def test_edge_answers_two_things_only():
    assert set(app.ROUTES) == {"authorise", "files"}


@pytest.mark.parametrize(
    "path", ["/", "//", "/authorised", "/Authorise", "/static/x", "//authorise", "/account/login/"]
)
async def test_what_has_no_handler_is_not_found(path):
    assert await ask(path) == 404


async def test_an_unsigned_question_is_answered_without_the_database():
    assert await ask("/authorise") == 403


async def test_it_lives_and_ends_as_the_server_says():
    said = []
    told = iter([{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}])

    async def receive():
        return next(told)

    async def send(message):
        said.append(message["type"])

    before = signal.getsignal(signal.SIGTERM)
    try:
        await app.application({"type": "lifespan"}, receive, send)
    finally:
        signal.signal(signal.SIGTERM, before)
    assert said == ["lifespan.startup.complete", "lifespan.shutdown.complete"]

"""What a refused sender reads: every sentence is marked for translation, and is put into the language of the request."""

import ast
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

import cathedra
from cathedra.adapters.spool import Spool
from cathedra.config import Upload
from cathedra.domain.ingest import no_such_upload
from cathedra.edge.upload import UploadDoor
from cathedra.edge.upload._answer import denied, send_answer

HERE = Path(cathedra.__file__).parent / "edge/upload"


@pytest.fixture
def ask(loop, tmp_path):
    """A door with nobody behind it: what is refused at once."""

    def speak(sentence: str, *, accepted: str) -> str:
        return f"<{accepted}> {sentence}"

    door = UploadDoor(
        Upload(), Spool(tmp_path), lambda question: question(), speak,
        site_url="https://here", clock=lambda: datetime(2026, 10, 1, tzinfo=UTC),
    )  # fmt: skip

    def ask(path: str, method: str = "POST", **headers: str) -> dict[str, str]:
        sent: list[dict] = []

        async def receive():
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(event):
            sent.append(event)

        given = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
        loop.run(door.handle({"method": method, "path": path, "headers": given}, receive, send))
        assert int(dict(sent[0]["headers"])[b"content-length"]) == len(sent[1]["body"])
        return json.loads(sent[1]["body"])

    return ask


def test_what_is_refused_at_the_door_is_said_in_the_language_of_the_request(ask):
    assert ask("/files/x", accept_language="cy")["sentence"] == "<cy> There is no such upload. Start it again."
    assert ask("/files/")["sentence"] == "<> Send Tus-Resumable: 1.0.0."
    asked = ask("/files/", tus_resumable="1.0.0", accept_language="cy, en;q=0.1", origin="https://elsewhere")
    assert asked["sentence"].startswith("<cy, en;q=0.1> Another site may not upload in your name.")


def test_values_stand_in_the_sentence_after_it_is_translated(ask):
    """A catalogue knows the sentence with its places, not with what stands in them."""
    told = ask("/files/", "PUT", accept_language="cy")
    assert told == {"code": "BAD_REQUEST", "rule": "tus", "sentence": "<cy> This address answers to OPTIONS, POST."}


def test_a_rules_no_is_said_in_that_language_too(loop):
    sent = []

    async def send(event):
        sent.append(event)

    decision = no_such_upload()
    loop.run(send_answer(send, denied(decision), lambda sentence: sentence.upper(), is_head=False))
    told = json.loads(sent[1]["body"])
    assert told["sentence"] == decision.reasons[0].sentence.upper()
    assert (told["code"], told["rule"]) == (decision.code, decision.reasons[0].rule)


def test_no_sentence_of_this_door_is_plain_text():
    """Whatever ends with a full stop and stands in code is for people, or for who writes a sender: it is marked."""
    unmarked = []
    for path in sorted(HERE.glob("*.py")):
        tree = ast.parse(path.read_text())
        left = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in (
                "_",
                "UnableTo",
            ):  # the latter for the log
                left |= {id(inner) for inner in ast.walk(node)}
        unmarked += [
            (path.name, node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in left
            if node.value.endswith(".") and " " in node.value
        ]
    assert unmarked == []

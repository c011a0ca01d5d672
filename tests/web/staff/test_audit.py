"""The whole trail: who reads it, how it is filtered, and that reading and taking it is on it (R38 row 25, R223, R224)."""

import csv
import io
import json

import pytest

from cathedra.db.models import AuditEvent
from cathedra.db.writes import audit
from cathedra.db.writes import people as people_writes
from cathedra.domain.people import SystemRole
from cathedra.domain.terms import Actor, Channel
from tests.lectures import lecture
from tests.web.browsing import client, text

pytestmark = pytest.mark.slow
PLACES = ("/staff/audit/", "/staff/audit/export/?format=csv", "/api/audit", "/api/audit/export")


@pytest.fixture
def made(cast, now):
    key = lecture(cast.chemistry, cast.alice, title="=Entropy", now=now)
    actor = Actor(cast.alice, Channel.WEB, address="192.0.2.7", correlation_id="r1")
    audit.record(actor, "recording:edit", target_kind="recording", target_id=key, now=now, reason="Better.")
    audit.record(actor, "folder:create", target_kind="folder", target_id=cast.chemistry, now=now)
    audit.record(Actor(None, Channel.WORKER), "work:sweep", target_kind="work", target_id="", now=now)
    return key


def noted() -> list[str]:
    return list(AuditEvent.objects.filter(action__startswith="audit:").order_by("id").values_list("action", flat=True))


def test_r38_row_25_the_three_roles_read_it_and_to_everybody_else_it_does_not_exist(cast, made, now):
    readers = {SystemRole.SERVICE_ADMIN, SystemRole.SYS_ADMIN, SystemRole.AUDITOR}
    for role in SystemRole:
        people_writes.give_system_role(cast.eve, role, reason="to try it", now=now)
        for place in PLACES:
            expected = 200 if role in readers else 404
            assert client(cast.eve).get(place).status_code == expected, (role, place)
        people_writes.take_system_role(cast.eve, role)
    for who in (cast.alice, cast.chloe, cast.ben):
        assert [client(who).get(place).status_code for place in PLACES] == [404] * 4
    assert [client().get(place).status_code for place in PLACES] == [302, 302, 401, 401]


def shown(query: dict[str, str], who) -> list[str]:
    answer = client(who).get("/staff/audit/", query)
    assert answer.status_code == 200
    return [line.what for line in answer.context.get("lines", ())]


def test_r224_the_page_finds_by_person_thing_action_and_day(cast, made):
    cases = [
        ({}, ["Left-over working files swept", "Folder made", "Details changed"]),
        ({"person": "alice"}, ["Folder made", "Details changed"]),
        ({"person": "nobody"}, []),
        ({"thing": f"http://x.example/recordings/{made}/"}, ["Details changed"]),
        ({"thing": "entropy", "action": "recording"}, ["Details changed"]),
        ({"action": "folder:create"}, ["Folder made"]),
        ({"action": "upload"}, []),
        ({"since": "2026-11-02", "until": "2026-11-02", "action": "folder"}, ["Folder made"]),
        ({"until": "2026-11-01"}, []),
        ({"after": "2"}, ["Details changed"]),
        ({"since": "yesterday"}, []),
        ({"action": "x:y"}, []),
    ]
    for query, expected in cases:
        assert shown(query, cast.dev) == expected, query
    assert noted() == ["audit:look_up"] * 4
    wrong = text(client(cast.dev).get("/staff/audit/", {"since": "yesterday"}))
    assert "There is a problem" in wrong
    whole = text(client(cast.dev).get("/staff/audit/"))
    for told in ("192.0.2.7", "r1", "Better.", "kept for 7 years", f"?thing={made}", f"?person={cast.alice}"):
        assert told in whole, told


def test_an_export_is_the_filters_is_safe_and_is_noted_before_its_first_byte_r223(cast, made):
    query = {"person": "alice", "format": "csv", "after": "1"}
    answer = client(cast.dev).get("/staff/audit/export/", query)
    assert noted() == ["audit:export"]
    assert (answer["Content-Type"], answer["Content-Disposition"][:22]) == (
        "text/csv; charset=utf-8", 'attachment; filename="',
    )  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode(), newline="")))
    assert [(row["what"], row["target"]) for row in rows] == [
        ("Details changed", "'=Entropy"), ("Folder made", "Part IA"),
    ]  # fmt: skip
    lines = client(cast.dev).get("/staff/audit/export/", {"format": "jsonl"}).getvalue().decode().splitlines()
    assert [json.loads(line)["number"] for line in lines] == [1, 2, 3, 4, 5]
    for wrong in ({}, {"format": "xml"}, {"format": "csv", "since": "x"}):
        assert client(cast.dev).get("/staff/audit/export/", wrong).status_code == 400
    assert noted() == ["audit:export"] * 2


def test_r227_the_api_gives_the_same_lines_and_files(cast, made):
    answer = client(cast.dev).get("/api/audit", {"person": "alice", "limit": 1}).json()
    assert [(row["number"], row["address"]) for row in answer["rows"]] == [(2, "192.0.2.7")]
    rest = client(cast.dev).get("/api/audit", {"person": "alice", "limit": 1, "after": answer["after"]}).json()
    assert ([row["number"] for row in rest["rows"]], rest["after"]) == ([1], "")
    assert noted() == ["audit:look_up"]
    file = client(cast.dev).get("/api/audit/export", {"format": "jsonl", "action": "folder:create"})
    assert [json.loads(line)["action"] for line in file.getvalue().decode().splitlines()] == ["folder:create"]
    assert AuditEvent.objects.get(action="audit:export").channel == "API"
    for wrong in ({"since": "x"}, {"limit": 0}, {"person": "x" * 501}):
        assert client(cast.dev).get("/api/audit", wrong).status_code == 422

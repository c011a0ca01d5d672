"""`cathedra audit`: a whole trail, one that an operator got at past the triggers, and exports (R224)."""

import csv
import io
import json

import pytest
from django.db import connection

from cathedra.cli.main import main
from cathedra.db.models import AuditEvent
from cathedra.db.writes import audit
from cathedra.domain.terms import Actor, Channel

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def trail(cast, now):
    for number in range(6):
        actor = Actor(cast.alice if number % 2 else cast.ben, Channel.WEB)
        audit.record(
            actor, "recording:edit", target_kind="recording", target_id="r", now=now,
            facts={"n": number, "x": 1.50, "word": "é\n"}, before={"b": 1, "a": None}, reason="+why",
        )  # fmt: skip


def as_an_operator(*statements: str) -> None:
    """Somebody who owns the tables turns the triggers off, and on again."""
    with connection.cursor() as cursor:
        for table in ("cathedra_auditevent", "cathedra_audithead"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for statement in statements:
            cursor.execute(statement)
        for table in ("cathedra_auditevent", "cathedra_audithead"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


EVENTS = "cathedra_auditevent"
DONE = [
    ("altered", 3, ["UPDATE {e} SET facts = '{{}}' WHERE id = 3"]),
    ("altered", 3, ["UPDATE {e} SET actor_id = NULL WHERE id = 3"]),
    ("altered", 3, ["UPDATE {e} SET at = at + interval '1 microsecond' WHERE id = 3"]),
    ("altered", 3, ["UPDATE {e} SET reason = 'other', hash = audit_hash(previous_hash, ROW({e}.*)::{e}) WHERE id = 3",
                    "UPDATE {e} SET hash = audit_hash(previous_hash, ROW({e}.*)::{e}) WHERE id = 3"]),
    ("removed", 3, ["DELETE FROM {e} WHERE id = 3"]),
    ("removed", 6, ["DELETE FROM {e} WHERE id = 6"]),
    ("removed", 1, ["TRUNCATE {e}"]),
    ("reordered", 3, ["UPDATE {e} SET id = 99 WHERE id = 3", "UPDATE {e} SET id = 3 WHERE id = 4",
                      "UPDATE {e} SET id = 4 WHERE id = 99"]),
    ("inserted", 7, ["INSERT INTO {e} SELECT 7, at, actor_id, channel, address, correlation_id, action, target_kind, "
                     "target_id, facts, after, before, hash, on_behalf_of_id, hash, reason FROM {e} WHERE id = 6"]),
    ("end lost", 6, ["DELETE FROM cathedra_audithead"]),
]  # fmt: skip


@pytest.mark.parametrize(("damage", "number", "statements"), DONE)
def test_r224_an_operator_who_gets_round_the_triggers_is_found(trail, capsys, damage, number, statements):
    as_an_operator(*(statement.format(e=EVENTS) for statement in statements))
    assert main(["audit", "verify"]) == 1
    assert capsys.readouterr().out.startswith(f"The audit trail is broken at event {number} ({damage}). ")


def test_r224_a_whole_trail_is_whole_and_its_end_can_be_kept_and_asked_for(trail, capsys, cast, now):
    assert main(["audit", "verify"]) == 0
    told = capsys.readouterr().out
    kept = told.rsplit(" ", 1)[1].strip()
    assert told.startswith("The audit trail is whole: 6 events.")
    assert kept == f"6:{AuditEvent.objects.get(id=6).hash}"
    audit.record(Actor(None, Channel.CLI), "sample:load", target_kind="folder", target_id="f", now=now)
    assert main(["audit", "verify", "--expect", kept]) == 0
    assert main(["audit", "verify", "--expect", f"6:{'a' * 64}"]) == 1
    assert "Event 6 has another hash than was kept" in capsys.readouterr().out
    assert main(["audit", "verify", "--expect", f"9:{'a' * 64}"]) == 1
    assert "Event 8 is missing" in capsys.readouterr().out
    assert main(["audit", "verify", "--expect", "9"]) == 1


def test_nothing_recorded_is_whole(db, capsys):
    assert main(["audit", "verify"]) == 0
    assert "0 events" in capsys.readouterr().out


def test_an_export_is_filtered_and_is_itself_audited_r223(trail, capsys, cast):
    assert main(["audit", "export", "--person", "alice", "--since", "2026-11-02", "--until", "2026-11-02"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["number"] for row in rows] == ["2", "4", "6"]
    assert rows[0]["reason"] == "'+why"
    noted = AuditEvent.objects.get(action="audit:export")
    assert (noted.facts["people"], noted.facts["format"]) == ([str(cast.alice)], "csv")
    assert main(["audit", "export", "--format", "jsonl", "--action", "recording:edit"]) == 0
    assert [json.loads(line)["facts"]["n"] for line in capsys.readouterr().out.splitlines()] == list(range(6))
    assert main(["audit", "export", "--since", "2026-11-03", "--action", "recording:edit"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1
    for wrong in (["--person", "nobody"], ["--action", "x:y"]):
        assert main(["audit", "export", *wrong]) == 1
        assert capsys.readouterr().out == ""

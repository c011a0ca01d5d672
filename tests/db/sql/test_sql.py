"""Every statement is described, and the hot one reads by its indexes."""

import json
import re
from importlib.resources import files

import pytest
from django.db import connection

from cathedra.db import sql
from cathedra.db.writes import library
from cathedra.domain.library import Origin

NAMES = sorted(path.name.removesuffix(".sql") for path in files(sql).iterdir() if path.name.endswith(".sql"))


@pytest.mark.parametrize("name", NAMES)
def test_a_statement_says_its_name_and_purpose_at_the_top(name):
    assert sql.text(name).startswith(f"-- {name}: ")


def test_a_statement_about_many_may_be_asked_of_one_and_no_other_may():
    assert "WHERE r.id = %(id)s\n" in sql.of_one("meter_facts")
    assert "%(ids)s" not in sql.of_one("retention_facts") + sql.of_one("retention_proven") + sql.of_one("meter_said")
    with pytest.raises(ValueError, match="does not ask of many"):
        sql.of_one("person")


def test_what_tells_the_newest_first_may_be_asked_in_another_order_and_nothing_else_may():
    titles = sql.in_order("listing_facts", by="title", is_down=False)
    assert "ORDER BY lower(r.title), r.id\n" in titles
    assert "COALESCE((lower(r.title), r.id) > (" in titles
    assert "created_at" not in titles
    assert sql.in_order("listing_facts", by=None, is_down=True) == sql.text("listing_facts")
    with pytest.raises(ValueError, match="does not tell the newest first"):
        sql.in_order("person", by="title", is_down=True)


def test_a_statement_about_a_session_may_be_asked_of_many_and_no_other_may():
    many = sql.of_sessions("recording_facts")
    assert set(re.findall(r"%\((\w+)\)s", many)) == {"session_keys", "recording_ids", "now"}
    with pytest.raises(ValueError, match="does not ask of a session"):
        sql.of_sessions("folder_facts")


@pytest.mark.parametrize("is_of_many", [False, True])
def test_the_view_decision_reads_by_indexes_only(cast, now, is_of_many):
    recording = library.add_recording(
        cast.chemistry, title="One", owner_id=cast.alice, created_by_id=cast.alice, origin=Origin.UPLOAD, now=now
    )
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # the tables of a test are too small to be worth an index
        places = {"viewer": None, "session_key": "x" * 32, "recording_id": recording, "now": now}
        many = {"session_keys": ["x" * 32] * 2, "recording_ids": [recording] * 2, "now": now}
        asked = (sql.of_sessions("recording_facts"), many) if is_of_many else (sql.text("recording_facts"), places)
        cursor.execute("EXPLAIN (FORMAT JSON) " + asked[0], asked[1])
        plan = cursor.fetchone()[0]
    text = plan if isinstance(plan, str) else json.dumps(plan)
    assert "Seq Scan" not in text
    assert text.count('"Index Name"') >= 12


def test_a_dry_run_of_the_policy_reads_a_batch_by_indexes_only(cast):
    turned = {name: ["yes"] for name in ("q1", "q2", "q3", "category", "course", "relevance", "before", "after")}
    with connection.cursor() as cursor:
        for way in ("seqscan", "bitmapscan", "sort", "hashjoin", "mergejoin"):  # which small tables invite
            cursor.execute(f"SET LOCAL enable_{way} = off")
        places = {"since": "00000000-0000-0000-0000-000000000000", "most": 1000, **turned}
        cursor.execute("EXPLAIN (FORMAT JSON) " + sql.text("use_turned"), places)
        plan = json.dumps(cursor.fetchone()[0])
    assert "Seq Scan" not in plan
    for index in ("cathedra_recording_pkey", "use_declaration_newest", "use_case_of_recording"):
        assert index in plan, index

"""The ledger's rows: what the database itself refuses (R8, R98, R104)."""

import pytest
from django.db import DatabaseError, connection, transaction

from cathedra.db.models import Allocation, Department, MeterEntry, MeterTotal
from cathedra.db.writes import library
from cathedra.domain.library import FolderKind

pytestmark = pytest.mark.django_db


def entry(now, **facts) -> MeterEntry:
    given = {
        "recording_id": "00000000-0000-0000-0000-000000000001",
        "category": "STORED",
        "delta_s": 60,
        "cause": "READY",
        "at": now,
        "licence_year": "2026-27",
        "owner_id": "00000000-0000-0000-0000-000000000002",
        "folder_path": "a",
    }
    return MeterEntry.objects.create(**{**given, **facts})


def test_r104_no_statement_of_ours_changes_or_removes_a_line_or_a_total(now):
    entry(now)
    connection.check_constraints()  # nothing is left to wait for, so that the table may be altered
    for table, kept in (("cathedra_meterentry", "delta_s"), ("cathedra_metertotal", "seconds")):
        statements = [f"UPDATE {table} SET {kept} = {kept}", f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"]
        if table == "cathedra_metertotal":
            statements.append(f"INSERT INTO {table} (licence_year, category, seconds) VALUES ('x', 'STORED', 1)")
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER meter_keep_all")  # as everywhere but in tests
            for role in ("origin", "replica"):
                cursor.execute(f"SET LOCAL session_replication_role = {role}")
                for statement in statements:
                    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                        cursor.execute(statement)
            cursor.execute("SET LOCAL session_replication_role = origin")
    assert MeterEntry.objects.count() == MeterTotal.objects.count() == 1


def test_a_line_that_cannot_be_is_refused(now):
    wrong = [
        ({"delta_s": 0}, "meter_entry_says_something"),
        ({"category": "RECORDED", "delta_s": -60}, "meter_entry_recorded_grows"),  # R98
        ({"category": "SEEN"}, "meter_entry_category"),
        ({"cause": "WHIM"}, "meter_entry_cause"),
    ]
    for facts, name in wrong:
        with pytest.raises(DatabaseError, match=name), transaction.atomic():
            entry(now, **facts)
    first = entry(now, category="RECORDED")
    with pytest.raises(DatabaseError, match="meter_entry_corrects"), transaction.atomic():
        entry(now, corrects=first)
    entry(now, category="RECORDED", delta_s=-60, cause="CORRECTION", corrects=first)
    assert MeterTotal.objects.get(category="RECORDED").seconds == 0


def test_r110_hours_are_set_aside_for_one_place_and_say_something(now):
    law = Department.objects.create(name="Law")
    root = library.add_folder("Root", kind=FolderKind.GENERAL, now=now)
    given = {"department": law, "stored_s": 1, "changed_at": now}
    for facts, name in (
        ({"department": None}, "allocation_of_one"),
        ({"folder_id": root}, "allocation_of_one"),
        ({"stored_s": None}, "allocation_says_something"),
        ({"stored_s": -1}, "allocation_says_something"),
    ):
        with pytest.raises(DatabaseError, match=name), transaction.atomic():
            Allocation.objects.create(**{**given, **facts})
    Allocation.objects.create(**given)
    with pytest.raises(DatabaseError, match="unique"), transaction.atomic():
        Allocation.objects.create(**given)

"""Who did what to which thing (R224): every column, numbered and chained by the database, and never changed."""

import threading
import time

import pytest
from django.db import DatabaseError, connection, connections
from django.db import transaction as django_transaction

from cathedra.db.models import Account, AuditEvent, AuditHead
from cathedra.db.writes import audit, people
from cathedra.db.writes.transaction import transaction
from cathedra.domain.people import Affiliation, GroupKind
from cathedra.domain.terms import Actor, Channel


def note(actor, now, **more):
    audit.record(actor, "folder:rename", target_kind="folder", target_id="f", now=now, **more)


def test_r224_an_event_says_who_when_through_which_door_what_and_why(cast, now):
    actor = Actor(account_id=cast.alice, channel=Channel.WEB, address="192.0.2.7", correlation_id="r1")
    audit.record(
        actor, "folder:rename", target_kind="folder", target_id=cast.chemistry, now=now, facts={"n": 1},
        before={"name": "I"}, after={"name": "IA"}, reason="As agreed.", on_behalf_of=cast.dev,
    )  # fmt: skip
    row = AuditEvent.objects.get()
    assert (row.actor_id, row.at, row.channel, row.address, row.correlation_id) == (
        cast.alice, now, "WEB", "192.0.2.7", "r1",
    )  # fmt: skip
    assert (row.action, row.target_kind, row.target_id) == ("folder:rename", "folder", str(cast.chemistry))
    assert (row.facts, row.before, row.after, row.reason, row.on_behalf_of_id) == (
        {"n": 1}, {"name": "I"}, {"name": "IA"}, "As agreed.", cast.dev,
    )  # fmt: skip


def test_r224_each_event_names_the_hash_of_the_one_before_and_the_head_is_the_last(cast, now):
    actor = Actor(cast.alice, Channel.WEB)
    with transaction():
        for _ in range(3):
            note(actor, now)
        assert not AuditEvent.objects.exists()  # written last, when nothing is left to wait for
    rows = list(AuditEvent.objects.order_by("id"))
    assert [row.id for row in rows] == [1, 2, 3]
    assert [row.previous_hash for row in rows] == ["0" * 64, rows[0].hash, rows[1].hash]
    assert len({row.hash for row in rows}) == 3
    assert AuditHead.objects.values_list("last_id", "last_hash").get() == (3, rows[2].hash)


@pytest.mark.parametrize("table", ["cathedra_auditevent", "cathedra_audithead"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"])
def test_r224_no_statement_of_ours_changes_or_removes_an_event(cast, now, table, statement):
    note(Actor(cast.alice, Channel.WEB), now)
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER audit_keep_all")  # as everywhere but in tests
        for role in ("origin", "replica"):
            cursor.execute(f"SET LOCAL session_replication_role = {role}")
            with pytest.raises(DatabaseError, match="append-only"), django_transaction.atomic():
                cursor.execute(statement.format(table))
    assert AuditEvent.objects.count() == AuditHead.objects.count() == 1


def test_nothing_that_a_writer_says_decides_number_or_hash(cast, now):
    note(Actor(cast.alice, Channel.WEB), now)
    AuditEvent.objects.create(id=77, at=now, channel="CLI", action="x:y", previous_hash="a" * 64, hash="b" * 64)
    first, second = AuditEvent.objects.order_by("id")
    assert (second.id, second.previous_hash) == (2, first.hash)
    assert second.hash != "b" * 64


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_leave_one_chain_without_gaps_and_what_was_rolled_back_leaves_none(now):
    """Real connections: each commits, and every third breaks off after its event was written."""
    problems: list[Exception] = []

    def write(writer: int) -> None:
        try:
            for turn in range(10):
                with django_transaction.atomic():
                    note(Actor(None, Channel.WORKER, correlation_id=f"{writer}/{turn}"), now)
                    django_transaction.set_rollback(turn % 3 == 2)
        except Exception as problem:
            problems.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert problems == []
    rows = list(AuditEvent.objects.order_by("id"))
    assert [row.id for row in rows] == list(range(1, 43))
    assert [row.previous_hash for row in rows[1:]] == [row.hash for row in rows[:-1]]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_writers_stand_in_a_line_and_never_in_a_ring(now):
    """One records, then names an account in a row that PostgreSQL checks at the commit; the other holds that account
    until it has recorded too. Had the first the end of the chain in hand while it waits, neither could go on."""
    account_id = people.add_account(
        "zoe", full_name="Zoe", email="", affiliation=Affiliation.STUDENT, password=None, now=now
    )
    group_id = people.add_group("Zoology", kind=GroupKind.INTERNAL)
    is_held, is_written, problems = threading.Event(), threading.Event(), []

    def names() -> None:
        is_held.wait(30)
        with transaction():
            note(Actor(None, Channel.WORKER), now)
            people.add_members(group_id, [account_id])
            is_written.set()

    def holds() -> None:
        with transaction():
            Account.objects.select_for_update().filter(id=account_id).first()
            is_held.set()
            is_written.wait(30)
            time.sleep(0.2)  # the other is at its commit now
            note(Actor(None, Channel.WORKER), now)

    def run(work) -> None:
        try:
            work()
        except Exception as problem:
            problems.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(work,)) for work in (names, holds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert problems == []
    assert AuditEvent.objects.count() == 2

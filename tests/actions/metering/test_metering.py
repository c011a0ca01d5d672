"""Recordings are metered in the transaction that changes them, and the nightly proof says where that failed (R104)."""

import random
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from cathedra.actions import metering, publishing
from cathedra.db import sql
from cathedra.db.models import Account, AuditEvent, Department, MeterEntry, Notice, Recording
from cathedra.db.reads import metering as reads
from cathedra.db.writes import access, people
from cathedra.db.writes import metering as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain.access import FolderRole
from cathedra.domain.library import MediaState
from cathedra.domain.metering import Category, Cause, Line
from cathedra.domain.people import SystemRole
from cathedra.domain.terms import Actor, Channel, system_actor
from tests.lectures import lecture
from tests.policies import course_calendar


def settle(*ids, cause=Cause.READY, now):
    with transaction():
        return metering.settle(ids, cause=cause, now=now)


def sums() -> dict[str, int]:
    found: dict[str, int] = {}
    for row in MeterEntry.objects.all():
        found[row.category] = found.get(row.category, 0) + row.delta_s
    return found


def prove(now) -> metering.Proof:
    return metering.prove_meters(actor=system_actor(), now=now)


def test_r104_what_happens_is_written_once_with_everything_that_is_said_of_it(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now, uploaded_at=datetime(2026, 8, 31, 22, 30, tzinfo=UTC))
    assert settle(made, now=now) == 2
    assert settle(made, now=now) == 0
    recorded, stored = MeterEntry.objects.order_by("category")
    assert (recorded.category, recorded.delta_s, recorded.licence_year) == ("RECORDED", 60, "2025-26")
    assert (stored.category, stored.delta_s, stored.licence_year) == ("STORED", 60, "2026-27")
    chemistry = Department.objects.get().id
    assert {(row.owner_id, row.department_id, row.at, row.cause) for row in (recorded, stored)} == {
        (cast.alice, chemistry, now, "READY")
    }
    for keeping, cause in (("ARCHIVED", Cause.ARCHIVED), ("ONLINE", Cause.RESTORED), ("PURGED", Cause.PURGED)):
        Recording.objects.filter(id=made).update(keeping=keeping)
        settle(made, cause=cause, now=now)
    assert sums() == {"RECORDED": 60, "STORED": 0, "ARCHIVED": 0}
    assert settle(now=now) == settle(uuid4(), now=now) == 0
    assert not prove(now)
    assert not AuditEvent.objects.filter(action="meters:disagree").exists()


def test_r104_nothing_is_metered_when_the_change_does_not_happen(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)

    def change() -> None:
        with transaction():
            assert metering.settle([made], cause=Cause.READY, now=now) == 2
            raise InterruptedError

    with pytest.raises(InterruptedError):
        change()
    assert not MeterEntry.objects.exists()


def test_r102_r104_a_move_takes_stored_hours_along_and_a_reference_copy_has_none(cast, now):
    law = Department.objects.create(name="Law")
    Account.objects.filter(id=cast.alice).update(department=law)
    made = lecture(cast.chemistry, cast.alice, now=now)
    settle(made, now=now)
    own = lecture(cast.chemistry, cast.alice, now=now, title="Copied")
    settle(own, now=now)
    access.add_member(cast.physics, cast.alice, FolderRole.CREATOR, now=now)
    actor = Actor(cast.alice, Channel.WEB)
    assert publishing.move_recording(made, cast.physics, calendar=course_calendar(), actor=actor, now=now).is_permitted
    copied = publishing.copy_recording(own, cast.physics, is_full=False, actor=actor, now=now)
    assert copied.decision.is_permitted
    hours = {one.name: (one.recorded_s, one.stored_s) for one in reads.hours_by_department("2026-27")}
    assert hours == {"Chemistry": (120, 60), "Law": (0, 60)}
    assert settle(copied.recording_id, now=now) == 0
    assert MeterEntry.objects.filter(cause="MOVED").count() == 2
    assert not prove(now)


def test_the_opening_of_the_ledger_says_what_the_rules_say(cast, now):
    origins = ["upload", "import", "scheduled", "browser", "full_copy"]
    keepings = ["ONLINE", "ARCHIVED", "RESTORING", "RECYCLED", "PURGED"]
    ends_of_year = [datetime(2026, 8, 31, 22, 59, tzinfo=UTC), datetime(2026, 8, 31, 23, tzinfo=UTC), None]
    turns = random.Random(8)
    for origin in origins:
        for keeping in keepings:
            facts = {"captured_at": turns.choice(ends_of_year), "uploaded_at": turns.choice(ends_of_year)}
            came_from = turns.choice(["ONLINE", "ARCHIVED", None]) if keeping == "RECYCLED" else None
            made = lecture(cast.chemistry, cast.alice, now=now, keeping=keeping, recycled_from=came_from, **facts)
            Recording.objects.filter(id=made).update(origin=origin, duration_ms=turns.randint(400, 4_000_000))
    lecture(cast.chemistry, cast.alice, now=now, media=MediaState.FAILED)
    with connection.cursor() as cursor:
        given = {"now": now, "zone": "Europe/London", "year_start": "09-01"}
        cursor.execute(sql.text("meter_opening"), given)
    assert {row.cause for row in MeterEntry.objects.all()} == {"OPENING"}
    assert settle(*Recording.objects.values_list("id", flat=True), now=now) == 0
    assert not prove(now)


@pytest.mark.slow
def test_r104_random_lives_of_random_recordings_in_the_database(cast, now):
    law = Department.objects.create(name="Law")
    Account.objects.filter(id=cast.eve).update(department=law)
    turns = random.Random(104)
    ids = [lecture(cast.chemistry, cast.alice, now=now, title=f"L{number}") for number in range(6)]
    for turn in range(60):
        made, at = turns.choice(ids), now + timedelta(days=7 * turn)
        change = turns.choice(
            [
                {"keeping": "ARCHIVED", "recycled_from": None},
                {"keeping": "ONLINE", "recycled_from": None},
                {"keeping": "RECYCLED", "recycled_from": "ARCHIVED"},
                {"folder_id": turns.choice([cast.chemistry, cast.physics])},
                {"owner_id": turns.choice([cast.alice, cast.eve])},
            ]
        )
        Recording.objects.filter(id=made).update(**change)
        settle(made, now=at)
    assert not prove(now)
    recorded = sum(one.recorded_s for one in reads.hours_by_department("2026-27"))
    assert recorded == len(Recording.objects.filter(id__in=MeterEntry.objects.values("recording_id"))) * 60
    kept = sum(one.stored_s + one.archived_s for one in reads.hours_by_department("2026-27"))
    assert kept == recorded


def test_r104_n49_the_proof_tells_the_service_where_and_how_much_and_changes_nothing(cast, now):
    people.give_system_role(cast.chloe, SystemRole.SYS_ADMIN, reason="runs the servers", now=now)
    forgotten = lecture(cast.chemistry, cast.alice, now=now)
    kept = lecture(cast.chemistry, cast.alice, now=now, title="Kept")
    settle(kept, now=now)
    lost = uuid4()
    writes.add_lines([Line(lost, Category.STORED, 180, Cause.READY, now, "2026-27", None, cast.alice, "a")])
    lines = MeterEntry.objects.count()
    proof = prove(now)
    assert {(one.recording_id, one.category.value, one.ledger_s, one.library_s) for one in proof.differences} == {
        (forgotten, "RECORDED", 0, 60),
        (forgotten, "STORED", 0, 60),
        (lost, "STORED", 180, 0),
    }
    assert proof.totals_agree
    told = Notice.objects.filter(kind="N49")
    assert {row.recipient_id for row in told} == {cast.dev, cast.chloe}
    assert (told[0].values["count"], told[0].values["hours"]) == ("2", "0.1")
    assert set(told[0].values["recordings"].split(", ")) == {str(forgotten), str(lost)}
    event = AuditEvent.objects.get(action="meters:disagree")
    assert (event.facts["seconds"], set(event.facts["recordings"])) == (300, {str(forgotten), str(lost)})
    assert MeterEntry.objects.count() == lines
    prove(now)
    assert Notice.objects.filter(kind="N49").count() == 2  # once a night

"""Hours set aside: set, taken back, told as they are used up, and refusing where they may (R110, N51)."""

from datetime import timedelta
from uuid import uuid4

import pytest

from cathedra.actions import metering
from cathedra.db.models import Account, Allocation, AuditEvent, Department, Folder, Notice, Recording
from cathedra.db.reads import metering as reads
from cathedra.db.writes import metering as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain.metering import Category, Cause, Intake, Line
from cathedra.domain.terms import Actor, Channel, Code, system_actor
from tests.conftest import COURSE
from tests.lectures import lecture

YEAR = "2026-27"


def set_aside(actor, now, **given):
    wanted = {"recorded": None, "stored": 1, "is_enforced": False}
    return metering.set_allocation(**{**wanted, **given}, actor=actor, now=now)


def use(department, category: Category, hours: float, now, year: str = YEAR) -> None:
    seconds = round(hours * 3600)
    writes.add_lines([Line(uuid4(), category, seconds, Cause.OPENING, now, year, department, uuid4(), "a")])


def test_r110_only_the_service_sets_hours_aside_and_takes_them_back_and_it_is_audited(cast, now):
    dev, law = Actor(cast.dev, Channel.WEB), Department.objects.create(name="Law").id
    for who in (cast.alice, cast.chloe, None):
        refused = set_aside(Actor(who, Channel.WEB), now, department_id=law)
        assert (refused.code, refused.reasons[0].rule) == (Code.NO_PERMISSION, "R38"), who
    for wrong in (
        {"department_id": law, "stored": None},
        {"department_id": law, "stored": -1},
        {"department_id": law, "folder_id": cast.physics},
        {},
        {"department_id": uuid4()},
        {"folder_id": uuid4()},
    ):
        assert set_aside(dev, now, **wrong).code is Code.BAD_REQUEST, wrong
    assert not Allocation.objects.exists()
    assert not AuditEvent.objects.filter(action__startswith="meters:").exists()
    assert set_aside(dev, now, department_id=law).is_permitted
    assert set_aside(dev, now, department_id=law, recorded=7, stored=None, is_enforced=True).is_permitted
    assert set_aside(Actor(None, Channel.CLI), now, folder_id=cast.physics).is_permitted
    first, second, _folder = AuditEvent.objects.filter(action="meters:set_aside").order_by("id")
    assert (first.before, first.after) == ({}, {"recorded_s": None, "stored_s": 3600, "is_enforced": False})
    assert second.before == first.after
    assert second.after == {"recorded_s": 25_200, "stored_s": None, "is_enforced": True}
    mine = Allocation.objects.get(department_id=law).id
    assert metering.remove_allocation(mine, actor=Actor(cast.alice, Channel.WEB), now=now).code is Code.NO_PERMISSION
    assert metering.remove_allocation(mine, actor=dev, now=now).is_permitted
    assert metering.remove_allocation(mine, actor=dev, now=now).code is Code.CONFLICT  # somebody was faster
    assert AuditEvent.objects.get(action="meters:take_back").before == second.after


def test_r110_a_departments_hours_and_those_of_a_folder_with_all_below_it(cast, now):
    dev, chemistry = Actor(cast.dev, Channel.WEB), Department.objects.get(name="Chemistry").id
    law = Department.objects.create(name="Law")
    Account.objects.filter(id=cast.eve).update(department=law)
    root = Folder.objects.get(id=cast.chemistry).parent_id
    made = [
        lecture(folder, who, now=now, duration_ms=hours * 3_600_000)
        for folder, who, hours in (
            (root, cast.alice, 1),
            (cast.chemistry, cast.alice, 2),
            (cast.physics, cast.eve, 4),  # to the owner's department, as in personal folders
        )
    ]
    with transaction():
        metering.settle(made, cause=Cause.READY, now=now)
    Recording.objects.filter(id=made[1]).update(keeping="ARCHIVED")
    with transaction():
        metering.settle(made[1:2], cause=Cause.ARCHIVED, now=now)
    use(chemistry, Category.RECORDED, 100, now, "2025-26")  # another year's
    for place in (
        {"department_id": chemistry},
        {"department_id": law.id},
        {"folder_id": root},
        {"folder_id": cast.physics},
    ):
        assert set_aside(dev, now, **place, recorded=9, is_enforced=True).is_permitted
    used = {
        one.name: (one.used_recorded_s // 3600, one.used_stored_s // 3600)
        for one in reads.list_allocations(YEAR)
        if one.department_id
    }
    assert used == {"Chemistry": (3, 1), "Law": (4, 4)}
    folders = {
        one.folder_id: (one.used_recorded_s // 3600, one.used_stored_s // 3600)
        for one in reads.list_allocations(YEAR)
        if one.folder_id
    }
    assert folders == {root: (3, 1), cast.physics: (4, 4)}

    def hit(folder, who) -> set:
        return {one.department_id or one.folder_id for one in reads.list_enforced(folder, who, YEAR)}

    assert hit(cast.chemistry, cast.alice) == {chemistry, root}
    assert hit(cast.physics, cast.eve) == {law.id, cast.physics}
    assert hit(cast.physics, cast.ben) == {cast.physics}
    Allocation.objects.update(is_enforced=False)
    assert hit(cast.chemistry, cast.alice) == set()


def test_r110_what_is_set_aside_refuses_uploads_only_where_it_may_and_never_teaching(cast, now):
    dev, chemistry = Actor(cast.dev, Channel.WEB), Department.objects.get(name="Chemistry").id
    use(chemistry, Category.STORED, 1, now)
    into = {"into": cast.chemistry, "owner": cast.alice, "now": now}
    assert set_aside(dev, now, department_id=chemistry).is_permitted
    assert metering.admit(Intake.UPLOAD, **into).is_permitted  # advice
    assert set_aside(dev, now, department_id=chemistry, is_enforced=True).is_permitted
    refused = metering.admit(Intake.UPLOAD, **into)
    assert (refused.code, refused.reasons[0].rule) == (Code.LIMIT_REACHED, "R110")
    assert metering.admit(Intake.SUBMISSION, **into).is_permitted
    assert metering.admit(Intake.UPLOAD, into=cast.physics, owner=cast.alice, now=now).is_permitted
    assert metering.admit(Intake.UPLOAD, now=now).is_permitted


def test_n51_crossing_75_90_and_100_percent_is_told_once_to_the_service_and_the_contact(cast, now):
    dev, chemistry = Actor(cast.dev, Channel.WEB), Department.objects.get(name="Chemistry").id
    office = "office@chemistry.example.org"
    Department.objects.filter(id=chemistry).update(contact_email=office)
    assert set_aside(dev, now, department_id=chemistry, recorded=100, stored=100).is_permitted

    def watch(at) -> set[tuple[object, str, str]]:
        Notice.objects.all().delete()
        metering.watch_meters(actor=system_actor(), now=at)
        rows = Notice.objects.filter(kind="N51")
        return {(row.recipient_id or row.address, row.values["percent"], str(row.values["what"])) for row in rows}

    hour = timedelta(hours=1)
    assert watch(now) == set()
    use(chemistry, Category.STORED, 75, now)
    told = watch(now + hour)
    assert {(who, step) for who, step, _what in told} == {(cast.dev, "75"), (office, "75")}
    assert {"stored" in what for _who, _step, what in told} == {True}
    assert watch(now + 2 * hour) == set()
    use(chemistry, Category.RECORDED, 100, now)
    assert {(who, step) for who, step, _what in watch(now + 3 * hour)} == {(cast.dev, "100"), (office, "100")}
    use(chemistry, Category.STORED, -10, now)
    assert watch(now + 4 * hour) == set()
    use(chemistry, Category.STORED, 10, now)
    assert len(watch(now + 5 * hour)) == 2  # crossed again
    next_year = now + timedelta(days=400)
    use(chemistry, Category.RECORDED, 80, next_year, "2027-28")
    assert {step for _who, step, _what in watch(next_year)} == {"75"}  # recorded hours began again (R105)


def test_n51_of_a_courses_folder_the_courses_department_is_told(cast, now):
    dev, office = Actor(cast.dev, Channel.WEB), "office@chemistry.example.org"
    Department.objects.filter(name="Chemistry").update(contact_email=office)
    Folder.objects.filter(id=cast.physics).update(course_id=COURSE, department_id=None)
    assert set_aside(dev, now, folder_id=cast.physics, stored=0).is_permitted
    metering.watch_meters(actor=system_actor(), now=now)
    told = {row.recipient_id or row.address for row in Notice.objects.filter(kind="N51")}
    assert told == {cast.dev, office}


@pytest.mark.slow
def test_r110_an_upload_is_refused_by_what_is_set_aside_for_the_folder(cast, now):
    from cathedra.actions.ingest import Wish
    from cathedra.actions.ingest._open import place_upload
    from cathedra.domain.ingest import RoomFacts

    dev = Actor(cast.dev, Channel.WEB)
    assert set_aside(dev, now, folder_id=cast.chemistry, stored=0, is_enforced=True).is_permitted
    room = RoomFacts(free_bytes=10**9, reserved_bytes=0, min_free_bytes=0, max_bytes=10**9)
    wish = Wish(length_bytes=5, name="one.mp4", folder_id=cast.chemistry)
    with transaction():
        sent = place_upload(wish, room, actor=Actor(cast.alice, Channel.WEB), now=now, keep=timedelta(hours=1))
    assert sent.code is Code.LIMIT_REACHED
    assert not Recording.objects.exists()

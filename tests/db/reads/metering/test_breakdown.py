"""Every breakdown adds up to what the domain says of each recording by itself, for every part of the library (R111)."""

import random
from collections import Counter
from dataclasses import asdict

import pytest

from cathedra.db.models import Account, Course, Department, Folder, Recording
from cathedra.db.reads import metering as reads
from cathedra.db.reads.metering import BrokenDown, Scope
from cathedra.db.writes import library
from cathedra.domain import metering
from cathedra.domain.library import FolderKind
from cathedra.domain.metering import By, Since
from tests.db.reads.metering.test_kept import by_the_rules, fill
from tests.lectures import lecture

SUMS = ("stored_s", "archived_s", "binned_s", "recordings")


@pytest.fixture
def every(cast, now):
    """Recordings in every standing, in folders of two departments and a course, of somebody who left."""
    law = Department.objects.create(name="Law")
    facts = {"short_name": "L", "full_name": "Law", "kind": "award", "department": law, "academic_year": "2025-26"}
    Folder.objects.filter(id=cast.physics).update(course=Course.objects.create(external_id="L", **facts))
    below = library.add_folder("Seminar", kind=FolderKind.GENERAL, parent_id=cast.chemistry, now=now)
    apart = library.add_folder("Apart", kind=FolderKind.GENERAL, parent_id=cast.chemistry, inherits=False, now=now)
    fill(cast, now, random.Random(111), [cast.chemistry, cast.physics, below, apart])
    Account.objects.filter(id=cast.eve).update(is_active=False, deactivated_at=now)
    rows = list(by_the_rules(Recording.objects.select_related("folder__course", "owner")))
    departments = {one.recording_id: one.department_id for one in reads.facts_of(row.id for row, _kept in rows)}
    return [(row, kept, departments[row.id]) for row, kept in rows]


def key_of(by: By, row, kept, department, now) -> str | None:
    """On which line of a breakdown a recording counts; None on none."""
    if (by is By.LEAVER and row.owner.is_active) or (by is By.BIN and not kept.is_binned):
        return None
    return {
        By.DEPARTMENT: str(department or ""),
        By.FOLDER: str(row.folder_id),
        By.ORIGIN: row.origin,
        By.ACADEMIC_YEAR: row.folder.course.academic_year if row.folder.course else "",
        By.LAST_WATCHED: metering.use_of(kept, now=now).value,
    }.get(by, str(row.owner_id))


def wanted(by: By, chosen, now) -> dict[str, tuple[int, ...]]:
    sums = {name: Counter() for name in SUMS}
    for row, kept, department in chosen:
        if (key := key_of(by, row, kept, department, now)) is not None:
            sums["recordings"][key] += 1
            sums["archived_s" if kept.is_archived else "stored_s"][key] += kept.seconds
            sums["binned_s"][key] += kept.seconds if kept.is_binned and not kept.is_archived else 0
    return {key: tuple(sums[name][key] for name in SUMS) for key in sums["recordings"]}


def told(rows: tuple[BrokenDown, ...]) -> dict[str, tuple[int, ...]]:
    return {one.key: tuple(asdict(one)[name] for name in SUMS) for one in rows}


@pytest.mark.slow
def test_r111_every_breakdown_of_every_part_is_what_the_domain_says_of_each_recording(cast, now, every):
    chemistry = Department.objects.get(name="Chemistry").id
    since, top = Since.at(now), Folder.objects.get(id=cast.chemistry)
    inside = {one.id for one in Folder.objects.filter(access_from_id=top.access_from_id)}
    scopes = {
        Scope(): every,
        Scope(owner=cast.alice): [each for each in every if each[0].owner_id == cast.alice],
        Scope(department=chemistry): [each for each in every if each[2] == chemistry],
        Scope(folder=cast.chemistry): [each for each in every if each[0].folder_id in inside],
    }
    for scope, chosen in scopes.items():
        assert 0 < len(chosen) <= len(every), scope
        for by in By:
            found = reads.break_down(scope, by, since, limit=None).rows
            assert told(found) == wanted(by, chosen, now), (scope, by)
    by_use = reads.break_down(Scope(), By.LAST_WATCHED, since, limit=None).rows
    assert {one.key for one in by_use} == set(metering.Use)  # the case is worth something


@pytest.mark.slow
def test_r111_lines_come_page_by_page_without_a_line_lost_or_told_twice(cast, now, every):
    for number in range(7):  # alike: what tells them apart is the last of the key
        new = library.add_folder(f"Empty {number}", kind=FolderKind.GENERAL, parent_id=cast.chemistry, now=now)
        Recording.objects.filter(id=every[number][0].id).update(folder_id=new)
    since = Since.at(now)
    whole = reads.break_down(Scope(), By.FOLDER, since, limit=None)
    assert (whole.after, len(whole.rows) > 7) == ("", True)
    found, after, turns = [], "", 0
    while turns == 0 or after:
        page = reads.break_down(Scope(), By.FOLDER, since, after=after, limit=2)
        found, after, turns = [*found, *page.rows], page.after, turns + 1
    assert tuple(found) == whole.rows
    sizes = [(-one.stored_s, -one.archived_s, one.key) for one in found]
    assert sizes == sorted(sizes)
    for made_up in ("x", "x.2.a", "..", "-1.0.a", "9999999999999999999.0.a", "1.1.\0"):
        assert reads.break_down(Scope(), By.FOLDER, since, after=made_up, limit=100).rows[:1] == whole.rows[:1]


def test_r111_lines_say_what_they_are(cast, now):
    lecture(cast.chemistry, cast.alice, now=now, title="One")
    since = Since.at(now)
    (folder,) = reads.break_down(Scope(), By.FOLDER, since, limit=5).rows
    assert (folder.name, folder.key, folder.is_leaver) == (
        Folder.objects.get(id=cast.chemistry).name,
        str(cast.chemistry),
        False,
    )
    (owner,) = reads.break_down(Scope(), By.OWNER, since, limit=5).rows
    assert (owner.name, owner.is_leaver) == ("Alice", False)
    assert reads.break_down(Scope(), By.LEAVER, since, limit=5).rows == ()
    Account.objects.filter(id=cast.alice).update(is_active=False, deactivated_at=now)
    (leaver,) = reads.break_down(Scope(), By.LEAVER, since, limit=5).rows
    assert (leaver.name, leaver.is_leaver) == ("Alice", True)
    (department,) = reads.break_down(Scope(), By.DEPARTMENT, since, limit=5).rows
    assert department.name == Department.objects.get().name

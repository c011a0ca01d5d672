"""Breakdowns of hours as pages and files: who sees which, and what they say (R111)."""

import csv
from io import StringIO

import pytest
from django.utils import timezone

from cathedra.db.models import Account, AuditEvent, Department, Folder
from cathedra.db.writes import playback
from cathedra.domain.metering import By
from cathedra.web import breakdown
from tests.lectures import lecture
from tests.web.browsing import client, text


@pytest.fixture
def shelf(cast):
    """Two hours of Alice's in Chemistry, one of them watched; one of Eve's in Physics, which has no department."""
    now = timezone.now()
    made = [
        lecture(place, who, now=now, title=title, duration_ms=3_600_000)
        for place, who, title in (
            (cast.chemistry, cast.alice, "One"),
            (cast.chemistry, cast.alice, "Two"),
            (cast.physics, cast.eve, "Three"),
        )
    ]
    playback.set_position(cast.ben, made[0], position_ms=5, now=now)
    return made


def address_of(cast) -> dict[str, str]:
    chemistry = Department.objects.get().id
    return {
        "own": "/account/hours/breakdown/",
        "folder": f"/folders/{cast.chemistry}/hours/breakdown/",
        "department": f"/account/hours/departments/{chemistry}/",
        "library": "/staff/hours/breakdown/",
    }


def rows(page: str) -> str:
    return page.split("<tbody>")[1].split("</tbody>")[0] if "<tbody>" in page else ""


def lines(answer) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text(answer), newline="")))


@pytest.mark.slow
def test_r111_everyone_has_the_breakdowns_of_what_the_rule_names_and_of_nothing_else(cast, shelf):
    Department.objects.update(contact_email="Chloe@Example.org")
    may = {
        "alice": ("own", "folder"),
        "chloe": ("own", "department"),
        "ben": ("own",),
        "dev": ("own", "folder", "library"),
    }
    for who, places in may.items():
        for name, address in address_of(cast).items():
            status = client(getattr(cast, who)).get(address).status_code
            assert (status == 200) == (name in places), (who, name, status)
            assert status in (200, 404), (who, name)
    assert client().get(address_of(cast)["department"]).status_code == 302
    Account.objects.filter(id=cast.chloe).update(email="other@example.org")
    assert client(cast.chloe).get(address_of(cast)["department"]).status_code == 404
    assert AuditEvent.objects.filter(target_id=str(cast.chemistry), actor_id=cast.dev).exists()  # R223: by office


@pytest.mark.slow
def test_r111_each_breakdown_says_its_lines_and_the_ways_lead_there(cast, shelf):
    Department.objects.update(contact_email="alice@example.org")
    name = Folder.objects.get(id=cast.chemistry).name
    mine, dev, where = client(cast.alice), client(cast.dev), address_of(cast)
    for place, by, said, unsaid in (
        ("own", "FOLDER", (name, "2.0"), ("Three", "Eve")),
        ("own", "LAST_WATCHED", ("Watched within a year", "Newer than four weeks", "1.0"), ()),
        ("own", "ORIGIN", ("Uploaded", "2.0"), ()),
        ("folder", "OWNER", ("Alice", "2.0"), ("Eve",)),
        ("department", "FOLDER", (name,), ()),
        ("department", "ACADEMIC_YEAR", ("2.0",), ()),
    ):
        found = rows(text(mine.get(where[place], {"by": by})))
        for one in said:
            assert one in found, (place, by, one, found)
        assert [one for one in unsaid if one in found] == [], (place, by)
    every = rows(text(dev.get(where["library"], {"by": "DEPARTMENT"})))
    assert ("Chemistry" in every, "No department" in every) == (True, True)
    assert "Nothing of this is kept" in text(dev.get(where["library"], {"by": "LEAVER"}))
    Account.objects.filter(id=cast.eve).update(is_active=False, deactivated_at=timezone.now())
    left = rows(text(dev.get(where["library"], {"by": "LEAVER"})))
    assert ("Eve" in left, "Has left" in left, "Alice" in left) == (True, True, False)
    assert where["own"] in text(mine.get("/account/hours/"))
    assert where["department"] in text(mine.get("/account/hours/"))
    assert where["folder"] in text(mine.get(f"/folders/{cast.chemistry}/hours/"))
    assert where["library"] in text(dev.get("/staff/hours/"))
    assert "by=OWNER" not in text(mine.get(where["own"]))  # they are the only one


@pytest.mark.slow
def test_r111_a_breakdown_is_taken_as_a_file_that_holds_every_line(cast, shelf):
    Folder.objects.filter(id=cast.chemistry).update(name="=cmd|x")
    where = address_of(cast)
    answer = client(cast.alice).get(where["folder"], {"by": "FOLDER", "format": "csv", "after": "1.1.x"})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"].startswith('attachment; filename="hours-by-folder-')
    (line,) = lines(answer)
    assert (line["name"], line["stored_s"], line["recordings"], line["stored_hours"]) == ("'=cmd|x", "7200", "2", "2.0")
    trail = AuditEvent.objects.get(action="meters:export")
    assert (trail.actor_id, trail.target_id) == (cast.alice, f"folder {cast.chemistry} FOLDER")
    for by in By:
        found = lines(client(cast.dev).get(where["library"], {"by": by, "format": "csv"}))
        assert all(one["by"] == by for one in found), by
    breakdown_pages = client(cast.dev).get(where["library"], {"by": "FOLDER"})
    assert breakdown.ROWS >= 2
    assert "format=csv" in text(breakdown_pages)


@pytest.mark.slow
def test_r111_a_long_breakdown_goes_on_on_the_next_page(cast, shelf):
    now = timezone.now()
    people = [
        Account(login_name=f"p{n}", full_name=f"P{n:03}", affiliation="student", created_at=now)
        for n in range(breakdown.ROWS)
    ]
    for one in Account.objects.bulk_create(people):
        lecture(cast.chemistry, one.id, now=now, title="L", duration_ms=1000)
    browser, address = client(cast.dev), "/staff/hours/breakdown/?by=OWNER"
    first = text(browser.get(address))
    assert rows(first).count("<tr>") == breakdown.ROWS
    onward = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = text(browser.get(f"/staff/hours/breakdown/{onward}"))
    assert rows(second).count("<tr>") == 2
    assert 'rel="next"' not in second
    assert len(lines(browser.get(f"{address}&format=csv"))) == breakdown.ROWS + 2

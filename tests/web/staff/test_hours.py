"""The page of hours: who sees it, what it says, who sets limits, and a month's statement (R38 row 23, R104 to R107)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from cathedra.actions import metering
from cathedra.db.models import Account, Allocation, AuditEvent, Department, LicenceLimit
from cathedra.db.reads import metering as reads
from cathedra.db.writes import metering as writes
from cathedra.db.writes import people
from cathedra.domain.metering import Category, Cause, Line
from cathedra.domain.people import SystemRole
from tests.lectures import lecture
from tests.web.browsing import client, text


def use(category: Category, hours: float, department=None) -> None:
    now = timezone.now()
    year = metering.calendar().year_of(now).label
    line = Line(uuid4(), category, round(hours * 3600), Cause.OPENING, now, year, department, uuid4(), "a")
    writes.add_lines([line])


@pytest.mark.slow
def test_r106_r107_the_page_says_how_full_it_is_and_whose_hours_they_are(cast):
    browser = client(cast.dev)
    assert "Nothing has been recorded yet" in text(browser.get("/staff/hours/"))
    use(Category.STORED, 95, Department.objects.get().id)
    use(Category.RECORDED, 12.5)
    answer = browser.post("/staff/hours/", {"recorded": "", "stored": "100", "archived": ""})
    assert answer["Location"] == "/staff/hours/"
    page = text(browser.get("/staff/hours/"))
    for said in ("95.0", "of 100.0 hours", "95 % used, 5.0 hours left", "Nearly used up", "12.5", "hours; no limit"):
        assert said in page, said
    table = page.split('id="departments"')[1].split("<tbody>")[1].split("</tbody>")[0]
    assert "Chemistry" in table
    assert "No department" in table
    assert AuditEvent.objects.filter(action="meters:set_limits").count() == 1
    wrong = browser.post("/staff/hours/", {"stored": "-1"})
    assert (wrong.status_code, LicenceLimit.objects.get().stored_s) == (422, 360_000)


@pytest.mark.slow
def test_r38_row_23_auditors_and_administrators_read_and_only_the_service_sets(cast, now):
    for role, may_see, may_set in (
        (SystemRole.AUDITOR, 200, 404),
        (SystemRole.SYS_ADMIN, 200, 404),
        (SystemRole.SERVICE_ADMIN, 200, 302),
        (SystemRole.VIDEOGRAPHER, 404, 404),
    ):
        people.give_system_role(cast.eve, role, reason="to try it", now=now)
        browser = client(cast.eve)
        page = browser.get("/staff/hours/")
        assert page.status_code == may_see, role
        assert ("Set the limits" in text(page)) == (may_set == 302), role
        assert browser.post("/staff/hours/", {"stored": "5"}).status_code == may_set, role
        people.take_system_role(cast.eve, role)
    assert client(cast.alice).get("/staff/hours/statement/", {"month": "2026-11"}).status_code == 404


def test_r104_a_months_statement_can_be_taken_and_that_is_on_the_trail(cast):
    browser = client(cast.dev)
    use(Category.STORED, 1, Department.objects.get().id)
    month = f"{timezone.localtime():%Y-%m}"
    first, again = (browser.get("/staff/hours/statement/", {"month": month}) for _ in range(2))
    assert first["Content-Type"] == "text/csv; charset=utf-8"
    assert text(first) == text(again)
    assert text(first).split("\r\n")[1] == f"{month},Chemistry,STORED,,0,3600,0,3600,1.0"
    assert AuditEvent.objects.filter(action="meters:export", target_id=month).count() == 2
    for wrong in ("", "2026-13", "2026-1", "0001-01", "x"):
        assert browser.get("/staff/hours/statement/", {"month": wrong}).status_code == 400, wrong


@pytest.mark.slow
def test_r109_r111_the_page_says_what_would_save_most_and_what_is_kept(cast):
    now = timezone.now()
    browser = client(cast.dev)
    assert "Nothing can be freed" in text(browser.get("/staff/hours/"))
    old, hour = now - timedelta(days=100), 3_600_000
    lecture(cast.chemistry, cast.alice, now=old, title="Secret title", duration_ms=3 * hour)
    lecture(cast.chemistry, cast.eve, now=old, duration_ms=5 * hour, keeping="RECYCLED")
    lecture(cast.physics, cast.eve, now=now, duration_ms=2 * hour, keeping="ARCHIVED", origin="browser")
    Account.objects.filter(id=cast.eve).update(is_active=False, deactivated_at=now)
    page = text(browser.get("/staff/hours/"))

    def part(name: str) -> str:
        return page.split(f'id="{name}"')[1].split("</section>")[0]

    saves = part("savings")
    assert "Deleting alone frees nothing until the bin is emptied" in saves
    assert saves.index("Empty the bin") < saves.index("5.0") < saves.index("Archive what nobody") < saves.index("3.0")
    assert "/account/hours/" in saves
    assert "Recorded in the browser" in part("origins")
    assert ("37 %" in part("uses"), "62 %" in part("uses")) == (True, True)
    owners, leavers = part("owners"), part("leavers")
    assert owners.index("Eve") < owners.index("Alice")
    assert ("Eve" in leavers, "Alice" in leavers, "Has left" in leavers) == (True, False, True)
    assert "Secret title" not in page  # R26: sums, nothing of single recordings
    assert page.count('data-hours="') == 3
    assert page.count("The same in figures") == 3


@pytest.mark.slow
def test_r110_hours_are_set_aside_and_taken_back_on_a_page_that_shows_what_is_promised_too_much(cast, now):
    address = "/staff/hours/allocations/"
    browser, chemistry = client(cast.dev), Department.objects.get().id
    assert "Nothing is set aside" in text(browser.get(address))
    assert address in text(browser.get("/staff/hours/"))
    use(Category.STORED, 45, chemistry)
    browser.post("/staff/hours/", {"stored": "80"})
    answer = browser.post(address, {"department": str(chemistry), "stored": "50"})
    assert answer["Location"] == address
    folder = f"https://lectures.example.org/folders/{cast.physics}/access/"
    assert browser.post(address, {"folder": folder, "stored": "60", "is_enforced": "on"}).status_code == 302
    page = text(browser.get(address))
    for said in ("45.0 of 50.0 hours stored, 90 %", "Nearly used up", "Physics", "Refuses when used up", "Advice",
                 "30.0 hours stored above the limit of 80.0"):  # fmt: skip
        assert said in page, said
    for wrong in ({"stored": "5"}, {"folder": "x", "stored": "5"}, {"department": str(chemistry)}, {"department": "x"},
                  {"folder": f"/folders/{uuid4()}/", "stored": "5"}):  # fmt: skip
        assert browser.post(address, wrong).status_code == 422, wrong
    mine = Allocation.objects.get(department_id=chemistry).id
    people.give_system_role(cast.eve, SystemRole.AUDITOR, reason="to try it", now=now)
    reader = client(cast.eve)
    assert "Set aside" not in text(reader.get(address)).split("<main")[1]
    assert reader.post(address, {"department": str(chemistry), "stored": "1"}).status_code == 404
    assert reader.post(f"{address}{mine}/remove/").status_code == 404
    assert Allocation.objects.count() == 2
    assert browser.post(f"{address}{mine}/remove/")["Location"] == address
    assert "taken back" not in text(browser.get(address))
    assert browser.post(f"{address}{mine}/remove/")["Location"] == address
    assert "Somebody else took it back" in text(browser.get(address))
    assert Allocation.objects.count() == 1


@pytest.mark.slow
def test_r108_exceptions_are_asked_for_given_and_ended_on_pages(cast, now):
    address, dev = "/staff/hours/exceptions/", client(cast.dev)
    assert address in text(dev.get("/staff/hours/"))
    assert "Nobody has an exception" in text(dev.get(address))
    use(Category.STORED, 2)
    dev.post("/staff/hours/", {"stored": "1"})
    mine = client(cast.alice)
    assert "Ask for an exception" in text(mine.get("/account/hours/"))
    assert mine.post("/account/hours/exception/", {"reason": " "})["Location"] == "/account/hours/"
    assert "Say what this is needed for" in text(mine.get("/account/hours/"))
    mine.post("/account/hours/exception/", {"reason": "A guest <b>speaks</b>."})
    page = text(mine.get("/account/hours/"))
    assert ("You asked for an exception" in page, "Ask for an exception" in page) == (True, False)
    waiting = text(dev.get(address))
    assert "A guest &lt;b&gt;speaks&lt;/b&gt;." in waiting
    assert 'value="alice"' in text(dev.get(f"{address}?for=alice"))
    day = f"{timezone.localdate() + timedelta(days=7):%Y-%m-%d}"
    for wrong in ({"until": "2020-01-01"}, {"login_name": "nobody"}, {"reason": ""}, {"until": "x"}):
        given = {"login_name": "alice", "reason": "Yes.", "until": day, **wrong}
        assert dev.post(address, given).status_code == 422, wrong
    assert dev.post(address, {"login_name": "alice", "reason": "Yes.", "until": day})["Location"] == address
    assert "You have an exception from the limits until" in text(mine.get("/account/hours/"))
    row = reads.list_exceptions(timezone.now())[0]
    people.give_system_role(cast.eve, SystemRole.AUDITOR, reason="to try it", now=now)
    reader = client(cast.eve)
    assert ("Alice" in text(reader.get(address)), "End it" in text(reader.get(address))) == (True, False)
    for who, status in ((reader, 404), (mine, 404), (dev, 302), (dev, 302)):
        assert who.post(f"{address}{row.id}/end/").status_code == status
    assert "Somebody else ended it" in text(dev.get(address))
    assert reader.post(address, {"login_name": "eve", "reason": "Mine.", "until": day}).status_code == 404


@pytest.mark.slow
def test_r106_r107_r111_gauges_every_day_and_departments_are_taken_as_files(cast):
    browser = client(cast.dev)
    Department.objects.update(name="@Chemistry")
    use(Category.STORED, 1, Department.objects.get().id)
    taken = {}
    for wanted in ("gauges", "series", "departments"):
        answer = browser.get("/staff/hours/figures/", {"of": wanted})
        assert answer["Content-Type"] == "text/csv; charset=utf-8", wanted
        assert f'filename="hours-{wanted}-' in answer["Content-Disposition"], wanted
        taken[wanted] = text(answer).split("\r\n")
        assert AuditEvent.objects.filter(action="meters:export", target_id=wanted, actor_id=cast.dev).count() == 1
    year = metering.calendar().year_of(timezone.now()).label
    assert f"{year},STORED,3600,,ok" in taken["gauges"]
    assert f"{year},'@Chemistry,0,3600,0" in taken["departments"]
    assert f"STORED,{timezone.localdate()},,3600,," in taken["series"]
    ahead = [line for line in taken["series"] if line.startswith("STORED,") and ",yes," in line]
    assert all(line.count(",") == 5 for line in ahead)
    assert sum(line.startswith("STORED,") for line in taken["series"]) == 365 + len(ahead)
    assert browser.get("/staff/hours/figures/", {"of": "x"}).status_code == 400
    assert client(cast.alice).get("/staff/hours/figures/", {"of": "gauges"}).status_code == 404
    page = text(browser.get("/staff/hours/"))
    assert [f"?of={one}" in page for one in taken] == [True] * 3

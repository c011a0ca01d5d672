"""Hours by the API, under the same rule as the page (R227)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from cathedra.actions import metering
from cathedra.db.models import AuditEvent, Department
from cathedra.db.writes import metering as writes
from cathedra.domain.metering import Category, Cause, Line
from tests.lectures import lecture
from tests.web.browsing import client


def test_r227_hours_in_seconds_against_the_limits_and_by_department(cast):
    now = timezone.now()
    year = metering.calendar().year_of(now).label
    chemistry = Department.objects.get()
    writes.add_lines([Line(uuid4(), Category.STORED, 61, Cause.OPENING, now, year, chemistry.id, uuid4(), "a")])
    assert client(cast.alice).get("/api/hours").status_code == 404
    found = client(cast.dev).get("/api/hours").json()
    assert found["licence_year"] == year
    assert found["gauges"][1] == {"category": "STORED", "used_s": 61, "limit_s": None, "level": "ok"}
    assert found["departments"] == [
        {"department_id": str(chemistry.id), "name": "Chemistry", "recorded_s": 0, "stored_s": 61, "archived_s": 0}
    ]


def test_r107_r227_the_year_by_day_and_the_forecast_for_charts(cast):
    now = timezone.now()
    year = metering.calendar().year_of(now).label
    writes.add_lines([Line(uuid4(), Category.STORED, 61, Cause.READY, now, year, None, uuid4(), "a")])
    assert client(cast.alice).get("/api/hours/series").status_code == 404
    found = {each["category"]: each for each in client(cast.dev).get("/api/hours/series").json()["series"]}
    assert set(found) == {"RECORDED", "STORED", "ARCHIVED"}
    stored = found["STORED"]
    assert (stored["limit_s"], len(stored["past_s"]), stored["past_s"][-2:]) == (None, 365, [0, 61])
    lengths = {len(stored[name]) for name in ("likely_s", "low_s", "high_s")}
    assert len(lengths) == 1
    assert lengths != {0}
    assert found["ARCHIVED"]["likely_s"] == []


@pytest.mark.slow
def test_r111_r227_own_hours_a_folders_hours_and_those_of_the_library(cast):
    old = timezone.now() - timedelta(days=100)
    binned = lecture(cast.chemistry, cast.alice, now=old, title="Gone", keeping="RECYCLED")
    idle = lecture(cast.chemistry, cast.alice, now=old, title="Idle", duration_ms=120_000)
    mine = client(cast.alice).get("/api/me/hours").json()
    assert (mine["stored_s"], mine["by_use"]["BINNED"], mine["recorded_s"]) == (180, 60, 0)
    assert [one["recording_id"] for one in mine["bin"]] == [str(binned)]
    assert [(one["title"], one["seconds"]) for one in mine["unwatched"]] == [("Idle", 120)]
    assert [one["recording_id"] for one in mine["largest"]] == [str(idle)]
    saves = [{"step": "ARCHIVE_NEVER_WATCHED", "seconds": 120, "recordings": 1},
             {"step": "EMPTY_BIN", "seconds": 60, "recordings": 1}]  # fmt: skip
    assert mine["savings"] == saves
    assert client(cast.ben).get("/api/me/hours").json()["stored_s"] == 0
    address = f"/api/folders/{cast.chemistry}/hours"
    found = client(cast.alice).get(address).json()
    assert (found["stored_s"], found["savings"], "largest" in found) == (180, saves, False)
    assert client(cast.ben).get(address).status_code == 404
    assert AuditEvent.objects.filter(action="folder:look_at").count() == 0
    assert client(cast.dev).get(address).status_code == 200
    assert AuditEvent.objects.filter(action="folder:look_at", actor_id=cast.dev).count() == 1  # R223
    assert client(cast.alice).get("/api/hours/kept").status_code == 404
    library = client(cast.dev).get("/api/hours/kept").json()
    assert (library["savings"], library["origins"][0]["name"]) == (saves, "upload")
    assert [(one["name"], one["binned_s"]) for one in library["owners"]] == [("Alice", 60)]
    assert library["leavers"] == []


@pytest.mark.slow
def test_r106_r110_r227_limits_and_hours_set_aside(cast):
    dev, alice, json = client(cast.dev), client(cast.alice), {"content_type": "application/json"}
    year = metering.calendar().year_of(timezone.now()).label
    limits, aside = f"/api/hours/limits/{year}", "/api/hours/allocations"
    assert alice.put(limits, {"stored": 5}, **json).status_code == 404
    assert dev.put(limits, {"stored": 5}, **json).status_code == 204
    assert dev.get("/api/hours").json()["gauges"][1]["limit_s"] == 18_000
    assert dev.put("/api/hours/limits/x", {"stored": 5}, **json).json()["rule"] == "R106"
    new = {"folder_id": str(cast.physics), "stored": 2, "is_enforced": True}
    assert alice.post(aside, new, **json).status_code == 404
    assert dev.post(aside, new, **json).status_code == 204
    assert dev.post(aside, {"stored": 2}, **json).json()["rule"] == "R110"
    line = dev.get(aside).json()[0]
    assert (line["name"], line["stored_s"], line["used_stored_s"], line["is_enforced"]) == ("Physics", 7200, 0, True)
    assert alice.get(aside).status_code == 404
    assert alice.delete(f"{aside}/{line['id']}").status_code == 404
    assert dev.delete(f"{aside}/{line['id']}").status_code == 204
    assert dev.delete(f"{aside}/{line['id']}").json()["code"] == "CONFLICT"
    assert AuditEvent.objects.filter(action="meters:set_aside", channel="API").count() == 1


def test_r108_r227_exceptions_from_the_limits(cast):
    dev, mine = client(cast.dev), client(cast.alice)

    def post(browser, address, **body):
        return browser.post(f"/api/{address}", body, content_type="application/json").status_code

    assert (post(mine, "me/hours/exception", reason=""), post(mine, "me/hours/exception", reason="A guest.")) == (
        400,
        204,
    )
    assert mine.get("/api/hours/exceptions").status_code == 404
    until = (timezone.now() + timedelta(days=7)).isoformat()
    given = {"login_name": "alice", "reason": "Yes.", "until": until}
    assert (post(mine, "hours/exceptions", **given), post(dev, "hours/exceptions", **given)) == (404, 204)
    assert post(dev, "hours/exceptions", **{**given, "until": "2020-01-01T00:00:00"}) == 400
    (row,) = dev.get("/api/hours/exceptions").json()
    assert (row["login_name"], row["reason"], row["given_by"]) == ("alice", "Yes.", "Dev")
    address = f"/api/hours/exceptions/{row['id']}"
    assert [who.delete(address).status_code for who in (mine, dev, dev)] == [404, 204, 409]
    freeing = dev.get("/api/hours/series").json()["freeing"]
    assert freeing == {"archive_run": None, "bins_s": 0}  # R107: nobody has looked yet


@pytest.mark.slow
def test_r111_r227_breakdowns_by_the_api_are_for_those_whom_the_rule_names(cast):
    now = timezone.now()
    lecture(cast.chemistry, cast.alice, now=now, title="One", duration_ms=120_000)
    lecture(cast.physics, cast.eve, now=now, title="Two", duration_ms=60_000)
    Department.objects.update(contact_email="chloe@example.org")
    department = f"/api/me/hours/departments/{Department.objects.get().id}"
    folder = f"/api/folders/{cast.chemistry}/hours/breakdown"
    may = {
        "/api/hours/breakdown": ("dev",), "/api/me/hours/breakdown": ("alice", "ben", "chloe", "dev"),
        folder: ("alice", "dev"), department: ("chloe",),
    }  # fmt: skip
    for address, people in may.items():
        for who in ("alice", "ben", "chloe", "dev"):
            status = client(getattr(cast, who)).get(address).status_code
            assert status == (200 if who in people else 404), (address, who)
    assert [one["stored_s"] for one in client(cast.alice).get(folder).json()["rows"]] == [120]
    assert AuditEvent.objects.filter(action="folder:look_at", actor_id=cast.dev).count() == 1  # R223
    (mine,) = client(cast.alice).get("/api/me/hours/breakdown", {"by": "ORIGIN"}).json()["rows"]
    assert (mine["key"], mine["stored_s"], mine["recordings"]) == ("upload", 120, 1)
    first = client(cast.dev).get("/api/hours/breakdown", {"by": "OWNER", "limit": 1}).json()
    second = client(cast.dev).get("/api/hours/breakdown", {"by": "OWNER", "limit": 1, "after": first["after"]}).json()
    assert [one["name"] for one in (*first["rows"], *second["rows"])] == ["Alice", "Eve"]
    assert second["after"] == ""
    assert client(cast.dev).get("/api/hours/breakdown", {"by": "x"}).status_code == 422
    (theirs,) = client(cast.chloe).get("/api/me/hours").json()["departments"]
    assert theirs["name"] == "Chemistry"
    assert client(cast.alice).get("/api/me/hours").json()["departments"] == []


def test_r104_r227_a_months_statement_by_the_api_is_that_of_the_file_and_on_the_trail(cast):
    now = timezone.now()
    year = metering.calendar().year_of(now).label
    chemistry = Department.objects.get()
    writes.add_lines([Line(uuid4(), Category.STORED, 61, Cause.OPENING, now, year, chemistry.id, uuid4(), "a")])
    month = f"{timezone.localtime():%Y-%m}"
    assert client(cast.alice).get("/api/hours/statement", {"month": month}).status_code == 404
    found = client(cast.dev).get("/api/hours/statement", {"month": month}).json()
    assert found == {"month": month, "lines": [{
        "department_id": str(chemistry.id), "name": "Chemistry", "category": "STORED", "licence_year": "",
        "opening_s": 0, "added_s": 61, "removed_s": 0, "closing_s": 61,
    }]}  # fmt: skip
    assert AuditEvent.objects.filter(action="meters:export", target_id=month, channel="API").count() == 1
    assert client(cast.dev).get("/api/hours/statement", {"month": "2026-13"}).json()["rule"] == "R104"

"""Hours by the API, under the same rule as the page (R227)."""

from uuid import uuid4

from django.utils import timezone

from cathedra.actions import metering
from cathedra.db.models import Department
from cathedra.db.writes import metering as writes
from cathedra.domain.metering import Category, Cause, Line
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

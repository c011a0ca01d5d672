"""The timetable for programs: sent, asked after, tried again (R156, R227)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cathedra.actions import scheduling as actions
from cathedra.db.models import Schedule, TimetableEvent
from tests.actions.scheduling.feeds import RULES, event, prepare
from tests.web.browsing import client

pytestmark = pytest.mark.slow


@pytest.fixture
def soon(cast):
    prepare(cast, timezone.now())
    day = (timezone.now() + timedelta(days=2)).date().isoformat()
    return {"starts_at": f"{day}T09:00", "ends_at": f"{day}T10:00"}


def post(who, address, body):
    return client(who).post(f"/api/timetable{address}", body, content_type="application/json")


def test_r156_a_program_sends_events_and_asks_what_became_of_them(cast, soon):
    feed = {"events": [event(1, **soon), event(2, room="Nowhere", **soon), event(3, **soon) | {"cancelled": True}]}
    answer = post(cast.ben, "", feed)
    assert (answer.status_code, answer.json()["ended_at"], answer.json()["dry_run"]) == (202, None, False)
    run_id = answer.json()["id"]
    actions.work_timetable(run_id, rules=RULES, now=timezone.now())
    found = client(cast.ben).get(f"/api/timetable/runs/{run_id}").json()
    assert found["counts"] == {"MADE": 1, "FAILED": 1, "UNCHANGED": 1}
    wrong = found["lines"][1]
    assert (wrong["line"], wrong["event"], wrong["rule"]) == (2, "E2", "R156")
    assert "“Nowhere”" in wrong["message"]
    assert client(cast.dev).get(f"/api/timetable/runs/{run_id}").status_code == 200
    assert client(cast.alice).get(f"/api/timetable/runs/{run_id}").status_code == 404
    assert Schedule.objects.get().external_id == "E1"


def test_r156_a_trial_does_nothing(cast, soon):
    run_id = post(cast.ben, "", {"events": [event(**soon)], "dry_run": True}).json()["id"]
    actions.work_timetable(run_id, rules=RULES, now=timezone.now())
    assert client(cast.ben).get(f"/api/timetable/runs/{run_id}").json()["counts"] == {"MADE": 1}
    assert Schedule.objects.count() == 0


def test_r156_failures_are_listed_and_tried_again(cast, soon):
    run_id = post(cast.ben, "", {"events": [event(2, room="Nowhere", **soon)]}).json()["id"]
    actions.work_timetable(run_id, rules=RULES, now=timezone.now())
    TimetableEvent.objects.update(attempts=3, try_at=None)
    (row,) = client(cast.ben).get("/api/timetable/failed").json()
    assert (row["event"], row["attempts"], row["try_at"], row["code"]) == ("E2", 3, None, "NOT_FOUND")
    assert post(cast.ben, "/again", {"events": ["E3"]}).json() == {"events": 0}
    assert post(cast.ben, "/again", {}).json() == {"events": 1}
    assert TimetableEvent.objects.get().attempts == 0


def test_r156_to_everybody_else_it_is_not_there(cast, soon):
    assert post(cast.alice, "", {"events": [event(**soon)]}).status_code == 404
    assert post(cast.alice, "/again", {}).status_code == 404
    assert client(cast.alice).get("/api/timetable/failed").status_code == 404
    assert post(cast.ben, "", {"events": []}).status_code == 422

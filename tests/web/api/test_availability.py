"""Availability by API (R44 to R50, R227)."""

import pytest

from cathedra.db.models import Recording
from tests.lectures import lecture
from tests.web.browsing import client

JSON = {"content_type": "application/json"}


@pytest.mark.slow
def test_r227_times_are_set_told_and_cleared_by_api(cast, now):
    chloe, ben = client(cast.chloe), client(cast.ben)
    made = lecture(cast.chemistry, cast.alice, now=now)
    folder, one = f"/api/folders/{cast.chemistry}", f"/api/recordings/{made}"
    times = {"start": "date", "starts_at": "2030-07-01T09:00:00", "release_delay_hours": 12}
    told = chloe.put(f"{folder}/availability", times, **JSON).json()
    assert told["starts_at"] in ("2030-07-01T09:00:00+01:00", "2030-07-01T08:00:00Z")
    assert chloe.get(f"{folder}/availability").json()["release_delay_hours"] == 12
    assert chloe.put(f"{folder}/availability", {"release_delay_hours": 300}, **JSON).json()["rule"] == "R49"
    assert chloe.put(f"{one}/availability", {"start": "never"}, **JSON).json()["start"] == "never"
    assert chloe.get(f"{one}/availability").json()["start"] == "never"
    assert chloe.post(f"{folder}/clear-overrides").json() == {"count": 1}
    chloe.put(f"{one}/availability", {"start": "immediately"}, **JSON)
    assert chloe.post(f"{one}/follow-folder").status_code == 204
    assert Recording.objects.get(id=made).start == "with_folder"
    for answer in (
        ben.get(f"{folder}/availability"),
        ben.put(f"{folder}/availability", {}, **JSON),
        ben.post(f"{folder}/clear-overrides"),
        ben.get(f"{one}/availability"),
        ben.put(f"{one}/availability", {}, **JSON),
        ben.post(f"{one}/follow-folder"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, "NO_PERMISSION")

"""Folders in the bin over the API: the same decisions as the pages (R138, R140, R227)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.actions.retention.archives import keeping, kept, stores
from tests.web.browsing import client


@pytest.mark.slow
def test_r227_a_folder_goes_and_comes_back_for_programs(cast):
    made = kept(cast, stores(), timezone.now() - timedelta(days=1))
    alice, ben, address = client(cast.alice), client(cast.ben), f"/api/folders/{cast.chemistry}"
    shown = alice.get(f"{address}/deletion").json()
    assert {name: shown[name] for name in ("may", "code", "folders", "recordings", "obstacles", "copies")} == {
        "may": True, "code": "ALLOW", "folders": 1, "recordings": 1, "obstacles": [], "copies": [],
    }  # fmt: skip
    assert ben.get(f"{address}/deletion").status_code == ben.post(f"{address}/recycle").status_code == 404
    unit = alice.post(f"{address}/recycle").json()["unit_id"]
    assert [row["unit_id"] for row in alice.get("/api/bin").json()["folders"]] == [unit]
    assert alice.get(f"{address}/deletion").status_code == 404
    back = f"/api/bin/folders/{unit}/take-back"
    assert ben.post(back).status_code == 404
    assert alice.post(back).json() == {"unit_id": unit}
    assert keeping(made) == "ONLINE"
    assert alice.post(f"/api/recordings/{made}/make-full").json()["rule"] == "R140"
    assert ben.post(f"/api/recordings/{made}/make-full").status_code == 404

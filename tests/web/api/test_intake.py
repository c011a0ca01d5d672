"""The intake list for programs, under the same rules as the pages (R93, R227)."""

import pytest
from django.utils import timezone

from cathedra.db.models import Recording, Source
from cathedra.db.writes import ingest as writes
from cathedra.db.writes import library
from cathedra.domain.library import Keeping, MediaState, Origin
from tests.policies import activate
from tests.web.api.test_declarations import SAID
from tests.web.browsing import client

pytestmark = pytest.mark.slow


@pytest.fixture
def imported(cast):
    now = timezone.now()
    made = library.add_recording(
        cast.chemistry,
        title="Supervision",
        owner_id=cast.alice,
        created_by_id=cast.alice,
        origin=Origin.IMPORT,
        now=now,
    )
    Source.objects.create(
        recording_id=made, position=0, original_name="zoom.mp4", size_bytes=9, object_key="", received_at=now
    )
    writes.add_to_intake(made, brought_by=cast.alice, now=now)
    return made


def post(who, address, body=None):
    return client(who).post(address, body or {}, content_type="application/json")


def test_r227_the_list_and_keeping(cast, imported):
    activate(timezone.now())
    (row,) = client(cast.alice).get("/api/intake").json()
    assert (row["id"], row["title"], row["size_bytes"]) == (str(imported), "Supervision", 9)
    assert client(cast.chloe).get("/api/intake").json() == []
    address = f"/api/intake/{imported}/keep"
    assert post(cast.chloe, address, {"declaration": SAID}).status_code == 404
    assert post(cast.alice, address).json()["rule"] == "R84"
    assert post(cast.alice, address, {"declaration": {**SAID, "category": "meeting"}}).status_code == 403
    kept = post(cast.alice, address, {"declaration": SAID})
    assert (kept.status_code, kept.json()["verdict"]["verdict"]) == (200, "PERMITTED")
    assert Recording.objects.get(id=imported).media_state == MediaState.RECEIVED
    again = post(cast.alice, address, {"declaration": SAID})
    assert (again.status_code, again.json()["rule"]) == (409, "R93")


def test_r227_discarding(cast, imported):
    address = f"/api/intake/{imported}/discard"
    assert post(cast.dev, address).status_code == 404
    assert post(cast.alice, address).status_code == 204
    assert Recording.objects.get(id=imported).keeping == Keeping.RECYCLED
    assert post(cast.alice, address).status_code == 409

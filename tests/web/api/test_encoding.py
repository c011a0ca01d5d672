"""A recording that failed is processed again, for programs (T18)."""

from cathedra.db.models import Recording, Source
from cathedra.domain.library import MediaState
from tests.lectures import lecture
from tests.web.browsing import client


def test_t18_it_is_on_its_way_or_the_answer_says_why_not(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now, media=MediaState.FAILED)
    address = f"/api/recordings/{made}/process-again"
    copied = client(cast.alice).post(address)
    assert (copied.status_code, copied.json()["code"]) == (409, "ILLEGAL_TRANSITION")  # there is no file of it here
    Source.objects.create(
        recording_id=made, position=0, original_name="one.mp4", size_bytes=1, object_key="", received_at=now
    )
    assert client(cast.ben).post(address).status_code == 404
    assert client(cast.alice).post(address).status_code == 202
    assert Recording.objects.get(id=made).media_state == "PREPARING"
    assert client(cast.alice).get(f"/api/recordings/{made}/progress").json()["state"] == "processing"
    assert client(cast.alice).post(f"/api/recordings/{cast.ben}/process-again").status_code == 404

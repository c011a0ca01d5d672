"""Downloads by API (R204, R227)."""

import pytest

from cathedra import wiring
from cathedra.db.models import AuditEvent, Folder, Recording
from tests.lectures import keep_original, lecture
from tests.web.browsing import client

JSON = {"content_type": "application/json"}


@pytest.mark.slow
def test_r227_what_may_be_downloaded_is_told_by_api_and_who_may_is_set(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    alice, ben = client(cast.alice), client(cast.ben)
    one, folder = f"/api/recordings/{made}", f"/api/folders/{cast.chemistry}"
    assert [file["is_ready"] for file in alice.get(f"{one}/downloads").json()] == [False]
    source = keep_original(made, wiring.object_store(), b"12345")
    (file,) = alice.get(f"{one}/downloads").json()
    assert file == {
        "id": str(source),
        "picture": "only",
        "file_name": "Entropy.mp4",
        "size_bytes": 5,
        "is_ready": True,
        "url": f"/recordings/{made}/download/{source}/",
    }
    assert alice.get(file["url"])["X-Accel-Redirect"] == f"/originals/{made}/{source}"
    assert ben.get(f"{one}/downloads").status_code == 404
    assert client().get(f"{one}/downloads").status_code == 401
    assert alice.get(f"{folder}/downloads").json() == {"policy": None, "counts": "creators"}
    set_to = {"policy": "viewers"}
    assert alice.put(f"{folder}/downloads", set_to, **JSON).json() == {"policy": "viewers", "counts": "viewers"}
    assert ben.get(f"{one}/downloads").json() == [file]
    assert alice.put(f"{one}/download-policy", set_to, **JSON).json()["rule"] == "R204"
    told = alice.put(f"{one}/download-policy", {"policy": "creators"}, **JSON).json()
    assert told == alice.get(f"{one}/download-policy").json() == {"policy": "creators", "counts": "creators"}
    assert ben.get(f"{one}/downloads").json()["code"] == "NO_PERMISSION"
    for answer in (
        ben.get(f"{folder}/downloads"),
        ben.put(f"{folder}/downloads", set_to, **JSON),
        ben.get(f"{one}/download-policy"),
        ben.put(f"{one}/download-policy", {"policy": None}, **JSON),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, "NO_PERMISSION")
    assert (Folder.objects.get(id=cast.chemistry).downloads, Recording.objects.get(id=made).downloads) == (
        "viewers",
        "creators",
    )
    assert AuditEvent.objects.filter(action__endswith="set_downloads", channel="API").count() == 2

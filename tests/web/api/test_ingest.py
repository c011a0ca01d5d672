"""Uploads of mine."""

from datetime import timedelta

from django.utils import timezone

from cathedra.db.models import Upload
from tests.web.browsing import client


def upload(account_id, fingerprint="f", state="OPEN"):
    now = timezone.now()
    return Upload.objects.create(
        account_id=account_id, kind="WHOLE", state=state, original_name="one.mp4", fingerprint=fingerprint,
        length_bytes=100, offset_bytes=40, created_at=now, updated_at=now, expires_at=now + timedelta(days=1),
    )  # fmt: skip


def test_unfinished_uploads_are_mine(cast):
    mine = upload(cast.alice)
    upload(cast.dev)
    (row,) = client(cast.alice).get("/api/uploads").json()
    assert (row["id"], row["url"], row["offset_bytes"], row["length_bytes"], row["state"]) == (
        str(mine.id), f"/files/{mine.id}", 40, 100, "OPEN",
    )  # fmt: skip


def test_a_file_is_known_by_its_fingerprint_to_its_owner_only(cast):
    upload(cast.alice, fingerprint="camera|1|2")
    assert len(client(cast.alice).get("/api/uploads", {"fingerprint": "camera|1|2"}).json()) == 1
    assert client(cast.alice).get("/api/uploads", {"fingerprint": "other"}).json() == []
    assert client(cast.dev).get("/api/uploads", {"fingerprint": "camera|1|2"}).json() == []
    assert client(cast.alice).get("/api/uploads", {"fingerprint": "\0"}).json() == []
    assert client(cast.alice).get("/api/uploads", {"folder": "x", "fingerprint": "f"}).status_code == 422

"""The same notices and choices as the pages (R227)."""

import pytest

from cathedra.db.models import Notice
from cathedra.db.writes import notices as writes
from cathedra.domain.notices import WORDINGS, NoticeKind
from tests.web.browsing import client

pytestmark = pytest.mark.django_db


def test_notices_are_listed_and_read(cast, now):
    for number in range(3):
        writes.add(
            NoticeKind.REJECTED, event=str(number), to=[cast.alice], values=WORDINGS[NoticeKind.REJECTED].example,
            link="/upload/", now=now,
        )  # fmt: skip
    browser = client(cast.alice)
    first = browser.get("/api/notices", {"limit": 2}).json()
    assert len(first["rows"]) == 2
    assert len(browser.get("/api/notices", {"after": first["after"]}).json()["rows"]) == 1
    row = first["rows"][0]
    assert row["subject"] == "“Entropy and the second law” was returned to you"
    assert (row["kind"], row["link"], row["read_at"]) == ("N12", "/upload/", None)
    assert client(cast.ben).post(f"/api/notices/{row['id']}/read").status_code == 404
    browser = client(cast.alice)
    assert browser.post(f"/api/notices/{row['id']}/read").status_code == 204
    assert len(browser.get("/api/notices", {"unread": True}).json()["rows"]) == 2
    assert browser.post("/api/notices/read").json() == {"count": 2}
    assert not Notice.objects.filter(read_at=None).exists()


def test_choices_are_listed_and_made_r229(cast):
    browser = client(cast.alice)
    put = {"content_type": "application/json"}
    assert browser.put("/api/notices/choices/N6", {"choice": "OFF"}, **put).status_code == 204
    chosen = {row["kind"]: row for row in browser.get("/api/notices/choices").json()}
    assert set(chosen) == set(NoticeKind)
    assert (chosen["N6"]["choice"], chosen["N12"]["choice"], chosen["N12"]["is_must"]) == ("OFF", "AT_ONCE", True)
    refused = browser.put("/api/notices/choices/N12", {"choice": "OFF"}, **put)
    assert (refused.status_code, refused.json()["rule"]) == (409, "R229")
    for address, body in (("N999", {"choice": "OFF"}), ("N6", {"choice": "PIGEON"})):
        assert browser.put(f"/api/notices/choices/{address}", body, **put).status_code == 422

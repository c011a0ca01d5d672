"""Every page of this part: who is let in, and that the others are told of nothing (R38 rows 11 and 12, R42)."""

from uuid import uuid4

import pytest

from cathedra.db.models import AuditEvent
from cathedra.db.writes import access as writes
from cathedra.domain.access import FolderRole
from cathedra.domain.terms import PrincipalId
from tests.web.browsing import client, text

SHARING = ("/folders/{f}/access/", "/folders/{f}/access/inherit/", "/folders/{f}/access/explained/")
SHARING += ("/recordings/{r}/access/", "/recordings/{r}/access/restrict/", "/recordings/{r}/access/explained/")
TIMES = ("/folders/{f}/availability/", "/recordings/{r}/availability/")


@pytest.mark.slow
def test_who_comes_in_r38_rows_11_and_12(cast, made):
    writes.add_member(cast.chemistry, PrincipalId(cast.eve), FolderRole.CONTENT_ORGANIZER, now=cast.now)
    wanted = {"alice": (200, 200), "eve": (200, 404), "chloe": (404, 200), "ben": (404, 404), "dev": (200, 200)}
    for name, statuses in wanted.items():
        browser = client(getattr(cast, name))
        for pages, status in zip((SHARING, TIMES), statuses, strict=True):
            for page in pages:
                answer = browser.get(page.format(f=cast.chemistry, r=made))
                assert answer.status_code == status, (name, page)
                assert (status == 200) or "Secret title" not in text(answer)
    for page in (*SHARING, *TIMES):
        assert client(cast.alice).get(page.format(f=uuid4(), r=uuid4())).status_code == 404
        assert client().get(page.format(f=cast.chemistry, r=made)).status_code == 401


LOOKS = (
    *("/folders/{f}/access/", "/folders/{f}/access/inherit/", "/folders/{f}/access/explained/"),
    *("/folders/{f}/availability/", "/folders/{f}/history/", "/folders/{f}/approval/"),
    *("/recordings/{r}/access/", "/recordings/{r}/access/restrict/", "/recordings/{r}/access/explained/"),
    *("/recordings/{r}/availability/", "/recordings/{r}/history/", "/recordings/{r}/move/", "/recordings/{r}/copy/"),
)


@pytest.mark.slow
def test_r223_every_page_that_shows_details_to_an_administrator_writes_the_look_down(cast, made):
    """Dev holds no role in the folder: a service administrator sees these pages by that alone (R26)."""
    for name, noted in (("dev", 1), ("alice", 0)):
        browser = client(getattr(cast, name))
        for page in LOOKS:
            before = AuditEvent.objects.count()
            address = page.format(f=cast.chemistry, r=made)
            assert browser.head(address).status_code == 200, (name, page)
            assert AuditEvent.objects.count() == before, f"{page}: HEAD shows nothing"
            assert browser.get(address).status_code == 200, (name, page)
            rows = AuditEvent.objects.order_by("id")[before:]
            target = made if "{r}" in page else cast.chemistry
            kind = "recording" if "{r}" in page else "folder"
            told = [(row.action, row.target_id, row.actor_id, row.channel) for row in rows]
            assert told == [(f"{kind}:look_at", str(target), cast.dev, "WEB")] * noted, (name, page)
            assert all(row.facts["page"] for row in rows)
    before = AuditEvent.objects.count()
    client(cast.ben).get(f"/recordings/{made}/history/")
    assert AuditEvent.objects.count() == before, "who is refused sees nothing"

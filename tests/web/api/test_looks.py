"""Endpoints that tell details to a grantee or an administrator write the look down, as the pages do (R148, R223)."""

import pytest
from django.utils import timezone

from cathedra.db.models import AccessGrantUse, AuditEvent, Folder
from cathedra.db.writes import access as access_writes
from cathedra.domain.access import FolderRole, GrantRight
from cathedra.domain.library import Publication
from cathedra.domain.terms import PrincipalId
from tests.giving import somebody, told
from tests.lectures import lecture
from tests.web.browsing import client

OF_FOLDER = {
    "sharing": "getFolderSharing", "access": "explainFolder", "availability": "getFolderAvailability",
    "history": "listFolderHistory", "approval": "getFolderApproval", "downloads": "getFolderDownloads",
}  # fmt: skip
OF_RECORDING = {
    "sharing": "getRecordingSharing", "access": "explainRecording", "availability": "getRecordingAvailability",
    "history": "listRecordingHistory", "download-policy": "getRecordingDownloads",
}  # fmt: skip


def asked(browser, address) -> list[tuple[str, str, str]]:
    """What the trail says of one question."""
    before = AuditEvent.objects.count()
    assert browser.get(address).status_code == 200, address
    rows = AuditEvent.objects.order_by("id")[before:]
    return [(row.action, row.facts["page"], row.channel) for row in rows]


@pytest.mark.slow
def test_r223_of_an_administrator_and_not_of_the_creator(cast, now):
    recording = lecture(cast.chemistry, cast.alice, now=now)
    dev, alice = client(cast.dev), client(cast.alice)
    for kind, target, endpoints in (
        ("folder", cast.chemistry, OF_FOLDER),
        ("recording", recording, OF_RECORDING),
    ):
        for path, name in endpoints.items():
            address = f"/api/{kind}s/{target}/{path}"
            assert asked(dev, address) == [(f"{kind}:look_at", name, "API")], address
            assert asked(alice, address) == [], address
    Folder.objects.filter(id=cast.chemistry).update(start="when_approved")
    assert asked(alice, f"/api/recordings/{recording}/approval") == []


@pytest.mark.slow
def test_r148_of_a_grantee(cast):
    now = timezone.now()
    morgan, recording = somebody("morgan", now=now), lecture(cast.chemistry, cast.alice, now=now)
    made = told(morgan, cast.dev, now=now, folders=[cast.chemistry], rights=[GrantRight.MANAGE])
    grantee = client(morgan)
    for address, expected in (
        (f"/api/folders/{cast.chemistry}", [("folder:look_at_under_grant", "getFolder", "API")]),
        (f"/api/folders/{cast.chemistry}/recordings", [("folder:look_at_under_grant", "listRecordings", "API")]),
        (f"/api/recordings/{recording}", [("recording:look_at_under_grant", "getRecording", "API")]),
        (f"/api/recordings/{recording}/availability",
         [("recording:look_at_under_grant", "getRecordingAvailability", "API")]),
        (f"/folders/{cast.chemistry}/", [("folder:look_at_under_grant", "folder", "WEB")]),
        (f"/recordings/{recording}/edit/", [("recording:look_at_under_grant", "edit_recording", "WEB")]),
        (f"/recordings/{recording}/move/", [("recording:look_at_under_grant", "move", "WEB")]),
    ):  # fmt: skip
        assert asked(grantee, address) == expected, address
        assert asked(client(cast.alice), address) == [], address
    assert AccessGrantUse.objects.filter(grant_id=made, kind="looked").count() == 4
    history = client(cast.alice).get(f"/folders/{cast.chemistry}/history/").content.decode()
    assert "Folder looked at by staff under a grant" in history
    assert "Details looked at by staff under a grant" in history


@pytest.mark.slow
def test_r223_who_stands_in_for_a_publisher_sees_the_queue_by_office(cast, now):
    """R68: the folder's Publisher has left, so its recordings wait for the service; Chloe's own queue was hers."""
    Folder.objects.filter(id=cast.chemistry).update(start="when_approved")
    given = {"publication": Publication.WAITING, "submitted_at": now, "submitted_by_id": cast.alice}
    waits = lecture(cast.chemistry, cast.alice, now=now, **given)
    for address in ("/approvals/", "/api/approvals"):
        assert asked(client(cast.chloe), address) == [], address
    access_writes.remove_member(cast.chemistry, PrincipalId(cast.chloe), FolderRole.PUBLISHER)
    for address, seen in (
        ("/approvals/", ("recording:look_up", "approvals", "WEB")),
        ("/api/approvals", ("recording:look_up", "listApprovals", "API")),
        (f"/recordings/{waits}/reject/", ("recording:look_at", "reject", "WEB")),
        (f"/api/recordings/{waits}/approval", ("recording:look_at", "getApproval", "API")),
    ):
        assert asked(client(cast.dev), address) == [seen], address
    assert AuditEvent.objects.filter(action="recording:look_up").first().facts["recordings"] == [str(waits)]

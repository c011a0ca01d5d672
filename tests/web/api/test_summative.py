"""Whether what is handed in counts for a mark, over the API (R129, R227)."""

from cathedra.db.models import AuditEvent, Folder
from tests.web.browsing import client


def test_r129_programs_read_and_set_the_mark_as_the_page_does(cast):
    alice, address = client(cast.alice), f"/api/folders/{cast.chemistry}/summative"
    assert alice.get(address).json() == {"is_summative": None}
    refused = alice.put(address, {"is_summative": True}, content_type="application/json")
    assert (refused.status_code, refused.json()["rule"]) == (409, "R129")
    Folder.objects.filter(id=cast.chemistry).update(kind="assignment")
    assert alice.put(address, {"is_summative": True}, content_type="application/json").json() == {"is_summative": True}
    assert alice.get(address).json() == {"is_summative": True}
    assert AuditEvent.objects.get(action="folder:set_summative").channel == "API"
    ben = client(cast.ben)
    assert ben.get(address).status_code == 404
    assert ben.put(address, {"is_summative": False}, content_type="application/json").status_code == 404
    assert Folder.objects.get(id=cast.chemistry).is_summative

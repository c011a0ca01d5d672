"""Letting go over the API (R125, R227)."""

import pytest

from cathedra.db.models import AuditEvent, RetentionLetGo
from tests.actions.retention.archives import kept, local, stores, tend
from tests.web.browsing import client


@pytest.mark.slow
def test_r125_programs_let_go_what_their_person_was_told_of(cast):
    where = stores()
    one, theirs = kept(cast, where, local(2027, 1, 10)), kept(cast, where, local(2027, 1, 10), owner=cast.chloe)
    tend(local(2027, 8, 2, 4), where)
    alice, given = client(cast.alice), {"recording_ids": [str(one), str(theirs)]}
    assert alice.post("/api/keeping/let-go", given, content_type="application/json").json() == {"count": 1}
    assert RetentionLetGo.objects.get().recording_id == one
    assert AuditEvent.objects.get(action="recording:let_go").channel == "API"
    assert alice.post("/api/keeping/tell-again", given, content_type="application/json").json() == {"count": 1}
    assert not RetentionLetGo.objects.exists()
    refused = client(cast.ben).post("/api/keeping/let-go", given, content_type="application/json")
    assert (refused.json()["code"], refused.json()["rule"]) == ("BAD_REQUEST", "R125")

"""Runs over the API: stopped, let go on, and what they left out (R126, R127, R227)."""

import pytest
from django.utils import timezone

from cathedra.db.models import AuditEvent, RetentionDealt, RetentionItem, RetentionRun
from tests.actions.retention.archives import kept, local, stores, tend
from tests.web.browsing import client


@pytest.mark.slow
def test_r227_a_run_is_stopped_and_let_go_on_by_programs_too(cast):
    kept(cast, stores(), local(2027, 1, 10))
    tend(local(2027, 8, 2, 4), stores())
    run = RetentionRun.objects.get(kind="ARCHIVE")
    dev, address = client(cast.dev), f"/api/staff/retention/runs/{run.id}"
    unsaid = dev.post(f"{address}/stop", {}, content_type="application/json")
    assert (unsaid.json()["code"], unsaid.json()["rule"]) == ("BAD_REQUEST", "R127")
    stopped = dev.post(f"{address}/stop", {"reason": "Exams."}, content_type="application/json").json()
    assert (stopped["id"], stopped["stopped_at"] is not None) == (str(run.id), True)
    assert dev.post(f"{address}/resume").json()["stopped_at"] is None
    trail = AuditEvent.objects.filter(action__in=("run:stop", "run:resume")).order_by("id")
    assert [(event.action, event.channel) for event in trail] == [("run:stop", "API"), ("run:resume", "API")]
    assert client(cast.alice).post(f"{address}/resume").status_code == 404
    assert dev.post(f"/api/staff/retention/runs/{cast.alice}/resume").status_code == 404


@pytest.mark.slow
def test_r126_what_a_run_left_out_is_read_and_dealt_with_by_programs_too(cast):
    made = kept(cast, stores(), local(2027, 1, 10), title="Entropy")
    tend(local(2027, 8, 2, 4), stores())
    run = RetentionRun.objects.get(kind="ARCHIVE")
    RetentionItem.objects.filter(run=run).update(state="SKIPPED", why="NOT_TOLD", settled_at=timezone.now())
    dev, address = client(cast.dev), f"/api/staff/retention/runs/{run.id}/left-out"
    (line,) = dev.get(address).json()["rows"]
    assert (line["recording_id"], line["title"], line["why"], line["dealt_at"]) == (
        str(made), "Entropy", "NOT_TOLD", None,
    )  # fmt: skip
    (noted,) = AuditEvent.objects.filter(action="recording:look_up")
    page = {"page": "listLeftOutByRun", "recordings": [str(made)]}
    assert (noted.actor_id, noted.facts, noted.channel) == (cast.dev, page, "API"), "R223"
    told = {"recording_ids": [str(made)], "note": "She was rung up."}
    assert dev.post(address, told, content_type="application/json").status_code == 200
    assert dev.get(address).json() == {"rows": [], "after": None}
    (line,) = dev.get(address, {"is_open": "false"}).json()["rows"]
    assert (line["note"], line["dealt_by"]) == ("She was rung up.", "Dev")
    other = {"recording_ids": [str(cast.alice)], "note": "Not in it."}
    assert dev.post(address, other, content_type="application/json").status_code == 404
    alice = client(cast.alice)
    assert alice.get(address).status_code == 404
    assert alice.post(address, told, content_type="application/json").status_code == 404
    assert RetentionDealt.objects.count() == 1

"""The staff page of retention: the plans, what was left out, exemptions decided, the simulator (R126 to R128)."""

import pytest

from cathedra.actions import retention
from cathedra.actions.retention import Plea
from cathedra.db.models import AuditEvent, RetentionExemption, RetentionRun, RetentionTrial
from cathedra.db.writes import people
from cathedra.domain.people import SystemRole
from cathedra.domain.retention import Exempt, ExemptionReason
from tests.actions.retention.archives import by, kept, local, stores, tend
from tests.lectures import lecture
from tests.web.browsing import client, text


@pytest.mark.slow
def test_r127_plans_simulator_and_a_run_stopped(cast, now):
    dev, where = client(cast.dev), stores()
    assert "No run is planned yet" in text(dev.get("/staff/retention/"))
    kept(cast, where, local(2027, 1, 10))
    tend(local(2027, 8, 2, 4), where)
    run = RetentionRun.objects.get(kind="ARCHIVE")
    page = text(dev.get("/staff/retention/", {"profile": "calendar", "days": ""}))
    for said in ("Plan frozen", "Planned", "What the rule would do", "Stop the run"):
        assert said in page, said
    assert dev.get("/staff/retention/", {"profile": "age"}).status_code == 422
    address = f"/staff/retention/runs/{run.id}/"
    dev.post(f"{address}stop/", {"reason": "Exams."})
    assert RetentionRun.objects.get(kind="ARCHIVE").stopped_at is not None
    dev.post(f"{address}stop/", {"go_on": "1"})
    assert RetentionRun.objects.get(kind="ARCHIVE").stopped_at is None
    page = text(dev.get(address))
    for said in ("Nothing was left out.", "Plan frozen", "Planned"):
        assert said in page, said
    people.give_system_role(cast.eve, SystemRole.SYS_ADMIN, reason="runs the servers", now=now)
    eve = client(cast.eve)
    assert "Stop the run" not in text(eve.get("/staff/retention/"))
    assert eve.post(f"{address}stop/", {"reason": "Mine."}).status_code == 404
    assert client(cast.alice).get("/staff/retention/").status_code == 404


@pytest.mark.slow
def test_r132_a_large_library_is_looked_at_by_a_job_and_the_page_says_how_far_it_is(cast, now, site_says):
    dev, rule = client(cast.dev), {"profile": "age", "days": "30"}
    kept(cast, stores(), local(2027, 1, 10))
    small = dev.post("/staff/retention/try/", rule, follow=True)
    assert "What the rule would do" in text(small)
    assert small.redirect_chain == [("/staff/retention/?profile=age&days=30#simulator", 302)]
    assert dev.post("/staff/retention/try/", {"profile": "age"}).status_code == 422
    assert not RetentionTrial.objects.exists()
    with site_says(RETENTION_SIMULATE_AT_ONCE="0"):
        page = text(dev.get("/staff/retention/", rule))
        assert "Nobody has tried this rule" in page
        assert "What the rule would do" not in page
        waits = dev.post("/staff/retention/try/", rule, follow=True)
        row = RetentionTrial.objects.get()
        address = f"/staff/retention/trials/{row.id}/"
        for said in ("Waiting for a free place", f'hx-get="{address}"', "every 2s", 'http-equiv="refresh"'):
            assert said in waits.content.decode(), said
        RetentionTrial.objects.update(recordings=8, looked_at=2)
        part = dev.get(address)
        assert "25 %" in text(part)
        assert "no-store" in part["Cache-Control"]
        assert retention.make_trial(row.id, now=now)
        for done in (dev.get(address), dev.get("/staff/retention/", rule)):
            assert "What the rule would do" in text(done)
            assert "hx-get" not in done.content.decode().partition('id="trial"')[2].partition(">")[0]
        RetentionTrial.objects.update(tallies=None)
        assert "could not be looked at" in text(dev.get(address))
    assert dev.get(f"/staff/retention/trials/{cast.alice}/").status_code == 404
    alice = client(cast.alice)
    assert {alice.get(address).status_code, alice.post("/staff/retention/try/", rule).status_code} == {404}


@pytest.mark.slow
def test_r128_requests_are_decided_and_taken_back(cast, now):
    plea = Plea(Exempt.ARCHIVE, ExemptionReason.LEGAL, "An appeal.", local(2027, 8, 1), folder_id=cast.chemistry)
    asked = retention.ask_exemption(plea, actor=by(cast.alice), now=now).exemption_id
    dev = client(cast.dev)
    page = text(dev.get("/staff/retention/"))
    for said in ("An appeal.", "Not archived", "The law asks for it"):
        assert said in page, said
    assert "Declined" not in page
    address = f"/staff/retention/exemptions/{asked}/"
    dev.post(address, {"verb": "no", "answer": ""})
    assert RetentionExemption.objects.get().is_granted is None
    dev.post(address, {"verb": "yes", "answer": ""})
    assert RetentionExemption.objects.get().is_granted
    assert "Take back" in text(dev.get("/staff/retention/"))
    dev.post(address, {"verb": "end"})
    assert RetentionExemption.objects.get().ended_at is not None
    again = retention.ask_exemption(plea, actor=by(cast.alice), now=now).exemption_id
    dev.post(f"/staff/retention/exemptions/{again}/", {"verb": "no", "answer": "The appeal is over."})
    page = text(dev.get("/staff/retention/"))
    assert "The appeal is over." in page.partition('id="declined"')[2]


@pytest.mark.slow
def test_r223_whose_recordings_the_requests_name_is_looked_at_on_the_trail(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now, title="Entropy")
    plea = Plea(Exempt.ARCHIVE, ExemptionReason.LEGAL, "An appeal.", local(2027, 8, 1), recording_id=made)
    assert retention.ask_exemption(plea, actor=by(cast.alice), now=now).exemption_id
    assert "Entropy" in text(client(cast.dev).get("/staff/retention/"))
    (noted,) = AuditEvent.objects.filter(action="recording:look_up")
    assert (noted.actor_id, noted.facts) == (cast.dev, {"page": "staff_retention", "recordings": [str(made)]})

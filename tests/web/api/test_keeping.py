"""Own keeping, several restores, exemptions, dry runs and trials by the API (R120, R125 to R128, R132, R227)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from cathedra.actions import retention
from cathedra.actions.retention import Plea
from cathedra.db.models import AuditEvent, Kept, Recording, RetentionExemption
from cathedra.domain.retention import Exempt, ExemptionReason, Profile
from tests.actions.retention.archives import by, kept, stores
from tests.lectures import lecture
from tests.web.browsing import client

pytestmark = pytest.mark.slow
JSON = {"content_type": "application/json"}


def test_r120_r227_what_of_ones_own_goes_when_and_several_are_had_back_at_once(cast):
    now = timezone.now() - timedelta(days=1)
    made = kept(cast, stores(), now)
    alice, address = client(cast.alice), "/api/keeping"
    old = kept(cast, stores(), now - timedelta(days=400), title="Old")
    found = alice.get(address).json()
    assert found["archived"] == []
    assert str(old) in [one["recording_id"] for one in found["going"]]
    Recording.objects.filter(id=made).update(keeping="ARCHIVED")
    Kept.objects.update_or_create(recording_id=made, defaults={"archived_at": now})
    (row,) = alice.get(address).json()["archived"]
    assert (row["recording_id"], row["is_restoring"], row["deletion_day"].endswith("-08-31")) == (
        str(made),
        False,
        True,
    )
    assert client(cast.ben).get(address).json()["archived"] == []
    asked = {"recordings": [str(made), str(uuid4()), str(old)]}
    stranger = client(cast.eve).post(f"{address}/restore", asked, **JSON).json()
    assert (stranger["begun"], stranger["refused"], stranger["why"]["code"]) == (0, 2, "NO_PERMISSION")
    done = alice.post(f"{address}/restore", asked, **JSON).json()
    assert done["begun"] >= 1
    assert Recording.objects.get(id=made).keeping == "RESTORING"
    assert alice.post(f"{address}/restore", {"recordings": []}, **JSON).status_code == 422


def test_r128_r227_exemptions_are_listed_decided_and_taken_back(cast):
    now = timezone.now()
    made = lecture(cast.chemistry, cast.alice, now=now, title="Entropy")
    plea = Plea(
        what=Exempt.ARCHIVE, reason_kind=ExemptionReason.LEGAL, reason="A case.", expires_at=now + timedelta(days=40),
        folder_id=None, recording_id=made,
    )  # fmt: skip
    asked = retention.ask_exemption(plea, actor=by(cast.alice), now=now).exemption_id
    dev, alice, address = client(cast.dev), client(cast.alice), "/api/staff/retention/exemptions"
    assert alice.get(address).status_code == 404
    (row,) = dev.get(address).json()["waiting"]
    assert (row["id"], row["asker"], row["reason"], row["is_granted"]) == (str(asked), "Alice", "A case.", None)
    (noted,) = AuditEvent.objects.filter(action="recording:look_up")
    page = {"page": "listRetentionExemptions", "recordings": [str(made)]}
    assert (noted.actor_id, noted.facts, noted.channel) == (cast.dev, page, "API"), "R223"

    def answer(browser=dev, **given):
        return browser.post(f"{address}/{asked}", given, **JSON).status_code

    assert answer(alice, is_granted=True) == 404
    assert answer(is_granted=False) == 400  # R128: say why not
    assert RetentionExemption.objects.get().is_granted is None
    assert answer(is_granted=True) == 204
    assert [one["id"] for one in dev.get(address).json()["live"]] == [str(asked)]
    assert alice.delete(f"{address}/{asked}").status_code == 404
    assert dev.delete(f"{address}/{asked}").status_code == 204
    assert RetentionExemption.objects.get().ended_at is not None
    assert dev.get(address).json()["live"] == []
    assert dev.delete(f"{address}/{uuid4()}").status_code == 404
    assert AuditEvent.objects.filter(action="exemption:take_back", channel="API").count() == 1


def test_r127_r132_r227_a_dry_run_and_trials_change_nothing(cast):
    now = timezone.now()
    old = kept(cast, stores(), now - timedelta(days=800), title="Old")
    dev, alice, base = client(cast.dev), client(cast.alice), "/api/staff/retention"
    found = dev.get(f"{base}/dry-run").json()
    assert (found["kind"], found["recordings"], found["people"]) == ("ARCHIVE", 1, 1)
    assert found["day"].endswith("-09-01")
    assert dev.get(f"{base}/dry-run", {"kind": "DELETION"}).json()["recordings"] == 0
    assert alice.get(f"{base}/dry-run").status_code == 404
    asked = dev.post(f"{base}/trials", {"profile": Profile.AGE, "days": 30}, **JSON).json()
    assert (asked["ended_at"], asked["tallies"]) == (None, [])
    assert dev.get(f"{base}/trials/{asked['id']}").json()["id"] == asked["id"]
    assert dev.post(f"{base}/trials", {"profile": Profile.AGE}, **JSON).json()["rule"] == "R132"
    assert dev.post(f"{base}/trials", {}, **JSON).json()["id"] != asked["id"]
    assert alice.post(f"{base}/trials", {}, **JSON).status_code == 404
    assert alice.get(f"{base}/trials/{asked['id']}").status_code == 404
    assert dev.get(f"{base}/trials/{uuid4()}").status_code == 404
    assert Recording.objects.get(id=old).keeping == "ONLINE"

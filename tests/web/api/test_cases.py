"""The policy desk by the API (R89, R227)."""

import pytest
from django.utils import timezone

from cathedra.actions import policy as actions
from cathedra.db.models import Hold
from cathedra.db.reads import policy as reads
from cathedra.domain.terms import Actor, Channel
from tests.lectures import lecture
from tests.policies import activate
from tests.web.browsing import client


@pytest.mark.slow
def test_r89_r227_cases_are_listed_and_decided_by_the_service_alone(cast):
    now = timezone.now()
    activate(now)
    made = lecture(cast.chemistry, cast.alice, now=now)
    actions.report_use(made, "A party.", actor=Actor(cast.ben, Channel.WEB), now=now)
    address = f"/api/staff/cases/{reads.find_case(made).id}"
    browser = client(cast.dev)

    def post(who, verb, body=None):
        return client(who).post(f"{address}/{verb}", body or {}, content_type="application/json")

    assert [(one["title"], one["state"]) for one in browser.get("/api/staff/cases").json()] == [("Entropy", "open")]
    assert browser.get(address).json()["cause"] == "reported"
    refusal = {"verdict": "NOT_PERMITTED", "reason": "A party."}
    assert post(cast.dev, "decision", refusal).status_code == 400, "R90: no requirement named"
    refusal["failed"] = ["q2_educational_content"]
    done = post(cast.dev, "decision", refusal)
    assert (done.status_code, done.json()["state"], done.json()["failed"]) == (200, "refused", refusal["failed"])
    assert post(cast.dev, "decision", refusal).status_code == 409
    assert post(cast.dev, "consent").status_code == 409
    for who in (cast.alice, cast.ben):
        assert client(who).get("/api/staff/cases").status_code == 404
        assert [post(who, *one).status_code for one in (("decision", refusal), ("consent",))] == [404, 404]


@pytest.mark.slow
def test_r16_r227_a_set_is_looked_at_again(cast):
    now = timezone.now()
    activate(now)
    made = lecture(cast.chemistry, cast.alice, now=now)

    def post(who, **body):
        return client(who).post("/api/staff/cases", body, content_type="application/json")

    assert post(cast.alice, recordings=[str(made)], why="Version 2.").status_code == 404
    assert post(cast.dev, recordings=[str(made)], why=" ").json()["rule"] == "R16"
    assert post(cast.dev, recordings=[str(made)], why="Version 2.").json() == {"opened": 1, "waiting": 0, "left_out": 0}
    assert client(cast.dev).get("/api/staff/cases").json()[0]["why"] == "Version 2."


def test_r87_r227_what_is_held_because_nobody_declared_it_is_listed_for_the_service(cast):
    now = timezone.now()
    made, other = (lecture(cast.chemistry, cast.alice, now=now, title=title) for title in ("Entropy", "Heat"))
    activate(now)
    actions.report_use(other, "A party.", actor=Actor(cast.ben, Channel.WEB), now=now)
    Hold.objects.create(recording_id=other, kind="aup_undeclared", opened_at=now)
    Hold.objects.create(recording_id=made, kind="aup_undeclared", opened_at=now)
    (row,) = client(cast.dev).get("/api/staff/undeclared").json()
    assert (row["recording_id"], row["title"], row["owner"]) == (str(made), "Entropy", "Alice")
    assert client(cast.alice).get("/api/staff/undeclared").status_code == 404
    assert Hold.objects.count() == 2, "the other one waits as a case"

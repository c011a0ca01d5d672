"""Declarations by the API, under the same rules as the pages (R77, R85, R88, R92, R227)."""

import pytest
from django.utils import timezone

from cathedra.db.models import UseDeclaration
from cathedra.db.reads import policy as reads
from tests.conftest import COURSE
from tests.lectures import lecture
from tests.policies import activate
from tests.web.browsing import client

pytestmark = pytest.mark.slow
SAID = {"q1": "yes", "q2": "yes", "q3": "yes", "category": "lecture", "course": str(COURSE), "version": 1}


def test_r227_ask_check_declare_report_appeal(cast):
    now = timezone.now()
    browser = client(cast.alice)
    assert browser.get("/api/declarations/policy").status_code == 409
    activate(now)
    found = browser.get("/api/declarations/policy").json()
    assert (found["version"], sorted(found["questions"])) == (1, ["q1", "q2", "q3"])
    assert {"id": "meeting", "label": "A meeting", "rule": "never"} in found["categories"]

    def check(**more):
        answer = client(cast.alice).post(  # new: the pace begins anew
            "/api/declarations/check", {**SAID, **more}, content_type="application/json"
        )
        body = answer.json()
        return answer.status_code, body.get("code") or body.get("verdict"), body

    assert check()[:2] == (200, "PERMITTED")
    assert check(q2="unsure")[:2] == (200, "REFERRED")
    status, code, body = check(q1="no", q3="no")
    assert (status, code, body["rule"]) == (403, "NOT_PERMITTED", "R85")
    for said in ("requirement 1", "requirement 3", "streaming media service", "lecturecapturehelp"):
        assert said in body["message"], said
    for wrong, status in (({"q1": "maybe"}, 422), ({"category": "party"}, 400), ({"version": 9}, 409)):
        assert check(**wrong)[0] == status, wrong
    assert not UseDeclaration.objects.exists(), "a check keeps nothing"
    made = lecture(cast.chemistry, cast.alice, now=now)
    address = f"/api/recordings/{made}"

    def post(who, verb, body):
        return client(who).post(f"{address}/{verb}", body, content_type="application/json").status_code

    assert post(cast.alice, "declaration", SAID) == 200
    assert UseDeclaration.objects.get().recording_id == made
    assert (post(cast.ben, "declaration", SAID), post(cast.eve, "declaration", SAID)) == (404, 404)
    assert (post(cast.ben, "report", {"text": "x"}), post(cast.eve, "report", {"text": "x"})) == (204, 404)
    assert reads.find_case(made) is not None
    assert (post(cast.alice, "appeal", {"text": "x"}), post(cast.ben, "appeal", {"text": "x"})) == (409, 404)

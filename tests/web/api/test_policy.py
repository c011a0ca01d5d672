"""The documents by the API: the same rule, and the only two answers that the gate leaves open there."""

from cathedra.domain.policy import text_hash
from tests.agreements import AUP, publish
from tests.web.browsing import client

JSON = {"content_type": "application/json"}


def test_a_program_reads_what_holds_accepts_it_and_goes_on_r9_r10(cast, now):
    publish(now=now)
    publish(AUP, now=now)
    browser = client(cast.ben)
    refused = browser.get("/api/me")
    assert (refused.status_code, refused.json()["code"]) == (403, "EULA_REQUIRED")
    eula, aup = browser.get("/api/terms").json()
    assert (eula["document"], eula["is_waiting"], eula["address"], eula["accepted_version"]) == (
        "eula", True, "/terms/", None,
    )  # fmt: skip
    assert aup["text_hash"] == text_hash(aup["text"])
    given = {"version": eula["version"], "text_hash": eula["text_hash"]}
    stale = browser.post("/api/terms/eula/acceptance", {**given, "version": 7}, **JSON)
    assert (stale.status_code, stale.json()["code"]) == (409, "CONFLICT")
    assert browser.post("/api/terms/eula/acceptance", given, **JSON).status_code == 204
    assert browser.get("/api/me").status_code == 200
    eula, aup = browser.get("/api/terms").json()
    assert (eula["is_waiting"], eula["accepted_version"], aup["is_waiting"]) == (False, 1, True)
    assert browser.post("/api/terms/tos/acceptance", given, **JSON).status_code == 422
    assert client().get("/api/terms").status_code == 401
    assert client().post("/api/terms/eula/acceptance", given, **JSON).status_code in (401, 403)

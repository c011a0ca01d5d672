"""The gate at first access (R9, R10, R14), swept over every route of the router: nothing but reading and accepting the
terms, signing out and what says nothing of anybody is open to somebody who has not accepted."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver

from cathedra.db.models import Account, TermsVersion
from cathedra.domain.terms import Code
from cathedra.web.gate import CODE_HEADER, OPEN
from tests.agreements import accept, publish
from tests.lectures import lecture
from tests.web.browsing import client, text


def routes(resolver=None, before="", names=()):
    """Every route with its address and its name; a route has any number of places, each filled with something real."""
    for entry in (resolver or get_resolver()).url_patterns:
        address = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, address, (*names, entry.namespace) if entry.namespace else names)
        elif isinstance(entry, URLPattern):
            yield address, ":".join((*names, entry.name or ""))


ANY = {"uuid": str(uuid4()), "uuidstr": str(uuid4()), "int": "1"}


def filled(address: str, places: dict[str, str]) -> str:
    """Every place filled with what is really there, else with something of its kind."""
    address = re.sub(r"\(\?P<\w+>[^)]*\)", "1", address)
    address = re.sub(r"<(?:(\w+):)?(\w+)>", lambda place: places.get(place[2]) or ANY.get(place[1], "x"), address)
    return "/" + re.sub(r"[\^$]|\\Z", "", address)


@pytest.fixture
def places(cast, now):
    made = lecture(cast.chemistry, cast.alice, title="Secret title", now=now)
    publish(now=cast.now)
    return {"folder_id": str(cast.chemistry), "recording_id": str(made), "name": "eula-1", "document": "eula"}


@pytest.mark.slow
def test_every_route_is_closed_to_who_has_not_accepted_but_the_few_that_are_named(cast, places, now):
    """As the Creator of the folder, who is refused nothing once she has accepted."""
    problems, open_ones, asked, browser = [], set(), 0, client(cast.alice)
    for pattern, name in routes():
        address = filled(pattern, places)
        assert "<" not in address, f"{address}: this test does not know how to fill its places"
        for method in ("get", "post", "put") if address.startswith("/api/") else ("get", "post"):
            answer = getattr(browser, method)(address)
            asked += 1
            if name in OPEN:
                open_ones.add(name)
                problems += [f"{method} {address}: gated"] if answer.headers.get(CODE_HEADER) else []
                break
            is_api = address.startswith("/api/")
            told = answer.status_code == 403 if is_api else answer.get("Location", "").startswith("/terms/")
            if answer.headers.get(CODE_HEADER) != Code.EULA_REQUIRED or not told or b"Secret" in answer.content:
                problems.append(f"{method} {address}: {answer.status_code}")
            if is_api and method == "get" and answer.json()["code"] != Code.EULA_REQUIRED:
                problems.append(f"{method} {address}: {answer.json()}")
    assert problems == []
    assert open_ones == OPEN, "the list names only what is there"
    assert asked > 60, "the sweep is over the router itself"
    accept(cast.alice, publish(version=2, now=now), now=now)
    assert "Secret title" in text(client(cast.alice).get(f"/recordings/{places['recording_id']}/"))


def test_each_kind_of_request_is_led_to_the_terms_and_back_r10(cast, places, now):
    browser, folder = client(cast.ben), f"/folders/{places['folder_id']}/"
    assert (
        browser.get(f"{folder}?sort=title")["Location"] == f"/terms/?next={folder.replace('/', '%2F')}%3Fsort%3Dtitle"
    )
    assert browser.get("/")["Location"] == "/terms/"
    posted = browser.post("/account/sign-out-elsewhere/", headers={"Referer": "http://testserver/account/"})
    assert posted["Location"] == "/terms/?next=%2Faccount%2F"
    foreign = browser.post("/account/sign-out-elsewhere/", headers={"Referer": "https://evil.example/x"})
    assert foreign["Location"] in ("/terms/", "/terms/?next=%2Fx"), "never off the site"
    part = browser.get(
        f"/recordings/{places['recording_id']}/progress/",
        headers={"HX-Request": "true", "HX-Current-URL": f"http://testserver/recordings/{places['recording_id']}/"},
    )
    assert (part.status_code, part["HX-Redirect"].startswith("/terms/?next=%2Frecordings%2F")) == (403, True)
    refused = browser.get("/api/me")
    assert refused.status_code == 403
    assert {**refused.json(), "message": ""} == {
        "code": "EULA_REQUIRED", "rule": "R9", "message": "", "address": "/terms/",
    }  # fmt: skip
    assert "/terms/" in refused.json()["message"]
    assert "no-store" in refused["Cache-Control"]


def test_anonymous_and_service_accounts_meet_no_gate_r13_r14(cast, places):
    assert client().get("/account/login/").status_code == 200
    assert 'href="/terms/"' in text(client().get("/account/login/")), "R13: a visible link"
    assert client().get("/")["Location"].startswith("/account/login/")
    assert client().get("/api/me").status_code == 401
    Account.objects.filter(id=cast.ben).update(affiliation="service_account")
    assert client(cast.ben).get("/api/me").status_code == 200


def test_a_page_that_is_not_there_is_not_there_for_anybody(cast, places):
    assert client(cast.ben).get("/nothing/here/").status_code == 404


def test_a_new_version_stops_whoever_is_signed_in_at_the_next_request_r11(cast, now):
    accept(cast.ben, publish(now=now), now=now)
    browser = client(cast.ben)
    assert browser.get("/").status_code == 200
    publish(version=2, now=now)
    assert browser.get("/")["Location"] == "/terms/"


def test_the_gate_costs_no_question_of_its_own(cast, now):
    """It reads a column of the statement that finds who is signed in."""
    browser, asked = client(cast.ben), []
    browser.get("/browse/")
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            assert browser.get("/browse/").status_code == 200
        asked.append(len(captured))
        if not TermsVersion.objects.exists():
            accept(cast.ben, publish(now=now), now=now)
    assert asked[0] == asked[1]

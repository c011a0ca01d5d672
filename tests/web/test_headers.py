"""Class 31: what every answer says about framing, scripts and other origins."""

import re

import pytest

from tests.lectures import lecture
from tests.web.browsing import client, text


@pytest.fixture
def answers(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    creator, nobody = client(cast.alice), client()
    addresses = (
        "/", "/browse/", "/upload/", "/account/", "/account/two-step/", f"/folders/{cast.chemistry}/",
        f"/folders/{cast.chemistry}/upload/", f"/recordings/{made}/", f"/recordings/{made}/edit/", "/api/me",
        f"/api/recordings/{made}/player", "/api/openapi.json", "/nothing/", "/robots.txt",
    )  # fmt: skip
    found = {address: creator.get(address) for address in addresses}
    return {**found, "sign in": nobody.get("/account/login/"), "refused": nobody.get(f"/recordings/{made}/")}


def test_every_answer_carries_the_strict_policy(answers):
    for address, answer in answers.items():
        policy = dict(part.split(" ", 1) for part in answer["Content-Security-Policy"].split("; "))
        assert policy["default-src"] == "'none'", address
        assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
        assert policy["form-action"] == "'self'"
        for kind in ("script-src", "style-src"):
            for loose in ("unsafe", "http:", "https:", "*", "data:"):
                assert loose not in policy[kind], (address, kind)
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Referrer-Policy"] == "same-origin"
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "Access-Control-Allow-Origin" not in answer


def test_no_page_holds_what_the_policy_forbids(answers):
    for address, answer in answers.items():
        if "html" not in answer["Content-Type"]:
            continue
        page = text(answer)
        assert not re.search(r"\sstyle=", page), address
        assert not re.search(r"\son[a-z]+=", page), address
        assert "javascript:" not in page
        assert all("nonce=" in style for style in re.findall(r"<style\b[^>]*>", page)), address
        for script in re.findall(r"<script\b[^>]*>", page):
            assert "src=" in script or 'type="application/json"' in script, (address, script)


def test_a_nonce_is_used_once(db):
    browser = client()
    first, second = (re.search(r'nonce="([^"]+)"', text(browser.get("/account/login/")))[1] for _ in range(2))
    assert first != second


def test_a_page_about_somebody_is_kept_by_nobody_else(answers):
    for address, answer in answers.items():
        if address not in ("/robots.txt", "/api/openapi.json"):
            assert "Cookie" in answer.get("Vary", "") or "no-store" in answer.get("Cache-Control", ""), address


def test_a_foreign_origin_gets_no_leave(cast):
    browser = client(cast.alice)
    for method in (browser.get, browser.options):
        answer = method("/api/me", headers={"Origin": "https://evil.example"})
        assert "Access-Control-Allow-Origin" not in answer

"""An authenticator app, from turning it on to signing in with its code, in a browser."""

import base64
import hashlib
import hmac
import struct
import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from cathedra.domain.people import Affiliation
from tests.conftest import PASSWORD, accept_terms
from tests.journeys.conftest import keep_picture, sign_in
from tests.journeys.looking import RULES


def code_now(key: str) -> str:
    """By RFC 6238, early in its half minute, so that it is still good when it arrives."""
    left = 30 - time.time() % 30
    if left < 8:
        time.sleep(left)
    digest = hmac.new(base64.b32decode(key), struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


@pytest.fixture
def hana(running) -> str:
    """Somebody nobody else signs in as."""
    from cathedra.db.writes import people

    with running.database():
        hana = people.add_account(
            "hana", full_name="Hana", email="", affiliation=Affiliation.STUDENT, password=PASSWORD, now=running.cast.now
        )
        accept_terms(hana, now=running.cast.now)
    return "hana"


def look_at(page: Page, name: str) -> None:
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    keep_picture(page, name)


def test_an_authenticator_app_is_turned_on_and_asked_for_at_the_next_sign_in(running, page_for, hana):
    page = page_for(running)
    page.goto("/account/login/?next=/account/two-step/")
    sign_in(page, hana)
    page.get_by_role("link", name="Turn on the authenticator app").click()
    expect(page.get_by_role("heading", name="Confirm that it is you")).to_be_visible()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()

    key = page.get_by_label("The key in letters").input_value()
    expect(page.get_by_alt_text("The key as a picture")).to_be_visible()
    look_at(page, "second-step-turn-on")
    page.get_by_label("Code from the app").fill(code_now(key))
    page.get_by_role("button", name="Turn on").click()
    expect(page.get_by_text("The authenticator app is on.")).to_be_visible()
    codes = page.get_by_label("Codes you have not used").input_value().split()
    assert len(codes) == 10
    look_at(page, "second-step-codes")

    page.goto("/account/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.goto("/account/login/?next=/account/two-step/")
    sign_in(page, hana)
    expect(page.get_by_role("heading", name="Second step")).to_be_visible()
    look_at(page, "second-step-code")
    page.get_by_label("Code").fill(code_now(key))
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_text("On: you are asked for a code from your app.")).to_be_visible()

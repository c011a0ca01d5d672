"""The second step of signing in: an authenticator app, its codes, recovery codes, and their limit.

The codes are made here by RFC 6238 as a phone makes them; only the library's clock is held still.
"""

import base64
import hashlib
import hmac
import re
import struct
from types import SimpleNamespace

import pytest
from allauth.core import context
from allauth.mfa.totp.internal import auth

from cathedra.db.models import AuditEvent
from tests.conftest import PASSWORD
from tests.web.browsing import client, text

LOGIN, SECOND = "/account/login/", "/account/two-step/authenticate/"
TURN_ON, TURN_OFF = "/account/two-step/totp/activate/", "/account/two-step/totp/deactivate/"
CODES = "/account/two-step/recovery-codes/"
NOT_RIGHT = "That code is not right"
TOO_MANY = "Too many tries have failed. Wait five minutes, then try again."
AMERICAN = re.compile(
    r"\b(Sign In|Sign Up|Log ?in(?! name)|login code|Two-Factor|Reauthenticate|Activate|Deactivate|authenticator code|Bad Token"
    r"|Forgot your|Remember Me|New Password|Change Password|username|successfully)\b"
)

SHOWN = re.compile(r'>([^<>]+)<|(?:alt|placeholder|aria-label)="([^"]+)"')


class Phone:
    """An authenticator app that was given a key."""

    def __init__(self, key: str, clock: SimpleNamespace) -> None:
        self._key, self._clock = base64.b32decode(key), clock

    def code(self, *, periods_away: int = 0) -> str:
        counter = struct.pack(">Q", int(self._clock.now) // 30 + periods_away)
        digest = hmac.new(self._key, counter, hashlib.sha1).digest()
        start = digest[-1] & 15
        return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"

    def wrong_code(self) -> str:
        near = {self.code(periods_away=away) for away in range(-3, 4)}
        return next(code for code in ("111111", "222222", "333333", "444444", *map(str, near)) if code not in near)


@pytest.fixture
def clock(monkeypatch) -> SimpleNamespace:
    """The time by which the library judges codes."""
    clock = SimpleNamespace(now=1_800_000_010.0)
    monkeypatch.setattr(auth, "time", SimpleNamespace(time=lambda: clock.now))
    return clock


def first_step(name="alice", password=PASSWORD):
    """A browser that gave a password, and what it was answered."""
    browser = client()
    return browser, browser.post(LOGIN, {"login": name, "password": password})


def confirm(browser):
    """What changes the way to sign in asks for the password once more."""
    assert browser.post("/account/reauthenticate/", {"password": PASSWORD}).status_code == 302
    return browser


def turn_on(browser, clock) -> Phone:
    key = re.search(r'id="authenticator_secret" value="([A-Z2-7]+)"', text(browser.get(TURN_ON)))[1]
    phone = Phone(key, clock)
    assert browser.post(TURN_ON, {"code": phone.code()}).status_code == 302
    clock.now += 30
    return phone


def recovery_codes(browser) -> list[str]:
    return re.search(r"<textarea[^>]*>([\d\s]+)</textarea>", text(browser.get(CODES)))[1].split()


def is_in(browser) -> bool:
    return browser.get("/").status_code == 200


@pytest.fixture
def here(cast, clock):
    """Alice's own browser: signed in with her password, which she confirmed just now."""
    browser, _ = first_step()
    return confirm(browser)


@pytest.fixture
def phone(here, clock) -> Phone:
    return turn_on(here, clock)


def test_an_app_is_turned_on_by_the_code_it_shows_and_by_no_other(here, clock, django_capture_on_commit_callbacks):
    page = text(here.get(TURN_ON))
    assert 'src="data:image/svg+xml' in page
    key = re.search(r'id="authenticator_secret" value="([A-Z2-7]+)"', page)[1]
    refused = here.post(TURN_ON, {"code": Phone(key, clock).wrong_code()})
    assert NOT_RIGHT in text(refused)
    assert key in text(refused)  # the picture that was scanned stays good
    assert "Off. An app" in text(here.get("/account/two-step/"))
    assert here.post(TURN_ON, {"code": Phone(key, clock).code()})["Location"] == CODES
    assert "On: you are asked" in text(here.get("/account/two-step/"))
    assert len(set(recovery_codes(here))) == 10


def test_the_password_alone_does_not_sign_in_any_more(phone):
    there, answer = first_step()
    assert (answer.status_code, answer["Location"]) == (302, SECOND)
    assert not is_in(there)
    assert there.get("/api/me").status_code == 401
    assert AuditEvent.objects.filter(action="account:sign_in").count() == 1  # the one before it was turned on
    refused = there.post(SECOND, {"code": phone.wrong_code()})
    assert NOT_RIGHT in text(refused)
    assert not is_in(there)
    assert there.post(SECOND, {"code": phone.code()}).status_code == 302
    assert is_in(there)
    assert AuditEvent.objects.filter(action="account:sign_in").count() == 2


def test_r223_each_change_and_each_wrong_code_is_on_the_trail_of_the_account(
    cast, here, clock, django_capture_on_commit_callbacks
):
    def post(address: str, **given: str) -> None:
        """With what the library leaves for after the commit, which a test never makes, done within the request."""
        with django_capture_on_commit_callbacks() as later:
            request = here.post(address, given).wsgi_request
        with context.request_context(request):
            for call in later:
                call()

    key = re.search(r'id="authenticator_secret" value="([A-Z2-7]+)"', text(here.get(TURN_ON)))[1]
    post(TURN_ON, code=Phone(key, clock).code())
    first_step()[0].post(SECOND, {"code": Phone(key, clock).wrong_code()})
    post(CODES + "generate/")
    post(TURN_OFF)
    rows = AuditEvent.objects.exclude(action="account:sign_in").order_by("id")
    assert [row.action.removeprefix("account:") for row in rows] == [
        "turn_on_app", "fail_second_step", "make_recovery_codes", "turn_off_app",
    ]  # fmt: skip
    assert {row.target_id for row in rows} == {str(cast.alice)}
    assert [row.actor_id for row in rows] == [cast.alice, None, cast.alice, cast.alice]


def test_a_code_signs_in_once_and_only_in_its_half_minute(phone, clock):
    first, second = first_step()[0], first_step()[0]
    first.post(SECOND, {"code": phone.code()})
    second.post(SECOND, {"code": phone.code()})
    assert (is_in(first), is_in(second)) == (True, False)
    for away in (-2, 2):
        second.post(SECOND, {"code": phone.code(periods_away=away)})
        assert not is_in(second)
    clock.now += 30
    second.post(SECOND, {"code": phone.code()})
    assert is_in(second)


def test_the_second_step_is_nothing_without_the_first(phone):
    stranger = client()
    for answer in (stranger.get(SECOND), stranger.post(SECOND, {"code": phone.code()})):
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, LOGIN)
    wrong, _ = first_step(password="not the password")
    wrong.post(SECOND, {"code": phone.code()})
    assert not is_in(stranger)
    assert not is_in(wrong)


def test_a_recovery_code_signs_in_once_and_the_others_stay(here, phone):
    codes = recovery_codes(here)
    first, second = first_step()[0], first_step()[0]
    first.post(SECOND, {"code": codes[0]})
    refused = second.post(SECOND, {"code": codes[0]})
    assert (is_in(first), is_in(second)) == (True, False)
    assert NOT_RIGHT in text(refused)
    assert recovery_codes(here) == codes[1:]
    assert "9 codes of 10 are left." in text(here.get(CODES))
    second.post(SECOND, {"code": codes[1]})
    assert is_in(second)


def test_new_recovery_codes_end_the_old_ones(here, phone):
    old = recovery_codes(here)
    assert here.post(f"{CODES}generate/").status_code == 302
    assert not set(recovery_codes(here)) & set(old)
    there, _ = first_step()
    there.post(SECOND, {"code": old[0]})
    assert not is_in(there)


def test_codes_are_not_guessed_from_many_places_and_others_are_not_locked_out_class_35(cast, here, phone, clock):
    browser, _ = first_step()
    for place in range(5):
        browser.defaults["HTTP_X_REAL_IP"] = f"198.51.100.{place}"
        assert NOT_RIGHT in text(browser.post(SECOND, {"code": phone.wrong_code()}))
    browser.defaults["HTTP_X_REAL_IP"] = "198.51.100.77"
    assert TOO_MANY in text(browser.post(SECOND, {"code": phone.code()}))
    assert not is_in(browser)
    assert TOO_MANY in text(browser.post(SECOND, {"code": recovery_codes(here)[0]}))
    assert not is_in(browser)
    assert is_in(here)  # who was in stays in

    ben, _ = first_step("ben")
    bens = turn_on(confirm(ben), clock)
    there, _ = first_step("ben")
    there.post(SECOND, {"code": bens.code()})
    assert is_in(there)


def test_the_app_is_turned_off_by_its_owner_and_then_the_password_is_enough(here, phone):
    there, _ = first_step()
    there.post(SECOND, {"code": phone.code()})
    confirm(there)
    assert "Turn off the authenticator app?" in text(there.get(TURN_OFF))
    assert there.post(TURN_OFF).status_code == 302
    again, _ = first_step()
    assert is_in(again)


def test_who_only_has_the_cookie_turns_nothing_off(cast, phone):
    with_cookie = client(cast.alice)
    for address in (TURN_OFF, f"{CODES}generate/", CODES, TURN_ON):
        answer = with_cookie.get(address) if address == CODES else with_cookie.post(address)
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/account/reauthenticate/")


def test_every_page_about_signing_in_speaks_plain_british_english(cast, here, phone):
    half_in, _ = first_step()
    only_cookie = client(cast.alice)
    bare = client(cast.ben)
    pages = {
        here: ["/account/two-step/", TURN_OFF, CODES, f"{CODES}generate/", "/account/password/change/"],
        half_in: [SECOND],
        only_cookie: ["/account/two-step/reauthenticate/", "/account/reauthenticate/"],
        bare: ["/account/reauthenticate/?next=/account/two-step/totp/activate/"],
        confirm(first_step("ben")[0]): [TURN_ON, "/account/two-step/webauthn/add/"],
        client(): [LOGIN, "/account/password/reset/", "/account/password/reset/done/", "/account/signup/",
                   "/account/inactive/", "/account/password/reset/key/1-set-password/"],
    }  # fmt: skip
    for browser, addresses in pages.items():
        for address in addresses:
            answer = browser.get(address, follow=True)
            assert answer.status_code == 200, address
            page = re.sub(r"<script.*?</script>", "", text(answer), flags=re.DOTALL)
            shown = [one or two for one, two in SHOWN.findall(page)]
            assert len(shown) > 10, address
            assert AMERICAN.findall(" ".join(shown)) == [], address

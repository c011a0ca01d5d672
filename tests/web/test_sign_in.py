"""Signing in and what follows from it: limits, no enumeration, sessions that end, ways back that stay here."""

import re

import pytest
from django.core import mail

from cathedra.db.models import Account, AuditEvent, WebSession
from cathedra.db.writes import people
from tests.conftest import PASSWORD
from tests.web.browsing import client, text

LOGIN = "/account/login/"
NEW = "a wholly new pass phrase"


def sign_in(browser, name, password=PASSWORD, **more):
    return browser.post(LOGIN, {"login": name, "password": password, **more})


def test_a_person_signs_in_and_comes_back_to_where_they_were(cast):
    browser = client()
    answer = sign_in(browser, "ALICE", next=f"/folders/{cast.chemistry}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/folders/{cast.chemistry}/")
    assert browser.get("/").status_code == 200
    assert AuditEvent.objects.get(action="account:sign_in").actor_id is None or True
    assert AuditEvent.objects.get(action="account:sign_in").target_id == str(cast.alice)


def test_r223_what_belongs_to_signing_in_is_on_the_trail_of_the_account(cast):
    browser = client()
    sign_in(browser, "alice")
    browser.post("/account/reauthenticate/", {"password": "wrong"})
    browser.post("/account/logout/")
    sign_in(client(), "Alice", "wrong")
    sign_in(client(), "nobody-here", "wrong")
    told = list(AuditEvent.objects.order_by("id").values_list("action", "target_id", "address"))
    mine = (str(cast.alice), "192.0.2.7")
    assert told == [
        ("account:sign_in", *mine),
        ("account:fail_sign_in", *mine),
        ("account:sign_out", *mine),
        ("account:fail_sign_in", *mine),
        ("account:fail_sign_in", "", "192.0.2.7"),
    ]


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_the_way_back_stays_here_class_30(cast, elsewhere):
    assert sign_in(client(), "alice", next=elsewhere)["Location"] == "/"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(cast):
    browser = client()
    sign_in(browser, "alice")
    cookie = browser.cookies["cathedra_session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert "cathedra_session" in browser.cookies
    assert cookie["path"] == "/"


def test_signing_in_changes_the_session_key(cast):
    browser = client()
    browser.get(LOGIN)
    session = browser.session
    session.save()
    browser.cookies["cathedra_session"] = session.session_key
    sign_in(browser, "alice")
    assert browser.cookies["cathedra_session"].value != session.session_key


def told(answer):
    """What the page says, without what differs in any two answers."""
    page = text(answer)
    for name in ("alice", "nobody-here", "alice@example.org", "nobody@example.org"):
        page = page.replace(name, "NAME")
    return re.sub(r'(nonce|value|content)="[\w/+=-]{20,}"', "", page)


def test_a_wrong_password_and_an_unknown_name_are_one_answer(cast):
    wrong, unknown = sign_in(client(), "alice", "wrong"), sign_in(client(), "nobody-here", "wrong")
    assert wrong.status_code == unknown.status_code == 200
    assert told(wrong) == told(unknown)
    assert "There is a problem" in text(wrong)
    assert AuditEvent.objects.filter(action="account:fail_sign_in").count() == 2
    assert not any("wrong" in str(event.facts) for event in AuditEvent.objects.all())


def test_asking_for_a_new_password_tells_nobody_who_has_an_account(cast):
    known = client().post("/account/password/reset/", {"email": "alice@example.org"}, follow=True)
    unknown = client().post("/account/password/reset/", {"email": "nobody@example.org"}, follow=True)
    assert known.redirect_chain == unknown.redirect_chain
    assert told(known) == told(unknown)


def test_a_closed_account_does_not_sign_in(cast, now):
    people.set_active(cast.alice, is_active=False, now=now)
    browser = client()
    sign_in(browser, "alice")
    assert browser.get("/").status_code == 302


def test_guessing_is_stopped_for_the_guesser_and_for_nobody_else_class_35(cast):
    for _ in range(5):
        sign_in(client(), "alice", "wrong")
    stopped = client()
    sign_in(stopped, "alice")
    assert stopped.get("/").status_code == 302
    elsewhere = client()
    elsewhere.defaults["HTTP_X_REAL_IP"] = "198.51.100.9"
    sign_in(elsewhere, "alice")
    assert elsewhere.get("/").status_code == 200


def test_one_address_cannot_try_all_names(cast):
    answers = [sign_in(client(), f"name-{place}", "wrong") for place in range(32)]
    assert "Too many tries have failed. Wait five minutes" in text(answers[-1])


def test_a_new_password_ends_every_other_sign_in_at_once(cast):
    here, there = client(), client()
    sign_in(here, "alice")
    sign_in(there, "alice")
    answer = here.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert answer.status_code == 302
    assert here.get("/").status_code == 200
    assert there.get("/").status_code == 302
    assert WebSession.objects.filter(account_id=cast.alice).count() == 1
    assert Account.objects.get(id=cast.alice).password.startswith("argon2")
    assert AuditEvent.objects.filter(action="account:change_password", target_id=str(cast.alice)).exists()
    assert mail.outbox[-1].subject.endswith("Your password was changed")
    assert mail.outbox[-1].body.startswith("The password of your account was changed.\n\nIf this was not you,")


def test_a_password_is_set_anew_through_the_link_in_the_mail(cast):
    signed_in = client(cast.alice)
    browser = client()
    browser.post("/account/password/reset/", {"email": "alice@example.org"})
    assert "Your login name is alice." in mail.outbox[-1].body
    link = re.search(r"https?://[^/]+(/account/password/reset/key/\S+)", mail.outbox[-1].body)[1]
    form = browser.get(link, follow=True)
    answer = browser.post(form.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})
    assert answer.status_code == 302
    assert signed_in.get("/").status_code == 302
    assert sign_in(client(), "alice", NEW).status_code == 302


def test_nobody_makes_an_account_by_themselves(db):
    answer = client().post(
        "/account/signup/", {"username": "x", "email": "x@example.org", "password1": NEW, "password2": NEW}
    )
    assert answer.status_code == 200
    assert not Account.objects.exists()


def test_signing_out_ends_the_session_in_the_database(cast):
    browser = client(cast.alice)
    assert browser.get("/account/logout/").status_code == 200
    assert WebSession.objects.filter(account_id=cast.alice).exists()  # asking is not signing out
    browser.post("/account/logout/")
    assert not WebSession.objects.filter(account_id=cast.alice).exists()


def test_the_second_step_asks_for_the_password_again(cast):
    browser = client(cast.alice)
    answer = browser.get("/account/two-step/totp/activate/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/reauthenticate/")


@pytest.mark.parametrize(
    "address",
    [LOGIN, "/account/password/reset/", "/account/password/reset/done/", "/account/signup/", "/account/inactive/"],
)
def test_pages_before_sign_in_wear_our_look(db, address):
    page = text(client().get(address))
    assert 'class="brand"' in page
    assert "Menu:" not in page


@pytest.mark.parametrize(
    "address",
    [
        "/account/password/change/",
        "/account/two-step/",
        "/account/two-step/webauthn/",
        "/account/logout/",
    ],
)
def test_pages_about_sign_in_wear_our_look(cast, address):
    page = text(client(cast.alice).get(address))
    assert 'class="brand"' in page
    assert "Menu:" not in page


def test_a_passkey_is_offered_and_its_challenge_is_given(cast):
    browser = client()
    assert 'id="passkey_login"' in text(browser.get(LOGIN))
    options = browser.get("/account/two-step/webauthn/login/", headers={"Accept": "application/json"}).json()
    assert options["request_options"]["publicKey"]["challenge"]

"""The first-run page: only with the terminal's code, only once, also for two at the same moment."""

import threading

import pytest
from django.db import connection
from django.test import Client

from cathedra import wiring
from cathedra.db.reads import people
from tests.conftest import PASSWORD
from tests.web.browsing import client, text

pytestmark = pytest.mark.xdist_group("first-run")  # the code is one file of the data folder

SIGN_IN = {"login": "dana", "password": PASSWORD}
FIELDS = {"full_name": "Dana Reed", "login_name": "dana", "email": "dana@example.org", "password": PASSWORD}


@pytest.fixture
def code():
    kept = wiring.first_run_code(wiring.configuration())
    yield kept.make()
    kept.forget()


@pytest.mark.slow
def test_the_code_makes_the_administrator_who_can_then_sign_in(db, code):
    browser = client()
    assert browser.get("/first-run/").status_code == 200
    answer = browser.post("/first-run/", {**FIELDS, "code": code.lower().replace("-", " ")})
    assert (answer.status_code, answer["Location"]) == (302, "/account/login/")
    assert people.has_administrator()
    assert wiring.first_run_code(wiring.configuration()).read() is None
    assert browser.post("/account/login/", SIGN_IN).status_code == 302
    assert browser.get("/first-run/").status_code == 404
    assert browser.post("/first-run/", {**FIELDS, "login_name": "mallory", "code": code}).status_code == 404


@pytest.mark.slow
@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"code": "AAAAA-BBBBB-CCCCC-DDDDD"}, "That is not the code"),
        ({"code": ""}, "Fill in “Code”."),
        ({"password": "short"}, "too short"),
        ({"login_name": "dana reed"}, "login name is made of letters"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(db, code, wrong, says):
    answer = client().post("/first-run/", {**FIELDS, "code": code, **wrong})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not people.has_administrator()


@pytest.mark.slow
def test_of_two_at_the_same_moment_one_becomes_administrator(transactional_db, code):
    statuses = []

    def ask(name: str) -> None:
        statuses.append(Client().post("/first-run/", {**FIELDS, "login_name": name, "code": code}).status_code)
        connection.close()

    both = [threading.Thread(target=ask, args=(name,)) for name in ("dana", "mallory")]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert sorted(statuses) in ([302, 404], [302, 422])
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT account_id) FROM cathedra_systemroleholder")
        assert cursor.fetchone()[0] == 1


@pytest.mark.slow
def test_after_five_wrong_codes_nothing_is_tried_from_that_address_class_35(db, code):
    guesser, owner = client(), client()
    owner.defaults["HTTP_X_REAL_IP"] = "198.51.100.9"
    for _ in range(5):
        assert guesser.post("/first-run/", {**FIELDS, "code": "AAAAA"}).status_code == 422
    stopped = guesser.post("/first-run/", {**FIELDS, "code": code})
    assert (stopped.status_code, "Too many tries" in text(stopped)) == (429, True)
    assert guesser.get("/first-run/").status_code == 200
    assert owner.post("/first-run/", {**FIELDS, "code": code}).status_code == 302


@pytest.mark.slow
def test_what_else_is_wrong_with_the_form_is_no_guess(db, code):
    browser = client()
    for _ in range(6):
        assert browser.post("/first-run/", {**FIELDS, "code": code, "login_name": "dana reed"}).status_code == 422
    assert browser.post("/first-run/", {**FIELDS, "code": code}).status_code == 302

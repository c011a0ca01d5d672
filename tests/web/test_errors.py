"""What people see when something went wrong, in Django and in nginx."""

import re
from pathlib import Path

import pytest
from django.test import RequestFactory, override_settings
from django.urls import path

import cathedra.web
from cathedra.web import errors
from tests.web.browsing import client, text

STATIC = Path(cathedra.web.__file__).parent / "static/errors"


def test_an_address_that_is_not_there_tells_nothing(cast):
    answer = client(cast.alice).get("/nothing/here/")
    assert answer.status_code == 404
    assert "There is nothing here for you" in text(answer)


def test_a_form_from_elsewhere_changes_nothing_class_23(cast):
    browser = client(cast.alice, enforce_csrf_checks=True)
    answer = browser.post(f"/folders/{cast.chemistry}/new/", {"new-name": "x"})
    assert answer.status_code == 403
    assert "This form is too old" in text(answer)
    assert "what you wrote is usually still there" in text(answer)


@pytest.mark.parametrize(
    ("view", "status"),
    [(errors.bad_request, 400), (errors.forbidden, 403), (errors.too_many_requests, 429), (errors.server_error, 500)],
)
def test_each_error_has_its_page(db, view, status):
    answer = view(RequestFactory().get("/"))
    assert answer.status_code == status
    assert "<h1>" in text(answer)
    assert 'href="/"' in text(answer)


def broken(_request):
    raise ZeroDivisionError("secret detail")


urlpatterns = [path("broken/", broken)]
handler500 = "cathedra.web.errors.server_error"


@override_settings(ROOT_URLCONF="tests.web.test_errors")
def test_an_error_inside_a_page_shows_no_trace(db):
    browser = client()
    browser.raise_request_exception = False
    answer = browser.get("/broken/")
    assert answer.status_code == 500
    assert "Something went wrong here" in text(answer)
    assert "secret detail" not in text(answer)


@pytest.mark.parametrize("code", [400, 403, 404, 410, 413, 429, 500, 502, 503, 504])
def test_the_web_servers_pages_stand_alone(code):
    page = (STATIC / f"{code}.html").read_text()
    assert '<html lang="en-GB">' in page
    assert set(re.findall(r'(?:href|src)="([^"]+)"', page)) == {
        "/",
        "/static/icons/favicon.svg",
        "/static/errors/errors.css",
    }
    assert "<style" not in page
    assert "<script" not in page


@pytest.mark.parametrize("who", ["alice", "eve"])
def test_whoever_comes_to_where_a_button_leads_is_led_back_and_told_nothing_else_r42(cast, who):
    browser, nowhere = client(getattr(cast, who)), "3f0c1a52-4a34-4f8f-9a77-1f2f3f4f5f6f"
    for address, back in (
        (f"/recordings/{nowhere}/archive/", f"/recordings/{nowhere}/"),
        (f"/folders/{cast.chemistry}/access/level/", f"/folders/{cast.chemistry}/"),
        ("/theme/", "/"),
    ):
        answer = browser.get(address)
        assert (answer.status_code, answer["Allow"]) == (405, "POST")
        assert "Nothing was done" in text(answer)
        assert f'href="{back}"' in text(answer)
        assert browser.head(address).status_code == 405
    assert browser.get("/api/me/no-such").status_code == 404
    assert browser.put("/theme/").content == b"", "a program is told by the number"

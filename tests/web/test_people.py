"""Pages about oneself."""

import pytest

from cathedra.db.models import AuditEvent, WebSession
from tests.web.browsing import client, text


def test_the_account_shows_who_one_is_here_r22(cast):
    page = text(client(cast.alice).get("/account/"))
    for part in ("Alice", "alice@example.org", "University staff", "Creator"):
        assert part in page
    assert "Service administrator" in text(client(cast.dev).get("/account/"))
    assert client().get("/account/").status_code == 302


def test_signing_out_elsewhere_keeps_this_browser(cast):
    here, there = client(cast.alice), client(cast.alice)
    assert here.post("/account/sign-out-elsewhere/").status_code == 302
    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 302
    assert WebSession.objects.filter(account_id=cast.alice).count() == 1
    assert AuditEvent.objects.filter(action="account:end_sign_ins", actor_id=cast.alice).exists()


@pytest.mark.parametrize("chosen", ["light", "dark", "system"])
def test_the_theme_is_kept_in_a_cookie_and_comes_with_the_next_page(cast, chosen):
    browser = client(cast.alice)
    answer = browser.post("/theme/", {"theme": chosen, "next": "/browse/"})
    assert (answer.status_code, answer["Location"]) == (302, "/browse/")
    page = text(browser.get("/browse/"))
    assert (f'data-theme="{chosen}"' in page) == (chosen != "system")


def test_a_made_up_theme_is_refused_and_a_made_up_cookie_ignored(db):
    browser = client()
    assert browser.post("/theme/", {"theme": '"><script>'}).status_code == 400
    browser.cookies["cathedra_theme"] = '"><script>'
    assert "data-theme=" not in text(browser.get("/account/login/")).split("<head>")[0]


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"]
)
def test_the_way_back_stays_here_class_30(db, elsewhere):
    assert client().post("/theme/", {"theme": "dark", "next": elsewhere})["Location"] == "/"


def test_robots_stay_away(db):
    assert text(client().get("/robots.txt")) == "User-agent: *\nDisallow: /\n"

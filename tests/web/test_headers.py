"""Security class 31: what every page says about framing, scripts and types; class 22: what cookies allow."""

import httpx
import pytest

pytestmark = pytest.mark.slow

ADDRESSES = ["/account/login/", "/", "/browse/", "/api/uploads", "/nothing/here", "/robots.txt"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_forbids_framing_foreign_scripts_and_guessing_of_types(running, address):
    answer = httpx.get(running.url + address)
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert "access-control-allow-origin" not in answer.headers
    policy = {part.split()[0]: part.split()[1:] for part in answer.headers["content-security-policy"].split("; ")}
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == ["'none'"]
    assert "'unsafe-inline'" not in policy["script-src"] + policy["style-src"]
    assert "'unsafe-eval'" not in policy["script-src"]
    assert answer.headers["server"] == "nginx"


def test_a_foreign_origin_is_told_nothing_and_may_post_nothing(running):
    foreign = {"Origin": "https://evil.example"}
    assert "access-control-allow-origin" not in httpx.get(running.url + "/account/login/", headers=foreign).headers
    assert httpx.post(running.url + "/account/login/", headers=foreign, data={"login": "alice"}).status_code == 403


def test_cookies_are_closed_to_scripts_and_to_other_sites(running):
    page = httpx.get(running.url + "/account/login/")
    token = page.text.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    fields = {"login": "alice", "password": "correct horse battery staple", "csrfmiddlewaretoken": token}
    answer = httpx.post(
        running.url + "/account/login/", data=fields, cookies=page.cookies, headers={"Origin": running.url}
    )
    cookie = next(line for line in answer.headers.get_list("set-cookie") if line.startswith("cathedra_session="))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_the_largest_body_of_a_page_is_small(running):
    answer = httpx.post(running.url + "/account/login/", content=b"x" * (11 * 1024 * 1024))
    assert answer.status_code == 413

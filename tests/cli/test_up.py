"""The whole tree, for real: it starts, serves, survives deaths, stops, and leaves nothing behind."""


import httpx
import pytest

pytestmark = pytest.mark.slow


def test_pages_media_and_uploads_share_one_address(running):
    with httpx.Client(base_url=running.url) as browser:
        assert browser.get("/account/login/").status_code == 200
        assert browser.get("/stream/9a3a4e7e-0000-4000-8000-000000000000/primary.m3u8").status_code == 401


def test_a_signed_in_person_is_known_to_pages(running):
    cookie = running.sign_in(running.cast.alice)
    answer = httpx.get(running.url + "/account/password/change/", cookies={"cathedra_session": cookie})
    assert answer.status_code == 200

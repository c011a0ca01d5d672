"""The staff area's start page."""

from tests.web.browsing import client, text


def test_the_start_page_names_my_roles_and_says_when_nothing_waits(cast):
    shown = text(client(cast.dev).get("/staff/"))
    assert "Service administrator" in shown
    assert "What needs you" in shown

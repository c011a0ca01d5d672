"""Where a step in between leads on to: never off the site (security class 30)."""

import pytest
from django.test import RequestFactory

from cathedra.web import way_back


@pytest.mark.parametrize(
    ("wanted", "safe"),
    [
        ("/folders/x/?sort=title", "/folders/x/?sort=title"),
        ("", "/"),
        ("https://evil.example/", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("http:///evil.example", "/"),
        ("\x00//evil.example", "/"),
    ],
)
def test_only_an_address_of_this_site_is_kept(wanted, safe):
    assert way_back.safe(RequestFactory().get("/"), wanted) == safe

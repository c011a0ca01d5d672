"""What the frame of every page needs."""

import pytest
from django.test import RequestFactory

from cathedra.db.models import Account
from cathedra.web import frame


@pytest.mark.parametrize(
    ("cookie", "theme"), [("dark", "dark"), ("light", "light"), ("system", "system"), ("x", "system")]
)
def test_the_theme_is_the_cookies_when_it_is_one(cookie, theme):
    request = RequestFactory().get("/")
    request.COOKIES[frame.THEME_COOKIE] = cookie
    assert frame.theme_of(request) == theme


def test_me_is_asked_for_only_when_shown(cast, django_assert_num_queries):
    request = RequestFactory().get("/browse/")
    request.user = Account.objects.get(id=cast.alice)
    with django_assert_num_queries(0):
        context = frame.context(request)
    assert context["me"].full_name == "Alice"
    assert context["here"] == "/browse/"
    with django_assert_num_queries(0):
        assert context["me"].is_creator


def test_a_page_before_sign_in_has_nobody():
    assert not frame.context(RequestFactory().get("/"))["me"]

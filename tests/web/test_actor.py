"""Who does something, as a value."""

from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from cathedra.db.models import Account
from cathedra.domain.terms import Actor, Channel
from cathedra.web import actor


def test_an_actor_has_the_account_the_address_nginx_saw_and_the_channel(cast):
    request = RequestFactory().get("/", headers={"X-Real-IP": "192.0.2.7", "X-Request-ID": "r" * 100})
    request.user = Account.objects.get(id=cast.alice)
    assert actor.from_request(request, channel=Channel.API) == Actor(cast.alice, Channel.API, "192.0.2.7", "r" * 64)


def test_nobody_signed_in_is_an_anonymous_actor():
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.8")
    request.user = AnonymousUser()
    assert actor.from_request(request).is_anonymous
    assert actor.account_id(request) is None
    assert actor.address(request) == "192.0.2.8"

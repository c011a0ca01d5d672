"""Makes the Actor: who does something, as a value, from a request."""

from django.http import HttpRequest

from cathedra.domain.terms import AccountId, Actor, Channel


def from_request(request: HttpRequest, *, channel: Channel = Channel.WEB) -> Actor:
    """Whoever is signed in, with the address that nginx saw and the id that joins log lines to the audit trail."""
    return Actor(
        account_id=account_id(request),
        channel=channel,
        address=address(request),
        correlation_id=request.headers.get("X-Request-ID", "")[:64],
    )


def address(request: HttpRequest) -> str:
    """Where the request comes from. nginx, which stands in front always, writes X-Real-IP whatever the client sent."""
    return request.headers.get("X-Real-IP") or request.META.get("REMOTE_ADDR", "")


def account_id(request: HttpRequest) -> AccountId | None:
    """The viewer, for reads."""
    return AccountId(request.user.pk) if request.user.is_authenticated else None


def is_gated(request: HttpRequest) -> bool:
    """Has whoever is signed in the terms of use still to accept? Known from the statement that found them."""
    return request.user.is_authenticated and request.user.is_gated

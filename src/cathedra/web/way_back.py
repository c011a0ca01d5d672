"""Where somebody goes on after a step in between: only ever to an address of this site (security class 30)."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def safe(request: HttpRequest, wanted: str) -> str:
    """The wanted address when it is ours, else Home."""
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else "/"

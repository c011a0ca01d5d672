"""Which pages may use a camera, a microphone and the screen: the one on which is recorded, and no other."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

HEADER = "Permissions-Policy"
_NAMES = ("camera", "microphone", "display-capture")
_NONE, _SELF = (", ".join(f"{name}={whom}" for name in _NAMES) for whom in ("()", "(self)"))


def middleware(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """No page, unless it says otherwise."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault(HEADER, _NONE)
        return response

    return answer


def allowed(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """This page may, for itself and nothing it embeds."""

    @wraps(view)
    def answer(*arguments: Any, **named: Any) -> HttpResponseBase:
        response = view(*arguments, **named)
        response.headers[HEADER] = _SELF
        return response

    return answer

"""The gate at first access: nobody who is signed in goes on before they have accepted the current terms (R9, R10).

It stands before every page and every API answer; what stays open is listed here and nowhere else. The hot door asks the
same rule (`domain/access.decide_entry`) of the same fact.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from cathedra.domain import access
from cathedra.domain.terms import Decision
from cathedra.web import actor, way_back
from cathedra.web.api.answers import told

# By the names of their routes: reading and accepting the documents, signing out, and what says nothing of anybody.
OPEN = frozenset(
    {
        "terms",
        "acceptable_use",
        "account_logout",
        "theme",
        "robots",
        "favicon",
        "api:list_terms",
        "api:accept_terms",
        "api:openapi-json",
    }
)
CODE_HEADER = "Cathedra-Code"


class Gate:
    """The middleware. A page that does not exist is told so to anybody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """None lets the request through."""
        match = request.resolver_match
        if match is None or match.view_name in OPEN:
            return None
        decision = access.decide_entry(is_gated=actor.is_gated(request))
        return None if decision.is_permitted else _answer(request, decision, is_api="api" in match.namespaces)


def _answer(request: HttpRequest, decision: Decision, *, is_api: bool) -> HttpResponse:
    if is_api:
        refusal = told(decision)
        body = {**refusal.value, **decision.reasons[0].values}  # with the address of the terms
        response: HttpResponse = JsonResponse(body, status=refusal.status_code)
    elif "HX-Request" in request.headers:
        response = HttpResponse(status=403)  # a part of a page: the page as a whole goes to the terms
        response["HX-Redirect"] = _terms(request, request.headers.get("HX-Current-URL", ""))
    else:
        here = request.get_full_path() if request.method in ("GET", "HEAD") else request.headers.get("Referer", "")
        response = redirect(_terms(request, here))
    response[CODE_HEADER] = decision.code
    response["Cache-Control"] = "no-store"
    return response


def _terms(request: HttpRequest, here: str) -> str:
    """The terms, and the way back to where somebody was going."""
    parts = urlsplit(here)
    wanted = parts.path + (f"?{parts.query}" if parts.query else "")
    back = way_back.safe(request, wanted)
    return reverse("terms") + ("" if back == "/" else "?" + urlencode({"next": back}))

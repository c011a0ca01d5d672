"""What people see when something went wrong before or inside a page."""

from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.urls import reverse

from cathedra.web import refusals

_SERVER_ERROR = Path(__file__).parent / "static/errors/500.html"


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return render(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return render(request, "errors/403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was too old, or came from somewhere else."""
    return render(request, "errors/403_csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: the same page as a refusal, so that an address tells nothing."""
    return refusals.page(request, refusals.no_such_thing(is_signed_in=True))


def wrong_method(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """405 for people: whoever pressed a button when their sign-in had ended is led back to its address, where there is
    nothing to read. Where the button was is told by the address alone, so that it tells of nothing else (R42)."""

    def answered(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_page = request.method == "GET" and not request.path.startswith("/api/")
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or not is_page or response.content:
            return response
        page = render(request, "errors/405.html", {"back": _back(request)}, status=HTTPStatus.METHOD_NOT_ALLOWED)
        page["Allow"] = response["Allow"]
        return page

    return answered


def _back(request: HttpRequest) -> str:
    told = request.resolver_match.kwargs if request.resolver_match else {}
    for name, route in (("recording_id", "recording"), ("folder_id", "folder")):
        if name in told:
            return reverse(route, kwargs={name: told[name]})
    return reverse("home")


def too_many_requests(request: HttpRequest, *, heading: str = "", sentence: str = "") -> HttpResponse:
    """429: the sign-in library counts, this tells; others say what was too much, and why it matters."""
    return render(request, "429.html", {"heading": heading, "sentence": sentence}, status=429)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: leans on nothing that may be what is broken."""
    return HttpResponseServerError(_SERVER_ERROR.read_text())

"""What people see when something went wrong before or inside a page."""

from pathlib import Path

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render

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


def too_many_requests(request: HttpRequest, *, heading: str = "", sentence: str = "") -> HttpResponse:
    """429: the sign-in library counts, this tells; others say what was too much, and why it matters."""
    return render(request, "429.html", {"heading": heading, "sentence": sentence}, status=429)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: leans on nothing that may be what is broken."""
    return HttpResponseServerError(_SERVER_ERROR.read_text())

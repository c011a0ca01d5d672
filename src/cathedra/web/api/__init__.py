"""The JSON door: the same reads, actions and decisions as the pages (R227, R228)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from ninja.security import django_auth

from cathedra import wiring
from cathedra.domain.terms import NotFound
from cathedra.web import refusals
from cathedra.web.api import (
    accounts,
    audio_description,
    audit,
    availability,
    bins,
    captions,
    captures,
    cases,
    content,
    declarations,
    downloads,
    edits,
    encoding,
    folder_bin,
    glossaries,
    grants,
    groups,
    holds,
    hours,
    ingest,
    intake,
    keeping,
    library,
    notes,
    notices,
    own_keeping,
    pace,
    people,
    playback,
    policy,
    publishing,
    recorders,
    requests,
    retention,
    runs,
    saving,
    schedules,
    search,
    sharing,
    slides,
    standing,
    summative,
    timetable,
    use_policies,
    viewing,
)
from cathedra.web.api._described import Described
from cathedra.web.api.answers import bad_request, told, too_many_requests

PACE = pace.Pace(lambda: pace.limits(wiring.configuration().api))
api = Described(
    title="Cathedra",
    version="1",
    description="Everything the pages do, under the same decisions. Refusals are {code, rule, message}.",
    auth=django_auth,
    throttle=[PACE],
    docs_url=None,  # it would need scripts of another origin
    openapi_extra={"info": {"license": {"name": "Apache-2.0"}}},
    urls_namespace="api",
)
api.add_router("", people.router)
api.add_router("", library.router)
api.add_router("", playback.router)
api.add_router("", encoding.router)
api.add_router("", slides.router)
api.add_router("", audio_description.router)
api.add_router("", ingest.router)
api.add_router("", captures.router)
for _router in recorders.routers:
    api.add_router("", _router)
api.add_router("", intake.router)
api.add_router("", schedules.router)
api.add_router("", timetable.router)
api.add_router("", policy.router)
api.add_router("", accounts.router)
api.add_router("", groups.router)
api.add_router("", notices.router)
api.add_router("", audit.router)
for _router in sharing.routers:
    api.add_router("", _router)
api.add_router("", availability.router)
api.add_router("", downloads.router)
api.add_router("", declarations.router)
api.add_router("", cases.router)
api.add_router("", holds.router)
api.add_router("", standing.router)
api.add_router("", requests.router)
api.add_router("", publishing.router)
api.add_router("", grants.router)
api.add_router("", retention.router)
api.add_router("", runs.router)
api.add_router("", bins.router)
api.add_router("", own_keeping.router)
api.add_router("", summative.router)
api.add_router("", folder_bin.router)
api.add_router("", keeping.router)
api.add_router("", use_policies.router)
api.add_router("", edits.router)
api.add_router("", saving.router)
api.add_router("", captions.router)
api.add_router("", glossaries.router)
api.add_router("", search.router)
api.add_router("", content.router)
api.add_router("", notes.router)
api.add_router("", viewing.router)
for _router in hours.routers:
    api.add_router("", _router)


def _answer(request: HttpRequest, status: int, body: dict[str, Any]) -> HttpResponse:
    return api.create_response(request, body, status=status)


@api.exception_handler(AuthenticationError)
def _not_signed_in(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    answer = told(refusals.no_such_thing(is_signed_in=False))
    return _answer(request, answer.status_code, answer.value)


@api.exception_handler(NotFound)
@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Exception) -> HttpResponse:
    answer = told(refusals.missing(request))
    return _answer(request, answer.status_code, answer.value)


@api.exception_handler(ValidationError)
def _not_understood(request: HttpRequest, error: ValidationError) -> HttpResponse:
    fields = sorted({str(part["loc"][-1]) for part in error.errors})
    return _answer(request, 422, bad_request(fields))


@api.exception_handler(Throttled)
def _too_fast(request: HttpRequest, error: Throttled) -> HttpResponse:
    response = _answer(request, 429, too_many_requests())
    response["Retry-After"] = str(max(1, round(error.wait or 1)))
    return response


@api.exception_handler(HttpError)
def _refused_early(request: HttpRequest, error: HttpError) -> HttpResponse:
    return _answer(request, error.status_code, bad_request([]))

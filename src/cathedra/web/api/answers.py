"""Refusals as JSON: {code, rule, message}."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from ninja import Schema, Status

from cathedra.domain import access
from cathedra.domain.terms import Code, Decision
from cathedra.web import refusals

# What the library calls every other status: a model for each was a quarter of what the pages' process loads.
REFUSED = ...
REFUSAL_STATUSES = (400, 401, 403, 404, 409, 410, 422, 429)


class Refusal(Schema):
    """Why not: a code for programs, the rule it comes from, a sentence for people."""

    code: str
    rule: str
    message: str


def told(decision: Decision) -> "Status[dict[str, Any]]":
    """The status and the body of a refusal."""
    reason = access.as_told(decision).reasons[0]
    answer = refusals.answer_for(reason.code)
    body = {"code": reason.code, "rule": reason.rule, "message": refusals.sentence(reason)}
    return Status(answer.status, body)


def bad_request(fields: Sequence[str]) -> dict[str, Any]:
    """What was sent does not have the form that is asked for."""
    message = _("That could not be understood.")
    if fields:
        message = _("That could not be understood: %(fields)s.") % {"fields": ", ".join(fields)}
    return {"code": Code.BAD_REQUEST, "rule": "R228", "message": message}


def too_many_requests() -> dict[str, Any]:
    """R227."""
    return {"code": "TOO_MANY_REQUESTS", "rule": "R227", "message": _("Too many requests. Wait a little, then go on.")}

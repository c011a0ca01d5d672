"""The one table from a refusal to its HTTP status, its sentence and the way on; for pages and for the API.

To somebody outside, forbidden and missing are one answer (R42): both are `NO_PERMISSION`, and nothing of the thing
is said. After permission the sentence of the decision says what happened.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from cathedra import wiring
from cathedra.domain import access
from cathedra.domain.terms import Code, Decision, Reason, RecordingId, deny

_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Answer:
    """How one code is told. `heading` and `way_on` are translatable; the sentence comes from the decision."""

    status: int
    heading: str
    way_on: str = ""
    icon: str = "lock"


_NOTHING = Answer(
    404,
    gettext_noop("There is nothing here for you"),
    gettext_noop(
        "The address may be wrong, or you may not have access. If somebody sent you the link, ask them to let you in."
    ),
    "lock",
)

ANSWERS: Mapping[Code, Answer] = {
    Code.ALLOW: Answer(200, ""),
    Code.SIGN_IN: Answer(
        401, gettext_noop("Sign in to go on"), gettext_noop("This page is for people who are signed in."), "log-in"
    ),
    Code.EULA_REQUIRED: Answer(
        403, gettext_noop("Please read the terms first"), gettext_noop("Accept the terms of use, then come back.")
    ),
    Code.AUP_REQUIRED: Answer(
        403,
        gettext_noop("Please read the acceptable use policy first"),
        gettext_noop("You are asked once for each version of it."),
    ),
    Code.NOT_PERMITTED: Answer(
        403,
        gettext_noop("The acceptable use policy does not allow this here"),
        gettext_noop("Change your answers if they were wrong, or keep it somewhere else."),
    ),
    Code.NO_PERMISSION: _NOTHING,
    Code.NOT_FOUND: _NOTHING,
    Code.GONE: Answer(410, gettext_noop("This recording was deleted"), "", "trash-2"),
    Code.ORIGINAL_DELETED: Answer(
        410, gettext_noop("The original was deleted"), gettext_noop("Its owner can tell you more."), "trash-2"
    ),
    Code.RECYCLED: Answer(
        409,
        gettext_noop("This recording is in the bin"),
        gettext_noop("Restore it from the bin to play it."),
        "trash-2",
    ),
    Code.NOT_READY: Answer(409, gettext_noop("This recording is not ready"), "", "hourglass"),
    Code.HELD: Answer(403, gettext_noop("This recording is on hold"), "", "hand"),
    Code.ARCHIVED: Answer(
        409,
        gettext_noop("This recording is in the archive"),
        gettext_noop("Restore it, and it plays again soon."),
        "archive",
    ),
    Code.RESTORING: Answer(
        409, gettext_noop("This recording is on its way back"), gettext_noop("Come back in a while."), "archive"
    ),
    Code.WAITING_APPROVAL: Answer(
        403,
        gettext_noop("This recording is waiting for approval"),
        gettext_noop("You can watch it once a Publisher has approved it."),
        "hourglass",
    ),
    Code.REJECTED: Answer(
        403,
        gettext_noop("This recording was returned to its owner"),
        gettext_noop("Its owner can tell you more."),
        "undo-2",
    ),
    Code.NOT_YET: Answer(
        403, gettext_noop("This recording is not available yet"), gettext_noop("Come back then."), "calendar"
    ),
    Code.EXPIRED: Answer(
        403,
        gettext_noop("This recording is no longer available"),
        gettext_noop("If you still need it, ask its owner or a Creator of its folder."),
        "calendar",
    ),
    Code.NEVER: Answer(403, gettext_noop("This recording is not available"), "", "lock"),
    Code.ILLEGAL_TRANSITION: Answer(
        409, gettext_noop("That cannot be done now"), gettext_noop("Reload the page to see how things stand."), "ban"
    ),
    Code.TOO_LARGE: Answer(413, gettext_noop("That is too large"), "", "ban"),
    Code.NO_SPACE: Answer(
        507,
        gettext_noop("There is no room for that now"),
        gettext_noop("Try again later, or tell the service team."),
        "ban",
    ),
    Code.LIMIT_REACHED: Answer(
        409,
        gettext_noop("The hours are used up"),
        gettext_noop("Free some of yours, or ask the service team for an exception."),
        "ban",
    ),
    Code.BAD_REQUEST: Answer(
        400, gettext_noop("That could not be understood"), gettext_noop("Go back and try again."), "circle-alert"
    ),
    Code.CONFLICT: Answer(
        409, gettext_noop("Something changed meanwhile"), gettext_noop("Reload the page and try again."), "circle-alert"
    ),
}
_OTHERWISE = Answer(409, gettext_noop("That cannot be done now"), gettext_noop("Reload the page and try again."), "ban")


class Instead(Protocol):
    """Another recording, which the page may name."""

    @property
    def id(self) -> RecordingId: ...

    @property
    def title(self) -> str: ...


def answer_for(code: Code) -> Answer:
    """How a code is told; one that only the upload protocol knows is a plain conflict on a page."""
    return ANSWERS.get(code, _OTHERWISE)


def sentence(reason: Reason) -> str:
    """The reason's sentence, translated, with its values in their places; days and instants as people read them."""
    return fill(reason.sentence, {name: _readable(name, value) for name, value in reason.values.items()})


def _readable(name: str, value: str) -> str:
    """Rules tell instants (`_at`) and days (`_date`) as ISO text; here the time zone and the language are known."""
    if name.endswith("_at"):
        return wiring.in_words(datetime.fromisoformat(value))
    return wiring.in_words(date.fromisoformat(value)) if name.endswith("_date") else value


def fill(text: str, values: Mapping[str, object]) -> str:
    """A translatable sentence of ours with its values in their places. A value is never read as a place itself."""
    translated = _(text) if text else ""
    return _PLACE.sub(lambda place: str(values.get(place[1], place[0])), translated)


def page(request: HttpRequest, decision: Decision, *, instead: Instead | None = None) -> HttpResponse:
    """The refusal as a page that reveals nothing of the thing before permission passed. `instead`: a recording that the
    person may watch, which has taken its place (R103)."""
    decision = access.as_told(decision)
    code = decision.code
    answer = answer_for(code)
    context = {
        "code": code,
        "heading": _(answer.heading),
        "sentence": "" if answer is _NOTHING or code is Code.SIGN_IN else sentence(decision.reasons[0]),
        "way_on": _(answer.way_on) if answer.way_on else "",
        "icon": answer.icon,
        "offers_sign_in": code is Code.SIGN_IN,
        "offers_hours": code is Code.LIMIT_REACHED,
        "wanted": _wanted(request) if code is Code.NO_PERMISSION else None,
        "instead": instead,
        "restorable": (_wanted(request) or {}).get("recording_id") if code is Code.ARCHIVED else None,
    }
    return render(request, "refusals/refused.html", context, status=answer.status)


# The pages of a folder and of a recording that Viewers open, by their names: whoever follows a link to one of them and is
# refused can ask to be let in.
FOR_VIEWERS = frozenset({"folder", "recording", "transcript", "report_recording"})


def _wanted(request: HttpRequest) -> dict[str, str] | None:
    """What somebody who was refused may ask access to (R36): the same whether there is such a thing or not (R42)."""
    match = request.resolver_match
    if match is None or match.url_name not in FOR_VIEWERS:
        return None
    return {name: str(value) for name, value in match.kwargs.items()}


def missing(request: HttpRequest) -> Decision:
    """What somebody is told about a thing that is not there: the same as about one they may not see."""
    return no_such_thing(is_signed_in=request.user.is_authenticated)


def no_such_thing(*, is_signed_in: bool) -> Decision:
    """The decision that hides whether something exists."""
    if is_signed_in:
        return deny(Code.NO_PERMISSION, "R41", gettext_noop("There is nothing here, or you may not see it."))
    return deny(Code.SIGN_IN, "R41", gettext_noop("Sign in to see this."))

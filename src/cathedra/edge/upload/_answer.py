"""What the upload door answers: a status, headers, and for every refusal a code, the rule and a sentence, which is put into
the language of the request when it is sent."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from cathedra.domain.terms import Code, Decision, Reason

Send = Callable[[dict[str, Any]], Awaitable[None]]
Headers = tuple[tuple[bytes, bytes], ...]
Say = Callable[[str], str]  # a marked sentence in somebody's language

STATUS = {
    Code.SIGN_IN: 401,
    Code.NO_PERMISSION: 403,
    Code.NOT_FOUND: 404,
    Code.CONFLICT: 409,
    Code.GONE: 410,
    Code.EXPIRED: 410,
    Code.TOO_LARGE: 413,
    Code.LOCKED: 423,
    Code.CHECKSUM_MISMATCH: 460,
    Code.NO_SPACE: 507,
    Code.BAD_REQUEST: 400,
}
_ALWAYS: Headers = (
    (b"tus-resumable", b"1.0.0"),
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
)
_LATER: Headers = ((b"retry-after", b"2"),)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer; `reason` when it is a no."""

    status: int
    headers: Headers = ()
    reason: Reason | None = None


@dataclass(slots=True)
class Refused(Exception):
    """The request ends here. The sentence is marked for translation; its `{name}` places are filled from `values`."""

    status: int
    code: Code
    sentence: str
    rule: str = "tus"
    headers: Headers = field(default=())
    values: Mapping[str, str] = field(default_factory=dict)


def refusal(refused: Refused) -> Answer:
    """Say no: which rule, and what to do."""
    headers = ((b"cathedra-code", refused.code.value.encode()), (b"content-type", b"application/json"))
    later = _LATER if refused.status in (423, 503) else ()
    reason = Reason(refused.code, refused.rule, refused.sentence, refused.values)
    return Answer(refused.status, (*headers, *later, *refused.headers), reason)


def denied(decision: Decision, *, headers: Headers = ()) -> Answer:
    """A rule's no."""
    reason = decision.reasons[0]
    status = STATUS.get(reason.code, 403)
    return refusal(Refused(status, reason.code, reason.sentence, reason.rule, headers, reason.values))


def offset_header(offset_bytes: int) -> Headers:
    """Where the upload stands."""
    return ((b"upload-offset", str(offset_bytes).encode()),)


def expires_header(expires_at: datetime) -> Headers:
    """Until when it can go on."""
    return ((b"upload-expires", format_datetime(expires_at, usegmt=True).encode()),)


def _body(answer: Answer, say: Say) -> bytes:
    if (reason := answer.reason) is None:
        return b""
    sentence = say(reason.sentence).format(**reason.values)
    return json.dumps({"code": reason.code, "rule": reason.rule, "sentence": sentence}).encode()


async def send_answer(send: Send, answer: Answer, say: Say, *, is_head: bool) -> None:
    """Send it; without a body where HTTP wants none."""
    body = _body(answer, say)
    length = () if answer.status == 204 or is_head else ((b"content-length", str(len(body)).encode()),)
    headers = [*_ALWAYS, *answer.headers, *length]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if is_head else body})

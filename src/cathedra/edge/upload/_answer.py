"""What the upload door answers: a status, headers, and for every refusal a code, the rule and a sentence."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from cathedra.domain.terms import Code, Decision

Send = Callable[[dict[str, Any]], Awaitable[None]]
Headers = tuple[tuple[bytes, bytes], ...]

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
    """One answer, ready to be sent."""

    status: int
    headers: Headers = ()
    body: bytes = b""


@dataclass(slots=True)
class Refused(Exception):
    """The request ends here."""

    status: int
    code: Code
    sentence: str
    rule: str = "tus"
    headers: Headers = field(default=())


def refusal(refused: Refused) -> Answer:
    """Say no: which rule, and what to do."""
    told = {"code": refused.code, "rule": refused.rule, "sentence": refused.sentence}
    headers = ((b"cathedra-code", refused.code.value.encode()), (b"content-type", b"application/json"))
    later = _LATER if refused.status in (423, 503) else ()
    return Answer(refused.status, (*headers, *later, *refused.headers), json.dumps(told).encode())


def denied(decision: Decision, *, headers: Headers = ()) -> Answer:
    """A rule's no."""
    reason = decision.reasons[0]
    sentence = reason.sentence.format(**reason.values)
    return refusal(Refused(STATUS.get(reason.code, 403), reason.code, sentence, reason.rule, headers))


def offset_header(offset_bytes: int) -> Headers:
    """Where the upload stands."""
    return ((b"upload-offset", str(offset_bytes).encode()),)


def expires_header(expires_at: datetime) -> Headers:
    """Until when it can go on."""
    return ((b"upload-expires", format_datetime(expires_at, usegmt=True).encode()),)


async def send_answer(send: Send, answer: Answer, *, is_head: bool) -> None:
    """Send it; without a body where HTTP wants none."""
    length = () if answer.status == 204 or is_head else ((b"content-length", str(len(answer.body)).encode()),)
    headers = [*_ALWAYS, *answer.headers, *length]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if is_head else answer.body})

"""Reads delivery reports (RFC 3464): what another mail server says became of a letter of ours. Anybody may write to the
address that they come to, so nothing in them is believed but what leads to a letter that we sent."""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message
from email.policy import compat32

from cathedra.domain.notices import Report

MOST_BYTES = 2_000_000
_OURS = re.compile(r"<([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})@")
_STATUS = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})")


def read(content: bytes) -> Report | None:
    """The report in a message, or None when it is something else: a reply, an advertisement, a broken one."""
    try:
        message = message_from_bytes(content[:MOST_BYTES], policy=compat32)
        if message.get_content_type() != "multipart/report":
            return None
        parts = list(message.walk())
        fields = next((fields for part in parts if (fields := _recipient_fields(part)) is not None), None)
        if fields is None:
            return None
        ids = [found for part in parts for found in _ids(part)]
    except (MessageError, ValueError, LookupError, RecursionError):
        return None
    if not ids:
        return None
    status = _STATUS.match(fields.get("Status", ""))
    return Report(
        message_ids=tuple(dict.fromkeys(ids)),
        action=fields.get("Action", "").strip().lower(),
        status=status[1] if status else "",
        diagnosis=fields.get("Diagnostic-Code", "").partition(";")[2].strip(),
    )


def _recipient_fields(part: Message) -> "dict[str, str] | None":
    """The first group of fields about a recipient; a letter of ours has only one."""
    if part.get_content_type() != "message/delivery-status" or not part.is_multipart():
        return None
    groups = [group for group in part.get_payload() if isinstance(group, Message)]
    chosen = next((group for group in groups if "Action" in group), None)
    return {name.title(): str(value) for name, value in chosen.items()} if chosen is not None else None


def _ids(part: Message) -> Iterator[str]:
    """Message-IDs of ours in what came back of the letter: the letter itself, or its headers as text."""
    kind = part.get_content_type()
    if kind == "message/rfc822" and part.is_multipart():
        inner = part.get_payload()[0]
        if isinstance(inner, Message):
            yield from _OURS.findall(str(inner.get("Message-ID", "")))
    elif kind == "text/rfc822-headers":
        text = part.get_payload(decode=True)
        headers = message_from_bytes(text if isinstance(text, bytes) else b"", policy=compat32)
        yield from _OURS.findall(str(headers.get("Message-ID", "")))

"""Which keys may exist: an identifier never becomes a path before it has passed here (security classes 3, 13, 14)."""

import re

from cathedra.domain.terms import NotFound

SERVABLE = "stream"
AREAS = frozenset({SERVABLE, "originals", "archive", "check"})
KEY_LENGTH = 512
_PART = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}\Z")
_TYPES = {
    "m3u8": "application/vnd.apple.mpegurl",
    "mp4": "video/mp4",
    "m4s": "video/iso.segment",
    "jpg": "image/jpeg",
    "vtt": "text/vtt; charset=utf-8",
    "json": "application/json",
}


class WrongKey(ValueError):
    """Our own code built a key that cannot name an object; never an answer to a person."""


class ObjectNotFound(NotFound):
    """No object has this key."""


def check_key(key: str) -> str:
    """The key, when it is `<area>/<part>/...`: two to four parts of letters, digits, `.`, `_`, `-`, none beginning
    with a dot, the area one of `AREAS`. Raises WrongKey."""
    parts = key.split("/")
    if not 2 <= len(parts) <= 4 or len(key) > KEY_LENGTH or parts[0] not in AREAS:
        raise WrongKey(f"{key!r} is not a key: it must be an area ({', '.join(sorted(AREAS))}) and one to three parts.")
    if not all(_PART.match(part) for part in parts):
        raise WrongKey(f"{key!r} is not a key: its parts may hold letters, digits, '.', '_' and '-' only.")
    return key


def check_prefix(prefix: str, *, least_parts: int = 1) -> str:
    """The prefix, when it is the front of a key up to and with a slash. Raises WrongKey."""
    parts = prefix.split("/")
    if parts[-1] or not least_parts <= len(parts) - 1 <= 3 or parts[0] not in AREAS:
        raise WrongKey(f"{prefix!r} is not a prefix: it must hold at least {least_parts} part(s) and end with a slash.")
    if not all(_PART.match(part) for part in parts[:-1]):
        raise WrongKey(f"{prefix!r} is not a prefix: its parts may hold letters, digits, '.', '_' and '-' only.")
    return prefix


def content_type(key: str) -> str:
    """What a browser is told the object is; by our own names, since we make every servable file ourselves."""
    if not key.startswith(f"{SERVABLE}/"):
        return "application/octet-stream"
    return _TYPES.get(key.rpartition(".")[2], "application/octet-stream")

"""What a request's headers say of the browser that sent it: whose sign-in, and whether a page of ours asked."""

from collections.abc import Mapping
from typing import Any

_SESSION_COOKIE = "cathedra_session"
_LONGEST_SESSION = 128


def headers(scope: Mapping[str, Any]) -> dict[str, str]:
    """The headers of a request, their names in small letters."""
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}


def session_key(headers: Mapping[str, str]) -> str:
    """The browser's sign-in; empty when there is none."""
    for pair in headers.get("cookie", "").split(";"):
        name, _, value = pair.partition("=")
        if name.strip() == _SESSION_COOKIE:
            key = value.strip().strip('"')
            return key if key.isascii() and key.isalnum() and len(key) <= _LONGEST_SESSION else ""
    return ""


def is_foreign(headers: Mapping[str, str], site_url: str) -> bool:
    """Whether a page of another site sends this, in somebody's name."""
    ours = {site_url, f"{headers.get('x-forwarded-proto', 'http')}://{headers.get('host', '')}"}
    origin = headers.get("origin")
    is_elsewhere = origin is not None and origin not in ours
    return is_elsewhere or headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")

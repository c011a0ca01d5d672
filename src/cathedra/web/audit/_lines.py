"""Events in words: who, what, which thing, and what changed."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cathedra.db.reads.audit import Event
from cathedra.domain import audit
from cathedra.domain.terms import Channel
from cathedra.web import words
from cathedra.web.page_tags import at_time, size, spoken

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d")
_PAGES = {"recording": "recording", "folder": "folder"}  # kinds of thing that have a page, and its address's name
_WORDS: Mapping[str, Any] = {**words.SYSTEM_ROLES, **words.AFFILIATIONS}


@dataclass(frozen=True, slots=True)
class Change:
    """A fact of an event; with `was` where one took another's place."""

    label: str
    value: str
    was: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """An event as a list shows it. Addresses are empty where there is nothing to go to."""

    number: int
    at: datetime
    who: str
    who_address: str
    behalf: str
    what: str
    topic: str
    thing: str
    thing_kind: str
    thing_address: str
    reason: str
    changes: tuple[Change, ...]
    channel: str
    address: str
    correlation_id: str
    hash: str

    @property
    def has_more(self) -> bool:
        """Whether there is something to unfold."""
        return bool(self.changes or self.address or self.hash)


def lines(
    events: Iterable[Event],
    *,
    about: str = "",
    thing_address: Callable[[Event], str] | None = None,
    who_address: Callable[[Event], str] | None = None,
) -> list[Line]:
    """For lists of events. `about` is the id that the page is about anyway; the two functions say where a name leads,
    without them a thing leads to its own page and a person nowhere."""
    return [_line(event, about, thing_address or _own_page, who_address or _nowhere) for event in events]


def _line(event: Event, about: str, thing_address: Callable[[Event], str], who_address: Callable[[Event], str]) -> Line:
    told = audit.phrase(event.action)
    is_about = event.target_id in (about, str(event.actor_id))  # who signs in does it to their own account
    return Line(
        number=event.id,
        at=event.at,
        who=_who(event),
        who_address=who_address(event) if event.actor_id else "",
        behalf=event.name_of(event.on_behalf_of_id),
        what=_(told.label),
        topic=told.topic.value,
        thing="" if is_about else _thing(event),
        thing_kind=_(audit.KINDS[event.target_kind]) if event.target_kind in audit.KINDS else event.target_kind,
        thing_address="" if is_about else thing_address(event),
        reason=event.reason,
        changes=tuple(_changes(event)),
        channel=_(audit.CHANNELS.get(event.channel, event.channel)),
        address=event.address,
        correlation_id=event.correlation_id,
        hash=event.hash,
    )


def _nowhere(event: Event) -> str:
    return ""


def _own_page(event: Event) -> str:
    route = _PAGES.get(event.target_kind, "")
    return reverse(route, args=[event.target_id]) if route and event.target_name else ""


def _who(event: Event) -> str:
    if event.actor_id:
        return event.actor_name or _("Somebody who is not here any more")
    if event.channel == Channel.WORKER:
        return _("Cathedra itself")
    if event.channel == Channel.RECORDER:
        return str(event.facts.get("recorder") or _("A recorder"))
    return _("The command line") if event.channel == Channel.CLI else _("Somebody not signed in")


def _thing(event: Event) -> str:
    if event.target_name or not event.target_id:
        return event.target_name
    return _("one you cannot see, or that is gone") if _ID.fullmatch(event.target_id) else event.target_id


def _changes(event: Event) -> Iterable[Change]:
    before, after = event.before or {}, event.after or {}
    for key in dict.fromkeys((*before, *after)):
        yield Change(_label(key), _say(after.get(key), event), _say(before.get(key), event))
    for key, value in event.facts.items():
        if value not in ("", None, [], {}) and not _is_inner(value, event):
            yield Change(_label(key), _measured(key, value) or _say(value, event))


def _is_inner(value: Any, event: Event) -> bool:
    """An id that has no name, as of a file: it tells only those something who read the whole trail."""
    return not event.hash and isinstance(value, str) and bool(_ID.fullmatch(value)) and not event.name_of(value)


def _measured(key: str, value: Any) -> str:
    """An amount of data or a length of time, as its name says."""
    if not isinstance(value, int):
        return ""
    return size(value) if key.endswith("_bytes") else spoken(value) if key.endswith("_ms") else ""


def _label(key: str) -> str:
    """What a fact is called; a name that nobody put into words, without its joints. A setting is called as it is set."""
    known = key if "." in key else audit.FIELDS.get(key)
    return _(known) if known else key.replace("_", " ").capitalize()


def _say(value: Any, event: Event) -> str:
    """A JSON value for people."""
    if value is None or value in ("", [], {}):
        return "–"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, str):
        return _say_text(value, event)
    if isinstance(value, list):
        return ", ".join(_say(each, event) for each in value)
    if isinstance(value, dict):
        return "; ".join(f"{_label(key)}: {_say(each, event)}" for key, each in value.items())
    return json.dumps(value)


def _say_text(value: str, event: Event) -> str:
    if _ID.fullmatch(value):
        return event.name_of(value) or value
    if value in _WORDS:
        return str(_WORDS[value])
    if _INSTANT.match(value):
        try:
            instant = datetime.fromisoformat(value)
        except ValueError:
            return value
        return at_time(instant) if instant.tzinfo else value
    return value

"""Events with the names of those they are about; the whole trail, page by page or streamed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from cathedra.db.models import AuditEvent
from cathedra.db.reads.audit._names import Named, ids_in, names_of
from cathedra.db.reads.keyset import Page
from cathedra.domain.audit import ExportFormat, Wish, csv_line, json_line, phrase
from cathedra.domain.terms import AccountId

BATCH = 1000


@dataclass(frozen=True, slots=True)
class Event:
    """Something that was done (R224). `names` tells what the ids in it are called now, as far as the viewer may know."""

    id: int
    at: datetime
    actor_id: AccountId | None
    on_behalf_of_id: AccountId | None
    channel: str
    address: str
    correlation_id: str
    action: str
    target_kind: str
    target_id: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    reason: str
    facts: Mapping[str, Any]
    previous_hash: str
    hash: str
    names: Mapping[str, Named] = field(default_factory=dict)

    def name_of(self, key: object) -> str:
        """What an id is called; empty when nobody may know, or nothing of it is left."""
        named = self.names.get(str(key))
        return named.name if named else ""

    @property
    def actor_name(self) -> str:
        return self.name_of(self.actor_id)

    @property
    def target_name(self) -> str:
        return self.name_of(self.target_id)

    @property
    def ids(self) -> set[str]:
        """Every id in it."""
        people = {str(key) for key in (self.actor_id, self.on_behalf_of_id) if key}
        return people | ids_in([self.target_id, self.before, self.after, self.facts])


COLUMNS = tuple(name for name in Event.__dataclass_fields__ if name != "names")


def list_events(wish: Wish, *, after: str = "", limit: int) -> Page[Event]:
    """The newest events that fit. It asks for no viewer: doors let in only those who read the whole trail (R38 row 25),
    by `people.decide_enter`."""
    page = page_of(read(wished(wish), before=number(after), limit=limit + 1), limit=limit)
    return Page(tuple(with_names(page.rows)), page.after)


def stream_events(wish: Wish, *, batch: int = BATCH) -> Iterator[Event]:
    """All events that fit, oldest first, in batches: the whole trail in little memory. No viewer, as above."""
    last = 0
    while True:
        rows = wished(wish).filter(id__gt=last).order_by("id").values_list(*COLUMNS)[:batch]
        events = with_names([Event(*row) for row in rows])
        yield from events
        if len(events) < batch:
            return
        last = events[-1].id


def wished(wish: Wish) -> "QuerySet[AuditEvent]":
    """The events that fit."""
    found = AuditEvent.objects.all()
    if wish.people is not None:
        ids = [str(person) for person in wish.people]
        theirs = Q(target_kind="account", target_id__in=ids)
        found = found.filter(Q(actor_id__in=ids) | Q(on_behalf_of_id__in=ids) | theirs)
    if wish.things is not None:
        found = found.filter(target_id__in=wish.things)
    if wish.actions:
        found = found.filter(action__in=wish.actions)
    if wish.since:
        found = found.filter(at__gte=wish.since)
    return found.filter(at__lt=wish.until) if wish.until else found


def read(rows: "QuerySet[AuditEvent]", *, before: int | None, limit: int) -> list[Event]:
    """The newest of some rows, before a number; without names."""
    if before is not None:
        rows = rows.filter(id__lt=before)
    return [Event(*row) for row in rows.order_by("-id").values_list(*COLUMNS)[:limit]]


def page_of(events: Sequence[Event], *, limit: int) -> Page[Event]:
    """A page from `limit` + 1 events asked for; without names."""
    after = str(events[limit - 1].id) if len(events) > limit else ""
    return Page(tuple(events[:limit]), after)


def with_names(events: Sequence[Event], names: Mapping[str, Named] | None = None) -> list[Event]:
    """The events, each knowing the names; all names, unless some are given."""
    if names is None:
        names = names_of(set().union(*(event.ids for event in events)))
    return [replace(event, names=names) for event in events]


def number(after: str) -> int | None:
    """The number in an `after`; None, which is the beginning, when somebody made the text up."""
    return int(after) if after.isascii() and after.isdigit() and len(after) < 19 else None


def stream_lines(wish: Wish, *, form: ExportFormat) -> Iterator[str]:
    """The same as the lines of an export."""
    if form is ExportFormat.CSV:
        yield csv_line(None)
    write = csv_line if form is ExportFormat.CSV else json_line
    for event in stream_events(wish):
        yield write(_cells(event))


def _cells(event: Event) -> dict[str, object]:
    return {
        "number": event.id,
        "time": event.at.isoformat(),
        "actor": event.actor_name,
        "actor_id": str(event.actor_id or ""),
        "on_behalf_of": event.name_of(event.on_behalf_of_id),
        "on_behalf_of_id": str(event.on_behalf_of_id or ""),
        "action": event.action,
        "what": phrase(event.action).label,
        "target_kind": event.target_kind,
        "target": event.target_name,
        "target_id": event.target_id,
        "before": event.before,
        "after": event.after,
        "reason": event.reason,
        "facts": event.facts,
        "channel": event.channel,
        "address": event.address,
        "correlation_id": event.correlation_id,
        "previous_hash": event.previous_hash,
        "hash": event.hash,
    }

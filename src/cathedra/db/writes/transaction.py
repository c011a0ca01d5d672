"""The one way to open a transaction. It refuses to nest, so that an action cannot hide inside another."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection
from django.db import transaction as django_transaction
from psycopg.types.json import Jsonb

from cathedra.db import prepared
from cathedra.db.models import AuditEvent

_JSON = ("before", "after", "facts")
_TEXTS = (
    *("at", "actor_id", "on_behalf_of_id", "channel", "address", "correlation_id"),
    *("action", "target_kind", "target_id", "reason"),
)
_events: ContextVar[list[AuditEvent] | None] = ContextVar("_events", default=None)


@contextmanager
def transaction() -> Iterator[None]:
    """Everything inside commits together or not at all. Its audit events are written last (ADR 9)."""
    if _events.get() is not None:
        raise RuntimeError(
            "An action may not open a transaction inside another: share a domain function, a write or a job."
        )
    token = _events.set([])
    try:
        with django_transaction.atomic():
            yield
            _write_events()
    finally:
        _events.reset(token)


def put_last(event: AuditEvent) -> None:
    """Write this event when the transaction in hand ends, or now when there is none."""
    waiting = _events.get()
    if waiting is None:
        event.save(force_insert=True)
    else:
        waiting.append(event)


def _write_events() -> None:
    """From the first event on, this transaction holds the end of the chain, so nothing may be left that could wait:
    the checks that PostgreSQL would make at the commit, and for which it takes locks, are made before."""
    waiting = _events.get()
    if waiting:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        if len(waiting) == 1:
            prepared.rows("audit_add", **_places(waiting[0]))
        else:
            AuditEvent.objects.bulk_create(waiting)


def _places(event: AuditEvent) -> dict[str, Any]:
    texts = {name: getattr(event, name) for name in _TEXTS}
    return texts | {name: None if (given := getattr(event, name)) is None else Jsonb(given) for name in _JSON}

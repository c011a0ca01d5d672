"""Kept connections are looked at without a question: a round trip less at the beginning of every request."""

import select
from typing import Any

from django.core.signals import request_started
from django.db import connections


def look_at_kept(**_signal: Any) -> None:
    """Spare the connections that are plainly there the question (`SELECT 1`) of CONN_HEALTH_CHECKS.

    A server that ended a connection has said farewell or closed its socket, and either can be read. Where nothing can be
    read, the check is done; where something can, Django asks before the first statement, and replaces the connection if
    nothing answers. To be called after `django.db.close_old_connections`.
    """
    for kept in connections.all(initialized_only=True):
        if kept.connection is not None and not kept.connection.closed and not _says_something(kept.connection):
            kept.health_check_done = True


def begin() -> None:
    """From now on every request begins with that look. Django's own receiver was connected before, and runs before."""
    request_started.connect(look_at_kept, dispatch_uid="cathedra.db.kept")


def _says_something(connection: Any) -> bool:
    waiting = select.poll()
    waiting.register(connection.fileno(), select.POLLIN | select.POLLPRI | select.POLLRDHUP)
    return bool(waiting.poll(0))

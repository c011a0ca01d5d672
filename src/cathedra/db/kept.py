"""Kept connections are looked at without a question: a round trip less at the beginning of every request."""

import select
from collections.abc import Callable
from typing import Any

from django.db import connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase


def look_at_kept() -> None:
    """Spare the connections that are plainly there the question (`SELECT 1`) of CONN_HEALTH_CHECKS.

    A server that ended a connection has said farewell or closed its socket, and either can be read. Where nothing can be
    read, the check is done; where something can, Django asks before the first statement, and replaces the connection if
    nothing answers. To be called after `django.db.close_old_connections`.
    """
    for kept in connections.all(initialized_only=True):
        if kept.connection is not None and not kept.connection.closed and not _says_something(kept.connection):
            kept.health_check_done = True


def middleware(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """The first of the settings' middleware: Django has just thrown away what was too old."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        look_at_kept()
        return get_response(request)

    return answer


def _says_something(connection: Any) -> bool:
    waiting = select.poll()
    waiting.register(connection.fileno(), select.POLLIN | select.POLLPRI | select.POLLRDHUP)
    return bool(waiting.poll(0))

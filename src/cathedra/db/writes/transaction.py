"""The one way to open a transaction. It refuses to nest, so that an action cannot hide inside another."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction as django_transaction

_is_open: ContextVar[bool] = ContextVar("_is_open", default=False)


@contextmanager
def transaction() -> Iterator[None]:
    """Everything inside commits together or not at all."""
    if _is_open.get():
        raise RuntimeError(
            "An action may not open a transaction inside another: share a domain function, a write or a job."
        )
    token = _is_open.set(True)
    try:
        with django_transaction.atomic():
            yield
    finally:
        _is_open.reset(token)

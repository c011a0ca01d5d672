"""Who comes to the staff endpoints: those who come to the staff pages, and nobody else learns that they are there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from cathedra.actions import people as actions
from cathedra.domain.people import StaffArea
from cathedra.domain.terms import Actor, Channel
from cathedra.web import actor
from cathedra.web.api.answers import told


def by(request: HttpRequest) -> Actor:
    """Whoever asks, through this door."""
    return actor.from_request(request, channel=Channel.API)


def for_staff(area: StaffArea) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The endpoint is for those whose system roles enter `area`; to others it does not exist. Counts as a use (R27)."""

    def guard(endpoint: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(endpoint)
        def guarded(request: HttpRequest, *args: Any, **places: Any) -> Any:
            decision = actions.enter_staff(by(request), area, now=timezone.now())
            return endpoint(request, *args, **places) if decision.is_permitted else told(decision)

        return guarded

    return guard

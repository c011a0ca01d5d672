"""Who comes into the staff area: one decorator for every page of it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from cathedra.actions import people as actions
from cathedra.db.reads import people as reads
from cathedra.domain.people import StaffArea
from cathedra.web import actor, refusals

View = Callable[..., HttpResponse]


def for_staff(area: StaffArea) -> Callable[[View], View]:
    """The page is for those whose system roles enter `area`; the anonymous sign in first, others find nothing there.

    `request.staff` is then the Person who came in. Coming in counts as a use of the roles that let them (R27).
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **places: Any) -> HttpResponse:
            viewer = actor.account_id(request)
            if viewer is None:
                return redirect_to_login(request.get_full_path())
            decision = actions.enter_staff(actor.from_request(request), area, now=timezone.now())
            if not decision.is_permitted:
                return refusals.page(request, decision)
            person = reads.get_person(viewer)
            request.staff = person  # type: ignore[attr-defined]  # the door hangs it there
            return view(request, *args, **places)

        return guarded

    return guard

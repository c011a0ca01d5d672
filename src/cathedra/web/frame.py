"""What the frame of every page needs: who is signed in, the theme, the name of the service."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from cathedra import wiring
from cathedra.db.reads import people, publishing
from cathedra.domain.people import SystemRole
from cathedra.web import actor
from cathedra.web.staff import pages

THEMES = ("light", "dark", "system")
THEME_COOKIE = "cathedra_theme"


def theme_of(request: HttpRequest) -> str:
    """The theme that the browser asked for; "system" follows the device."""
    chosen = request.COOKIES.get(THEME_COOKIE, "")
    return chosen if chosen in THEMES else "system"


@dataclass(frozen=True, slots=True)
class Approvals:
    """The line of the navigation that leads to the queue of approvals: whether it stands there, and how many wait."""

    is_shown: bool = False
    count: int = 0

    @property
    def told(self) -> str:
        """How many, as it is told."""
        return f"{publishing.MOST_COUNTED - 1}+" if self.count >= publishing.MOST_COUNTED else str(self.count)


def waiting_for(me: people.Person | None) -> Approvals:
    """For Publishers always; for those who stand in where there is no Publisher while something waits (R68)."""
    if not me or not (me.is_publisher or SystemRole.SERVICE_ADMIN in me.system_roles):
        return Approvals()
    count = publishing.count_queue(me.id, now=timezone.now())
    return Approvals(is_shown=me.is_publisher or count > 0, count=count)


def context(request: HttpRequest) -> dict[str, Any]:
    """The template context processor. `me` is read only by pages that show it, and read once."""
    site = wiring.configuration().site

    def me() -> people.Person | None:
        viewer = actor.account_id(request) if hasattr(request, "user") else None
        return people.get_person(viewer) if viewer else None

    lazy_me = SimpleLazyObject(me)
    return {
        "me": lazy_me,
        "staff_pages": SimpleLazyObject(lambda: pages.for_roles(lazy_me.system_roles if lazy_me else ())),
        "approvals": SimpleLazyObject(lambda: waiting_for(lazy_me)),
        "theme": theme_of(request),
        "site_name": site.name,
        "help_contact": site.help_contact,
        "here": request.path,
    }

"""What the frame of every page needs: who is signed in, the theme, the name of the service."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from cathedra import wiring
from cathedra.db.reads import people
from cathedra.web import actor

THEMES = ("light", "dark", "system")
THEME_COOKIE = "cathedra_theme"


def theme_of(request: HttpRequest) -> str:
    """The theme that the browser asked for; "system" follows the device."""
    chosen = request.COOKIES.get(THEME_COOKIE, "")
    return chosen if chosen in THEMES else "system"


def context(request: HttpRequest) -> dict[str, Any]:
    """The template context processor. `me` is read only by pages that show it, and read once."""
    site = wiring.configuration().site

    def me() -> people.Person | None:
        viewer = actor.account_id(request) if hasattr(request, "user") else None
        return people.get_person(viewer) if viewer else None

    return {
        "me": SimpleLazyObject(me),
        "theme": theme_of(request),
        "site_name": site.name,
        "help_contact": site.help_contact,
        "here": request.path,
    }

"""The classes of attack share one world."""

from tests.web.security.world import world

__all__ = ["world"]

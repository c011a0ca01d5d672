"""Recorders in rooms: their own door (R158, R159), and what people do about them."""

from cathedra.web.api.recorders import _door, _keepers

routers = (_door.router, _keepers.router)

__all__ = ["routers"]

"""Who may see folders and recordings, by API."""

from cathedra.web.api.sharing import _folders, _recordings

routers = (_folders.router, _recordings.router)

__all__ = ["routers"]

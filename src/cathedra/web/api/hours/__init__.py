"""Hours by the API, under the same rules as the pages (R38 row 23, R227)."""

from cathedra.web.api.hours import _allocations, _breakdown, _exceptions, _kept, _licence

routers = (_licence.router, _kept.router, _breakdown.router, _allocations.router, _exceptions.router)

__all__ = ["routers"]

"""Access grants, and recordings as those who run the service see them."""

from ninja import Router

from cathedra.web.api.grants import _grants, _recordings

router = Router()
router.add_router("", _grants.router)
router.add_router("", _recordings.router)

__all__ = ["router"]

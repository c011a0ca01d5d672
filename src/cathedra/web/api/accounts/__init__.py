"""Accounts and system roles, for systems administrators (R38 row 24, R227)."""

from cathedra.web.api.accounts._door import by, for_staff
from cathedra.web.api.accounts._endpoints import Limit, router

__all__ = ["Limit", "by", "for_staff", "router"]

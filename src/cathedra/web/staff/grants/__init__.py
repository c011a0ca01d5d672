"""Staff pages of access grants: give, see with what the owner was told, defer, end; and the quarterly report (R141-R150)."""

from cathedra.web.staff.grants._give import give
from cathedra.web.staff.grants._pages import grant, index, needs
from cathedra.web.staff.grants._report import export, figures, report

__all__ = ["export", "figures", "give", "grant", "index", "needs", "report"]

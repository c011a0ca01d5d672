"""Hours: what is recorded, stored and archived against the limits, by whom, and when a limit is reached (R104 to R111)."""

from cathedra.web.staff.hours._allocations import allocations, take_back
from cathedra.web.staff.hours._breakdown import breakdown, figures
from cathedra.web.staff.hours._exceptions import end_exception, exceptions
from cathedra.web.staff.hours._page import hours
from cathedra.web.staff.hours._statement import monthly, not_a_month, statement

__all__ = [
    "allocations",
    "breakdown",
    "end_exception",
    "exceptions",
    "figures",
    "hours",
    "monthly",
    "not_a_month",
    "statement",
    "take_back",
]

"""Meter what happens to recordings, and prove every night that the ledger and the library agree (R94 to R105)."""

from cathedra.actions.metering._allocations import admit, remove_allocation, set_allocation
from cathedra.actions.metering._correct import Corrected, correct_meters
from cathedra.actions.metering._exceptions import ask_exception, end_exception, give_exception
from cathedra.actions.metering._limits import HourLimits, gauges, limits_of, note_export, note_statement, set_limits
from cathedra.actions.metering._prove import Proof, prove_meters
from cathedra.actions.metering._series import Freeing, Series, series
from cathedra.actions.metering._settle import calendar, settle
from cathedra.actions.metering._watch import watch_meters

__all__ = [
    "Corrected",
    "Freeing",
    "HourLimits",
    "Proof",
    "Series",
    "admit",
    "ask_exception",
    "calendar",
    "correct_meters",
    "end_exception",
    "gauges",
    "give_exception",
    "limits_of",
    "note_export",
    "note_statement",
    "prove_meters",
    "remove_allocation",
    "series",
    "set_allocation",
    "set_limits",
    "settle",
    "watch_meters",
]

"""Meter what happens to recordings, and prove every night that the ledger and the library agree (R94 to R105)."""

from cathedra.actions.metering._limits import (
    HourLimits,
    admit,
    gauges,
    limits_of,
    note_statement,
    set_limits,
    watch_meters,
)
from cathedra.actions.metering._prove import Proof, prove_meters
from cathedra.actions.metering._series import Series, series
from cathedra.actions.metering._settle import calendar, settle

__all__ = [
    "HourLimits",
    "Proof",
    "Series",
    "admit",
    "calendar",
    "gauges",
    "limits_of",
    "note_statement",
    "prove_meters",
    "series",
    "set_limits",
    "settle",
    "watch_meters",
]

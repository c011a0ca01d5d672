"""Meter what happens to recordings, and prove every night that the ledger and the library agree (R94 to R105)."""

from cathedra.actions.metering._prove import Proof, prove_meters
from cathedra.actions.metering._settle import calendar, settle

__all__ = ["Proof", "calendar", "prove_meters", "settle"]

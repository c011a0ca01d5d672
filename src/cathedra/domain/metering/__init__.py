"""Recorded hours and stored hours against allocation."""

from cathedra.domain.metering._forecast import Forecast, Point, project, teaching_days
from cathedra.domain.metering._ledger import (
    RECORDED_ORIGINS,
    Balances,
    Difference,
    attributed_at,
    balances,
    carried,
    lines,
    metered_s,
    owed,
    prove,
    tier,
    whole_seconds,
)
from cathedra.domain.metering._limits import (
    ALLOCATION_THRESHOLDS,
    Allowance,
    Gauge,
    admit,
    allocation_step,
    has_risen,
    hours,
)
from cathedra.domain.metering._saving import Kept, Saving, Step, savings, step_for
from cathedra.domain.metering._statement import STATEMENT_COLUMNS, statement_csv
from cathedra.domain.metering._watch import is_due
from cathedra.domain.metering._words import CATEGORY_NAMES, Category, Cause, Facts, Intake, Key, Level, LimitMode, Line
from cathedra.domain.metering._years import Calendar, Year, parse_year_start

__all__ = [
    "ALLOCATION_THRESHOLDS",
    "CATEGORY_NAMES",
    "RECORDED_ORIGINS",
    "STATEMENT_COLUMNS",
    "Allowance",
    "Balances",
    "Calendar",
    "Category",
    "Cause",
    "Difference",
    "Facts",
    "Forecast",
    "Gauge",
    "Intake",
    "Kept",
    "Key",
    "Level",
    "LimitMode",
    "Line",
    "Point",
    "Saving",
    "Step",
    "Year",
    "admit",
    "allocation_step",
    "attributed_at",
    "balances",
    "carried",
    "has_risen",
    "hours",
    "is_due",
    "lines",
    "metered_s",
    "owed",
    "parse_year_start",
    "project",
    "prove",
    "savings",
    "statement_csv",
    "step_for",
    "teaching_days",
    "tier",
    "whole_seconds",
]

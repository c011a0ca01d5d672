"""Add lines to the ledger of hours (R104). There is nothing else that may be done to it."""

from collections.abc import Iterable
from dataclasses import asdict

from cathedra.db.models import MeterEntry
from cathedra.domain.metering import Line


def add_lines(lines: Iterable[Line]) -> int:
    """Write these in one statement, so that the totals are moved once; returns how many there were."""
    rows = [MeterEntry(**asdict(line)) for line in lines]
    MeterEntry.objects.bulk_create(rows)
    return len(rows)

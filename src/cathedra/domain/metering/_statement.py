"""A statement as a file: seconds, as they stand in the ledger, and hours for people."""

import csv
from collections.abc import Iterable
from io import StringIO

from cathedra.domain.metering._limits import hours

STATEMENT_COLUMNS = (
    "period", "department", "category", "opening_s", "added_s", "removed_s", "closing_s", "closing_hours",
)  # fmt: skip


def statement_csv(period: str, lines: Iterable[tuple[str, str, int, int, int]]) -> str:
    """One line for each department and category: name, category, opening, added, removed. No name begins with what a
    spreadsheet takes for a formula (security class 20); numbers stay numbers."""
    file = StringIO()
    out = csv.writer(file, lineterminator="\r\n")
    out.writerow(STATEMENT_COLUMNS)
    for name, category, opening, added, removed in lines:
        closing = opening + added + removed
        out.writerow([period, _plain(name), category, opening, added, removed, closing, hours(closing)])
    return file.getvalue()


def _plain(text: str) -> str:
    return f"'{text}" if text.lstrip()[:1] in ("=", "+", "-", "@") and text else text

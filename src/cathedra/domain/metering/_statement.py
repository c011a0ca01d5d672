"""A statement as a file: seconds, as they stand in the ledger, and hours for people."""

from collections.abc import Iterable

from cathedra.domain.metering._breakdown import sheet
from cathedra.domain.metering._limits import hours

STATEMENT_COLUMNS = (
    "period", "department", "category", "licence_year", "opening_s", "added_s", "removed_s", "closing_s", "closing_hours",
)  # fmt: skip


def statement_csv(period: str, lines: Iterable[tuple[str, str, str, int, int, int]]) -> str:
    """One line for each department and category: name, category, licence year, opening, added, removed. No name begins with what a
    spreadsheet takes for a formula (security class 20); numbers stay numbers."""
    return sheet(STATEMENT_COLUMNS, (_row(period, *line) for line in lines))


def _row(
    period: str, name: str, category: str, year: str, opening: int, added: int, removed: int
) -> tuple[object, ...]:
    closing = opening + added + removed
    return (period, name, category, year, opening, added, removed, closing, hours(closing))

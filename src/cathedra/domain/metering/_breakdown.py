"""By what reports of hours break down, and any of them as a file that no spreadsheet takes for a formula (R111)."""

import csv
from collections.abc import Iterable, Sequence
from enum import StrEnum
from io import StringIO

from cathedra.domain.sheets import plain_cell


class By(StrEnum):
    """What the lines of a breakdown are. Of LEAVER and BIN the lines are owners: those who have left, and those whose
    recordings are in the bin, with these alone."""

    DEPARTMENT = "DEPARTMENT"
    FOLDER = "FOLDER"
    OWNER = "OWNER"
    ORIGIN = "ORIGIN"
    ACADEMIC_YEAR = "ACADEMIC_YEAR"
    LAST_WATCHED = "LAST_WATCHED"
    LEAVER = "LEAVER"
    BIN = "BIN"


def sheet(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table as CSV: the names of its columns, then its lines. Numbers stay numbers; a text that a spreadsheet would
    take for a formula begins with an apostrophe (security class 20); what is not there is empty."""
    file = StringIO()
    out = csv.writer(file, lineterminator="\r\n")
    out.writerow(columns)
    for row in rows:
        out.writerow([plain_cell(cell) if isinstance(cell, str) else cell for cell in row])
    return file.getvalue()

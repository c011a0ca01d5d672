"""Lines of an export: CSV that no spreadsheet takes for a formula (security class 20), and JSON Lines."""

import csv
import io
import json
from collections.abc import Mapping
from enum import StrEnum

from cathedra.domain.sheets import plain_cell

# The names of the columns, in their order; they are an interface and are not translated.
COLUMNS = (
    "number",
    "time",
    "actor",
    "actor_id",
    "on_behalf_of",
    "on_behalf_of_id",
    "action",
    "what",
    "target_kind",
    "target",
    "target_id",
    "before",
    "after",
    "reason",
    "facts",
    "channel",
    "address",
    "correlation_id",
    "previous_hash",
    "hash",
)


class ExportFormat(StrEnum):
    """How an export is written."""

    CSV = "csv"
    JSONL = "jsonl"


def csv_line(cells: Mapping[str, object] | None) -> str:
    """One line of CSV with the columns in their order; without cells, the line of their names.

    A cell that a spreadsheet would take for a formula begins with an apostrophe, also where a blank stands before it.
    """
    row = COLUMNS if cells is None else [_cell(cells.get(name)) for name in COLUMNS]
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(row)
    return line.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
    return plain_cell(text)


def json_line(cells: Mapping[str, object]) -> str:
    """One line of JSON Lines with the columns in their order."""
    return json.dumps({name: cells.get(name) for name in COLUMNS}, ensure_ascii=False) + "\n"

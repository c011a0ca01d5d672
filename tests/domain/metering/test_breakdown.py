"""A table as a file: what a spreadsheet would take for a formula, and what stays a number (R111, security class 20)."""

import csv
from datetime import date
from io import StringIO

import pytest

from cathedra.domain import audit, metering


@pytest.mark.parametrize(
    "name", ["=1+1", "+1", "-1", "@a", "\ta", "\ra", "\na", "＝a", "＋a", "－a", "＠a", "  =a", "\u00a0=a"]
)
def test_no_text_of_a_sheet_is_taken_for_a_formula_as_in_the_audits_export(name):
    _head, (told,) = csv.reader(StringIO(metering.sheet(("name",), [(name,)]), newline=""))
    assert told == f"'{name}"
    assert f"'{name}" in next(csv.reader(StringIO(audit.csv_line({"actor": name}), newline="")))


def test_numbers_stay_numbers_and_what_is_not_there_is_empty():
    told = metering.sheet(("a", "b", "c", "d"), [(-5, None, date(2026, 11, 2), 'say "a, b"')])
    assert told == 'a,b,c,d\r\n-5,,2026-11-02,"say ""a, b"""\r\n'

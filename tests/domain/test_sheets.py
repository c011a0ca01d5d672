"""No cell is a formula (security class 20)."""

import pytest

from cathedra.domain.sheets import plain_cell


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\rx", "\nx", "  =1", "\u00a0=1", "＝1", " ＋1", "－1", "＠a"]
)
def test_class_20_what_a_spreadsheet_would_take_for_a_formula_stands_behind_an_apostrophe(text):
    assert plain_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", " ", "Entropy", "a=b", "1 + 1", "'=1", "–1"])
def test_anything_else_stays_as_it_is(text):
    assert plain_cell(text) == text

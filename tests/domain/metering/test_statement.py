"""A statement as a file: numbers stay numbers, names are never formulas (security class 20)."""

from cathedra.domain.metering import statement_csv


def test_each_line_says_seconds_and_a_name_that_is_no_formula():
    lines = [
        ("Chemistry, old", "STORED", "", 3600, 71, -13),
        (" =SUM(A1)", "RECORDED", "2026-27", 0, 3000, 0),
        ("", "STORED", "", 1, 0, -1),
    ]
    assert statement_csv("2026-11", lines).split("\r\n") == [
        "period,department,category,licence_year,opening_s,added_s,removed_s,closing_s,closing_hours",
        '2026-11,"Chemistry, old",STORED,,3600,71,-13,3658,1.0',
        "2026-11,' =SUM(A1),RECORDED,2026-27,0,3000,0,3000,0.8",
        "2026-11,,STORED,,1,0,-1,0,0.0",
        "",
    ]

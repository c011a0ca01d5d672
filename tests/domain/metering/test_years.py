"""The licence year and the calendar month, at the edges of the site's time zone (R105)."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cathedra.domain.metering import Calendar, parse_year_start

LONDON = Calendar(ZoneInfo("Europe/London"))


def test_r105_a_year_begins_at_local_midnight_and_the_instant_before_is_the_old_one():
    cases = [
        (Calendar(ZoneInfo("Europe/London")), datetime(2026, 8, 31, 23, 0, tzinfo=UTC), "2026-27"),  # summer time
        (Calendar(ZoneInfo("Europe/London"), 1, 1), datetime(2026, 1, 1, tzinfo=UTC), "2026-27"),
        (Calendar(ZoneInfo("America/New_York")), datetime(2026, 9, 1, 4, tzinfo=UTC), "2026-27"),
        (Calendar(ZoneInfo("Pacific/Auckland")), datetime(2026, 8, 31, 12, tzinfo=UTC), "2026-27"),
        # the day the clocks go forward, and back, as the first of the year
        (Calendar(ZoneInfo("Europe/London"), 3, 29), datetime(2026, 3, 29, 0, tzinfo=UTC), "2026-27"),
        (Calendar(ZoneInfo("Europe/London"), 10, 25), datetime(2026, 10, 24, 23, tzinfo=UTC), "2026-27"),
        # where midnight itself is left out, the day begins an hour later
        (Calendar(ZoneInfo("America/Sao_Paulo"), 11, 4), datetime(2018, 11, 4, 3, tzinfo=UTC), "2018-19"),
        (Calendar(ZoneInfo("Europe/London"), 2, 29), datetime(2027, 3, 1, tzinfo=UTC), "2027-28"),
        (Calendar(ZoneInfo("Europe/London"), 2, 29), datetime(2028, 2, 29, tzinfo=UTC), "2028-29"),
    ]
    for calendar, first, label in cases:
        year = calendar.year_of(first)
        assert (year.label, year.starts) == (label, first), (calendar, first)
        before = calendar.year_of(first - timedelta(microseconds=1))
        assert before.ends == first, (calendar, first)
        assert before.label != label
        assert calendar.year_named(label) == year


def test_years_and_months_have_the_length_that_the_clocks_give_them():
    year = LONDON.year_of(datetime(2026, 12, 1, tzinfo=UTC))
    assert year.ends - year.starts == timedelta(days=365)
    hours = {
        month: (lambda a, b: (b - a) / timedelta(hours=1))(*LONDON.month_from(2026, month)) for month in (3, 10, 12)
    }
    assert hours == {3: 31 * 24 - 1, 10: 31 * 24 + 1, 12: 31 * 24}


def test_a_label_is_read_only_as_it_is_written():
    assert LONDON.year_named("1999-00").starts == datetime(1999, 8, 31, 23, tzinfo=UTC)
    for wrong in ("2026-28", "2026", "26-27", "", "2026-27 ", "٢٠٢٦-27", "0000-01", "9999-00"):
        assert LONDON.year_named(wrong) is None, wrong


def test_licence_year_start_is_a_day_of_the_year():
    assert parse_year_start("09-01") == (9, 1)
    assert parse_year_start("02-29") == (2, 29)
    for wrong in ("9-1", "13-01", "02-30", "0901", "", "09-01-01", "ab-cd", "٠٩-٠١"):
        with pytest.raises(ValueError, match=r"licence\.year_start"):
            parse_year_start(wrong)

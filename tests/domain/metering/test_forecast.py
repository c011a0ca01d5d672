"""The forecast is arithmetic on a series of days (R107), and what would save most on the recordings (R109)."""

from datetime import UTC, date, datetime, timedelta

from cathedra.domain import metering
from cathedra.domain.metering import Kept, Step, Use

TODAY = date(2026, 11, 30)
DAY = timedelta(days=1)


def days(*amounts: int, until: date = TODAY) -> dict[date, int]:
    """Amounts of the days before `until`, oldest first."""
    return {until - (len(amounts) - at) * DAY: amount for at, amount in enumerate(amounts)}


def test_r107_a_steady_term_reaches_the_limit_on_the_day_that_division_says():
    found = metering.project(1000, days(*[100] * 28), today=TODAY, until=TODAY + 30 * DAY, limit_s=2000)
    assert (found.per_day_s, found.spread_s) == (100.0, 0.0)
    assert found.reached == found.earliest == found.latest == TODAY + 9 * DAY
    assert (found.end.day, found.end.likely_s) == (TODAY + 30 * DAY, 1000 + 31 * 100)
    assert len(found.points) == 31


def test_r107_uneven_weeks_widen_the_dates_around_the_likely_one():
    found = metering.project(
        0, days(*[50] * 7, *[150] * 7, *[50] * 7, *[150] * 7), today=TODAY, until=TODAY + 90 * DAY, limit_s=3000
    )
    assert found.per_day_s == 100.0
    assert found.earliest < found.reached < found.latest
    assert found.reached == TODAY + 29 * DAY
    widths = [point.high_s - point.low_s for point in found.points]
    assert widths == sorted(widths)
    assert all(point.low_s <= point.likely_s <= point.high_s for point in found.points)


def test_r107_a_vacation_neither_lifts_nor_lowers_the_trend():
    term = days(*[100] * 28, *[0] * 21)
    assert metering.teaching_days(term, today=TODAY) == (100,) * 28
    assert metering.teaching_days(days(*[0] * 40), today=TODAY) == ()
    assert metering.teaching_days({}, today=TODAY) == ()
    assert len(metering.teaching_days(days(*[100] * 90), today=TODAY)) == 28


def test_r107_the_schedule_counts_where_it_says_more_and_days_of_rest_follow_it_alone():
    planned = {TODAY: 500, TODAY + DAY: 10}
    rest = [(TODAY + 2 * DAY, TODAY + 4 * DAY)]
    found = metering.project(
        0, days(*[100] * 28), today=TODAY, until=TODAY + 5 * DAY, limit_s=None, scheduled=planned, resting=rest
    )
    assert [point.likely_s for point in found.points] == [500, 600, 600, 600, 600, 700]
    assert found.reached is found.earliest is found.latest is None


def test_r107_what_the_archive_run_and_the_bins_free_is_taken_off_on_its_day():
    freed = {TODAY + DAY: 250, TODAY + 3 * DAY: 10_000}
    found = metering.project(1000, days(*[100] * 28), today=TODAY, until=TODAY + 4 * DAY, limit_s=1100, freed=freed)
    assert [point.likely_s for point in found.points] == [1100, 950, 1050, 0, 100]
    assert all(0 <= point.low_s <= point.likely_s <= point.high_s for point in found.points)
    assert found.reached == TODAY
    wide = metering.project(
        1000, days(*[50] * 7, *[150] * 7), today=TODAY, until=TODAY + 4 * DAY, limit_s=None, freed={TODAY + DAY: 250}
    )
    assert [point.low_s for point in wide.points][1:3] == [max(750, point.low_s) for point in wide.points[1:3]], (
        "never below what is left of today's"
    )


def test_r107_nothing_known_says_nothing_and_a_limit_that_is_reached_is_today():
    empty = metering.project(10, {}, today=TODAY, until=TODAY + 5 * DAY, limit_s=11)
    assert {point.likely_s for point in empty.points} == {10}
    assert empty.reached is None
    assert metering.project(11, {}, today=TODAY, until=TODAY, limit_s=11).reached == TODAY
    past = metering.project(0, {}, today=TODAY, until=TODAY - DAY, limit_s=1)
    assert (past.points, past.end, past.reached) == ((), None, None)
    one_week = metering.project(0, days(*[10] * 7), today=TODAY, until=TODAY, limit_s=None)
    assert one_week.spread_s == 70.0


def test_r109_what_would_save_most_promises_no_hour_twice_and_leaves_what_is_held():
    now = datetime(2026, 11, 30, tzinfo=UTC)
    old, new = now - timedelta(days=500), now - timedelta(days=3)

    def kept(**facts) -> Kept:
        given = {"seconds": 100, "is_binned": False, "is_full_copy": False, "ready_at": old, "last_watched_at": now}
        return Kept(**{**given, **facts})

    every = [
        kept(),
        kept(is_binned=True, is_full_copy=True, last_watched_at=None),
        kept(last_watched_at=None),
        kept(last_watched_at=None, ready_at=new),
        kept(last_watched_at=now - timedelta(days=365), seconds=300),
        kept(is_full_copy=True),
        kept(is_binned=True, is_held=True),
        kept(seconds=0, is_binned=True),
        kept(is_full_copy=True, last_watched_at=None, recordings=3),
        kept(is_binned=True, is_archived=True, seconds=7),
        kept(is_archived=True, last_watched_at=None, seconds=9),
    ]
    assert [(one.step, one.seconds, one.recordings) for one in metering.savings(every, now=now)] == [
        (Step.ARCHIVE_LONG_UNWATCHED, 300, 1),
        (Step.ARCHIVE_NEVER_WATCHED, 200, 4),
        (Step.EMPTY_BIN, 100, 1),
        (Step.REFERENCE_FULL_COPIES, 100, 1),
    ]
    kept_now = metering.holdings(every, now=now)
    assert (kept_now.stored_s, kept_now.archived_s, kept_now.binned_s) == (1000, 16, 200)
    assert kept_now.by_use == {
        Use.WATCHED: 200, Use.LONG_UNWATCHED: 300, Use.NEVER_WATCHED: 200, Use.NEW: 100, Use.BINNED: 200
    }  # fmt: skip
    assert sum(kept_now.by_use.values()) == kept_now.stored_s

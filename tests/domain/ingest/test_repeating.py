"""A series keeps its hours by the clock on the wall, over both changes of it, and a change reaches what it says: R155."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cathedra.domain import ingest
from cathedra.domain.ingest import Occurrence, Reach, Repeat, Span
from cathedra.domain.terms import RecordingId

LONDON = ZoneInfo("Europe/London")
MINUTE = timedelta(minutes=1)


def local(*when: int) -> datetime:
    return datetime(*when, tzinfo=LONDON).astimezone(UTC)


def monday(length: timedelta = timedelta(hours=1)) -> Span:
    start = local(2026, 10, 5, 9, 0)
    return Span(start, start + length)


def test_r155_a_series_is_every_chosen_weekday_up_to_and_with_its_last_day():
    found = ingest.occurrences(monday(), Repeat(frozenset({0, 2}), date(2026, 10, 14)), LONDON)
    days = [one.starts_at.astimezone(LONDON).date() for one in found]
    assert days == [date(2026, 10, day) for day in (5, 7, 12, 14)]


def test_r155_nine_in_the_morning_stays_nine_over_both_changes_of_the_clock():
    found = ingest.occurrences(monday(), Repeat(frozenset({0}), date(2027, 4, 5)), LONDON)
    assert {one.starts_at.astimezone(LONDON).hour for one in found} == {9}
    assert {one.ends_at.astimezone(LONDON).hour for one in found} == {10}
    hours = {one.starts_at.astimezone(LONDON).date(): one.starts_at.hour for one in found}
    assert [hours[date(*day)] for day in ((2026, 10, 19), (2026, 10, 26), (2027, 3, 22), (2027, 3, 29))] == [8, 9, 9, 8]
    assert len(found) == 27


def test_r155_in_the_nights_of_the_change_every_one_still_ends_after_it_starts():
    for start, minutes in ((local(2027, 3, 21, 1, 30), 45), (local(2026, 10, 18, 1, 30), 60)):
        every = Repeat(frozenset({6}), start.date() + timedelta(days=14))
        found = ingest.occurrences(Span(start, start + minutes * MINUTE), every, LONDON)
        assert len(found) == 3
        assert all(one.starts_at < one.ends_at for one in found)


@given(
    start=st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),
    minutes=st.integers(1, 480),
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
    days=st.integers(0, 365),
)
def test_r155_whatever_is_repeated_is_in_order_by_its_clock_and_on_its_days(start, minutes, weekdays, days):
    start = start.replace(second=0, microsecond=0)
    first = start.astimezone(LONDON).date()
    repeat = Repeat(weekdays | {first.weekday()}, first + timedelta(days=days))
    assert ingest.decide_repeat(repeat, first).is_permitted == (repeat.until <= first.replace(year=first.year + 1))
    found = ingest.occurrences(Span(start, start + minutes * MINUTE), repeat, LONDON)
    assert list(found) == sorted(found)
    assert all(one.starts_at < one.ends_at for one in found)
    assert len({one.starts_at for one in found}) == len(found)
    places = [one.starts_at.astimezone(LONDON) for one in found]
    assert sum(place.time() != start.astimezone(LONDON).time() for place in places) <= 2  # hours that a night lacks
    wanted = [first + timedelta(days=one) for one in range(days + 1)]
    assert [place.date() for place in places] == [day for day in wanted if day.weekday() in repeat.weekdays]


@pytest.mark.parametrize(
    ("weekdays", "until"),
    [
        (set(), date(2026, 12, 1)),
        ({7}, date(2026, 12, 1)),
        ({1}, date(2026, 12, 1)),
        ({0}, date(2026, 10, 4)),
        ({0}, date(2027, 10, 6)),
    ],
)
def test_r155_a_series_has_weekdays_its_first_day_among_them_and_twelve_months_at_most(weekdays, until):
    assert ingest.decide_repeat(Repeat(frozenset(weekdays), until), date(2026, 10, 5)).reasons[0].rule == "R155"
    assert ingest.decide_repeat(Repeat(frozenset({0}), date(2027, 10, 5)), date(2026, 10, 5)).is_permitted


def test_r155_of_what_begins_on_the_29th_of_february_the_last_day_is_the_28th():
    leap = date(2028, 2, 29)
    days = frozenset({leap.weekday()})
    assert ingest.decide_repeat(Repeat(days, date(2029, 2, 28)), leap).is_permitted
    assert not ingest.decide_repeat(Repeat(days, date(2029, 3, 1)), leap).is_permitted


def series() -> list[Occurrence]:
    found = ingest.occurrences(monday(), Repeat(frozenset({0}), date(2026, 11, 9)), LONDON)
    return [Occurrence(RecordingId(UUID(int=number)), span) for number, span in enumerate(found)]


def test_r155_a_change_reaches_this_one_or_the_following_or_all():
    every, now = series(), monday().starts_at - timedelta(days=1)
    shuffled, chosen = every[::-1], every[2]
    assert ingest.reached(shuffled, chosen, Reach.THIS, now=now) == (every[2],)
    assert ingest.reached(shuffled, chosen, Reach.FOLLOWING, now=now) == tuple(every[2:])
    assert ingest.reached(shuffled, chosen, Reach.ALL, now=now) == tuple(every)


def test_r155_one_that_waits_no_more_is_reached_with_those_that_wait_and_are_not_over():
    every = series()
    chosen, waiting = every[1], [every[0], *every[2:]]
    during = chosen.span.starts_at + timedelta(minutes=5)
    assert ingest.reached(waiting, chosen, Reach.FOLLOWING, now=during) == tuple(every[1:])
    assert ingest.reached(waiting, chosen, Reach.ALL, now=during) == tuple(every[1:])
    assert ingest.reached(waiting, chosen, Reach.THIS, now=during) == (chosen,)


def test_r155_the_others_move_by_as_many_days_to_the_same_hours_by_the_clock():
    every = series()
    after = Span(local(2026, 10, 13, 14, 5), local(2026, 10, 13, 15, 35))
    moved = [ingest.moved_alike(one.span, every[1].span, after, LONDON) for one in every]
    assert moved[1] == after
    days = [(one.starts_at.astimezone(LONDON), one.ends_at.astimezone(LONDON)) for one in moved]
    assert [start.date() for start, _end in days] == [date(2026, 10, day) for day in (6, 13, 20, 27)] + [
        date(2026, 11, 3), date(2026, 11, 10),
    ]  # fmt: skip
    assert {(start.hour, start.minute, end.hour, end.minute) for start, end in days} == {(14, 5, 15, 35)}

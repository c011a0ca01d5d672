"""What is typed becomes spans and repeats; what can be chosen of a series (R151, R155)."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from cathedra.db.reads.scheduling import RecorderChoice
from cathedra.domain.ingest import Occurrence, Reach, Repeat, Span
from cathedra.domain.terms import RecordingId
from cathedra.web.scheduling import forms
from tests.web.scheduling.rooms import LONDON

CHOICES = (
    RecorderChoice(3, "LB 1", "Lecture Block", keeps_primary=True),
    RecorderChoice(4, "Camera", "Lecture Block", keeps_primary=False),
    RecorderChoice(9, "A 1", "Annexe", keeps_primary=True),
)


def wish(**more) -> forms.Wish:
    sent = {"title": "Entropy", "day": "2026-10-05", "start": "10:00", "end": "11:00", "recorders": ["3"]}
    return forms.Wish(sent | more, choices=CHOICES)


def test_the_times_are_those_of_the_sites_clock_in_summer_and_in_winter():
    for day, hour in (("2026-10-05", 9), ("2026-11-02", 10)):
        form = wish(day=day)
        assert form.is_valid()
        date_ = date.fromisoformat(day)
        at = datetime(date_.year, date_.month, date_.day, hour, tzinfo=UTC)
        assert form.span(LONDON) == Span(at, at + timedelta(hours=1))
        assert forms.at(form.span(LONDON), LONDON)["start"].isoformat() == "10:00:00"


def test_r155_without_a_last_day_it_is_single_and_without_weekdays_it_is_repeated_on_the_first_days():
    for given, repeat in (
        ({}, None),
        ({"until": "2026-10-19"}, Repeat(frozenset({0}), date(2026, 10, 19))),
        ({"until": "2026-10-19", "weekdays": ["0", "2"]}, Repeat(frozenset({0, 2}), date(2026, 10, 19))),
    ):
        form = wish(**given)
        assert form.is_valid()
        assert form.repeat() == repeat
        assert form.is_repeated() == bool(given)
    assert list(wish(weekdays=["1"]).errors) == ["until"]
    assert list(wish(weekdays=["7"], until="2026-10-19").errors) == ["weekdays"]


def test_r152_the_recorders_stand_by_facility_and_keep_what_was_ticked():
    rooms = dict(wish(recorders=["4", "9"]).rooms())
    assert {name: [(box.label, box.is_ticked, box.is_beside) for box in boxes] for name, boxes in rooms.items()} == {
        "Lecture Block": [("LB 1", False, False), ("Camera", True, True)],
        "Annexe": [("A 1", True, False)],
    }
    assert wish(recorders=["5"]).errors["recorders"] == ["There is no such recorder. Choose one from the list."]


@pytest.mark.parametrize(("place", "counts"), [(0, ["This", "3", "3"]), (1, ["This", "2", "3"]), (2, ["This", "3"])])
def test_r155_a_choice_says_for_how_many_it_is_and_one_that_changes_nothing_is_not_offered(place, counts):
    start = datetime(2026, 10, 5, 9, tzinfo=UTC)
    series = [
        Occurrence(RecordingId(uuid4()), Span(start + timedelta(weeks=week), start + timedelta(weeks=week, hours=1)))
        for week in range(3)
    ]
    form = forms.CallOff(None, series=series, chosen=series[place], now=start - timedelta(days=1))
    boxes = form.reaches()
    assert [any(count in box.label for box in boxes) for count in counts] == [True] * len(counts)
    assert len(boxes) == len(counts)
    assert [box.is_ticked for box in boxes] == [True] + [False] * (len(counts) - 1)


def test_r155_of_a_single_one_nothing_is_asked_and_this_one_is_meant():
    start = datetime(2026, 10, 5, 9, tzinfo=UTC)
    chosen = Occurrence(RecordingId(uuid4()), Span(start, start + timedelta(hours=1)))
    form = forms.CallOff({}, series=(), chosen=chosen, now=start)
    assert len(form.reaches()) == 1
    assert form.is_valid()
    assert form.chosen_reach() is Reach.THIS


def test_r155_t4_from_one_that_runs_those_that_follow_or_all_others_are_offered_and_it_is_not_counted():
    start = datetime(2026, 10, 5, 9, tzinfo=UTC)
    runs, *series = [
        Occurrence(RecordingId(uuid4()), Span(start + timedelta(weeks=week), start + timedelta(weeks=week, hours=1)))
        for week in range(3)
    ]
    form = forms.CallOff({}, series=series, chosen=runs, now=start)
    assert [box.value for box in form.reaches()] == [Reach.FOLLOWING, Reach.ALL]
    assert form.is_valid()
    assert form.chosen_reach() is Reach.FOLLOWING
    assert form.count(Reach.FOLLOWING) == 2
    moved = forms.Moved(None, series=series, chosen=runs, now=start)
    assert moved.count(Reach.FOLLOWING) == 3, "its end changes with theirs"

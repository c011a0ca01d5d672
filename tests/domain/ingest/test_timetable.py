"""What a timetable tells: read, left out, compared with what was done before (R156)."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cathedra.domain.ingest import Span, timetable
from cathedra.domain.ingest.timetable import FeedChanges, FeedEvent, FeedOutcome, FeedRoom, FeedRules, FeedStands
from cathedra.domain.terms import Code, Decision

LONDON = ZoneInfo("Europe/London")
RULES = FeedRules(8, LONDON)
SAID = {
    "event": "E1",
    "title": "Entropy",
    "starts_at": "2026-10-05T09:00",
    "ends_at": "2026-10-05T10:00:40",
    "room": "LB 1",
    "folder": "chem-1a",
}
SPAN = Span(datetime(2026, 10, 5, 8, tzinfo=UTC), datetime(2026, 10, 5, 9, tzinfo=UTC))
ROOM = FeedRoom((1,), 1)


def event(**more: str) -> FeedEvent:
    found = timetable.read_event(SAID | more, LONDON)
    assert isinstance(found, FeedEvent)
    return found


def test_r156_a_feed_is_read_by_the_names_of_its_columns():
    head = "\ufeffEvent, title,starts_at,ends_at,room,folder,campus,cancelled\n"
    found = timetable.read_timetable([head, "E1,Entropy,2026-10-05T09:00,2026-10-05T10:00,LB 1,chem-1a,North, \n"])
    assert found == [SAID | {"ends_at": "2026-10-05T10:00"}]


@pytest.mark.parametrize(
    ("lines", "code", "value"),
    [
        (["event,title\n", "E1,Entropy\n"], Code.BAD_REQUEST, "starts_at, ends_at, room, folder"),
        ([], Code.BAD_REQUEST, "event, title, starts_at, ends_at, room, folder"),
        (["event,title,starts_at,ends_at,room,folder\n", 'E1,"Ent" x\n'], Code.BAD_REQUEST, None),
        (["event,title,starts_at,ends_at,room,folder\n", *["E,T,,,,\n"] * 10_001], Code.TOO_LARGE, "10000"),
    ],
)
def test_r156_what_is_no_feed_is_refused_with_why(lines, code, value):
    found = timetable.read_timetable(lines)
    assert isinstance(found, Decision)
    assert found.code is code
    assert value is None or value in found.reasons[0].values.values()


def test_r156_a_feed_without_an_event_is_refused():
    assert [timetable.decide_size(count).code for count in (0, 1, 10_000, 10_001)] == [
        Code.BAD_REQUEST,
        Code.ALLOW,
        Code.ALLOW,
        Code.TOO_LARGE,
    ]


def test_r156_times_are_by_the_clock_of_the_site_unless_they_say_otherwise_and_whole_minutes():
    assert event().span == SPAN
    assert event(starts_at="2026-10-05T08:00:00+00:00").span == SPAN


def test_r156_several_rooms_and_courses_are_parted_by_semicolons():
    found = event(room="LB 1; LB 2;LB 1;", folder="a;b", cancelled="Yes", joint="1")
    assert (found.rooms, found.folders) == (("LB 1", "LB 2"), ("a", "b"))
    assert (found.is_cancelled, found.is_joint) == (True, True)


@pytest.mark.parametrize(
    "told",
    [
        {"starts_at": "tomorrow"},
        {"starts_at": "0001-01-01T00:00"},
        {"cancelled": "perhaps"},
        {"title": "x" * 501},
    ],
)
def test_r156_what_cannot_be_read_says_what_is_wrong(told):
    found = timetable.read_event(SAID | told, LONDON)
    assert isinstance(found, Decision)
    assert found.code is Code.BAD_REQUEST


@pytest.mark.parametrize("name", ["event", "title", "starts_at", "ends_at", "room", "folder"])
def test_r156_an_event_needs_all_but_its_presenter(name):
    found = timetable.read_event({key: said for key, said in SAID.items() if key != name}, LONDON)
    assert isinstance(found, Decision)
    assert found.reasons[0].values == {"name": name}


def test_r156_long_joint_and_multi_room_events_are_left_out_unless_the_site_takes_them():
    two = [ROOM, FeedRoom((2,), 1)]
    joint, several = event(joint="yes"), event(room="LB 1; LB 2")
    assert timetable.decide_excluded(event(), [ROOM], RULES) is None
    assert timetable.decide_excluded(event(ends_at="2026-10-05T17:01"), [ROOM], RULES) is not None
    assert timetable.decide_excluded(event(ends_at="2026-10-05T17:00"), [ROOM], RULES) is None
    assert timetable.decide_excluded(joint, [ROOM], RULES) is not None
    assert timetable.decide_excluded(event(folder="a; b"), [ROOM], RULES) is not None
    assert timetable.decide_excluded(several, two, RULES) is not None
    assert timetable.decide_excluded(several, [ROOM, None], RULES) is not None
    takes = FeedRules(8, LONDON, takes_joint=True, takes_several_rooms=True)
    assert timetable.decide_excluded(joint, [ROOM], takes) is None
    assert timetable.decide_excluded(several, two, takes) is None


def test_r156_a_camera_beside_is_no_room_of_its_own():
    assert timetable.decide_excluded(event(room="LB 1; Camera"), [ROOM, FeedRoom((3,), 0)], RULES) is None


def test_r156_nothing_is_made_of_what_has_begun():
    assert timetable.decide_over(event(), SPAN.starts_at - timedelta(minutes=1)) is None
    assert timetable.decide_over(event(), SPAN.starts_at) is not None


STANDS = FeedStands(SPAN, "Entropy", has_rooms=True, has_presenter=True, has_folder=True)


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ({}, FeedChanges()),
        ({"ends_at": "2026-10-05T11:00"}, FeedChanges(span=True)),
        ({"room": "LB 2"}, FeedChanges(rooms=True)),
        ({"title": "Enthalpy"}, FeedChanges(title=True)),
        ({"presenter": "ben"}, FeedChanges(presenter=True)),
        ({"folder": "chem-1b"}, FeedChanges(folder=True)),
    ],
)
def test_r156_what_the_timetable_says_otherwise_than_before_is_changed(told, wanted):
    assert timetable.feed_changes(event(**told), event(), STANDS) == wanted


def test_r156_what_a_person_changed_here_stays_while_the_timetable_says_the_same():
    moved = FeedStands(Span(SPAN.starts_at, SPAN.ends_at + timedelta(hours=1)), "Mine", False, False, False)
    assert timetable.feed_changes(event(), event(), moved) == FeedChanges()
    assert timetable.feed_changes(event(), None, moved) == FeedChanges(True, True, True, True, True)
    assert timetable.feed_changes(event(), None, STANDS) == FeedChanges()


def test_r156_an_event_is_listed_as_an_error_after_three_attempts():
    assert [timetable.is_listed(FeedOutcome.FAILED, attempts) for attempts in (1, 2, 3)] == [False, False, True]
    assert not timetable.is_listed(FeedOutcome.MADE, 3)


def test_r156_of_an_event_that_stands_twice_the_first_counts():
    feed = [{"event": "a"}, {"event": "b"}, {"event": "a"}, {}, {}]
    assert timetable.told_before(feed) == {2}
    assert not timetable.told_twice().is_permitted


def test_r156_who_may_not_send_a_feed_finds_nothing():
    assert timetable.decide_feed(may=True).is_permitted
    assert timetable.decide_feed(may=False).code is Code.NO_PERMISSION

"""What people see of schedules: recorders to choose, one with its names, lists of a folder and of one's own (R38, R152)."""

from datetime import UTC, datetime, timedelta

import pytest

from cathedra.db.models import Department, Recording
from cathedra.db.reads import scheduling as reads
from cathedra.db.writes import access as access_writes
from cathedra.db.writes import people
from cathedra.db.writes import scheduling as writes
from cathedra.domain.access import FolderRole
from cathedra.domain.ingest import Span
from cathedra.domain.library import Keeping, MediaState
from cathedra.domain.people import SystemRole
from cathedra.domain.terms import PrincipalId
from tests.actions.scheduling.rooms import at, make_room, schedule
from tests.lectures import lecture


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 10, 1, 9, tzinfo=UTC)


@pytest.fixture
def room(cast, now):
    return make_room(cast.alice, now=now)


def day(number: int) -> Span:
    return Span(at(number, 9), at(number, 10))


def made(cast, room, number: int, now, **more):
    return schedule(cast, room, day(number), title=f"Day {number}", now=now, **more).recordings[0][0]


def titles(page) -> list[str]:
    return [row.title for row in page.rows]


def test_r152_the_recorders_to_choose_are_in_use_and_of_facilities_one_schedules_in(cast, room, now):
    writes.retire_recorder(room.camera, now=now)
    found = reads.list_recorder_choices(cast.alice, runs_service=False)
    assert [(one.facility, one.name, one.keeps_primary) for one in found] == [
        ("Lecture Block", "LB 1", True), ("Lecture Block", "LB 2", True),
    ]  # fmt: skip
    for nobody in (cast.ben, None):
        assert reads.list_recorder_choices(nobody, runs_service=False) == ()
    assert len(reads.list_recorder_choices(cast.dev, runs_service=True)) == 2


def test_the_form_begins_with_what_one_scheduled_last_in_the_folder(cast, room, now):
    assert reads.find_last_time(cast.alice, cast.chemistry) is None
    first = made(cast, room, 6, now, presenter=cast.chloe)
    made(cast, room, 5, now + timedelta(hours=1), recorder_ids=(room.second, room.camera))
    last = reads.find_last_time(cast.alice, cast.chemistry)
    assert last == reads.LastTime("Day 5", day(5), (room.second, room.camera), "")
    assert reads.find_last_time(cast.dev, cast.chemistry) is None, "it is one's own"
    again = reads.find_last_time(cast.dev, cast.chemistry, like=first)
    assert again == reads.LastTime("Day 6", day(6), (room.first,), "chloe")
    assert reads.find_last_time(cast.alice, cast.physics, like=first) is None, "it is of another folder"


def test_a_line_says_what_when_where_and_who(cast, room, now):
    one = made(cast, room, 5, now, presenter=cast.chloe, recorder_ids=(room.first, room.camera))
    line = reads.get_line(one)
    assert (line.title, line.span, line.media) == ("Day 5", day(5), MediaState.SCHEDULED)
    assert line.places == ("Lecture Block, LB 1", "Lecture Block, Camera")
    assert (line.owner_name, line.presenter_name, line.scheduled_by_name) == ("Chloe", "Chloe", "Alice")
    with pytest.raises(reads.ScheduleNotFound):
        reads.get_line(lecture(cast.chemistry, cast.alice, now=now))
    Recording.objects.filter(id=one).update(keeping=Keeping.RECYCLED, recycled_from=Keeping.ONLINE)
    with pytest.raises(reads.ScheduleNotFound):
        reads.get_line(one)


def test_what_is_to_come_in_a_folder_stands_in_order_page_by_page(cast, room, now):
    for number in (9, 5, 7):
        made(cast, room, number, now)
    Recording.objects.filter(title="Day 7").update(media_state=MediaState.CANCELLED)
    made(cast, room, 8, now)
    seen, after = [], ""
    for _ in range(3):
        page = reads.list_in_folder(cast.alice, cast.chemistry, may_schedule=True, now=now, after=after, limit=1)
        seen, after = seen + titles(page), page.after
    assert (seen, after) == (["Day 5", "Day 8", "Day 9"], "")
    later = reads.list_in_folder(cast.alice, cast.chemistry, may_schedule=True, now=at(5, 10))
    assert titles(later) == ["Day 8", "Day 9"]


def test_r38_in_a_folder_one_sees_what_one_may_know_of(cast, room, now):
    made(cast, room, 5, now)
    for who, sees in ((cast.alice, 1), (cast.chloe, 1), (cast.ben, 0), (cast.eve, 0), (None, 0)):
        page = reads.list_in_folder(who, cast.chemistry, may_schedule=False, now=now)
        assert len(page.rows) == sees
    assert len(reads.list_in_folder(cast.eve, cast.chemistry, may_schedule=True, now=now).rows) == 1
    assert reads.list_in_folder(cast.alice, cast.physics, may_schedule=True, now=now).rows == ()


def test_ones_own_are_those_one_scheduled_presents_or_owns_to_come_and_past(cast, room, now):
    made(cast, room, 5, now)
    made(cast, room, 6, now, presenter=cast.chloe)
    access_writes.add_member(cast.chemistry, PrincipalId(cast.dev), FolderRole.CREATOR, now=now)
    made(cast, room, 7, now, by=cast.dev)
    Recording.objects.filter(title="Day 5").update(media_state=MediaState.CANCELLED)
    own = {who: titles(reads.list_own(who, now=now)) for who in (cast.alice, cast.chloe, cast.dev, cast.ben)}
    assert own == {cast.alice: ["Day 6"], cast.chloe: ["Day 6"], cast.dev: ["Day 7"], cast.ben: []}
    assert titles(reads.list_own(cast.alice, now=now, is_past=True)) == ["Day 5"]
    past = [reads.list_own(cast.alice, now=at(30, 9), is_past=True, limit=1)]
    past.append(reads.list_own(cast.alice, now=at(30, 9), is_past=True, after=past[0].after, limit=1))
    assert [titles(page) for page in past] == [["Day 6"], ["Day 5"]]
    assert past[1].after == ""


def test_r42_whoever_lost_the_folder_sees_nothing_of_it_any_more(cast, room, now):
    scopes = [cast.chemistry]
    people.give_system_role(cast.eve, SystemRole.SCHEDULER, reason="x", now=now, scopes=scopes)
    other = make_other_room(cast, now)
    schedule(cast, room, day(5), by=cast.eve, presenter=cast.alice, recorder_ids=(other,), now=now)
    assert titles(reads.list_own(cast.eve, now=now)) == ["Entropy"]
    people.take_system_role(cast.eve, SystemRole.SCHEDULER)
    assert titles(reads.list_own(cast.eve, now=now)) == []


def make_other_room(cast, now) -> int:
    department = Department.objects.get(name="Chemistry").id
    return writes.add_recorder(
        writes.add_facility("Annexe", department_id=department, schedulers=[cast.eve], now=now), "A 1", now=now
    )

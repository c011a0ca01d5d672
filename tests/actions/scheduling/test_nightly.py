"""The check of the night: one letter to each who schedules, only when there is something (R157)."""

from datetime import timedelta

import pytest

from cathedra.actions import scheduling as actions
from cathedra.db.models import FolderMember, Notice, RecorderConnection, Schedule, TimetableEvent
from cathedra.db.writes import access as access_writes
from cathedra.db.writes import scheduling as writes
from cathedra.domain import notices
from cathedra.domain.ingest import Span
from cathedra.domain.notices import WORDINGS, NoticeKind
from tests.actions.scheduling.feeds import RULES, event, prepare, send
from tests.actions.scheduling.rooms import at, make_room, schedule

pytestmark = pytest.mark.django_db
NIGHT = at(4, 4, 30)


@pytest.fixture
def room(cast, now):
    return make_room(cast.alice, cast.eve, now=now)


def connect(*recorders, free=500 * 1024**3, heard_at=NIGHT):
    for one in recorders:
        told = {"token_digest": f"{one:064}", "connected_at": heard_at, "heard_at": heard_at, "free_bytes": free}
        RecorderConnection.objects.update_or_create(recorder_id=one, defaults=told)


def letters():
    told = {}
    for row in Notice.objects.filter(kind="SCHEDULES_CHECKED"):
        values = notices.read_back(row.values)
        told[row.recipient_id] = notices.paragraphs(WORDINGS[NoticeKind.SCHEDULES_CHECKED], values, str)[1:-1]
    return told


def test_r157_nobody_is_told_of_what_is_well_and_of_what_is_far_off(cast, room, now):
    schedule(cast, room, Span(at(5, 9), at(5, 10)), now=now)
    schedule(cast, room, Span(at(20, 9), at(20, 10)), recorder_ids=(room.second,), now=now)
    connect(room.first)
    assert actions.check_schedules(now=NIGHT) == 0
    assert letters() == {}


def test_r157_those_who_schedule_get_one_letter_with_all_of_it_once_a_night(cast, room, now):
    schedule(cast, room, Span(at(5, 9), at(5, 10)), now=now)
    schedule(cast, room, Span(at(6, 9), at(6, 10)), recorder_ids=(room.second,), now=now)
    connect(room.second, free=1024**3)
    assert actions.check_schedules(now=NIGHT) == actions.check_schedules(now=NIGHT) == 2
    told = letters()
    assert set(told) == {cast.alice, cast.eve}
    offline, low = told[cast.alice]
    assert offline.startswith("“Entropy”, 2026-10-05")
    assert offline.endswith("nothing is heard of the recorder of Lecture Block, LB 1.")
    assert low.endswith("the recorder of Lecture Block, LB 2 has 1 GB free, which may not be enough.")
    assert all("Entropy" not in one for one in told[cast.eve]), "R169: the title is not theirs to know"
    assert actions.check_schedules(now=NIGHT + timedelta(days=1)) == 2
    assert Notice.objects.filter(kind="SCHEDULES_CHECKED").count() == 4


def test_r157_a_folder_in_the_bin_or_without_a_creator_and_a_retired_recorder_are_told(cast, room, now):
    ((recording_id, _span),) = schedule(cast, room, Span(at(5, 9), at(5, 10)), now=now).recordings
    writes.retire_recorder(room.first, now=now)
    FolderMember.objects.filter(folder_id=cast.chemistry, role="creator").delete()
    access_writes.recompute(cast.chemistry)
    actions.check_schedules(now=NIGHT)
    said = " ".join(letters()[cast.alice])
    assert "no recorder in use is to record it" in said
    assert "has no Creator" in said
    assert Schedule.objects.filter(recording_id=recording_id).exists()


def test_r157_where_the_timetable_has_it_in_another_room_that_is_told(cast, now):
    room = prepare(cast, now)
    send(cast, event(), now=now)
    connect(room.first, room.second)
    assert actions.check_schedules(now=NIGHT) == 0
    TimetableEvent.objects.update(said=event(room="LB 2"))
    actions.check_schedules(now=NIGHT)
    assert "the timetable has it in another room than Lecture Block, LB 1" in " ".join(letters()[cast.ben])


def test_r157_what_the_timetable_could_not_have_scheduled_is_told_to_the_service_where_a_program_sent_it(cast, now):
    prepare(cast, now)
    send(cast, event(2, room="Nowhere"), event(3, folder="law"), now=now)
    assert actions.check_schedules(now=NIGHT) == 0, "it is tried again still"
    for minutes in (31, 62):
        actions.tend_timetable(rules=RULES, now=now + timedelta(minutes=minutes))
    actions.check_schedules(now=NIGHT)
    first, second = letters()[cast.dev]
    assert first.startswith("“Entropy” (E2) of the timetable is not scheduled. No recorder in use is called “Nowhere”")
    assert "No folder belongs to “law”" in second
    assert actions.check_schedules(now=at(5, 11)) == 0, "it is over"


def test_r157_a_letter_lists_eight_and_counts_the_rest(cast, room, now):
    for day in range(5, 10):
        for hour in (9, 11):
            schedule(cast, room, Span(at(day, hour), at(day, hour + 1)), now=now)
    writes.retire_recorder(room.first, now=now)
    actions.check_schedules(now=NIGHT)
    told = letters()[cast.alice]
    assert (len(told), told[-1]) == (9, "There is more like this: 2.")
    row = Notice.objects.filter(kind="SCHEDULES_CHECKED", recipient_id=cast.alice).get()
    assert row.values["count"] == "10"

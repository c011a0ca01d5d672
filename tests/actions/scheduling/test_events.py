"""What becomes of one event of a timetable (R156)."""

from datetime import timedelta
from functools import partial

import pytest

from cathedra.actions import policy as policy_actions
from cathedra.actions import scheduling as actions
from cathedra.actions.scheduling._events import Feed, take_event
from cathedra.db.models import (
    Account,
    Department,
    Folder,
    Notice,
    Recorder,
    Recording,
    Schedule,
    ScheduleRecorder,
    TimetableEvent,
)
from cathedra.db.reads import scheduling as reads
from cathedra.domain.ingest import Span, timetable
from cathedra.domain.ingest.timetable import FeedRules
from cathedra.domain.terms import Actor, Channel, RecordingId
from tests.actions.scheduling.feeds import RULES, event, prepare, send
from tests.actions.scheduling.rooms import LONDON, at
from tests.conftest import COURSE
from tests.policies import activate

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(cast, now):
    return prepare(cast, now)


@pytest.fixture
def sent(cast, room, now):
    return partial(send, cast, now=now)


def outcome(run):
    ((name, count),) = run.counts.items()
    assert count == 1
    return name


def why(run):
    return run.lines[0]["why"]


def standing():
    return list(ScheduleRecorder.objects.filter(stands=True).values_list("recorder_id", "starts_at", "ends_at"))


def test_r156_another_room_moves_the_recorder_and_another_time_the_schedule(room, sent):
    sent(event())
    assert outcome(sent(event(room="LB 2"))) == "MOVED"
    assert standing() == [(room.second, at(5, 9), at(5, 10))]
    later = {"starts_at": "2026-10-05T11:00", "ends_at": "2026-10-05T12:30"}
    assert outcome(sent(event(room="LB 2", **later))) == "MOVED"
    assert standing() == [(room.second, at(5, 11), at(5, 12, 30))]
    assert outcome(sent(event(room="LB 1; Camera"))) == "MOVED"
    assert standing() == [(one, at(5, 9), at(5, 10)) for one in (room.first, room.camera)]
    assert set(Notice.objects.values_list("kind", flat=True)) == {"N1", "N2"}
    assert Recording.objects.count() == 1


def test_r156_a_cancelled_event_is_called_off_and_comes_back_when_the_timetable_takes_that_back(room, sent):
    sent(event())
    assert outcome(sent(event(cancelled="yes"))) == "CALLED_OFF"
    assert standing() == []
    assert Schedule.objects.get().recording.media_state == "CANCELLED"
    assert outcome(sent(event(cancelled="yes"))) == "UNCHANGED"
    assert outcome(sent(event())) == "MADE"
    assert standing() == [(room.first, at(5, 9), at(5, 10))]
    assert Schedule.objects.get(external_id="E1").recording.media_state == "SCHEDULED"


def test_r156_what_is_cancelled_from_the_beginning_is_never_made(room, sent):
    assert outcome(sent(event(cancelled="yes"))) == "UNCHANGED"
    assert Recording.objects.count() == 0
    assert outcome(sent(event())) == "MADE"


def test_r156_what_a_person_called_off_or_changed_here_stays(cast, room, sent, now):
    sent(event())
    recording_id = RecordingId(Recording.objects.get().id)
    actor = Actor(cast.ben, Channel.WEB)
    given = {"actor": actor, "now": now, "max_hours": 8, "zone": LONDON}
    assert actions.reschedule(recording_id, Span(at(5, 9), at(5, 11)), **given).is_permitted
    assert outcome(sent(event(title="Entropy 2"))) == "CHANGED"
    assert standing() == [(room.first, at(5, 9), at(5, 11))]
    assert Recording.objects.get().title == "Entropy 2"
    assert actions.cancel_scheduled(recording_id, actor=actor, now=now).is_permitted
    assert outcome(sent(event(title="Entropy 3"))) == "UNCHANGED"
    assert standing() == []


def test_r156_the_presenter_owns_it_by_login_or_address_and_another_one_takes_it_over(cast, room, sent):
    Account.objects.filter(id=cast.eve).update(email="Eve@example.org")
    sent(event(presenter="CHLOE"))
    assert Recording.objects.get().owner_id == cast.chloe
    assert outcome(sent(event(presenter="eve@example.org"))) == "CHANGED"
    assert (Recording.objects.get().owner_id, Schedule.objects.get().presenter_id) == (cast.eve, cast.eve)


@pytest.mark.parametrize("presenter", ["", "nobody-of-ours"])
def test_r156_without_a_presenter_it_is_the_contacts_of_the_folders_department(cast, room, sent, presenter):
    assert outcome(failed := sent(event(presenter=presenter))) == "FAILED"
    assert "contact" in why(failed)["sentence"]
    Account.objects.filter(id=cast.alice).update(email="teaching@chem.example.org")
    Department.objects.filter(name="Chemistry").update(contact_email="Teaching@chem.example.org")
    Folder.objects.filter(id=cast.chemistry).update(department_id=Department.objects.get(name="Chemistry").id)
    assert outcome(sent(event(presenter=presenter))) == "MADE"
    assert (Recording.objects.get().owner_id, Schedule.objects.get().presenter_id) == (cast.alice, None)


@pytest.mark.parametrize(
    "more",
    [
        {"ends_at": "2026-10-05T17:30"},
        {"joint": "yes"},
        {"folder": "chem-1a; chem-1b"},
        {"room": "LB 1; LB 2"},
        {"starts_at": "2026-09-30T09:00", "ends_at": "2026-09-30T10:00"},
    ],
)
def test_r156_what_is_left_out_says_why_and_is_no_error(room, sent, more):
    run = sent(event(**more))
    assert outcome(run) == "EXCLUDED"
    assert why(run)["sentence"]
    assert Recording.objects.count() == 0
    assert (TimetableEvent.objects.get().attempts, TimetableEvent.objects.get().try_at) == (0, None)


def test_r156_a_site_that_takes_events_in_several_rooms_records_in_all_of_them(room, sent):
    rules = FeedRules(8, LONDON, takes_several_rooms=True)
    assert outcome(sent(event(room="LB 1; LB 2"), rules=rules)) == "MADE"
    assert [one for one, *_times in standing()] == [room.first, room.second]


def test_r156_what_becomes_joint_stays_as_it_was_scheduled_and_says_so(room, sent):
    sent(event())
    run = sent(event(joint="yes", room="LB 2"))
    assert (outcome(run), "stays as it was scheduled" in why(run)["sentence"]) == ("EXCLUDED", True)
    assert standing() == [(room.first, at(5, 9), at(5, 10))]


@pytest.mark.parametrize(
    ("more", "word"),
    [({"room": "LB 9"}, "LB 9"), ({"folder": "law"}, "law"), ({"folder": "chem-1a", "room": "LB 9;Camera"}, None)],
)
def test_r156_what_names_nothing_here_fails_with_the_name(room, sent, more, word):
    run = sent(event(**more))
    assert outcome(run) == ("FAILED" if word else "EXCLUDED")
    assert word is None or why(run)["values"] == {"name": word}


def test_r156_a_facility_stands_for_its_recorders_where_one_keeps_the_main_picture(room, sent):
    assert outcome(sent(event(room="Lecture Block"))) == "EXCLUDED"  # it has two of them
    ScheduleRecorder.objects.all().delete()
    Recorder.objects.filter(id=room.second).delete()
    assert outcome(sent(event(2, room="lecture block"))) == "MADE"
    assert [one for one, *_times in standing()] == [room.first, room.camera]


def test_r153_a_room_that_is_taken_is_refused_as_a_persons_would_be_and_the_schedule_stays(room, sent):
    sent(event())
    sent(event(2, room="LB 2"))
    run = sent(event(2))
    assert (outcome(run), why(run)["rule"]) == ("FAILED", "R153")
    assert len(standing()) == 2
    sent(event(cancelled="yes"))
    assert outcome(sent(event(2))) == "MOVED"


def test_r154_another_folder_is_a_move_that_a_person_makes(cast, room, sent):
    sent(event())
    run = sent(event(folder=str(cast.physics)))
    assert (outcome(run), why(run)["rule"]) == ("FAILED", "R154")
    Recording.objects.update(folder_id=cast.physics)
    assert outcome(sent(event(folder=str(cast.physics)))) == "UNCHANGED"


def test_r83_r85_without_a_standing_declaration_it_is_refused_with_what_to_do(cast, room, sent, now):
    activate(now)
    run = sent(event())
    assert (outcome(run), why(run)["rule"]) == ("FAILED", "R84")
    assert Recording.objects.count() == 0
    dev = Actor(cast.dev, Channel.WEB)
    assert policy_actions.give_standing_declaration(COURSE, is_confirmed=True, actor=dev, now=now).is_permitted
    assert outcome(sent(event())) == "MADE"


def test_r156_what_is_over_is_not_touched(cast, room, sent, now):
    sent(event())
    Recording.objects.update(media_state="MISSED")
    late = {"now": at(5, 10) + timedelta(hours=1)}
    assert outcome(send(cast, event(title="Other"), **late)) == "UNCHANGED"
    assert Recording.objects.get().title == "Entropy"


def test_r156_what_goes_while_a_batch_is_worked_through_stops_no_other(cast, room, sent, now):
    sent(event())
    row = reads.schedules_of_events(["E1"])["E1"]
    Schedule.objects.all().delete()
    names = reads.names_of_feed(["LB 2", event()["room"]], ["chem-1a"], ["chloe"])
    feed = Feed(RULES, Actor(cast.ben, Channel.API), now, names)
    before, later = (timetable.read_event(told, LONDON) for told in (event(), event(room="LB 2")))
    assert take_event(later, before, row, feed).outcome == "FAILED"


def test_r156_a_title_is_kept_on_one_line_and_not_endless_and_is_the_same_the_next_time(room, sent):
    long = f"En\ntropy {'x' * 300}"
    sent(event(title=long))
    title = Recording.objects.get().title
    assert (title[:10], len(title)) == ("En tropy x", 200)
    TimetableEvent.objects.all().delete()
    assert outcome(sent(event(title=long))) == "UNCHANGED"

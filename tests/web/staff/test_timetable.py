"""Staff page of the timetable: tried, then done; errors with their text, and tried again (R156)."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cathedra.actions import scheduling as actions
from cathedra.db.models import Facility, Folder, Schedule, TimetableEvent, TimetableRun
from cathedra.db.writes import people
from cathedra.domain.people import SystemRole
from tests.actions.scheduling.feeds import RULES, event
from tests.actions.scheduling.rooms import make_room
from tests.conftest import COURSE
from tests.web.browsing import client, text

pytestmark = pytest.mark.slow
PAGE = "/staff/timetable/"


@pytest.fixture
def scheduler(cast):
    """Chloe is appointed for Part IA, and schedules in the Lecture Block."""
    now = timezone.now()
    make_room(cast.chloe, now=now)
    Folder.objects.filter(id=cast.chemistry).update(course_id=COURSE)
    people.give_system_role(cast.chloe, SystemRole.SCHEDULER, reason="lectures", now=now, scopes=[cast.chemistry])
    return client(cast.chloe)


def feed(*events, encoding="utf-8"):
    day = (timezone.now() + timedelta(days=2)).date().isoformat()
    soon = {"starts_at": f"{day}T09:00", "ends_at": f"{day}T10:00"}
    names = list(event())
    rows = [",".join(names), *(",".join(f'"{(one | soon)[name]}"' for name in names) for one in events)]
    return {"file": SimpleUploadedFile("feed.csv", "\n".join(rows).encode(encoding))}


def work():
    run_id = TimetableRun.objects.get().id
    actions.work_timetable(run_id, rules=RULES, now=timezone.now())


def test_r156_a_feed_is_tried_first_and_done_by_a_button(cast, scheduler):
    assert "No timetable was sent yet" in text(scheduler.get(PAGE))
    address = scheduler.post(PAGE, feed(event(), event(2, room="Nowhere")))["Location"]
    assert "Waiting to be worked through" in text(scheduler.get(address))
    work()
    page = text(scheduler.get(address))
    for said in ("What it would do", "Scheduled: 1", "Error: 1", "No recorder in use is called “Nowhere”", "Do it"):
        assert said in page
    assert Schedule.objects.count() == 0
    assert "Do it" not in text(client(cast.dev).get(address)), "it is not theirs"
    assert client(cast.dev).post(f"{address}do/").status_code == 404
    assert scheduler.post(f"{address}do/")["Location"] == address
    work()
    assert Schedule.objects.get().external_id == "E1"
    assert "What became of it" in text(scheduler.get(address))
    part = scheduler.get(address, headers={"HX-Request": "true"}).content.decode()
    assert part.startswith('<div id="run"')


def test_r156_errors_stand_there_with_their_text_and_are_tried_again(cast, scheduler):
    scheduler.post(f"{scheduler.post(PAGE, feed(event(2)))['Location']}do/")
    TimetableRun.objects.update(is_trial=False)
    Facility.objects.get().schedulers.clear()
    work()
    page = text(scheduler.get(PAGE))
    assert "You may not schedule on LB 1" in page
    assert "Attempt 1 of 3" in page
    TimetableEvent.objects.update(attempts=3, try_at=None)
    assert "Given up after 3 attempts." in text(scheduler.get(PAGE))
    Facility.objects.get().schedulers.add(cast.chloe)
    assert scheduler.post(f"{PAGE}again/", {"event": "E2"})["Location"] == PAGE
    assert "1 event is tried again now." in text(scheduler.get(PAGE))
    actions.tend_timetable(rules=RULES, now=timezone.now())
    assert Schedule.objects.get().external_id == "E2"
    assert "No event waits for you." in text(scheduler.get(PAGE))


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (SimpleUploadedFile("x.csv", b"event,title\n"), "These are missing"),
        (SimpleUploadedFile("x.csv", b"\xff\xfe"), "is not UTF-8"),
        (SimpleUploadedFile("x.csv", b"x" * (5 * 1024**2 + 1)), "more than 5 MB"),
    ],
)
def test_r156_what_is_no_timetable_says_why(cast, scheduler, file, said):
    file.seek(0)
    answer = scheduler.post(PAGE, {"file": file})
    assert (answer.status_code, said in text(answer)) == (422, True)
    assert TimetableRun.objects.count() == 0


def test_r156_only_schedulers_and_the_service_come_in(cast, scheduler):
    assert client(cast.alice).get(PAGE).status_code == 404
    assert client(cast.dev).get(PAGE).status_code == 200

"""One schedule: its page, another time, calling off (T3, T4, T6, R152 to R155)."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from cathedra.actions import scheduling as actions
from cathedra.db.models import AuditEvent, Facility, Recording, Schedule
from cathedra.db.writes import access as access_writes
from cathedra.db.writes import people
from cathedra.domain.access import FolderRole
from cathedra.domain.people import SystemRole
from cathedra.domain.terms import Actor, Channel, PrincipalId
from tests.lectures import lecture
from tests.web.browsing import client, text
from tests.web.scheduling.rooms import coming, form, when
from tests.web.scheduling.test_making import summary, value_of

pytestmark = pytest.mark.slow


@pytest.fixture
def scheduled(cast, room):
    """Entropy, on the next four Mondays; the recording of the first."""
    until = (coming() + timedelta(days=21)).isoformat()
    answer = client(cast.alice).post(f"/folders/{cast.chemistry}/schedule/", form(room, until=until))
    return answer["Location"].split("/")[2]


def address(recording, page: str = "") -> str:
    return f"/recordings/{recording}/schedule/{page}"


def moved(**more) -> dict:
    day = (coming() + timedelta(days=1)).isoformat()
    return {"day": day, "start": "14:00", "end": "15:30"} | more


def times() -> list:
    return list(Schedule.objects.order_by("starts_at").values_list("starts_at", "ends_at"))


def states() -> list[str]:
    rows = Schedule.objects.order_by("starts_at")
    return list(rows.values_list("recording__media_state", flat=True))


def test_r42_its_pages_are_for_who_may_know_of_it_and_who_may_change_it(cast, room, scheduled):
    for who, sees, changes in (("alice", 200, 200), ("chloe", 200, 404), ("ben", 404, 404), ("eve", 404, 404)):
        browser = client(getattr(cast, who))
        assert browser.get(address(scheduled)).status_code == sees, who
        for page in ("move/", "call-off/"):
            assert browser.get(address(scheduled, page)).status_code == changes, who
            if changes == 404:
                assert browser.post(address(scheduled, page), moved()).status_code == 404, who
    others = [str(one) for one in Schedule.objects.order_by("starts_at").values_list("recording_id", flat=True)[1:]]
    page = text(client(cast.alice).get(address(scheduled)))
    assert (
        re.findall(r'<li><a href="/recordings/([^/]+)/schedule/">\w+ \d+ \w+ \d+, 10:00 to 11:00</a>', page) == others
    )
    page = text(client(cast.chloe).get(address(scheduled)))
    assert "3 others are to come" in page
    assert others[0] not in page, "what is not hers to change she is told the number of"
    assert "What comes next" in page
    assert "call-off" not in page
    assert client().get(address(scheduled)).status_code == 401
    other = lecture(cast.chemistry, cast.alice, now=timezone.now())
    assert client(cast.alice).get(address(other)).status_code == 404, "it was never scheduled"
    assert states() == ["SCHEDULED"] * 4


def test_r38_a_scheduler_of_the_folder_finds_the_schedule_of_what_others_own(cast, room):
    scopes = [cast.chemistry]
    people.give_system_role(cast.eve, SystemRole.SCHEDULER, reason="x", now=timezone.now(), scopes=scopes)
    Facility.objects.get().schedulers.add(cast.eve)
    browser = client(cast.eve)
    answer = browser.post(f"/folders/{cast.chemistry}/schedule/", form(room, presenter="alice"))
    page = text(browser.get(answer["Location"]))
    assert "Call it off" in page
    assert re.search(r'href="/recordings/[\w-]+/"', page) is None, "the recording is not theirs to see"
    assert browser.post(f"{answer['Location']}call-off/").status_code == 302


def test_r223_that_staff_look_by_their_office_is_written_down(cast, scheduled):
    assert client(cast.dev).get(address(scheduled)).status_code == 200
    assert AuditEvent.objects.filter(target_id=str(scheduled), actor_id=cast.dev).exists()


def test_t3_another_time_is_taken_and_said(cast, room, scheduled):
    browser = client(cast.alice)
    page = text(browser.get(address(scheduled, "move/")))
    assert [value_of(page, name) for name in ("day", "start", "end")] == [coming().isoformat(), "10:00", "11:00"]
    for said in ("This one only", "This one and those that follow: 4 recordings", "are told", "the same hours"):
        assert said in page, said
    answer = browser.post(address(scheduled, "move/"), moved())
    assert answer["Location"] == address(scheduled)
    page = text(browser.get(address(scheduled)))
    assert "It is put to Tue" in page
    assert "14:00 to 15:30" in page
    tuesday = coming() + timedelta(days=1)
    assert times()[0] == (when(tuesday, 14), when(tuesday, 15, 30))
    assert times()[1] == (when(coming(weeks=2), 10), when(coming(weeks=2), 11))


def test_r155_those_that_follow_go_with_it_when_that_is_chosen(cast, scheduled):
    browser = client(cast.alice)
    second = Schedule.objects.order_by("starts_at")[1]
    day = (coming(weeks=2) + timedelta(days=1)).isoformat()
    browser.post(address(second.pk, "move/"), moved(day=day, reach="following"))
    assert "3 recordings are put to another time" in text(browser.get(address(second.pk)))
    assert [start.weekday() for start, _end in times()] == [0, 1, 1, 1]
    page = text(browser.get(address(second.pk, "move/")))
    assert "All of the series: 4 recordings" in page


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"day": ""}, "id_day"),
        ({"day": "2026-01-05"}, "id_day"),
        ({"end": "13:00"}, "id_end"),
        ({"start": "09:00", "end": "23:00"}, "id_end"),
    ],
)
def test_r151_a_refusal_of_another_time_stands_at_its_field(cast, scheduled, changed, field):
    answer = client(cast.alice).post(address(scheduled, "move/"), moved() | changed)
    assert (answer.status_code, list(summary(text(answer)))) == (422, [field])
    assert times()[0] == (when(coming(), 10), when(coming(), 11))


def test_r153_in_the_way_of_another_time_it_offers_the_free_part(cast, room, scheduled):
    browser, tuesday = client(cast.alice), coming() + timedelta(days=1)
    sent = form(room, title="Heat", day=tuesday.isoformat(), start="14:00", end="14:30")
    browser.post(f"/folders/{cast.chemistry}/schedule/", sent)
    page = text(browser.post(address(scheduled, "move/"), moved()))
    assert "“Heat” is recorded here" in page
    assert "Use the free part: 14:30 to 15:30" in page
    assert "takes_free_part" not in text(browser.post(address(scheduled, "move/"), moved(reach="following")))
    assert browser.post(address(scheduled, "move/"), moved(takes_free_part="1")).status_code == 302
    assert (when(tuesday, 14, 30), when(tuesday, 15, 30)) in times()


def test_t4_calling_off_says_what_happens_and_then_nothing_is_recorded(cast, scheduled):
    browser = client(cast.alice)
    page = text(browser.get(address(scheduled, "call-off/")))
    for said in ("the recorder is free for others", "are told", "cannot be taken back", "Keep it"):
        assert said in page, said
    assert browser.post(address(scheduled, "call-off/"))["Location"] == address(scheduled)
    assert states() == ["CANCELLED", "SCHEDULED", "SCHEDULED", "SCHEDULED"]
    page = text(browser.get(address(scheduled)))
    assert "<title>Called off · Entropy" in page
    assert "It is called off" in page
    assert "3 others are to come" in page
    assert f'href="/folders/{cast.chemistry}/schedule/?like={scheduled}"' in page
    for path in ("move/", "call-off/"):
        assert browser.get(address(scheduled, path))["Location"] == address(scheduled)
    assert "This cannot be changed any more" in text(browser.get(address(scheduled)))


def test_r155_those_that_follow_are_called_off_with_it_when_that_is_chosen(cast, scheduled):
    browser = client(cast.alice)
    third = Schedule.objects.order_by("starts_at")[2]
    browser.post(address(third.pk, "call-off/"), {"reach": "following"})
    assert states() == ["SCHEDULED", "SCHEDULED", "CANCELLED", "CANCELLED"]
    assert "2 recordings are called off" in text(browser.get(address(third.pk)))
    assert browser.post(address(scheduled, "call-off/"), {"reach": "everything"}).status_code == 422


def test_t6_a_missed_ones_page_says_what_happened_and_what_to_do(cast, scheduled):
    Schedule.objects.filter(recording_id=scheduled).update(
        starts_at=timezone.now() - timedelta(hours=2), ends_at=timezone.now() - timedelta(hours=1)
    )
    browser = client(cast.alice)
    assert "it counts as missed" in text(browser.get(address(scheduled)))
    actions.tend_missed(actor=Actor(None, Channel.WORKER), now=timezone.now())
    assert Recording.objects.get(id=scheduled).media_state == "MISSED"
    for page in (text(browser.get(address(scheduled))), text(browser.get(f"/recordings/{scheduled}/"))):
        for said in ("Missed", "nothing had come from the room", "Schedule it again"):
            assert said in page, said


def test_the_recordings_own_page_says_when_where_and_who_and_leads_to_what_can_be_done(cast, room, scheduled):
    page = text(client(cast.alice).get(f"/recordings/{scheduled}/"))
    for said in ("10:00 to 11:00", "Lecture Block, LB 1", "What comes next", "3 others are to come"):
        assert said in page, said
    for path in ("move/", "call-off/"):
        assert f'href="{address(scheduled, path)}"' in page
    access_writes.add_member(cast.physics, PrincipalId(cast.alice), FolderRole.CREATOR, now=timezone.now())
    ready = lecture(cast.physics, cast.alice, now=timezone.now())
    assert "What comes next" not in text(client(cast.alice).get(f"/recordings/{ready}/"))

"""Programs schedule under the decisions of the pages (R84, R151 to R155, R227)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cathedra.db.models import Recording, Schedule, UseDeclaration
from tests.policies import activate
from tests.web.api.test_declarations import SAID
from tests.web.browsing import client
from tests.web.scheduling.rooms import coming, make_room, when

pytestmark = pytest.mark.slow


@pytest.fixture
def room(cast):
    return make_room(cast.alice, now=timezone.now())


@pytest.fixture
def alice(cast):
    return client(cast.alice)


def body(room, **more) -> dict:
    times = {"starts_at": when(coming(), 10).isoformat(), "ends_at": when(coming(), 11).isoformat()}
    return {"title": "Entropy", "recorders": [room.first]} | times | more


def post(browser, address, sent):
    return browser.post(address, content_type="application/json", data=sent)


@pytest.fixture
def here(cast):
    return f"/api/folders/{cast.chemistry}/schedules"


def refusal(answer) -> tuple[int, str, str]:
    return answer.status_code, answer.json()["code"], answer.json()["rule"]


def test_r152_it_says_on_which_recorders_one_may_schedule(cast, room, alice):
    address = f"/api/folders/{cast.chemistry}/recorders"
    found = alice.get(address).json()
    assert found[1] == {"id": room.first, "name": "LB 1", "facility": "Lecture Block", "keeps_main_stream": True}
    assert [one["keeps_main_stream"] for one in found] == [False, True, True]
    assert client(cast.ben).get(address).status_code == 404
    assert len(client(cast.dev).get(address).json()) == 3


def test_t2_one_is_scheduled_seen_moved_and_called_off(cast, room, alice, here):
    answer = post(alice, here, body(room, presenter=str(cast.chloe)))
    assert answer.status_code == 201, answer.content
    [slot] = answer.json()
    address = f"/api/recordings/{slot['recording_id']}/schedule"
    seen = alice.get(address).json()
    assert (seen["title"], seen["state"], seen["places"], seen["series"]) == (
        "Entropy", "SCHEDULED", ["Lecture Block, LB 1"], None,
    )  # fmt: skip
    assert (seen["owner_name"], seen["presenter_name"], seen["scheduled_by_name"]) == ("Chloe", "Chloe", "Alice")
    later = {"starts_at": when(coming(), 14).isoformat(), "ends_at": when(coming(), 15).isoformat()}
    assert post(alice, f"{address}/move", later).json()["starts_at"] != slot["starts_at"]
    assert Schedule.objects.get().starts_at == when(coming(), 14)
    assert post(alice, f"{address}/call-off", {}).json()["state"] == "CANCELLED"
    assert refusal(post(alice, f"{address}/call-off", {})) == (409, "ILLEGAL_TRANSITION", "R54")
    assert refusal(post(alice, f"{address}/move", later)) == (409, "ILLEGAL_TRANSITION", "R54")


def test_r155_a_series_is_scheduled_listed_and_changed_as_far_as_is_said(cast, room, alice, here):
    until = (coming() + timedelta(weeks=3)).isoformat()
    made = post(alice, here, body(room, repeat={"weekdays": [0], "until": until})).json()
    assert len(made) == 4
    listed = alice.get(here, {"limit": 3}).json()
    assert [row["recording_id"] for row in listed["rows"]] == [one["recording_id"] for one in made[:3]]
    assert len({row["series"] for row in listed["rows"]}) == 1
    assert len(alice.get(here, {"after": listed["after"]}).json()["rows"]) == 1
    address = f"/api/recordings/{made[1]['recording_id']}/schedule"
    tuesday = when(coming(weeks=2) + timedelta(days=1), 9)
    moved = {"starts_at": tuesday.isoformat(), "ends_at": (tuesday + timedelta(hours=1)).isoformat()}
    assert post(alice, f"{address}/move", moved | {"reach": "following"}).status_code == 200
    assert [row.starts_at.weekday() for row in Schedule.objects.order_by("starts_at")] == [0, 1, 1, 1]
    assert post(alice, f"{address}/call-off", {"reach": "all"}).status_code == 200
    assert set(Recording.objects.values_list("media_state", flat=True)) == {"CANCELLED"}
    assert alice.get("/api/schedules").json()["rows"] == []
    assert len(alice.get("/api/schedules", {"past": True}).json()["rows"]) == 4


def test_r84_r85_the_declaration_is_needed_and_what_does_not_fit_is_refused_with_nothing_kept(cast, room, alice, here):
    activate(timezone.now())
    assert refusal(post(alice, here, body(room))) == (400, "BAD_REQUEST", "R84")
    assert refusal(post(alice, here, body(room, declaration=SAID | {"category": "meeting"})))[:2] == (
        403, "NOT_PERMITTED",
    )  # fmt: skip
    assert Recording.objects.count() == 0
    assert post(alice, here, body(room, declaration=SAID)).status_code == 201
    assert UseDeclaration.objects.count() == 1


def test_r153_sent_again_it_finds_its_time_taken_and_the_free_part_is_taken_only_when_asked(cast, room, alice, here):
    assert post(alice, here, body(room)).status_code == 201
    answer = post(alice, here, body(room))
    assert refusal(answer) == (409, "CONFLICT", "R153")
    assert "“Entropy” is recorded here" in answer.json()["message"]
    longer = body(room, ends_at=when(coming(), 12).isoformat())
    assert post(alice, here, longer).status_code == 409
    assert post(alice, here, longer | {"takes_free_part": True}).status_code == 201
    assert Schedule.objects.filter(starts_at=when(coming(), 11), ends_at=when(coming(), 12)).exists()


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"starts_at": "2026-12-07T10:00:00"}, 422),  # without its time zone
        ({"starts_at": "9999-12-31T23:59:59Z"}, 422),
        ({"recorders": []}, 422),
        ({"recorders": [987654321]}, 404),
        ({"presenter": "00000000-0000-4000-8000-000000000009"}, 404),
        ({"title": " "}, 400),
        ({"ends_at": "2026-01-05T10:00:00Z"}, 400),
        ({"repeat": {"weekdays": [7], "until": "2027-01-01"}}, 422),
        ({"repeat": {"weekdays": [0], "until": "9999-12-31"}}, 422),
        ({"repeat": {"weekdays": [1], "until": "2027-02-01"}}, 400),
    ],
)
def test_r151_r155_what_cannot_be_scheduled_is_refused(cast, room, alice, here, changed, status):
    assert post(alice, here, body(room, **changed)).status_code == status
    assert Recording.objects.count() == 0


def test_r42_to_others_there_is_nothing(cast, room, alice, here):
    [slot] = post(alice, here, body(room)).json()
    address = f"/api/recordings/{slot['recording_id']}/schedule"
    for who in (cast.ben, cast.eve):
        browser = client(who)
        for asked in (here, address):
            assert browser.get(asked).status_code == 404
        assert browser.get("/api/schedules").json()["rows"] == []
        assert post(browser, here, body(room)).status_code == 404
        for step in ("move", "call-off"):
            sent = {name: value for name, value in body(room).items() if name.endswith("_at")}
            assert post(browser, f"{address}/{step}", sent).status_code == 404
    assert Recording.objects.get().media_state == "SCHEDULED"
    assert client(cast.chloe).get(address).status_code == 200

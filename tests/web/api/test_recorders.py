"""The recorders' door: with its token a recorder finds its own schedule and nothing else (R158, R159, R14; security classes
23, 29, 35)."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cathedra.actions import scheduling
from cathedra.db.models import AuditEvent, RecorderConnection, RecorderError
from cathedra.domain.ingest import Span
from cathedra.domain.terms import Actor, Channel
from cathedra.web import api
from cathedra.web.api import pace
from tests.actions.scheduling.rooms import LONDON, Room, make_room
from tests.lectures import lecture
from tests.web.browsing import client
from tests.web.security.router import every_route

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
SUM = "0f" * 32


@pytest.fixture
def room(cast) -> Room:
    return make_room(cast.alice, technicians=(cast.ben,), now=timezone.now())


def ask(browser, method, address, token=None, body=None):
    api.PACE.forget()
    headers = {"Authorization": f"Bearer {token}"} if token is not None else {}
    told = {"content_type": "application/json", "data": body} if body is not None else {}
    return getattr(browser, method)(address, headers=headers, **told)


def connect(cast, recorder_id) -> str:
    code = ask(client(cast.alice), "post", f"/api/recorders/{recorder_id}/code", body={})
    assert code.status_code == 201, code.content
    made = ask(client(), "post", "/api/recorder/connect", body={"code": code.json()["code"], "version": "1"})
    assert made.status_code == 201, made.content
    return made.json()["token"]


@pytest.fixture
def token(cast, room):
    return connect(cast, room.first)


def schedule(cast, room, *, start=MINUTE, recorder=None, title="Entropy"):
    now = timezone.now()
    span = Span(now + start, now + start + 60 * MINUTE)
    wish = scheduling.ScheduleWish(cast.chemistry, title, span, (recorder or room.first,))
    actor = Actor(cast.alice, Channel.WEB)
    return scheduling.schedule_recordings(wish, actor=actor, now=now, max_hours=8, zone=LONDON).recordings[0][0]


def begin(token, recording, browser=None, **more):
    told = {"files": ["room.mkv"], "begun_at": timezone.now().isoformat()} | more
    return ask(browser or client(), "post", f"/api/recorder/captures/{recording}", token, told)


def test_r158_a_recorder_is_connected_lives_and_finds_its_schedule(cast, room, token):
    one = schedule(cast, room)
    schedule(cast, room, recorder=room.second, title="Somebody else's")
    beat = ask(client(), "post", "/api/recorder/heartbeat", token, {"state": "previewing", "free_bytes": 5})
    assert datetime.fromisoformat(beat.json()["now"]) <= timezone.now()
    (line,) = ask(client(), "get", "/api/recorder/schedule", token).json()
    assert (line["recording_id"], line["title"], line["is_begun"]) == (str(one), "Entropy", False)
    error = {"severity": "warning", "type": "disk", "text": "full", "at": timezone.now().isoformat()}
    assert ask(client(), "post", "/api/recorder/errors", token, error).status_code == 204
    seen = ask(client(cast.ben), "get", f"/api/recorders/{room.first}/connection").json()
    assert (seen["state"], seen["free_bytes"], seen["errors"][0]["text"]) == ("previewing", 5, "full")
    never = ask(client(cast.ben), "get", f"/api/recorders/{room.second}/connection").json()
    assert (never["state"], never["is_connected"], never["errors"]) == ("disconnected", False, [])


def test_t5_t9_t10_it_begins_pauses_goes_on_and_stops(cast, room, token):
    one = schedule(cast, room)
    begun = begin(token, one).json()
    assert (begun["phase"], [part["position"] for part in begun["files"]]) == ("capturing", [0])
    here = f"/api/recorder/captures/{one}"
    for verb, phase in (("pause", "paused"), ("resume", "capturing")):
        assert ask(client(), "post", f"{here}/{verb}", token, {"at_ms": 5}).json()["phase"] == phase
    told = {"at_ms": 9, "files": [{"position": 0, "sha256": SUM}]}
    assert ask(client(), "post", f"{here}/stop", token, told).json()["phase"] == "transferring"
    (part,) = ask(client(), "get", here, token).json()["files"]
    assert (part["url"], part["is_whole"]) == (begun["files"][0]["url"], False)


def test_r14_nobodys_cookie_counts_at_this_door(cast, room, token):
    one = schedule(cast, room)
    alice = client(cast.alice, enforce_csrf_checks=True)
    assert begin(None, one, alice).status_code == 401
    assert begin(token, one, alice).status_code == 200
    event = AuditEvent.objects.get(action="recording:begin_scheduled")
    assert (event.actor_id, event.channel, event.facts["recorder"]) == (None, "RECORDER", "Lecture Block, LB 1")


def test_class_29_a_token_that_is_none_is_refused_everywhere(cast, room, token):
    one = schedule(cast, room)
    stolen = connect(cast, room.second)
    ask(client(cast.alice), "post", f"/api/recorders/{room.second}/revoke", body={})
    for wrong in ("", "x", token[:-1], token + "x", token.lower(), stolen, "\udcff" * 3, "a" * 4000):
        for method, address, body in (
            ("get", "/api/recorder/schedule", None),
            ("post", "/api/recorder/heartbeat", {"state": "stopped"}),
            ("post", f"/api/recorder/captures/{one}", {"files": ["x"], "begun_at": timezone.now().isoformat()}),
        ):
            answer = ask(client(), method, address, wrong.encode("utf-8", "replace").decode(), body)
            assert answer.status_code == 401, (wrong, address)
            assert b"Entropy" not in answer.content
    basic = client().get("/api/recorder/schedule", headers={"Authorization": f"Basic {token}"})
    assert basic.status_code == 401


def test_class_29_a_blocked_recorder_is_told_nothing_until_it_is_let_in_again(cast, room, token):
    here = f"/api/recorders/{room.first}/block"
    assert ask(client(cast.ben), "post", here, body={"is_blocked": True}).status_code == 204
    assert ask(client(), "get", "/api/recorder/schedule", token).status_code == 401
    assert ask(client(cast.ben), "get", f"/api/recorders/{room.first}/connection").json()["state"] == "blocked"
    assert ask(client(cast.ben), "post", here, body={"is_blocked": False}).status_code == 204
    assert ask(client(), "get", "/api/recorder/schedule", token).status_code == 200


def test_class_29_a_code_is_replayed_in_vain(cast, room):
    code = ask(client(cast.alice), "post", f"/api/recorders/{room.first}/code", body={}).json()["code"]
    answers = [ask(client(), "post", "/api/recorder/connect", body={"code": code}) for _turn in range(3)]
    assert [answer.status_code for answer in answers] == [201, 404, 404]
    RecorderConnection.objects.update(token_digest=None)
    late = ask(client(cast.alice), "post", f"/api/recorders/{room.first}/code", body={}).json()["code"]
    RecorderConnection.objects.update(code_expires_at=timezone.now())
    assert ask(client(), "post", "/api/recorder/connect", body={"code": late}).status_code == 404


def test_class_29_another_recorders_schedule_is_as_one_that_is_not_there(cast, room, token):
    one = schedule(cast, room)
    other, nothing = connect(cast, room.second), "00000000-0000-4000-8000-000000000000"
    begin(token, one)
    for verb, body in (("", {"files": ["x"], "begun_at": timezone.now().isoformat()}), ("/pause", {"at_ms": 1})):
        theirs, none = (
            ask(client(), "post", f"/api/recorder/captures/{which}{verb}", other, body) for which in (one, nothing)
        )
        assert (theirs.status_code, theirs.content) == (404, none.content)
    assert ask(client(), "get", f"/api/recorder/captures/{one}", other).status_code == 404


def test_class_29_no_other_address_is_opened_by_a_recorders_token(cast, room, token):
    """Every page and every answer of the API that reads, asked for a recording that the recorder itself makes."""
    one = lecture(cast.chemistry, cast.alice, title="Kept secret", now=cast.now)
    known = {"recording_id": one, "folder_id": cast.chemistry, "account_id": cast.alice, "recorder_id": room.first}
    asked = 0
    for route in every_route():
        names = {name for _kind, name in route.places}
        if route.path.startswith("api/recorder/") or not names <= set(known):
            continue
        with_token = ask(client(), "get", route.address(known), token)
        without = ask(client(), "get", route.address(known))
        assert (with_token.status_code, b"Kept secret" in getattr(with_token, "content", b"")) == (
            without.status_code,
            False,
        ), route.path
        asked += 1
    assert asked > 50


def test_class_29_bodies_that_are_too_large_or_no_sense_are_refused_and_nothing_breaks(cast, room, token):
    one = schedule(cast, room)
    now = timezone.now().isoformat()
    error = {"severity": "fault", "type": "x", "code": "", "text": "x", "at": now}
    for address, body in (
        ("/api/recorder/heartbeat", {"state": "blocked"}),
        ("/api/recorder/heartbeat", {"state": "dreaming"}),
        ("/api/recorder/heartbeat", {"state": "stopped", "free_bytes": -1}),
        ("/api/recorder/heartbeat", {"state": "stopped", "free_bytes": 10**30}),
        ("/api/recorder/heartbeat", {"state": "stopped", "version": "x" * 101}),
        ("/api/recorder/heartbeat", {"state": "stopped", "version": "\0"}),
        ("/api/recorder/errors", error | {"text": "x" * 251}),
        ("/api/recorder/errors", error | {"text": "\0"}),
        ("/api/recorder/errors", error | {"at": "2026-10-05T09:00:00"}),
        ("/api/recorder/errors", error | {"severity": "dire"}),
        (f"/api/recorder/captures/{one}", {"files": [], "begun_at": now}),
        (f"/api/recorder/captures/{one}", {"files": ["x"] * 3, "begun_at": now}),
        (f"/api/recorder/captures/{one}", {"files": ["x" * 300], "begun_at": now}),
        (f"/api/recorder/captures/{one}/stop", {"at_ms": 1, "files": [{"position": 2, "sha256": SUM}]}),
        (f"/api/recorder/captures/{one}/stop", {"at_ms": 1, "files": [{"position": 0, "sha256": "x"}]}),
        (f"/api/recorder/captures/{one}/stop", {"at_ms": -1, "files": []}),
        ("/api/recorder/connect", {"code": "x" * 65}),
        ("/api/recorder/connect", [1, 2]),
    ):
        answer = ask(client(), "post", address, token, body)
        assert answer.status_code in (400, 422), (address, body, answer.status_code)
    assert RecorderError.objects.count() == 0
    for far in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"):
        assert ask(client(), "post", "/api/recorder/errors", token, error | {"at": far}).status_code == 204
    assert begin(token, one, begun_at="0001-01-01T00:00:00+14:00").status_code == 200
    assert ask(client(cast.ben), "get", f"/api/recorders/{room.first}/connection").status_code == 200
    garbage = client().post(
        "/api/recorder/heartbeat",
        b"\xff\xfe{",
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}"},
    )
    assert garbage.status_code == 400


def test_class_29_a_name_of_a_file_is_no_path(cast, room, token):
    one = schedule(cast, room)
    begun = begin(token, one, files=["../../etc/passwd\0\n.mkv"])
    assert begun.status_code == 200
    assert begun.json()["files"][0]["url"].startswith("/files/")


def test_class_35_each_recorder_has_a_pace_of_its_own(cast, room, token):
    other = connect(cast, room.second)
    api.PACE.forget()

    def answers(shown, times):
        return [
            client_.get("/api/recorder/schedule", headers={"Authorization": f"Bearer {shown}"}).status_code
            for _ in range(times)
        ]

    client_ = client()
    told = answers(token, 101)
    assert 429 in told
    assert answers(other, 1) == [200]


def test_class_35_r227_every_address_of_a_recorder_is_paced(cast, room, token, site_says):
    one, asked = schedule(cast, room), set()
    with site_says(API_PER_HOUR="1"):
        for route in (route for route in every_route() if route.path.startswith("api/recorder/")):
            for method in route.operations if route.path != "api/recorder/connect" else ():
                address = route.address({"recording_id": one})
                api.PACE.forget()
                who = f"recorder:{room.first}"
                assert api.PACE.seconds_to_wait(who, f"{method} {address}", now=pace.instant()) == 0
                told = {"content_type": "application/json", "data": {}} if method == "POST" else {}
                shown = {"Authorization": f"Bearer {token}"}
                answer = getattr(client_of_no_pace(), method.lower())(address, headers=shown, **told)
                assert answer.status_code == 429, (method, route.path)
                asked.add((method, route.path))
    assert len(asked) == 8


def client_of_no_pace():
    """A client that leaves what was counted as it is."""
    return Client(headers={"X-Real-IP": "192.0.2.7"})


def test_r158_who_does_not_look_after_a_room_connects_nothing_there(cast, room):
    for who in (cast.chloe, cast.eve):
        for verb, body in (("code", {}), ("revoke", {}), ("block", {"is_blocked": True})):
            assert ask(client(who), "post", f"/api/recorders/{room.first}/{verb}", body=body).status_code == 404
        assert ask(client(who), "get", f"/api/recorders/{room.first}/connection").status_code == 404
    assert ask(client(cast.dev), "post", f"/api/recorders/{room.first}/code", body={}).status_code == 201
    assert ask(client(cast.dev), "post", f"/api/recorders/{10**25}/code", body={}).status_code == 404

"""Players tell what is watched: who may, what is refused, and that none is lost or counted twice (R213)."""

import asyncio
import json
import time
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from cathedra.db.reads.access import Sight
from cathedra.domain.playback import NotCounted
from cathedra.domain.terms import Code, UnableTo
from cathedra.edge import heartbeat
from cathedra.edge.heartbeat import Heartbeats

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
SITE = "https://lectures.example.org"
RECORDING, BEN, MORGAN = uuid4(), uuid4(), uuid4()
ASKED = {
    b"ben": Sight(Code.ALLOW, RECORDING, BEN),
    b"morgan": Sight(Code.ALLOW, RECORDING, MORGAN, is_under_grant=True),
    b"": Sight(Code.SIGN_IN, None, None),
}


class Desk:
    """A door with a rule and a database of its own."""

    def __init__(self, loop, **more):
        self.loop, self.asked, self.written, self.troubles, self.unable = loop, [], [], [], None
        self.door = Heartbeats(self.decide, self.record, site_url=SITE, clock=lambda: NOW, **{"hold_s": 30, **more})

    async def decide(self, session, recording):
        self.asked.append((session, recording))
        if self.unable:
            raise self.unable
        return ASKED.get(session, Sight(Code.NO_PERMISSION, None, None))

    def record(self, tellings):
        if self.troubles:
            trouble = self.troubles.pop(0)
            if trouble:
                raise trouble
        self.written.append([each.number for each in tellings])

    async def _tell(self, body, *, session="ben", path="/heartbeat", method="POST", **headers):
        sent, parts = [], [body[:7], body[7:]] if body else [b""]

        async def receive():
            if not parts:
                return {"type": "http.disconnect"}
            return {"type": "http.request", "body": parts.pop(0), "more_body": bool(parts)}

        async def send(message):
            sent.append(message)

        given = {"content-type": "application/json", "cookie": f"cathedra_session={session}", **headers}
        fields = [(name.replace("_", "-").encode(), value.encode()) for name, value in given.items()]
        await self.door.handle({"path": path, "method": method, "headers": fields}, receive, send)
        return sent[0]["status"]

    def tell(self, said=None, **more):
        body = said if isinstance(said, bytes) else json.dumps(told() if said is None else said).encode()
        return self.loop.run(self._tell(body, **more))

    def close(self):
        self.loop.run(self.door.close())


def told(**more):
    return {
        "session": str(uuid4()),
        "number": 1,
        "recording": str(RECORDING),
        "position_ms": 2000,
        "stretches": [[0, 2000, 1.25, "START", "PAUSE"]],
        **more,
    }


@pytest.fixture
def desk(loop):
    desk = Desk(loop)
    yield desk
    desk.close()


def test_who_may_watch_may_tell_and_nobody_else(desk):
    assert desk.tell() == 204
    assert desk.tell() == 204
    assert desk.asked == [(b"ben", str(RECORDING).encode())], "the rule's yes is kept for a minute"
    assert desk.tell(session="") == 401
    assert desk.tell(session="eve") == 403
    assert desk.tell(session="eve") == 403
    assert len(desk.asked) == 4, "a no is asked again"
    desk.close()
    assert desk.written == [[1, 1]]


def test_whom_a_grant_alone_lets_watch_is_answered_and_not_counted_r148(desk):
    assert desk.tell(session="morgan") == 204
    assert desk.tell(told(number=0), session="morgan") == 400
    assert desk.tell(told(number=2), session="ben") == 204
    desk.close()
    assert desk.written == [[2]]


def test_what_is_not_a_telling_is_refused_before_the_rule_is_asked_or_after_it_and_never_held(desk):
    requests = [
        ({"path": "/heartbeat/"}, 404),
        ({"path": "/heartbeat/x"}, 404),
        ({"method": "GET"}, 405),
        ({"method": "PUT"}, 405),
        ({"content-type": "text/plain"}, 400),
        ({"x-http-method-override": "DELETE"}, 400),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"said": b"x" * 20_000}, 413),
        ({"said": b""}, 400),
        ({"said": b"[1]"}, 400),
        ({"said": b"[" * 9000}, 400),
        ({"said": b"\xff"}, 400),
    ]
    for more, status in requests:
        assert desk.tell(**more) == status, more
    assert desk.asked == []
    wrong = [
        {"recording": "../x"},
        {"recording": 7},
        {"session": "no"},
        {"number": 0},
        {"number": True},
        {"number": 10_001},
        {"number": 1.5},
        {"position_ms": -1},
        {"position_ms": 10**12},
        {"version": -1},
        {"version": 2**31},
        {"version": "1"},
        {"stretches": "no"},
        {"stretches": [[0, 1000, 1, "START", "PAUSE"]] * 61},
        {"stretches": [[0, 1000, 1, "START"]]},
        {"stretches": [[0, 1000, 1, "WHY", "PAUSE"]]},
        {"stretches": [[0, 1000, 99, "START", "PAUSE"]]},
        {"stretches": [[0, 1000, "1", "START", "PAUSE"]]},
        {"stretches": [[1000, 0, 1, "START", "PAUSE"]]},
        {"stretches": [[0, 3_600_000, 1, "START", "PAUSE"]]},
        {"stretches": [None]},
    ]
    for more in wrong:
        assert desk.tell(told(**more)) == 400, more
    for missing in ("session", "number", "recording", "stretches"):
        assert desk.tell({name: value for name, value in told().items() if name != missing}) == 400, missing
    desk.close()
    assert desk.written == []


def test_one_sign_in_tells_sixty_times_a_minute_at_most(loop):
    at = [1_000_000.0]
    desk = Desk(loop, seconds=lambda: at[0])
    assert [desk.tell() for _ in range(61)] == [204] * 60 + [429]
    assert desk.tell(session="eve", x_real_ip="192.0.2.9") == 403, "others are not held up"
    at[0] += 60
    assert desk.tell() == 204
    desk.close()


def test_many_are_written_together_and_a_page_that_closes_is_written_at_once(loop):
    desk = Desk(loop)
    for number in (1, 2):
        assert desk.tell(told(number=number)) == 204
    assert desk.written == []
    assert desk.tell(told(number=3, is_last=True)) == 204
    wait_for(lambda: desk.written == [[1, 2, 3]])
    desk.close()
    assert desk.tell() == 503, "it takes no more in once it closes"


def wait_for(is_so, seconds=60):
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.005)


def test_what_the_database_could_not_take_is_kept_and_one_bad_telling_harms_no_other(loop):
    desk = Desk(loop, hold_s=0.01)
    desk.troubles = [UnableTo("away"), UnableTo("away"), None]
    desk.tell(told(number=1))
    wait_for(lambda: desk.written == [[1]])
    desk.written.clear()
    desk.troubles = [NotCounted(), None, NotCounted(), NotCounted()]  # whole, 1st half, 2nd, its 1st
    for number in (1, 2, 3, 4):
        desk.door._waiting.append(heartbeat._telling(told(number=number), BEN, NOW))
    desk.tell(told(number=5, is_last=True))
    wait_for(lambda: desk.written == [[1, 2], [4, 5]])
    desk.troubles = [UnableTo("away")] * 20
    desk.tell(told(number=9))
    desk.close()  # ends all the same


def test_too_many_that_wait_are_a_no(loop):
    desk = Desk(loop, most_waiting=2)
    assert [desk.tell(), desk.tell(), desk.tell()] == [204, 204, 503]
    desk.close()


def test_a_sender_who_goes_and_a_database_that_is_away(loop):
    import psycopg

    desk = Desk(loop)

    desk.unable = psycopg.OperationalError()
    assert desk.tell() == 503

    async def gone():
        return {"type": "http.disconnect"}

    assert asyncio.run(heartbeat._body(gone)) is None
    desk.close()

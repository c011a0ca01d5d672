"""A recorder sends its files with its token through the running product: it goes on where a line broke, is believed when the
checksum is right, and reaches nothing else (R158, R159; security class 29)."""

import hashlib
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from cathedra.actions import recorders as actions
from cathedra.db.models import Department, Recording, Source
from cathedra.db.writes import library as library_writes
from cathedra.db.writes import scheduling as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain.ingest import Span
from cathedra.domain.library import MediaState, Origin
from cathedra.domain.terms import Actor, Channel
from tests.edge.upload.tus import Tus

pytestmark = pytest.mark.slow
CONTENT = bytes(range(256)) * 4096  # a MiB
SUM = hashlib.sha256(CONTENT).hexdigest()


class Device(Tus):
    """A recorder at a running Cathedra, with its own name and nothing scheduled on it yet."""

    def __init__(self, running, name):
        self.running = running
        with running.database(), transaction():
            department = Department.objects.get(name="Chemistry").id
            now = datetime.now(UTC)
            facility = writes.add_facility(name, department_id=department, schedulers=[running.cast.alice], now=now)
            self.recorder_id = writes.add_recorder(facility, "R 1", now=now)
        with running.database():
            code = actions.issue_code(self.recorder_id, actor=Actor(running.cast.alice, Channel.API), now=now)
        made = httpx.post(f"{running.url}/api/recorder/connect", json={"code": code.code}, timeout=30)
        assert made.status_code == 201, made.text
        self.shown = {"Authorization": f"Bearer {made.json()['token']}"}
        self.cookie = "none"
        self.http = httpx.Client(base_url=running.url, headers={"Tus-Resumable": "1.0.0", **self.shown}, timeout=30)

    def schedule(self):
        """A lecture that is on now, as scheduling puts it away."""
        now = datetime.now(UTC)
        with self.running.database(), transaction():
            alice = self.running.cast.alice
            made = library_writes.add_recording(
                self.running.cast.chemistry, title="Entropy", owner_id=alice, created_by_id=alice,
                origin=Origin.SCHEDULED, now=now,
            )  # fmt: skip
            span = Span(now - timedelta(minutes=1), now + timedelta(hours=1))
            writes.add_schedule(writes.NewSchedule(made, span, (self.recorder_id,), alice))
            library_writes.move_media(made, sources=(MediaState.EMPTY,), to=MediaState.SCHEDULED, now=now)
        return made

    def begin(self, recording):
        told = {"files": ["room.mkv"], "begun_at": datetime.now(UTC).isoformat()}
        answer = self.http.post(f"/api/recorder/captures/{recording}", json=told)
        assert answer.status_code == 200, answer.text
        return answer.json()["files"][0]["url"]

    def stop(self, recording, checksum=SUM):
        told = {"at_ms": 1000, "files": [{"position": 0, "sha256": checksum}]}
        assert self.http.post(f"/api/recorder/captures/{recording}/stop", json=told).status_code == 200


@pytest.fixture
def device(running, request):
    with Device(running, request.node.name) as made:
        yield made


@pytest.fixture
def other(running, request):
    with Device(running, f"other of {request.node.name}") as made:
        yield made


def state(device, recording):
    with device.running.database():
        return Recording.objects.get(id=recording).media_state


def source(device, url):
    with device.running.database():
        return Source.objects.filter(id=url.rsplit("/", 1)[1]).first()


def test_r159_what_broke_off_goes_on_and_is_believed_by_its_checksum(device):
    recording = device.schedule()
    url = device.begin(recording)
    assert device.patch(url, CONTENT[:1000]).status_code == 204
    device.broken_patch(url, CONTENT[1000:], at=1000, sent=300_000, is_abrupt=True, **device.shown)
    device.stop(recording)
    end = {"Upload-Length": str(len(CONTENT))}
    device.resume(url, CONTENT, **end)
    assert source(device, url).size_bytes == len(CONTENT)
    (part,) = device.http.get(f"/api/recorder/captures/{recording}").json()["files"]
    assert (part["is_whole"], part["offset_bytes"]) == (True, len(CONTENT))
    with device.running.database():  # outside of any transaction, as a door asks
        assert actions.decide_look(device.recorder_id, actor=Actor(device.running.cast.alice, Channel.API)).is_permitted


def test_r159_other_bytes_than_the_recorder_holds_are_refused_and_sent_anew(device):
    recording = device.schedule()
    url = device.begin(recording)
    end = {"Upload-Length": str(len(CONTENT))}
    early = device.patch(url, CONTENT, **end)
    assert (early.status_code, early.json()["rule"]) == (409, "R159")
    device.stop(recording)
    wrong = device.patch(url, b"?" + CONTENT[1:], **end)
    assert (wrong.status_code, wrong.json()["code"]) == (460, "CHECKSUM_MISMATCH")
    assert device.head(url).status_code == 410
    assert state(device, recording) == MediaState.RECORDING
    anew = device.begin(recording)
    assert anew != url
    device.stop(recording)
    assert device.patch(anew, CONTENT, **end).status_code == 204
    assert source(device, anew) is not None
    assert source(device, url) is None


def test_class_29_another_recorders_upload_is_not_there(device, other):
    url = device.begin(device.schedule())
    for answer in (other.head(url), other.patch(url, b"x"), other.patch(url, b"", **{"Upload-Length": "1"})):
        assert answer.status_code == 404
    with Tus(device.running, device.running.cast.alice) as alice:
        assert alice.head(url).status_code == 404
        assert alice.patch(url, b"x").status_code == 404
        theirs = alice.open(CONTENT)
        assert device.head(theirs).status_code == 404
        assert device.patch(theirs, b"x").status_code == 404
        assert alice.offset(theirs) == 0
    assert device.offset(url) == 0


def test_class_29_a_recorder_opens_nothing_and_takes_nothing_back(device):
    url = device.begin(device.schedule())
    assert device.post(9, device.running.cast.chemistry).status_code == 403
    assert device.delete(url).status_code == 403
    assert device.offset(url) == 0


def test_class_29_no_cookie_makes_up_for_a_token_that_is_none(device):
    url = device.begin(device.schedule())
    with Tus(device.running, device.running.cast.alice, Authorization="Bearer nothing") as alice:
        theirs = alice.post(9, device.running.cast.chemistry)
        assert (theirs.status_code, theirs.json()["code"]) == (401, "SIGN_IN")
        assert alice.head(url).status_code == 401


def test_class_29_media_are_not_read_with_a_recorders_token(device):
    """Its own recording's, as the player asks for them, and everything the API tells of it."""
    recording = device.schedule()
    device.begin(recording)
    for address in (
        f"/media/{recording}/index.m3u8",
        f"/media/{recording}/master.m3u8",
        f"/api/recordings/{recording}",
        f"/recordings/{recording}/",
        "/api/me",
    ):
        answer = device.http.get(address)
        assert answer.status_code in (302, 401, 403, 404), (address, answer.status_code)
        assert "Entropy" not in answer.text

"""Security class 1 on a real recording of two pictures: every address that a viewer's page leads to, followed as the
page and the player follow them, then asked for again by everybody who may not have it."""

import re
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urljoin

import httpx
import imageio_ffmpeg
import pytest

from cathedra.actions import ingest
from cathedra.adapters import sample_files
from cathedra.adapters.spool import Spool
from cathedra.domain.access import FolderRole
from cathedra.domain.library import FolderKind
from cathedra.domain.people import Affiliation
from cathedra.domain.terms import Actor, Channel, PrincipalId
from tests import policies

pytestmark = pytest.mark.slow

TITLE = "Of heaps and the replay of addresses"
LASTS_S = 12
PREPARED_S = 240
PROMISE_S = 5  # within which a right that was taken bites
QUOTED = re.compile(r'URI="([^"]+)"')
EXPECTED_KINDS = {
    "page",
    "answer",
    "multivariant",
    "playlist",
    "header",
    "segment",
    "poster",
    "storyboard",
    "sheet",
    "beside",
    "original",
}
DECEITS = (
    {"X-Original-URI": "/static/errors/404.html", "X-Original-URL": "/static/errors/404.html"},
    {"X-Accel-Redirect": "{path}", "X-Accel-Expires": "60", "X-Accel-Buffering": "no", "X-Sendfile": "{path}"},
    {"X-Rewrite-URL": "{path}", "X-HTTP-Method-Override": "GET", "X-Forwarded-For": "127.0.0.1"},
    {"Cathedra-Code": "ALLOW", "Cathedra-Recording": "{recording}", "X-Real-IP": "127.0.0.1"},
    {"Referer": "{site}/recordings/{recording}/", "Origin": "{site}", "Sec-Fetch-Site": "same-origin"},
)


@dataclass(frozen=True)
class Wanted:
    """An address, with the bytes of it that the player asks for."""

    kind: str
    path: str
    part: str = ""


@dataclass
class Found:
    """What the way from the page led to, and whom it belongs to."""

    recording: uuid.UUID
    student: uuid.UUID
    folder: uuid.UUID
    cookie: str
    addresses: dict[Wanted, bytes] = field(default_factory=dict)

    def of(self, kind: str) -> list[Wanted]:
        return [wanted for wanted in self.addresses if wanted.kind == kind]


@pytest.fixture
def client(running):
    with httpx.Client(base_url=running.url, trust_env=False, timeout=30) as client:
        yield client


def ask(client, wanted: Wanted, cookie: str = "", method: str = "GET", **headers: str) -> httpx.Response:
    sent = {"Accept-Encoding": "identity", **headers}
    sent |= {"Range": wanted.part} if wanted.part else {}
    sent |= {"Cookie": f"cathedra_session={cookie}"} if cookie else {}
    return client.request(method, wanted.path, headers=sent)


@contextmanager
def beginning(name: str) -> Iterator[Path]:
    """The first seconds of a picture of the sample lecture, as they are in the file."""
    with sample_files.lecture_file(name) as path, tempfile.TemporaryDirectory() as folder:
        cut = Path(folder) / name
        program = [imageio_ffmpeg.get_ffmpeg_exe(), "-nostdin", "-loglevel", "error", "-i", str(path)]
        subprocess.run([*program, "-t", str(LASTS_S), "-c", "copy", str(cut)], check=True, timeout=60)
        yield cut


def record(running) -> Found:
    """The beginning of a lecture of the sample university, slides and camera, sent to a course of one student."""
    from cathedra.db.models import Folder
    from cathedra.db.writes import access, library, people

    now = datetime.now(UTC)
    (lecture,) = [one for one in sample_files.lectures() if one.files[0].startswith("heaps")]
    with running.database():
        name = f"gil{uuid.uuid4().hex[:6]}"
        student = people.add_account(
            name, full_name="Gil", email="", affiliation=Affiliation.STUDENT, password=None, now=now
        )
        folder = library.add_folder("Replay", kind=FolderKind.COURSE, inherits=False, now=now)
        Folder.objects.filter(id=folder).update(downloads="viewers")
        access.add_member(folder, PrincipalId(running.cast.alice), FolderRole.CREATOR, now=now)
        access.add_member(folder, PrincipalId(student), FolderRole.VIEWER, now=now)
        wish = ingest.Wish(length_bytes=0, title=TITLE, folder_id=folder, use=policies.USE)
        for position, file in enumerate(lecture.files):
            with beginning(file) as path:
                taken = ingest.receive_file(
                    path, wish, actor=Actor(running.cast.alice, Channel.CLI), now=now,
                    spool=Spool(running.config.incoming_dir), limits=running.config.upload,
                )  # fmt: skip
            wish = ingest.Wish(length_bytes=0, recording_id=taken.recording_id, position=position + 1)
    return Found(taken.recording_id, student, folder, running.sign_in(student))


def wait_until_prepared(running, found: Found) -> None:
    """Also looked at: its slides are pictures that viewers are given."""
    from cathedra.db.models import Analysis, Recording, Source, Stream

    deadline = time.monotonic() + PREPARED_S
    with running.database():
        while time.monotonic() < deadline:
            streams = Stream.objects.filter(recording_id=found.recording).exclude(role="AUDIO").count()
            kept = Source.objects.filter(recording_id=found.recording).exclude(object_key="").count()
            is_busy = Analysis.objects.filter(recording_id=found.recording, state__in=("WAITING", "RUNNING")).exists()
            if streams == kept == 2 and not is_busy and Recording.objects.get(id=found.recording).is_ladder_complete:
                return
            time.sleep(0.25)
    raise AssertionError(running.log()[-4000:])


@pytest.fixture(scope="module")
def found(running) -> Found:
    """Everything that one who may see it is led to."""
    found = record(running)
    wait_until_prepared(running, found)
    with httpx.Client(base_url=running.url, trust_env=False, timeout=30) as client:
        follow_page(client, found)
        for name in sorted(stored(running, found) - led_to(found)):  # kept for later pages; what lies there is guarded
            take(client, found, "beside", f"/stream/{found.recording}/{name}")
    return found


def stored(running, found: Found) -> set[str]:
    """The names of everything kept for viewers of the recording."""
    return {path.name for path in (running.media_dir / "stream" / str(found.recording)).iterdir()}


def led_to(found: Found) -> set[str]:
    return {wanted.path.rpartition("/")[2] for wanted in found.addresses if wanted.path.startswith("/stream/")}


def take(client, found: Found, kind: str, path: str, part: str = "") -> httpx.Response:
    """One step on the way, as the student."""
    wanted = Wanted(kind, path, part)
    answer = ask(client, wanted, found.cookie)
    assert answer.status_code == (206 if part else 200), (wanted, answer.text[:200])
    assert answer.content
    found.addresses[wanted] = answer.content
    return answer


def follow_page(client, found: Found) -> None:
    page = take(client, found, "page", f"/recordings/{found.recording}/")
    for path in set(re.findall(r'/stream/[^"\'\s<>]+', page.text)):
        take(client, found, "poster", path)
    for path in set(re.findall(r'href="(/recordings/[^"]+/download/[^"]+)"', page.text)):
        take(client, found, "original", path, "bytes=0-4095")
    recording = re.search(r'id="player" data-recording="([^"]+)"', page.text)[1]
    player = take(client, found, "answer", f"/api/recordings/{recording}/player").json()
    take(client, found, "poster", player["poster_url"])
    for stream in player["streams"]:
        follow_multivariant(client, found, stream["playlist_url"])
    storyboard = take(client, found, "storyboard", player["storyboard_url"])
    for sheet in set(re.findall(r"^(\S+\.jpg)#xywh=", storyboard.text, re.MULTILINE)):
        take(client, found, "sheet", urljoin(player["storyboard_url"], sheet))


def follow_multivariant(client, found: Found, path: str) -> None:
    text = take(client, found, "multivariant", path).text
    variants = [line for line in text.splitlines() if line and not line.startswith("#")]
    for name in {*variants, *QUOTED.findall(text)}:
        follow_playlist(client, found, urljoin(path, name))


def follow_playlist(client, found: Found, path: str) -> None:
    part, header = "", re.compile(r'#EXT-X-MAP:URI="([^"]+)",BYTERANGE="(\d+)@(\d+)"')
    for line in take(client, found, "playlist", path).text.splitlines():
        if start := header.match(line):
            take(client, found, "header", urljoin(path, start[1]), as_range(start[2], start[3]))
        elif line.startswith("#EXT-X-BYTERANGE:"):
            part = as_range(*line.partition(":")[2].split("@"))
        elif line and not line.startswith("#"):
            take(client, found, "segment", urljoin(path, line), part)


def as_range(length: str, offset: str) -> str:
    return f"bytes={offset}-{int(offset) + int(length) - 1}"


def expect_nothing(answer: httpx.Response, wanted: Wanted, method: str, statuses: tuple[int, ...]) -> None:
    """Refused, without a byte of it, without its size, its tag or its date."""
    of_the_api = (405, 429) if wanted.kind == "answer" else ()  # it knows no HEAD, and counts how often it is asked
    assert answer.status_code in (*statuses, *of_the_api), (wanted, method, answer.status_code)
    told = {"etag", "last-modified", "content-range", "accept-ranges"} & set(answer.headers)
    assert told == set(), (wanted, method)
    if method == "HEAD":
        assert answer.content == b""
    elif wanted.path.startswith("/stream/"):
        assert re.fullmatch(rb'\{"code": "[A-Z_]+"\}', answer.content), (wanted, answer.content[:100])
    else:
        assert TITLE not in answer.text
        assert "/stream/" not in answer.text


def replay(running, client, found: Found, cookie: str, statuses: tuple[int, ...]) -> int:
    """Everything again with this cookie, in every way; how many requests that were."""
    asked = 0
    places = {"recording": str(found.recording), "site": running.url}
    once = {wanted.path: Wanted(wanted.kind, wanted.path) for wanted in found.addresses}.values()
    tries = [(wanted, method, {}) for method in ("GET", "HEAD") for wanted in dict.fromkeys([*found.addresses, *once])]
    tries += [(Wanted(one.kind, one.path, "bytes=0-99"), "GET", {}) for one in once]
    tries += [(wanted, method, lie) for wanted in once for lie in DECEITS for method in ("GET", "HEAD")]
    for wanted, method, lie in tries:
        headers = {name: value.format(path=wanted.path, **places) for name, value in lie.items()}
        expect_nothing(ask(client, wanted, cookie, method, **headers), wanted, method, statuses)
        asked += 1
    return asked


def test_class_1_the_way_of_a_viewer_leads_to_addresses_of_every_kind(running, found):
    assert {wanted.kind for wanted in found.addresses} == EXPECTED_KINDS
    assert len(found.of("multivariant")) == 2
    assert len(found.of("original")) == 2
    assert len(found.of("playlist")) >= 4
    assert len(found.of("header")) == len(found.of("playlist"))
    assert len(found.of("segment")) >= 2 * len(found.of("playlist"))
    assert all(found.addresses[wanted][4:8] == b"ftyp" for wanted in found.of("header"))
    assert all(found.addresses[wanted][4:8] in (b"moof", b"styp", b"sidx") for wanted in found.of("segment"))
    assert all(found.addresses[wanted].startswith(b"\xff\xd8") for wanted in found.of("poster") + found.of("sheet"))
    assert led_to(found) == stored(running, found)


def test_class_1_without_a_cookie_or_with_a_false_one_none_of_them_gives_a_byte(running, client, found):
    assert replay(running, client, found, "", (302, 401)) > 200
    assert replay(running, client, found, "0" * 32, (302, 401)) > 200


def test_class_1_an_expired_sign_in_gives_no_byte_of_any_of_them(running, client, found):
    from cathedra.db.models import WebSession

    ended = running.sign_in(found.student)
    with running.database():
        WebSession.objects.filter(session_key=ended).update(expire_date=datetime(2026, 1, 1, tzinfo=UTC))
    replay(running, client, found, ended, (302, 401))


def test_class_1_another_student_gets_no_byte_of_any_of_them(running, client, found):
    replay(running, client, found, running.sign_in(running.cast.eve), (403, 404))


def test_class_4_who_has_watched_gets_no_byte_five_seconds_after_the_right_was_taken(running, client, found):
    from cathedra.db.writes import access

    for wanted, content in found.addresses.items():
        if wanted.path.startswith("/stream/"):
            assert ask(client, wanted, found.cookie).content == content
    with running.database():
        access.remove_member(found.folder, PrincipalId(found.student), FolderRole.VIEWER)
    try:
        time.sleep(PROMISE_S)
        replay(running, client, found, found.cookie, (403, 404))
    finally:
        with running.database():
            access.add_member(found.folder, PrincipalId(found.student), FolderRole.VIEWER, now=running.cast.now)

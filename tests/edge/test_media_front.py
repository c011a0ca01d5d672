"""The media front as a stranger, a wrong person and the right person meet it: nginx and edge together, on the wire.

Security classes 1 (bare URL), 2 (sibling), 3 (traversal), 4 (revocation), 13, 14, 23 (methods), 31 (headers).
"""

import http.client
import socket
import time
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from cathedra.adapters.object_store import LocalStore
from cathedra.domain.access import ExemptionKind, FolderRole, SharingLevel
from cathedra.domain.library import Origin

pytestmark = pytest.mark.slow

SECRET = b"these bytes are for those who may see them " * 40
TYPES = {
    "primary.m3u8": "application/vnd.apple.mpegurl",
    "p720.m3u8": "application/vnd.apple.mpegurl",
    "p720.mp4": "video/mp4",
    "poster.jpg": "image/jpeg",
    "storyboard.vtt": "text/vtt; charset=utf-8",
    "captions-en-gb.vtt": "text/vtt; charset=utf-8",
    "storyboard-1.jpg": "image/jpeg",
    "waveform.json": "application/json",
    "scenes.json": "application/json",
}


@dataclass(frozen=True)
class Media:
    """A recording for Ben (through a group), one that only Eve's folder shows, one of the first one's folder that is
    public, and who is signed in."""

    chemistry: str
    physics: str
    public: str
    alice: dict[str, str]
    ben: dict[str, str]
    eve: dict[str, str]


def add_recording(tree, folder_id, *, owner) -> uuid.UUID:
    from cathedra.db.models import CaptionTrack, Recording
    from cathedra.db.writes import library

    now = tree.cast.now
    recording_id = library.add_recording(
        folder_id, title="Orbitals", owner_id=owner, created_by_id=owner, origin=Origin.UPLOAD, now=now
    )
    Recording.objects.filter(id=recording_id).update(
        media_state="READY", publication="PUBLISHED", ready_at=now, duration_ms=60_000
    )
    CaptionTrack.objects.create(
        recording_id=recording_id, language="en-GB", origin="EDITED", cues=[], made_at=now, changed_at=now
    )
    store = LocalStore(tree.media_dir)
    for name in TYPES:
        store.put_bytes(f"stream/{recording_id}/{name}", SECRET)
    store.put_bytes(f"originals/{recording_id}/source", SECRET)
    store.offer(f"originals/{recording_id}/source", seconds=60)  # as open to nginx as it ever is
    return recording_id


def share_with_everybody(recording_id: uuid.UUID, *, by: uuid.UUID) -> None:
    """The level of the recording alone, and the exemption without which no level goes so far (R33)."""
    from cathedra.db.models import Recording
    from cathedra.db.writes import access

    Recording.objects.filter(id=recording_id).update(sharing=SharingLevel.PUBLIC)
    now = datetime.now(UTC)
    for_a_day = {"reason": "open day", "by": by, "expires_at": now + timedelta(days=1), "now": now}
    access.add_exemption(ExemptionKind.PUBLIC_SHARING, folder_id=None, recording_id=recording_id, **for_a_day)


@pytest.fixture(scope="module")
def media(running):
    cast = running.cast
    with running.database():
        chemistry = add_recording(running, cast.chemistry, owner=cast.alice)
        physics = add_recording(running, cast.physics, owner=cast.chloe)
        public = add_recording(running, cast.chemistry, owner=cast.alice)
        share_with_everybody(public, by=cast.alice)
    cookies = {name: {"cathedra_session": running.sign_in(getattr(cast, name))} for name in ("alice", "ben", "eve")}
    return Media(str(chemistry), str(physics), str(public), **cookies)


@pytest.fixture
def ask(running):
    with httpx.Client(base_url=running.url, trust_env=False) as client:

        def ask(path: str, cookies=None, method: str = "GET", **headers: str) -> httpx.Response:
            cookie = {"Cookie": "; ".join(f"{k}={v}" for k, v in (cookies or {}).items())} if cookies else {}
            return client.request(method, path, headers={"Accept-Encoding": "identity", **cookie, **headers})

        yield ask


def test_the_right_person_gets_every_file_with_its_type(media, ask):
    for name, kind in TYPES.items():
        for who in (media.ben, media.alice):
            answer = ask(f"/stream/{media.chemistry}/{name}", who)
            assert (answer.status_code, answer.content) == (200, SECRET), name
            assert answer.headers["content-type"] == kind
            assert answer.headers["cache-control"] == "private, no-cache"
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["x-frame-options"] == "DENY"
            assert "access-control-allow-origin" not in answer.headers
            assert answer.headers["accept-ranges"] == "bytes"


def test_ranges_conditions_and_head_work(media, ask):
    path = f"/stream/{media.chemistry}/p720.mp4"
    part = ask(path, media.ben, Range="bytes=10-29")
    assert (part.status_code, part.content) == (206, SECRET[10:30])
    assert part.headers["content-range"] == f"bytes 10-29/{len(SECRET)}"
    assert ask(path, media.ben, Range=f"bytes={len(SECRET)}-").status_code == 416
    head = ask(path, media.ben, "HEAD")
    assert (head.status_code, head.content, head.headers["content-length"]) == (200, b"", str(len(SECRET)))
    assert ask(path, media.ben, **{"If-None-Match": head.headers["etag"]}).status_code == 304


def refusal(answer: httpx.Response) -> tuple[int, str]:
    assert b"these bytes" not in answer.content
    return answer.status_code, answer.headers.get("cathedra-code", "")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("name", TYPES)
def test_class_1_a_bare_address_gives_nothing_to_anybody_else(media, ask, name, method):
    path = f"/stream/{media.chemistry}/{name}"
    assert refusal(ask(path, method=method)) == (401, "SIGN_IN")
    assert refusal(ask(path, {"cathedra_session": "0" * 32}, method)) == (401, "SIGN_IN")
    assert refusal(ask(path, media.eve, method)) == (403, "NO_PERMISSION")


def test_class_1_an_expired_sign_in_is_no_sign_in(running, media, ask):
    from cathedra.db.models import WebSession

    key = running.sign_in(running.cast.ben)
    with running.database():
        WebSession.objects.filter(session_key=key).update(expire_date=running.cast.now)
    answer = ask(f"/stream/{media.chemistry}/primary.m3u8", {"cathedra_session": key})
    assert refusal(answer) == (401, "SIGN_IN")


def test_what_is_not_there_and_what_is_forbidden_look_the_same(media, ask):
    nothing = ask(f"/stream/{uuid.uuid4()}/primary.m3u8", media.ben)
    forbidden = ask(f"/stream/{media.physics}/primary.m3u8", media.ben)
    assert refusal(nothing) == refusal(forbidden) == (403, "NO_PERMISSION")
    assert nothing.content == forbidden.content
    assert refusal(ask(f"/stream/{media.chemistry}/p1080.mp4", media.ben))[0] == 404


def test_two_cookies_of_one_name_are_judged_by_the_one_that_is_cached(media, ask):
    both = f"cathedra_session={media.eve['cathedra_session']}; cathedra_session={media.ben['cathedra_session']}"
    path = f"/stream/{media.chemistry}/p720.mp4"
    assert refusal(ask(path, Cookie=both)) == (403, "NO_PERMISSION")
    assert refusal(ask(path, media.eve)) == (403, "NO_PERMISSION")
    assert ask(path, media.ben).status_code == 200


def raw(running, target: str, cookies: dict[str, str], method: str = "GET", extra: str = "") -> tuple[int, bytes]:
    """A request whose target is sent as it stands."""
    cookie = "; ".join(f"{k}={v}" for k, v in cookies.items())
    text = f"{method} {target} HTTP/1.1\r\nHost: 127.0.0.1:{running.port}\r\nCookie: {cookie}\r\n{extra}Connection: close\r\n\r\n"
    with socket.create_connection(("127.0.0.1", running.port), timeout=60) as connection:
        connection.sendall(text.encode("latin-1"))
        answer = http.client.HTTPResponse(connection)
        answer.begin()
        return answer.status, answer.read()


TRAVERSALS = [
    "/stream/{mine}/../{theirs}/p720.mp4",
    "/stream/{mine}/%2e%2e/{theirs}/p720.mp4",
    "/stream/{mine}/%2E%2E/{theirs}/p720.mp4",
    "/stream/{mine}/..%2f{theirs}/p720.mp4",
    "/stream/{mine}/..%2F{theirs}%2Fp720.mp4",
    "/stream/{mine}/%252e%252e/{theirs}/p720.mp4",
    "/stream/{mine}//../{theirs}/p720.mp4",
    "/stream/{mine}/./../{theirs}/p720.mp4",
    "/stream/{mine}/..;/{theirs}/p720.mp4",
    "/stream/{mine};/../{theirs}/p720.mp4",
    "/stream/{mine}/..\\{theirs}\\p720.mp4",
    "/stream/{mine}/%5c..%5c{theirs}/p720.mp4",
    "/stream/{mine}/p720.mp4/../../{theirs}/p720.mp4",
    "/stream/{mine}/p720.mp4%00/../../{theirs}/p720.mp4",
    "/stream/{mine}/{theirs}/p720.mp4",
    "/stream/{theirs}/p720.mp4?recording={mine}",
    "/stream/{theirs}/p720.mp4?/stream/{mine}/p720.mp4",
    "/stream/{theirs}/p720.mp4#/stream/{mine}/p720.mp4",
    "/stream/{THEIRS}/p720.mp4",
    "/STREAM/{theirs}/p720.mp4",
    "/Stream/{theirs}/p720.mp4",
    "//stream/{theirs}/p720.mp4",
    "/stream//{theirs}/p720.mp4",
    "/stream/{theirs}//p720.mp4",
    "/stream/{theirs}/P720.MP4",
    "/stream/{theirs}/p720.mp4/",
    "/stream/{theirs}/p720.mp4%00.jpg",
    "/stream/{theirs}/p720.mp4%20",
    "/stream/{theirs}/.p720.mp4",
    "/stream/{theirs}/",
    "/stream/{theirs}",
    "/stream/",
    "/stream../media/stream/{theirs}/p720.mp4",
    "/static/../media/stream/{theirs}/p720.mp4",
    "/static/%2e%2e/media/stream/{theirs}/p720.mp4",
    "/static../media/stream/{theirs}/p720.mp4",
    "/static/..%2fmedia%2fstream%2f{theirs}%2fp720.mp4",
    "/media/stream/{theirs}/p720.mp4",
    "/originals/{theirs}/source",
    "/stream/../originals/{mine}/source",
    "/stream/%2e%2e/originals/{mine}/source",
    "/originals/{mine}/source",
    "//originals/{mine}/source",
    "/%6friginals/{mine}/source",
    "/originals/{mine}/../{theirs}/source",
    "/recordings/{mine}/download/..%2f..%2f..%2foriginals%2f{mine}%2fsource/",
    "/static/../media/originals/{mine}/source",
    "/static/../secret_key",
    "/static/../cathedra.toml",
    "http://127.0.0.1/stream/{theirs}/p720.mp4",
    "/authorise",
    "/authorise/",
    "/%61uthorise",
    "/stream/{theirs}/p720.mp4" + "x" * 300,
    "/stream/" + "x" * 300 + "/p720.mp4",
]


@pytest.mark.parametrize("target", TRAVERSALS)
def test_classes_2_3_13_14_no_spelling_leads_past_the_guard(running, media, target):
    target = target.replace("{THEIRS}", media.physics.upper()).format(mine=media.chemistry, theirs=media.physics)
    secret = (running.data_dir / "secret_key").read_bytes() if (running.data_dir / "secret_key").exists() else SECRET
    for cookies in ({}, media.ben):
        status, body = raw(running, target, cookies)
        assert status in (400, 401, 403, 404, 405, 414, 421), (status, target)
        assert SECRET[:40] not in body
        assert secret not in body


def test_class_2_from_what_is_public_nothing_leads_to_what_is_restricted_beside_it(running, media, ask):
    """The same folder and the same owner. Whoever may see the one, a stranger too, has just seen it when they guess."""
    for who in (None, media.eve):
        for name in TYPES:
            answer = ask(f"/stream/{media.public}/{name}", who)
            assert (answer.status_code, answer.content) == (200, SECRET), name
            guessed = str(answer.request.url.path).replace(media.public, media.chemistry)
            assert refusal(ask(guessed, who)) == ((403, "NO_PERMISSION") if who else (401, "SIGN_IN")), name
            beside = {"Referer": f"{running.url}/stream/{media.public}/{name}", "Cathedra-Recording": media.public}
            assert refusal(ask(guessed, who, **beside))[0] in (401, 403)
    for target in TRAVERSALS:
        target = target.replace("{THEIRS}", media.chemistry.upper()).format(mine=media.public, theirs=media.chemistry)
        for cookies in ({}, media.eve):
            status, body = raw(running, target, cookies)
            assert status in (400, 401, 403, 404, 405, 414, 421), (status, target)
            assert SECRET[:40] not in body, target


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "MKCOL", "FOO"])
def test_class_23_only_reading_methods_are_known_and_none_is_overridden(running, media, method):
    path = f"/stream/{media.physics}/p720.mp4"
    for cookies in ({}, media.ben, media.eve):
        status, body = raw(running, path, cookies, method)
        assert (status in (400, 401, 403, 405), SECRET[:40] in body) == (True, False), status
    overridden = "X-HTTP-Method-Override: GET\r\nX-Original-URL: /stream/x\r\nX-Rewrite-URL: /stream/x\r\n"
    assert raw(running, path, media.ben, method, overridden)[0] in (400, 401, 403, 405)


def test_a_client_cannot_speak_to_edge_as_nginx_does(running, media):
    extra = (
        f"Cathedra-Session: {media.eve['cathedra_session']}\r\nCathedra-Recording: {media.chemistry}\r\n"
        "X-Forwarded-For: 127.0.0.1\r\nX-Accel-Redirect: /stream/x\r\n"
    )
    assert raw(running, f"/stream/{media.physics}/p720.mp4", media.ben, extra=extra)[0] == 403


def test_a_link_among_the_media_is_not_followed(running, media, ask):
    folder = running.media_dir / "stream" / media.chemistry
    (folder / "p240.mp4").symlink_to(running.media_dir / "originals" / media.chemistry / "source")
    (folder / "p360.mp4").symlink_to("/etc/passwd")
    assert refusal(ask(f"/stream/{media.chemistry}/p240.mp4", media.ben))[0] == 404
    assert refusal(ask(f"/stream/{media.chemistry}/p360.mp4", media.ben))[0] == 404


@pytest.mark.parametrize(
    "host", ["evil.example", "169.254.169.254", "", "localhost.evil.example", "127.0.0.1.evil.example"]
)
def test_a_host_that_is_not_ours_is_turned_away(running, host):
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=60)
    connection.putrequest("GET", "/account/login/", skip_host=True)
    connection.putheader("Host", host)
    connection.endheaders()
    assert connection.getresponse().status in (400, 421)
    connection.close()


def test_both_spellings_of_this_machine_are_ours_and_a_foreign_port_is_not_repeated(running):
    for host in (f"localhost:{running.port}", f"127.0.0.1:{running.port}", f"localhost:{running.port}".upper()):
        answer = httpx.get(f"{running.url}/account/password/change/", headers={"Host": host})
        assert answer.status_code == 302
    answer = httpx.get(f"{running.url}/account/password/change/", headers={"Host": "localhost:1"})
    assert ":1/" not in answer.headers.get("location", "")


def test_a_withdrawn_right_bites_within_five_seconds(running, media, ask):
    from cathedra.db.writes import access, people
    from cathedra.domain.people import Affiliation
    from cathedra.domain.terms import PrincipalId

    with running.database():
        finn = people.add_account(
            f"finn{uuid.uuid4().hex[:6]}",
            full_name="Finn",
            email="",
            affiliation=Affiliation.STUDENT,
            password=None,
            now=running.cast.now,
        )
        access.add_member(running.cast.chemistry, PrincipalId(finn), FolderRole.VIEWER, now=running.cast.now)
    cookie = {"cathedra_session": running.sign_in(finn)}
    path = f"/stream/{media.chemistry}/p720.mp4"
    playing_until = time.monotonic() + 7  # long enough for nginx to have its kept answer renewed twice
    while time.monotonic() < playing_until:
        assert ask(path, cookie, Range="bytes=0-9").status_code == 206
        time.sleep(0.2)
    with running.database():
        access.remove_member(running.cast.chemistry, PrincipalId(finn), FolderRole.VIEWER)
    withdrawn = asked = time.monotonic()
    while ask(path, cookie, Range="bytes=0-9").status_code == 206:
        assert asked - withdrawn < 5, "what was asked for so late is sent no more, however long an answer takes"
        time.sleep(0.05)
        asked = time.monotonic()
    assert refusal(ask(path, cookie)) == (403, "NO_PERMISSION")


def test_a_closed_account_and_a_state_that_does_not_play_say_so_by_code(running, media, ask):
    from cathedra.db.models import Recording

    with running.database():
        recording_id = add_recording(running, running.cast.chemistry, owner=running.cast.alice)
    expected = {
        ("keeping", "PURGED"): (410, "GONE"),
        ("keeping", "RECYCLED"): (404, "NOT_FOUND"),
        ("keeping", "ARCHIVED"): (409, "ARCHIVED"),
        ("publication", "WAITING"): (409, "WAITING_APPROVAL"),
    }
    for (column, value), answer in expected.items():
        with running.database():
            Recording.objects.filter(id=recording_id).update(
                **{"keeping": "ONLINE", "publication": "PUBLISHED", column: value}
            )
        cookie = {"cathedra_session": running.sign_in(running.cast.ben)}  # a fresh one: nothing is cached for it
        assert refusal(ask(f"/stream/{recording_id}/p720.mp4", cookie)) == answer


@pytest.fixture(scope="module")
def copies(running, media):
    """Reference copies of Ben's recording in the folder that only Eve sees."""
    from cathedra.db.writes import publishing

    cast = running.cast
    with running.database():
        made = publishing.add_reference(
            media.chemistry, cast.physics, title="Again", owner_id=cast.alice, by=cast.alice, now=cast.now
        )
        publishing.offer(made, "PUBLISHED")
    return str(made)


def test_a_reference_copy_gives_its_originals_bytes_after_its_own_decision_r71(media, copies, ask):
    """R140, class 1 and 2: the copy's audience gets the copy, not the original, and the other way round; and there is
    no file under the copy's own name that could be had another way."""
    for name, kind in TYPES.items():
        answer = ask(f"/stream/{copies}/{name}", media.eve)
        assert (answer.status_code, answer.content, answer.headers["content-type"]) == (200, SECRET, kind), name
    assert refusal(ask(f"/stream/{media.chemistry}/p720.mp4", media.eve)) == (403, "NO_PERMISSION")
    assert refusal(ask(f"/stream/{copies}/p720.mp4", media.ben)) == (403, "NO_PERMISSION")
    assert refusal(ask(f"/stream/{copies}/p720.mp4")) == (401, "SIGN_IN")
    part = ask(f"/stream/{copies}/p720.mp4", media.eve, Range="bytes=10-29")
    assert (part.status_code, part.content) == (206, SECRET[10:30])
    forged = ask(f"/stream/{copies}/p720.mp4", media.ben, **{"Cathedra-Media": media.chemistry})
    assert refusal(forged) == (403, "NO_PERMISSION")
    stolen = ask(f"/stream/{media.physics}/p720.mp4", media.ben, **{"Cathedra-Media": media.chemistry})
    assert refusal(stolen) == (403, "NO_PERMISSION")


def test_a_copy_never_plays_what_its_original_would_not_r71(running, media, copies, ask):
    from cathedra.db.models import Recording

    cases = [
        ({"publication": "WAITING"}, (409, "WAITING_APPROVAL")),
        ({"publication": "REJECTED"}, (409, "REJECTED")),
        ({"keeping": "RECYCLED"}, (403, "ORIGINAL_DELETED")),
    ]
    for facts, wanted in cases:
        with running.database():
            Recording.objects.filter(id=media.chemistry).update(**facts)
        try:
            fresh = {"cathedra_session": running.sign_in(running.cast.eve)}  # nothing is remembered for it
            assert refusal(ask(f"/stream/{copies}/p720.mp4", fresh)) == wanted
        finally:
            with running.database():
                Recording.objects.filter(id=media.chemistry).update(publication="PUBLISHED", keeping="ONLINE")


def test_class_1_and_33_what_is_cut_is_sent_to_nobody_who_may_not_edit(running, media, ask):
    """Every address that there was, and every one that could be thought of; on the other shelf only who may edit."""
    from cathedra.db.writes import publishing
    from tests.said import cut

    cast, store = running.cast, LocalStore(running.media_dir)
    with running.database():
        made = add_recording(running, cast.chemistry, owner=cast.alice)
        copy = publishing.add_reference(
            made, cast.physics, title="Again", owner_id=cast.chloe, by=cast.chloe, now=cast.now
        )
        publishing.offer(copy, "PUBLISHED")
        store.put_bytes(f"stream/{made}/cut-p720-0123456789abcdef.mp4", SECRET)
        store.put_bytes(f"stream/{made}/e1-p720-v1.mp4", SECRET)  # of a version that is not shown any more
        store.put_bytes(f"stream/{made}/e2-primary.m3u8", b"kept")
        cut(made, (0, 1000), version=2, now=cast.now)
        chloe = {"cathedra_session": running.sign_in(cast.chloe)}
    names = [*TYPES, "cut-p720-0123456789abcdef.mp4", "e1-p720-v1.mp4", "p720-v1.mp4", "e2-primary.m3u8"]
    for who, recording in ((media.ben, made), (media.alice, made), (media.eve, copy), (chloe, copy)):
        for name in names:
            answer = ask(f"/stream/{recording}/{name}", who)
            if name == "primary.m3u8":
                assert (answer.status_code, answer.content) == (200, b"kept")
            else:
                assert refusal(answer)[0] == 404, name
    for who, recording in ((media.ben, made), (media.eve, made), (media.eve, copy), (chloe, copy)):
        assert refusal(ask(f"/whole/{recording}/p720.mp4", who)) == (403, "NO_PERMISSION"), "R201: nor who owns a copy"
    assert refusal(ask(f"/whole/{made}/p720.mp4")) == (401, "SIGN_IN")
    assert ask(f"/whole/{made}/p720.mp4", media.alice).content == SECRET
    assert refusal(ask(f"/stream/{made}/p720.mp4", media.ben, **{"Cathedra-Shelf": "whole"}))[0] == 404
    tricks = ("/stream/../whole/{}/p720.mp4", "/whole/{}/../{}/p720.mp4", "/stream/{}/..%2f{}%2fp720.mp4", "/whole", "/whole/",
              "/stream/{}/%2fp720.mp4", "/stream/whole/{}/p720.mp4", "/Whole/{}/p720.mp4", "/whole//{}/p720.mp4")  # fmt: skip
    for trick in tricks:
        status, body = raw(running, trick.replace("{}", str(made)), media.ben)
        assert (status in (400, 403, 404), SECRET[:40] in body) == (True, False), trick


def test_r208_automatic_captions_that_only_serve_the_search_are_sent_to_no_viewer(running, media, ask):
    """Not by their address either, nor from the shelf of a version; who may edit has them, and so have viewers where the
    folder shows them, be it that of a copy. Other files of the same recording, asked for at once, go on being sent."""
    from cathedra.db.models import CaptionPolicy, CaptionTrack
    from cathedra.db.writes import publishing

    cast, store = running.cast, LocalStore(running.media_dir)
    with running.database():
        made = add_recording(running, cast.chemistry, owner=cast.alice)
        copy = publishing.add_reference(
            made, cast.physics, title="Again", owner_id=cast.chloe, by=cast.chloe, now=cast.now
        )
        publishing.offer(copy, "PUBLISHED")
        CaptionTrack.objects.create(
            recording_id=made, language="cy", origin="AUTOMATIC", cues=[], made_at=cast.now, changed_at=cast.now
        )
        for name in ("captions-cy.vtt", "e1-captions-cy.vtt"):
            store.put_bytes(f"stream/{made}/{name}", SECRET)

    def got(recording, name: str = "captions-cy.vtt") -> dict[str, int]:
        found = {}
        for who in ("alice", "ben", "eve"):
            fresh = {"cathedra_session": running.sign_in(getattr(cast, who))}  # nothing is remembered for it
            found[who] = ask(f"/stream/{recording}/{name}", fresh).status_code
        return found

    assert got(made) == {"alice": 200, "ben": 200, "eve": 403}, "the site shows them"
    with running.database():
        CaptionPolicy.objects.create(folder_id=cast.chemistry, shows_automatic=False, changed_at=cast.now)
    assert got(made) == {"alice": 200, "ben": 404, "eve": 403}
    assert got(made, "e1-captions-cy.vtt") == {"alice": 200, "ben": 404, "eve": 403}
    assert got(made, "captions-en-gb.vtt")["ben"] == 200, "a person made these"
    assert got(made, "p720.mp4")["ben"] == 200
    assert got(copy)["eve"] == 200, "the folder of the copy shows them"
    with running.database():
        CaptionPolicy.objects.create(folder_id=cast.physics, shows_automatic=False, changed_at=cast.now)
        CaptionPolicy.objects.filter(folder_id=cast.chemistry).update(shows_automatic=True)
    assert (got(copy)["eve"], got(made)["ben"]) == (404, 200)
    with running.database():
        CaptionTrack.objects.filter(recording_id=made, language="cy").delete()
        CaptionPolicy.objects.all().delete()
    assert got(made) == {"alice": 404, "ben": 404, "eve": 403}, "a language that is gone is gone with its row"


@dataclass(frozen=True)
class Original:
    """A lecture of Alice's whose original is kept, and where it is downloaded."""

    recording: uuid.UUID
    source: uuid.UUID
    path: str


@pytest.fixture
def original(running):
    from cathedra.db.models import Source

    with running.database():
        made = add_recording(running, running.cast.chemistry, owner=running.cast.alice)
        source = Source.objects.create(
            recording_id=made, position=0, original_name="VID.MOV", size_bytes=len(SECRET), object_key="",
            received_at=running.cast.now,
        )  # fmt: skip
        source.object_key = f"originals/{made}/{source.id}"
        source.save()
    LocalStore(running.media_dir).put_bytes(source.object_key, SECRET)
    return Original(made, source.id, f"/recordings/{made}/download/{source.id}/")


def downloads_of(running, original) -> list[str]:
    from cathedra.db.models import AuditEvent

    with running.database():
        rows = AuditEvent.objects.filter(target_id=str(original.recording), action="recording:download")
        return [str(who) for who in rows.order_by("id").values_list("actor_id", flat=True)]


def test_nginx_sends_an_original_whole_in_parts_and_to_be_resumed_r204(running, original, media, ask):
    """R38 row 15: one download is on the trail, whatever it is fetched in."""
    head = ask(original.path, media.alice, "HEAD")
    assert (head.status_code, head.content, head.headers["content-length"]) == (200, b"", str(len(SECRET)))
    assert downloads_of(running, original) == []
    whole = ask(original.path, media.alice)
    assert (whole.status_code, whole.content) == (200, SECRET)
    expected = {
        "content-type": "application/octet-stream",
        "content-disposition": "attachment; filename=\"Orbitals.mov\"; filename*=UTF-8''Orbitals.mov",
        "accept-ranges": "bytes",
        "cache-control": "private, no-cache",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "cross-origin-resource-policy": "same-origin",
        "content-security-policy": "default-src 'none'; sandbox",
    }
    assert {name: whole.headers.get(name) for name in expected} == expected
    assert not {"x-accel-redirect", "cathedra-object", "access-control-allow-origin"} & set(whole.headers)
    part = ask(original.path, media.alice, Range="bytes=10-29", **{"If-Range": whole.headers["etag"]})
    assert (part.status_code, part.content) == (206, SECRET[10:30])
    assert part.headers["content-range"] == f"bytes 10-29/{len(SECRET)}"
    assert part.headers["content-disposition"] == expected["content-disposition"]
    changed = ask(original.path, media.alice, Range="bytes=10-29", **{"If-Range": '"another"'})
    assert (changed.status_code, changed.content) == (200, SECRET)
    assert ask(original.path, media.alice, Range=f"bytes={len(SECRET)}-").status_code == 416
    assert downloads_of(running, original) == [str(running.cast.alice)]


def test_classes_1_2_23_an_original_goes_to_nobody_else_by_any_address(running, original, media, ask):
    ask(original.path, media.alice, Range="bytes=1-2")  # nginx could open it now
    ways = {
        original.path: ((None, 401), (media.ben, 404), (media.eve, 404), ({"cathedra_session": "0" * 32}, 401)),
        f"/originals/{original.recording}/{original.source}": ((None, 404), (media.ben, 404), (media.alice, 404)),
        f"/recordings/{media.chemistry}/download/{original.source}/": ((media.alice, 404),),  # another recording's
        f"/recordings/{media.physics}/download/{original.source}/": ((media.alice, 404),),
        f"/stream/{original.recording}/{original.source}.mp4": ((media.alice, 404),),
    }
    for path, people in ways.items():
        for who, status in people:
            for method in ("GET", "HEAD"):
                lie = {"X-Accel-Redirect": f"/originals/{original.recording}/{original.source}"}
                for headers in ({}, {"Range": "bytes=5-"}, lie):
                    answer = ask(path, who, method, **headers)
                    assert (answer.status_code, SECRET[:40] in answer.content) == (status, False), (path, method)
                    assert "content-disposition" not in answer.headers
    for method in ("POST", "PUT", "DELETE"):
        answer = ask(original.path, media.alice, method)
        assert (answer.status_code in (403, 405), SECRET[:40] in answer.content) == (True, False), method
    assert downloads_of(running, original) == [str(running.cast.alice)]


def test_class_4_a_right_that_was_taken_stops_the_next_part_at_once(running, original, media, ask):
    """No answer is kept for originals: each request asks the rule."""
    from cathedra.db.models import Folder

    def set_to(policy):
        with running.database():
            Folder.objects.filter(id=running.cast.chemistry).update(downloads=policy)

    set_to("viewers")
    try:
        assert ask(original.path, media.ben, Range="bytes=0-9").content == SECRET[:10]
        assert ask(original.path, media.ben, Range="bytes=10-19").content == SECRET[10:20]
        set_to("creators")
        assert ask(original.path, media.ben, Range="bytes=20-29").status_code == 404
    finally:
        set_to(None)
    assert downloads_of(running, original).count(str(running.cast.ben)) == 1

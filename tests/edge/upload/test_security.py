"""Attack classes 12, 13, 23, 24, 31 and forged origins, tried on the upload door of the running product."""

import uuid

import httpx
import pytest

from tests.edge.upload.tus import Tus, metadata

pytestmark = pytest.mark.slow
CONTENT = b"lecture " * 100


@pytest.fixture
def people(running):
    found = {name: Tus(running, getattr(running.cast, name)) for name in ("alice", "ben", "chloe", "dev", "eve")}
    found["nobody"] = Tus(running, None)
    yield found
    for tus in found.values():
        tus.http.close()


def codes(answer):
    return answer.status_code, answer.headers.get("cathedra-code")


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("alice", (201, None)),
        ("ben", (403, "NO_PERMISSION")),
        ("chloe", (403, "NO_PERMISSION")),
        ("dev", (403, "NO_PERMISSION")),
        ("eve", (403, "NO_PERMISSION")),
        ("nobody", (401, "SIGN_IN")),
    ],
)
def test_each_role_opens_uploads_as_it_may(running, people, who, expected):
    """Class 24; R19, R20, R26."""
    assert codes(people[who].post(10, running.cast.chemistry)) == expected
    assert codes(people[who].post(10, running.cast.chemistry, b"x")) == expected


def test_a_publisher_is_told_why_not_and_a_stranger_sees_nothing(running, people):
    assert "Creator" in people["chloe"].post(10, running.cast.chemistry).json()["sentence"]
    stranger = people["eve"].post(10, running.cast.chemistry)
    nowhere = people["eve"].post(10, uuid.uuid4())
    assert (codes(stranger), stranger.json()) == (codes(nowhere), nowhere.json())


def test_somebody_elses_upload_answers_like_none(running, people):
    """Class 12: every verb, every other person, byte for byte the same answer as for an id that was never given."""
    url = people["alice"].open(CONTENT)
    people["alice"].patch(url, CONTENT[:100])
    never = f"/files/{uuid.uuid4()}"
    for who in ("ben", "chloe", "dev", "eve"):
        tus = people[who]
        for ask in (tus.head, tus.delete, lambda u, t=tus: t.patch(u, CONTENT[100:], at=100)):
            theirs, none = ask(url), ask(never)
            assert theirs.status_code == 404
            assert theirs.content == none.content
            kept = {name: value for name, value in theirs.headers.items() if name != "date"}
            assert kept == {name: value for name, value in none.headers.items() if name != "date"}
    for ask in (people["nobody"].head, people["nobody"].delete):
        assert ask(url).status_code == ask(never).status_code == 401
    assert people["alice"].offset(url) == 100


def test_a_stranger_does_not_disturb_the_one_who_writes(people):
    url = people["alice"].open(CONTENT)
    with people["alice"].line(url, length=len(CONTENT)) as line:
        line.sendall(CONTENT[:300])
        assert people["eve"].head(url).status_code == 404
        assert people["eve"].patch(url, CONTENT).status_code == 404
        assert people["eve"].delete(url).status_code == 404
        line.sendall(CONTENT[300:])
        assert b" 204 " in line.recv(4096)


@pytest.mark.parametrize(
    "forged",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "http://127.0.0.1"},
        {"Origin": "http://127.0.0.1.evil.example"},
        {"Origin": "https://evil.example", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_another_site_cannot_upload_in_somebodys_name(running, people, forged):
    alice = people["alice"]
    url = alice.open(CONTENT)
    for answer in (
        alice.post(10, running.cast.chemistry, **forged),
        alice.patch(url, CONTENT, **forged),
        alice.http.delete(url, headers=forged),
    ):
        assert codes(answer) == (403, "NO_PERMISSION")
        assert not [name for name in answer.headers if name.startswith("access-control")]
    assert alice.offset(url) == 0


def test_our_own_pages_may_upload(running, people):
    own = {"Origin": running.url, "Sec-Fetch-Site": "same-origin"}
    assert people["alice"].post(10, running.cast.chemistry, **own).status_code == 201


@pytest.mark.parametrize("override", ["PATCH", "DELETE", "HEAD", "patch"])
def test_a_method_cannot_be_dressed_as_another(people, override):
    """Class 23: whatever the header says, the method that was sent is the one that counts."""
    alice = people["alice"]
    url = alice.open(CONTENT)
    answer = alice.http.post(url, content=CONTENT, headers={"X-HTTP-Method-Override": override, "Upload-Offset": "0"})
    assert answer.status_code in (400, 405)
    assert alice.offset(url) == 0


@pytest.mark.parametrize("method", ["GET", "PUT", "TRACE", "PROPFIND", "POST"])
def test_other_methods_are_not_answered(people, method):
    url = people["alice"].open(CONTENT)
    answer = people["alice"].http.request(method, url)
    assert answer.status_code == 405
    if method != "TRACE":  # nginx answers that one itself
        assert answer.headers["allow"] == "OPTIONS, HEAD, PATCH, DELETE"


@pytest.mark.parametrize(
    "session",
    ["", "x" * 5000, "' OR 1=1", "a\x7fb", "%00", "../../x", '"quoted"', "ünïcode".encode().decode("latin-1")],
)
def test_a_forged_sign_in_is_nobody(running, session):
    """Class 23."""
    headers = {
        "Tus-Resumable": "1.0.0",
        "Cookie": f"cathedra_session={session}".encode("latin-1"),
        "Upload-Length": "5",
    }
    answer = httpx.post(f"{running.url}/files/", headers=headers)
    assert answer.status_code in (400, 401)


def test_a_sign_in_that_ended_or_was_withdrawn_is_nobody_at_once(running, people):
    from cathedra.db.writes import people as writes

    tus = Tus(running, running.cast.alice)
    url = tus.open(CONTENT)
    with running.database():
        writes.end_sessions(running.cast.alice, except_key=people["alice"].cookie)
    assert codes(tus.patch(url, CONTENT)) == (401, "SIGN_IN")
    assert tus.head(url).status_code == 401
    assert people["alice"].patch(url, CONTENT).status_code == 204
    tus.http.close()


@pytest.mark.parametrize(
    "path",
    [
        "/files/..%2f..%2fetc/passwd",
        "/files/%2e%2e/secret_key",
        "/files/x",
        "/files/" + "a" * 300,
        "/files/%00",
        "/files/{id}/",
        "/files/{id}.joining",
        "/files/{ID}",
        "/files//{id}",
        "/files/{id}%0a",
        "/FILES/{id}",
        "/files/{id};x",
        "/files/%7B{id}%7D",
    ],
)
def test_only_an_id_spelled_plainly_is_an_address(people, path):
    """Classes 3 and 13."""
    alice = people["alice"]
    upload_id = alice.open(CONTENT).rsplit("/", 1)[1]
    path = path.replace("{id}", upload_id).replace("{ID}", upload_id.upper())
    for method in ("HEAD", "PATCH", "DELETE"):
        assert alice.http.request(method, path).status_code in (400, 403, 404, 405)
    assert alice.offset(f"/files/{upload_id}") == 0


def test_the_spool_cannot_be_fetched(running, people):
    """Class 1: bytes on their way in have no address to be read from, not even for their sender."""
    url = people["alice"].open(CONTENT)
    people["alice"].patch(url, CONTENT)
    upload_id = url.rsplit("/", 1)[1]
    for path in (url, f"/incoming/{upload_id}", f"/stream/{upload_id}/{upload_id}", f"/static/../incoming/{upload_id}"):
        for tus in people.values():
            answer = tus.http.get(path)
            assert answer.status_code >= 300
            assert b"lecture" not in answer.content


def test_a_second_file_needs_the_right_to_edit(running, people):
    opened = people["alice"].post(10, running.cast.chemistry)
    told = {"Upload-Metadata": metadata(filename="b.mp4", recording=opened.headers["cathedra-recording"], position=1)}
    missing = {"Upload-Metadata": metadata(filename="b.mp4", recording=uuid.uuid4(), position=1)}
    for who in ("ben", "chloe", "dev", "eve"):
        theirs, none = people[who].post(10, **told), people[who].post(10, **missing)
        assert (codes(theirs), theirs.json()) == (codes(none), none.json()) == ((403, "NO_PERMISSION"), none.json())
    assert codes(people["nobody"].post(10, **told)) == (401, "SIGN_IN")

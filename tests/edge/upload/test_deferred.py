"""tus 1.0, creation-defer-length: how long a file is is told at its end, against the running product through nginx."""

import contextlib

import pytest

from cathedra.db.models import Source, Upload
from tests.edge.upload.test_broken import MIB, content_of, file_limit
from tests.edge.upload.test_protocol import CONTENT, digest, refused
from tests.edge.upload.tus import BODY, Tus, metadata

pytestmark = pytest.mark.slow
DEFERRED = {"Upload-Defer-Length": "1"}


@pytest.fixture
def alice(running):
    with Tus(running, running.cast.alice) as tus:
        yield tus


def begin(tus, body=None, **headers):
    answer = tus.post(None, tus.running.cast.chemistry, body=body, **(DEFERRED | headers))
    assert answer.status_code == 201, answer.text
    return answer.headers["location"]


def source_of(tus, url):
    with tus.running.database():
        return Source.objects.filter(id=url.rsplit("/", 1)[1]).first()


def test_a_length_that_is_left_for_later_is_told_with_the_last_bytes(alice):
    url = begin(alice)
    for at in range(0, 9000, 3000):
        answer = alice.patch(url, CONTENT[at : at + 3000], at=at)
        assert (answer.status_code, answer.headers["upload-offset"]) == (204, str(at + 3000))
        standing = alice.head(url)
        assert standing.headers["upload-defer-length"] == "1"
        assert standing.headers["upload-offset"] == str(at + 3000)
        assert "upload-length" not in standing.headers
        assert standing.headers["upload-expires"]
        assert source_of(alice, url) is None
    last = alice.patch(url, CONTENT[9000:], at=9000, **{"Upload-Length": str(len(CONTENT))})
    assert (last.status_code, last.headers["upload-offset"]) == (204, str(len(CONTENT)))
    assert "upload-expires" not in last.headers
    standing = alice.head(url)
    assert standing.headers["upload-length"] == str(len(CONTENT))
    assert "upload-defer-length" not in standing.headers
    assert source_of(alice, url).size_bytes == len(CONTENT)
    refused(alice.patch(url, b"x", at=len(CONTENT)), 409, "CONFLICT")


def test_the_word_that_this_was_all_may_come_without_a_byte(alice):
    url = begin(alice, body=CONTENT)
    assert source_of(alice, url) is None
    end = {"Upload-Length": str(len(CONTENT))}
    assert alice.patch(url, b"", at=len(CONTENT), **end).status_code == 204
    assert source_of(alice, url).size_bytes == len(CONTENT)
    assert alice.held(url) == CONTENT


def test_a_length_may_be_told_before_the_end_and_is_never_changed(alice):
    url = begin(alice)
    assert alice.patch(url, CONTENT[:10], **{"Upload-Length": "500"}).status_code == 204
    assert alice.head(url).headers["upload-length"] == "500"
    refused(alice.patch(url, CONTENT[10:20], at=10, **{"Upload-Length": "501"}), 400, "BAD_REQUEST")
    refused(alice.patch(url, CONTENT[10:501], at=10), 413, "TOO_LARGE")
    assert alice.patch(url, CONTENT[10:500], at=10, **{"Upload-Length": "500"}).status_code == 204
    assert source_of(alice, url).size_bytes == 500


@pytest.mark.parametrize("length", ["0", "9"])
def test_a_length_below_what_has_arrived_is_refused_and_nothing_is_lost(alice, length):
    url = begin(alice, body=CONTENT[:10])
    refused(alice.patch(url, b"", at=10, **{"Upload-Length": length}), 400, "BAD_REQUEST")
    refused(alice.patch(url, b"abc", at=10, **{"Upload-Length": "12"}), 413, "TOO_LARGE")
    assert alice.head(url).headers["upload-defer-length"] == "1"
    assert alice.offset(url) == 10
    assert source_of(alice, url) is None


def test_the_wrong_offset_tells_no_length(alice):
    url = begin(alice, body=CONTENT[:10])
    refused(alice.patch(url, b"abc", at=7, **{"Upload-Length": "10"}), 409, "CONFLICT")
    assert alice.head(url).headers["upload-defer-length"] == "1"


@pytest.mark.parametrize(
    "given", [{"Upload-Defer-Length": "0"}, {"Upload-Defer-Length": "yes"}, {"Upload-Length": "7"}]
)
def test_a_creation_says_one_of_the_two(alice, given):
    told = {"Upload-Metadata": metadata(filename="a.webm", folder=alice.running.cast.chemistry)}
    refused(alice.http.post("/files/", headers=told | DEFERRED | given), 400, "BAD_REQUEST")
    refused(alice.http.post("/files/", headers=told), 400, "BAD_REQUEST")
    joined = {"Upload-Concat": "final;/files/00000000-0000-0000-0000-000000000001"}
    refused(alice.http.post("/files/", headers=told | DEFERRED | joined), 400, "BAD_REQUEST")


def test_a_wrong_checksum_of_a_slice_keeps_none_of_it(alice):
    url = begin(alice)
    wrong = {"Upload-Checksum": digest(b"other")}
    refused(alice.patch(url, CONTENT, **wrong), 460, "CHECKSUM_MISMATCH")
    assert alice.offset(url) == 0
    right = {"Upload-Checksum": digest(CONTENT), "Upload-Length": str(len(CONTENT))}
    assert alice.patch(url, CONTENT, **right).status_code == 204
    assert source_of(alice, url).size_bytes == len(CONTENT)


def test_a_slice_that_breaks_off_keeps_what_came_and_goes_on(alice):
    url = begin(alice)
    whole = {"Upload-Length": str(len(CONTENT))}  # said again: what broke off may have gone before it was read
    alice.broken_patch(url, CONTENT, sent=4000, **whole)
    alice.resume(url, CONTENT, **whole)
    assert alice.held(url) == CONTENT
    assert source_of(alice, url).size_bytes == len(CONTENT)


def test_the_largest_size_holds_and_a_disk_without_room_refuses_before_the_first_byte(full):
    with Tus(full, full.cast.alice) as tus:
        answer = tus.post(None, full.cast.chemistry, **DEFERRED)
        assert (answer.status_code, answer.headers["cathedra-code"]) == (507, "NO_SPACE")


def test_a_length_beyond_the_largest_is_refused(alice):
    url = begin(alice)
    beyond = str(alice.running.config.upload.max_bytes + 1)
    refused(alice.patch(url, CONTENT, **{"Upload-Length": beyond}), 413, "TOO_LARGE")
    assert alice.offset(url) == 0


def test_a_disk_that_fills_up_as_it_goes_keeps_what_is_there_and_says_so(running, alice):
    content = content_of(2 * MIB)
    url = begin(alice, body=content[:MIB])
    with file_limit(running, MIB):
        with alice.line(url, length=MIB, at=MIB) as line:
            with contextlib.suppress(ConnectionError):
                line.sendall(content[MIB:])
            assert b"NO_SPACE" in line.recv(65536)
        assert alice.offset(url) == MIB
    assert alice.patch(url, content[MIB:], at=MIB, **{"Upload-Length": str(2 * MIB)}).status_code == 204
    assert alice.held(url) == content


def test_what_was_begun_without_a_length_is_not_listed_as_a_file_to_choose_again(alice):
    url = begin(alice, body=CONTENT[:10])
    listed = alice.http.get("/api/uploads").json()
    assert url not in [one["url"] for one in listed]
    assert alice.delete(url).status_code == 204
    with alice.running.database():
        assert Upload.objects.get(id=url.rsplit("/", 1)[1]).state == "TERMINATED"


def test_a_part_may_leave_its_length_for_later_too(alice):
    told = {"Upload-Metadata": metadata(), "Upload-Concat": "partial"} | DEFERRED
    opened = alice.http.post("/files/", content=CONTENT, headers=told | {"Content-Type": BODY})
    url = opened.headers["location"]
    assert alice.patch(url, b"", at=len(CONTENT), **{"Upload-Length": str(len(CONTENT))}).status_code == 204
    folder = metadata(filename="a.webm", folder=alice.running.cast.chemistry)
    final = alice.http.post("/files/", headers={"Upload-Concat": f"final;{url}", "Upload-Metadata": folder})
    assert final.status_code == 201
    assert alice.held(final.headers["location"]) == CONTENT

"""tus 1.0, word by word, against the running product through nginx; every refusal has a status, a code, a sentence."""

import base64
import hashlib
import os
import uuid
from email.utils import parsedate_to_datetime

import pytest

from cathedra.db.models import Upload
from tests.edge.upload.tus import BODY, Tus, metadata

pytestmark = pytest.mark.slow
CONTENT = bytes(range(256)) * 40


@pytest.fixture
def alice(running):
    with Tus(running, running.cast.alice) as tus:
        yield tus


@pytest.fixture
def eve(running):
    with Tus(running, running.cast.eve) as tus:
        yield tus


def refused(answer, status, code):
    assert answer.status_code == status, answer.text
    assert answer.headers["cathedra-code"] == code
    assert answer.headers["tus-resumable"] == "1.0.0"
    told = answer.json()
    assert told["code"] == code
    assert told["rule"]
    assert told["sentence"][0].isupper()
    assert told["sentence"].endswith(".")
    return told["sentence"]


def digest(content, algorithm="sha1"):
    return f"{algorithm} {base64.b64encode(hashlib.new(algorithm, content).digest()).decode()}"


# --- what it can do ---------------------------------------------------------------------------------------------------


def test_options_tells_what_is_spoken_here_to_anybody(running):
    with Tus(running, None) as nobody:
        del nobody.http.headers["tus-resumable"]
        for url in ("/files/", f"/files/{uuid.uuid4()}"):
            answer = nobody.http.options(url)
            assert answer.status_code == 204
            assert answer.headers["tus-version"] == "1.0.0"
            assert answer.headers["tus-max-size"] == str(running.config.upload.max_bytes)
            assert answer.headers["tus-checksum-algorithm"] == "sha1,sha256,md5"
            assert set(answer.headers["tus-extension"].split(",")) == {
                "creation",
                "creation-with-upload",
                "termination",
                "checksum",
                "expiration",
                "concatenation",
                "creation-defer-length",
            }
            assert not [name for name in answer.headers if name.startswith("access-control")]  # security class 31


def test_an_upload_in_two_pieces_arrives_whole(alice):
    told = {"Upload-Metadata": metadata(filename="Tides_2.mp4", folder=alice.running.cast.chemistry, note="x")}
    opened = alice.http.post("/files/", headers=told | {"Upload-Length": str(len(CONTENT))})
    assert opened.status_code == 201
    assert uuid.UUID(opened.headers["cathedra-recording"])
    assert opened.headers["upload-offset"] == "0"
    url = opened.headers["location"]
    first = alice.patch(url, CONTENT[:5000])
    assert (first.status_code, first.headers["upload-offset"]) == (204, "5000")
    assert parsedate_to_datetime(first.headers["upload-expires"])
    standing = alice.head(url)
    assert (standing.status_code, standing.headers["upload-offset"]) == (200, "5000")
    assert standing.headers["upload-length"] == str(len(CONTENT))
    assert standing.headers["upload-metadata"] == told["Upload-Metadata"]
    assert standing.headers["cache-control"] == "no-store"
    last = alice.patch(url, CONTENT[5000:], at=5000)
    assert (last.status_code, last.headers["upload-offset"]) == (204, str(len(CONTENT)))
    assert "upload-expires" not in last.headers
    assert alice.offset(url) == len(CONTENT)


def test_the_first_bytes_may_come_with_the_creation(alice):
    answer = alice.post(len(CONTENT), alice.running.cast.chemistry, body=CONTENT[:3000])
    assert (answer.status_code, answer.headers["upload-offset"]) == (201, "3000")
    url = answer.headers["location"]
    assert alice.held(url) == CONTENT[:3000]
    whole = alice.post(len(CONTENT), alice.running.cast.chemistry, body=CONTENT)
    assert (whole.status_code, whole.headers["upload-offset"]) == (201, str(len(CONTENT)))


def test_a_body_of_unknown_length_is_taken_too(alice):
    url = alice.open(CONTENT)
    pieces = iter([CONTENT[:100], CONTENT[100:4000]])
    answer = alice.patch(url, pieces)
    assert (answer.status_code, answer.headers["upload-offset"]) == (204, "4000")
    assert alice.held(url) == CONTENT[:4000]


def test_an_empty_patch_moves_nothing(alice):
    url = alice.open(CONTENT)
    answer = alice.patch(url, b"")
    assert (answer.status_code, answer.headers["upload-offset"]) == (204, "0")


def test_offsets_go_on_past_four_gigabytes(alice):
    """Past 2^32, which a number of 32 bits cannot hold. The bytes before are a hole in the file: none are written."""
    edge = 2**32
    length = edge + 1000
    url = alice.post(length, **{"Upload-Concat": "partial"}).headers["location"]
    assert alice.patch(url, b"first").headers["upload-offset"] == "5"
    skip_to(alice, url, edge - 100)
    standing = alice.head(url).headers
    assert (standing["upload-offset"], standing["upload-length"]) == (str(edge - 100), str(length))
    assert alice.patch(url, CONTENT[:300], at=edge - 100).headers["upload-offset"] == str(edge + 200)
    assert f"byte {edge + 200}" in refused(alice.patch(url, b"x", at=200), 409, "CONFLICT")  # the same in 32 bits
    assert f"byte {edge + 200}" in refused(alice.patch(url, b"x", at=2**33), 409, "CONFLICT")
    refused(alice.patch(url, CONTENT[:801], at=edge + 200), 413, "TOO_LARGE")
    assert alice.offset(url) == edge + 200
    assert alice.patch(url, CONTENT[300:1100], at=edge + 200).status_code == 204
    assert alice.offset(url) == length
    with spool_file(alice, url).open("rb") as file:
        file.seek(edge - 100)
        assert file.read() == CONTENT[:1100]
    assert spool_file(alice, url).stat().st_blocks * 512 < 2**20, "the hole takes no room"
    assert alice.delete(url).status_code == 204


def spool_file(tus, url):
    return tus.running.config.incoming_dir / url.rsplit("/", 1)[1]


def skip_to(tus, url, offset):
    """As if everything before had arrived."""
    os.truncate(spool_file(tus, url), offset)
    with tus.running.database():
        Upload.objects.filter(id=url.rsplit("/", 1)[1]).update(offset_bytes=offset)


def test_a_cancelled_upload_is_gone(alice):
    url = alice.open(CONTENT)
    alice.patch(url, CONTENT[:10])
    assert alice.delete(url).status_code == 204
    refused(alice.delete(url), 410, "GONE")
    refused(alice.patch(url, CONTENT[10:], at=10), 410, "GONE")
    assert alice.head(url).status_code == 410
    assert not (alice.running.config.incoming_dir / url.rsplit("/", 1)[1]).exists()


def test_an_upload_that_arrived_is_not_cancelled(alice):
    url = alice.open(CONTENT)
    alice.patch(url, CONTENT)
    refused(alice.delete(url), 409, "CONFLICT")


# --- checksums --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("algorithm", ["sha1", "sha256", "md5"])
def test_a_right_checksum_is_accepted_and_a_wrong_one_advances_nothing(alice, algorithm):
    url = alice.open(CONTENT)
    wrong = alice.patch(url, CONTENT[:600], **{"Upload-Checksum": digest(b"other", algorithm)})
    refused(wrong, 460, "CHECKSUM_MISMATCH")
    assert wrong.headers["upload-offset"] == "0"
    assert alice.offset(url) == 0
    right = alice.patch(url, CONTENT[:500], **{"Upload-Checksum": digest(CONTENT[:500], algorithm)})
    assert (right.status_code, right.headers["upload-offset"]) == (204, "500")
    assert alice.held(url)[:500] == CONTENT[:500]


def test_a_checksum_over_several_megabytes_is_compared_before_a_byte_counts(alice):
    content = bytes(5_000_000)
    url = alice.open(content)
    refused(alice.patch(url, content, **{"Upload-Checksum": digest(b"other")}), 460, "CHECKSUM_MISMATCH")
    assert alice.offset(url) == 0
    assert alice.patch(url, content, **{"Upload-Checksum": digest(content)}).status_code == 204


def test_a_wrong_checksum_with_the_creation_leaves_an_upload_to_go_on_with(alice):
    answer = alice.post(len(CONTENT), alice.running.cast.chemistry, CONTENT, **{"Upload-Checksum": digest(b"other")})
    refused(answer, 460, "CHECKSUM_MISMATCH")
    assert alice.offset(answer.headers["location"]) == 0


@pytest.mark.parametrize("given", ["sha512 AAAA", "sha1", "sha1 ***", "", "crc32 AAAA"])
def test_a_checksum_that_cannot_be_compared_is_refused(alice, given):
    url = alice.open(CONTENT)
    answer = alice.patch(url, CONTENT, **{"Upload-Checksum": given})
    assert answer.status_code in (400, 460)
    assert alice.offset(url) == 0


# --- parts ------------------------------------------------------------------------------------------------------------


def part(tus, content):
    answer = tus.post(len(content), **{"Upload-Concat": "partial"})
    assert answer.status_code == 201, answer.text
    url = answer.headers["location"]
    assert tus.patch(url, content).status_code == 204
    return url


def final(tus, *urls, **headers):
    told = {"Upload-Concat": f"final;{' '.join(urls)}"}
    return tus.post(None, tus.running.cast.chemistry, **told, **headers)


def test_parts_are_joined_in_the_order_of_the_final_request(alice):
    urls = [part(alice, CONTENT[at : at + 4000]) for at in (0, 4000, 8000)]
    assert alice.head(urls[0]).headers["upload-concat"] == "partial"
    answer = final(alice, urls[0], f"{alice.running.url}{urls[1]}", urls[2])
    assert answer.status_code == 201
    assert answer.headers["cathedra-recording"]
    url = answer.headers["location"]
    assert alice.held(url) == CONTENT
    standing = alice.head(url).headers
    assert standing["upload-offset"] == standing["upload-length"] == str(len(CONTENT))
    assert standing["upload-concat"] == f"final;{' '.join(urls)}"
    refused(alice.patch(url, b"x", at=len(CONTENT)), 403, "NO_PERMISSION")
    assert alice.head(urls[0]).status_code == 410
    assert final(alice, *urls).headers["location"] == url  # asking again joins once


def test_what_cannot_be_joined_is_refused(alice, eve):
    mine = part(alice, CONTENT[:100])
    unfinished = alice.post(100, **{"Upload-Concat": "partial"}).headers["location"]
    whole = alice.open(CONTENT)
    for urls in ([], [unfinished], [mine, mine], [whole], ["/elsewhere"], ["/files/../x"], [mine] * 101):
        refused(final(alice, *urls), 400, "BAD_REQUEST")
    refused(final(alice, f"/files/{uuid.uuid4()}"), 404, "NOT_FOUND")
    refused(final(eve, mine), 404, "NOT_FOUND")
    refused(final(alice, mine, **{"Upload-Length": "100"}), 400, "BAD_REQUEST")
    refused(final(alice, mine, **{"Content-Type": BODY}), 403, "NO_PERMISSION")
    refused(alice.post(100, **{"Upload-Concat": "nonsense"}), 400, "BAD_REQUEST")
    assert alice.head(mine).status_code == 200


def test_parts_need_somebody_who_may_create_somewhere(eve):
    refused(eve.post(100, **{"Upload-Concat": "partial"}), 403, "NO_PERMISSION")


# --- malformed --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", ["0.2.2", "1.0", "", "2.0.0"])
def test_another_version_is_told_which_one_is_spoken(alice, version):
    url = alice.open(CONTENT)
    answer = alice.patch(url, CONTENT, **{"Tus-Resumable": version})
    refused(answer, 412, "BAD_REQUEST")
    assert answer.headers["tus-version"] == "1.0.0"
    assert alice.offset(url) == 0


@pytest.mark.parametrize("at", [1, 9, 20_000, 10**15])
def test_the_wrong_offset_is_a_conflict(alice, at):
    url = alice.open(CONTENT)
    assert "byte 0" in refused(alice.patch(url, b"abc", at=at), 409, "CONFLICT")


@pytest.mark.parametrize("at", ["-1", "x", "", "1.0", "0x10", "٣".encode(), "1" * 40, "1 2"])
def test_an_offset_that_is_no_number_is_refused(alice, at):
    url = alice.open(CONTENT)
    refused(alice.patch(url, b"abc", at=at), 400, "BAD_REQUEST")


@pytest.mark.parametrize("kind", ["application/octet-stream", "text/plain", "multipart/form-data", ""])
def test_another_content_type_is_refused(alice, kind):
    url = alice.open(CONTENT)
    refused(alice.patch(url, b"abc", **{"Content-Type": kind}), 415, "BAD_REQUEST")
    refused(alice.post(10, alice.running.cast.chemistry, b"abc", **{"Content-Type": kind}), 415, "BAD_REQUEST")


def test_more_than_announced_is_refused_before_and_while_it_comes(alice):
    url = alice.open(CONTENT)
    refused(alice.patch(url, CONTENT + b"x"), 413, "TOO_LARGE")
    refused(alice.patch(url, iter([CONTENT, b"x"])), 413, "TOO_LARGE")
    assert alice.offset(url) == 0
    refused(alice.post(10, alice.running.cast.chemistry, CONTENT), 413, "TOO_LARGE")


@pytest.mark.parametrize("length", ["", "-5", "many", "1e6", "9" * 30])
def test_a_length_that_is_no_number_is_refused(alice, length):
    refused(alice.post(length, alice.running.cast.chemistry), 400, "BAD_REQUEST")


def test_an_empty_file_and_one_beyond_the_limit_are_told_what_to_do(alice):
    folder = alice.running.cast.chemistry
    assert "empty" in refused(alice.post(0, folder), 400, "BAD_REQUEST")
    assert "largest" in refused(alice.post(alice.running.config.upload.max_bytes + 1, folder), 413, "TOO_LARGE")


@pytest.mark.parametrize(
    "given",
    [
        "filename ***",
        "filename YQ==,filename YQ==",
        "filename YQ==,",
        "folder " + base64.b64encode(b"../x").decode(),
        "recording " + base64.b64encode(b"7").decode(),
        "filename " + base64.b64encode(b"x" * 9000).decode(),
    ],
)
def test_metadata_that_cannot_be_read_is_refused(alice, given):
    refused(alice.post(10, **{"Upload-Metadata": given}), 400, "BAD_REQUEST")


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a\0b.mp4", "x" * 300 + ".mp4", "-y.mp4", 'a"b.mp4', "x%03d.mp4", "a\nb.mp4", "\udcff"]
)
def test_any_name_is_only_a_label(alice, name):
    """Security classes 13 and 27."""
    raw = name.encode("utf-8", errors="surrogateescape")
    told = f"filename {base64.b64encode(raw).decode()},{metadata(folder=alice.running.cast.chemistry)}"
    answer = alice.post(3, **{"Upload-Metadata": told})
    assert answer.status_code == 201
    assert alice.patch(answer.headers["location"], b"abc").status_code == 204
    assert uuid.UUID(answer.headers["location"].removeprefix("/files/"))


@pytest.mark.parametrize("position", ["2", "-1", "0", "x"])
def test_there_is_no_third_place_beside_a_recording(alice, position):
    first = alice.post(10, alice.running.cast.chemistry).headers["cathedra-recording"]
    told = {"Upload-Metadata": metadata(filename="b.mp4", recording=first, position=position)}
    refused(alice.post(10, **told), 400, "BAD_REQUEST")


def test_a_second_file_goes_beside_the_first_and_a_third_is_refused(alice):
    first = alice.post(10, alice.running.cast.chemistry).headers["cathedra-recording"]
    told = {"Upload-Metadata": metadata(filename="b.mp4", recording=first, position=1)}
    assert alice.post(10, **told).headers["cathedra-recording"] == first
    refused(alice.post(10, **told), 409, "CONFLICT")

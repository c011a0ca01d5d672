"""The same front with media in an S3 service: nginx fetches what edge signs, keeps it, and shows nobody the address."""

import hashlib
import time

import httpx
import pytest

from cathedra import wiring
from tests import live, media, seaweed
from tests.conftest import make_cast
from tests.edge.test_media_front import TYPES, refusal
from tests.edge.upload.tus import Tus

pytestmark = pytest.mark.slow

BYTES = bytes(range(256)) * 12_000  # three slices of a mebibyte


@pytest.fixture(scope="module")
def tree(_keep_blocker):
    from datetime import UTC, datetime

    with seaweed.running() as server:
        storage = server.storage
        tree = live.Running(
            live.passable_folder(),
            live.free_port(),
            {
                "CATHEDRA_STORAGE_KIND": "s3",
                "CATHEDRA_STORAGE_S3_ENDPOINT": storage.s3_endpoint,
                "CATHEDRA_STORAGE_S3_BUCKET": storage.s3_bucket,
                "CATHEDRA_STORAGE_S3_ACCESS_KEY": storage.s3_access_key,
                "CATHEDRA_STORAGE_S3_SECRET_KEY": storage.s3_secret_key,
            },
        )
        try:
            with tree.database():
                tree.cast = make_cast(datetime(2026, 10, 1, 9, 0, tzinfo=UTC))
            yield tree
        finally:
            tree.remove()


@pytest.fixture(scope="module")
def recording(tree):
    from cathedra.db.models import CaptionTrack, Recording
    from cathedra.db.writes import library
    from cathedra.domain.library import Origin

    cast = tree.cast
    with tree.database():
        made = library.add_recording(
            cast.chemistry,
            title="Orbitals",
            owner_id=cast.alice,
            created_by_id=cast.alice,
            origin=Origin.UPLOAD,
            now=cast.now,
        )
        Recording.objects.filter(id=made).update(
            media_state="READY", publication="PUBLISHED", ready_at=cast.now, duration_ms=1
        )
        CaptionTrack.objects.create(
            recording_id=made, language="en-GB", origin="EDITED", cues=[], made_at=cast.now, changed_at=cast.now
        )
    store = wiring.object_store_of(tree.config)
    for name in TYPES:
        store.put_bytes(f"stream/{made}/{name}", BYTES)
    return made


def ask(tree, path: str, account=None, method: str = "GET", **headers: str) -> httpx.Response:
    cookie = {"Cookie": f"cathedra_session={tree.sign_in(account)}"} if account else {}
    return httpx.request(
        method, tree.url + path, headers={"Accept-Encoding": "identity", **cookie, **headers}, timeout=60
    )


def test_the_right_person_gets_every_file_whole_with_its_type_and_no_address(tree, recording):
    for name, kind in TYPES.items():
        for _ in range(2):  # from the service, then from nginx's cache
            answer = ask(tree, f"/stream/{recording}/{name}", tree.cast.ben)
            assert (answer.status_code, answer.content == BYTES) == (200, True), name
            assert answer.headers["content-type"] == kind
            assert answer.headers["cache-control"] == "private, no-cache"
            assert set(answer.headers) <= TOLD


# The service speaks of itself in many headers; none of them is for people.
TOLD = {
    "accept-ranges", "cache-control", "connection", "content-length", "content-security-policy", "content-type",
    "cross-origin-resource-policy", "date", "etag", "last-modified", "server", "x-content-type-options", "x-frame-options",
}  # fmt: skip


def test_ranges_conditions_and_head_work(tree, recording):
    path = f"/stream/{recording}/p720.mp4"
    across = ask(tree, path, tree.cast.ben, Range="bytes=1048570-1048585")
    assert (across.status_code, across.content) == (206, BYTES[1048570:1048586])
    assert across.headers["content-range"] == f"bytes 1048570-1048585/{len(BYTES)}"
    last = ask(tree, path, tree.cast.ben, Range="bytes=-5")
    assert last.content == BYTES[-5:]
    head = ask(tree, path, tree.cast.ben, "HEAD")
    assert (head.status_code, head.content, head.headers["content-length"]) == (200, b"", str(len(BYTES)))
    assert ask(tree, path, tree.cast.ben, **{"If-None-Match": head.headers["etag"]}).status_code == 304


def test_nobody_else_gets_anything_also_when_nginx_has_it_already(tree, recording):
    path = f"/stream/{recording}/p720.mp4"
    assert ask(tree, path, tree.cast.ben).status_code == 200
    assert refusal(ask(tree, path)) == (401, "SIGN_IN")
    assert refusal(ask(tree, path, tree.cast.eve)) == (403, "NO_PERMISSION")
    assert ask(tree, f"/stream/{recording}/p1080.mp4", tree.cast.ben).status_code == 404
    assert ask(tree, f"/originals/{recording}/source", tree.cast.ben).status_code == 404


def test_a_replaced_playlist_is_seen_within_seconds(tree, recording):
    """Renditions are added to a playlist after people have begun to watch: nginx asks whether its copy still holds."""
    path = f"/stream/{recording}/primary.m3u8"
    assert ask(tree, path, tree.cast.ben).content == BYTES
    for text in (b"more renditions", BYTES):
        wiring.object_store_of(tree.config).put_bytes(f"stream/{recording}/primary.m3u8", text)
        replaced = asked = time.monotonic()
        while ask(tree, path, tree.cast.ben).content != text:
            assert asked - replaced < 8, "what was asked for so late is the new one, however long an answer takes"
            time.sleep(0.2)
            asked = time.monotonic()


@pytest.fixture(scope="module")
def lecture(tree, tmp_path_factory):
    """An upload as it came, its recording, and its source: processed by the tree's own worker."""
    from cathedra.db.models import Recording, Source

    path = media.lecture(tmp_path_factory.mktemp("in") / "tides.mp4", size="640x480")
    with Tus(tree, tree.cast.alice) as tus:
        url = tus.open(path.read_bytes())
        assert tus.patch(url, path.read_bytes()).status_code == 204
    source_id = url.rsplit("/", 1)[1]
    until = time.monotonic() + 120
    with tree.database():
        made = Source.objects.get(id=source_id).recording_id
        while not (Source.objects.get(id=source_id).object_key and Recording.objects.get(id=made).is_ladder_complete):
            assert time.monotonic() < until, tree.log()[-4000:]
            time.sleep(0.1)
        return path, made, Source.objects.get(id=source_id)


def test_an_upload_is_processed_into_the_service_and_nothing_stays_here(tree, lecture):
    path, made, source = lecture
    store = wiring.object_store_of(tree.config)
    with store.local_copy(source.object_key) as kept:
        assert kept.read_bytes() == path.read_bytes()
    assert source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    names = {"a0.m3u8", "a0.mp4", "p360.m3u8", "p360.mp4", "p480.m3u8", "p480.mp4"}
    stills = {"poster.jpg", "primary.m3u8", "scenes.json", "storyboard-1.jpg", "storyboard.vtt", "waveform.json"}
    found = {key for key in store.list_keys(f"stream/{made}/") if "/slide-" not in key}
    assert found == {f"stream/{made}/{name}" for name in names | stills}
    assert list(store.list_keys("originals/")) == [source.object_key]
    here = (tree.config.incoming_dir, tree.config.work_dir, tree.media_dir / "stream", tree.media_dir / "originals")
    assert [file for folder in here for file in folder.rglob("*") if file.is_file()] == []


def test_what_was_processed_into_the_service_plays_for_a_student_of_the_course(tree, lecture, tmp_path):
    """What a player does: the list of renditions, one of them, its head, its segments one after the other."""
    _, made, _ = lecture
    listed = ask(tree, f"/stream/{made}/primary.m3u8", tree.cast.ben).text.splitlines()
    assert [line for line in listed if line and not line.startswith("#")] == ["p480.m3u8", "p360.m3u8"]
    for name in ("p480", "p360"):
        lines = ask(tree, f"/stream/{made}/{name}.m3u8", tree.cast.ben).text.splitlines()
        assert lines[-1] == "#EXT-X-ENDLIST"
        slices = [line.partition("BYTERANGE")[2].strip(':="') for line in lines if "BYTERANGE" in line]
        assert len(slices) >= 2
        content = b""
        for piece in slices:
            length, _, offset = piece.partition("@")
            assert int(offset) == len(content)
            last = int(offset) + int(length) - 1
            answer = ask(tree, f"/stream/{made}/{name}.mp4", tree.cast.ben, Range=f"bytes={offset}-{last}")
            assert (answer.status_code, len(answer.content)) == (206, int(length))
            content += answer.content
        (tmp_path / name).write_bytes(content)
        frames = media.decode_picture(tmp_path / name)
        assert {frame[2] for frame in frames} == {int(name[1:])}
        assert frames[-1][0] == pytest.approx(1.97, abs=0.1)


def test_what_was_processed_into_the_service_plays_for_nobody_else(tree, lecture):
    _, made, source = lecture
    for name in ("primary.m3u8", "p480.m3u8", "p480.mp4"):
        assert refusal(ask(tree, f"/stream/{made}/{name}", tree.cast.eve, Range="bytes=0-9")) == (403, "NO_PERMISSION")
        assert refusal(ask(tree, f"/stream/{made}/{name}")) == (401, "SIGN_IN")
    assert ask(tree, f"/{source.object_key}", tree.cast.ben).status_code == 404


def test_an_original_is_downloaded_from_the_service_and_its_address_stays_here_r204(tree, lecture):
    path, made, source = lecture
    content, address, alice = path.read_bytes(), f"/recordings/{made}/download/{source.id}/", tree.cast.alice
    whole = ask(tree, address, alice)
    assert (whole.status_code, whole.content == content) == (200, True)
    assert whole.headers["content-type"] == "application/octet-stream"
    assert whole.headers["content-disposition"].startswith('attachment; filename="')
    assert whole.headers["cache-control"] == "private, no-cache"
    assert set(whole.headers) <= {*TOLD, "content-disposition"}
    assert [name for name, _ in whole.headers.multi_items() if name == "content-type"] == ["content-type"]
    part = ask(tree, address, alice, Range="bytes=100-199", **{"If-Range": whole.headers["etag"]})
    assert (part.status_code, part.content) == (206, content[100:200])
    assert part.headers["content-range"] == f"bytes 100-199/{len(content)}"
    head = ask(tree, address, alice, "HEAD")
    assert (head.status_code, head.content, head.headers["content-length"]) == (200, b"", str(len(content)))
    beyond = ask(tree, address, alice, Range=f"bytes={len(content)}-")
    assert (beyond.status_code, b"Code" in beyond.content) == (416, False)
    for who, status in ((tree.cast.ben, 404), (tree.cast.eve, 404), (None, 401)):
        assert ask(tree, address, who).status_code == status
    assert ask(tree, f"/{source.object_key}", alice).status_code == 404

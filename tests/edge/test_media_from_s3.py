"""The same front with media in an S3 service: nginx fetches what edge signs, keeps it, and shows nobody the address."""

import time

import httpx
import pytest

from cathedra import wiring
from tests import live, seaweed
from tests.conftest import make_cast
from tests.edge.test_media_front import TYPES, refusal

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
    from cathedra.db.models import Recording
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
    store = wiring.object_store_of(tree.config)
    for name in TYPES:
        store.put_bytes(f"stream/{made}/{name}", BYTES)
    return made


def ask(tree, path: str, account=None, method: str = "GET", **headers: str) -> httpx.Response:
    cookie = {"Cookie": f"cathedra_session={tree.sign_in(account)}"} if account else {}
    return httpx.request(
        method, tree.url + path, headers={"Accept-Encoding": "identity", **cookie, **headers}, timeout=20
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
        replaced = time.monotonic()
        while ask(tree, path, tree.cast.ben).content != text:
            assert time.monotonic() - replaced < 8
            time.sleep(0.2)

"""One suite for the fake, the local folder and S3 (a real SeaweedFS); then what only one of them promises."""

import contextlib
import os
import signal
import stat
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cathedra import config, wiring
from cathedra.adapters.object_store import LocalStore, ObjectNotFound, ObjectStore, WrongKey, check_key, content_type
from cathedra.adapters.object_store._s3 import PART_BYTES, S3Store
from cathedra.domain.terms import UnableTo
from tests import seaweed
from tests.fakes.object_store import MemoryStore, SigningStore
from tests.promises import differences

SEGMENT = "stream/0b7e/p720.mp4"
ORIGINAL = "originals/0b7e/source"


@pytest.fixture(scope="module")
def s3_server():
    with seaweed.running() as server:
        yield server


@pytest.fixture
def s3(s3_server, tmp_path):
    store = S3Store(s3_server.storage, work_dir=tmp_path / "work")
    yield store
    for area in ("stream/", "originals/", "check/"):
        for key in list(store.list_keys(area)):
            store.delete(key)


@pytest.fixture
def local(tmp_path):
    return LocalStore(tmp_path / "media")


@pytest.fixture(params=["memory", "signing", "local", pytest.param("s3", marks=pytest.mark.slow)])
def store(request, tmp_path):
    if request.param == "s3":
        return request.getfixturevalue("s3")
    made = {"memory": MemoryStore, "signing": SigningStore, "local": lambda: LocalStore(tmp_path / "media")}
    return made[request.param]()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "made.mp4"
    path.write_bytes(b"lecture" * 1000)
    return path


# --- what all of them promise ------------------------------------------------------------------------------------


def test_all_of_them_are_called_alike():
    assert differences(ObjectStore, MemoryStore, SigningStore, LocalStore, S3Store) == []


def test_a_stored_file_comes_back_byte_for_byte(store, file):
    store.put_file(SEGMENT, file)
    assert store.exists(SEGMENT)
    assert store.size(SEGMENT) == 7000
    with store.local_copy(SEGMENT) as path:
        assert path.read_bytes() == file.read_bytes()


def test_the_given_file_stays_and_may_then_be_removed(store, file):
    store.put_file(SEGMENT, file)
    assert file.exists()
    file.unlink()
    with store.local_copy(SEGMENT) as path:
        assert path.read_bytes() == b"lecture" * 1000


def test_storing_twice_is_the_same_as_once(store, file):
    store.put_file(SEGMENT, file)
    store.put_file(SEGMENT, file)
    assert list(store.list_keys("stream/")) == [SEGMENT]
    assert store.size(SEGMENT) == 7000


def test_storing_replaces_what_was_there(store, file):
    store.put_bytes(SEGMENT, b"old")
    store.put_file(SEGMENT, file)
    assert store.size(SEGMENT) == 7000
    store.put_bytes(SEGMENT, b"new")
    with store.local_copy(SEGMENT) as path:
        assert path.read_bytes() == b"new"


def test_an_empty_object_is_an_object(store):
    store.put_bytes(SEGMENT, b"")
    assert store.exists(SEGMENT)
    assert store.size(SEGMENT) == 0


def test_a_missing_object_says_so(store):
    assert not store.exists(SEGMENT)
    with pytest.raises(ObjectNotFound):
        store.size(SEGMENT)
    with pytest.raises(ObjectNotFound), store.local_copy(SEGMENT):
        pass


def test_a_missing_source_file_is_a_sentence(store, tmp_path):
    with pytest.raises(UnableTo, match="Could not store"):
        store.put_file(SEGMENT, tmp_path / "not-there")
    assert not store.exists(SEGMENT)


def test_removing_twice_is_the_same_as_once(store):
    store.put_bytes(SEGMENT, b"1")
    store.delete(SEGMENT)
    store.delete(SEGMENT)
    assert not store.exists(SEGMENT)


def test_removing_a_recording_leaves_its_neighbours(store):
    keep = ["stream/ab/p720.mp4", "stream/abc/p720.mp4", "originals/ab/1"]
    for key in [*keep, "stream/a/p720.mp4", "stream/a/primary.m3u8"]:
        store.put_bytes(key, b"1")
    store.delete_prefix("stream/a/")
    store.delete_prefix("stream/a/")
    assert sorted([*store.list_keys("stream/"), *store.list_keys("originals/")]) == sorted(keep)


def test_listing_is_by_whole_parts_of_the_key(store):
    for key in ("stream/a/1.mp4", "stream/a/2.mp4", "stream/b/1.mp4", "originals/a/1"):
        store.put_bytes(key, b"1")
    assert sorted(store.list_keys("stream/")) == ["stream/a/1.mp4", "stream/a/2.mp4", "stream/b/1.mp4"]
    assert sorted(store.list_keys("stream/a/")) == ["stream/a/1.mp4", "stream/a/2.mp4"]
    assert list(store.list_keys("stream/none/")) == []


HOSTILE = [
    "",
    "stream",
    "stream/",
    "/stream/a/b",
    "stream//b",
    "stream/a/../b",
    "stream/../originals/a",
    "stream/a/..",
    "stream/./a",
    "stream/.hidden/a",
    "stream/a/b\0c",
    "stream/a/b\n",
    "stream/a/b c",
    "stream/a\\b/c",
    "stream/a/%2e%2e",
    "stream/a;b/c",
    "stream/a/é",
    "stream/a/" + "x" * 300,
    "stream/a/b/c/d",
    "etc/passwd",
    "streams/a/b",
    "stream/~/b" + "/.",
    "C:/a/b",
]


@pytest.mark.parametrize("key", HOSTILE)
def test_an_identifier_never_becomes_a_path_outside(store, file, key):
    """Security classes 3, 13, 14, on every method that takes a key."""
    for attempt in (
        lambda: store.put_file(key, file),
        lambda: store.put_bytes(key, b"1"),
        lambda: store.exists(key),
        lambda: store.size(key),
        lambda: store.delete(key),
        lambda: store.signed_url(key, seconds=60),
        lambda: store.local_copy(key).__enter__(),
    ):
        with pytest.raises(WrongKey):
            attempt()


@pytest.mark.parametrize("prefix", ["", "/", "stream", "stream/", "originals/", "stream/..", "stream/../", "stream/a"])
def test_a_whole_area_cannot_be_removed_by_a_slip(store, prefix):
    store.put_bytes(SEGMENT, b"1")
    with pytest.raises(WrongKey):
        store.delete_prefix(prefix)
    assert store.exists(SEGMENT)


@pytest.mark.parametrize("prefix", ["", "/", "stream", "stream/../", "../", "stream//", "other/", "stream/a/b/c/"])
def test_only_an_area_or_a_part_of_one_can_be_listed(store, prefix):
    with pytest.raises(WrongKey):
        list(store.list_keys(prefix))


def test_readers_never_see_half_an_object(store, tmp_path):
    """Two versions written in turn while a reader looks: it sees one or the other, whole."""
    versions = [tmp_path / "a", tmp_path / "b"]
    versions[0].write_bytes(b"a" * 3_000_000)
    versions[1].write_bytes(b"b" * 5_000_000)
    store.put_file(SEGMENT, versions[0])
    seen, done = set(), threading.Event()

    def look():
        while not done.is_set():
            with store.local_copy(SEGMENT) as path, path.open("rb") as file:
                data = file.read()
            seen.add((len(data), data[:1], len(set(data))))

    reader = threading.Thread(target=look)
    reader.start()
    try:
        for turn in range(6):
            store.put_file(SEGMENT, versions[turn % 2])
    finally:
        done.set()
        reader.join()
    assert seen <= {(3_000_000, b"a", 1), (5_000_000, b"b", 1)}


# --- keys ----------------------------------------------------------------------------------------------------------


def test_our_own_names_are_keys():
    for name in ("primary.m3u8", "p1080.mp4", "a0.m3u8", "storyboard-12.jpg", "waveform.json", "poster.jpg"):
        assert check_key(f"stream/5f6b2a2e-53ab-4a8e-9b56-000000000000/{name}")


def test_only_servable_objects_get_a_type_that_a_browser_would_run_or_show():
    assert content_type("stream/a/primary.m3u8") == "application/vnd.apple.mpegurl"
    assert content_type("stream/a/p720.mp4") == "video/mp4"
    assert content_type("stream/a/page.html") == "application/octet-stream"
    assert content_type("originals/a/page.jpg") == "application/octet-stream"


def test_what_is_not_there_is_not_offered(store):
    store.put_bytes(ORIGINAL, b"1")
    address = store.offer(ORIGINAL, seconds=60)
    assert address == "" or address.startswith("http")
    with pytest.raises(WrongKey):
        store.offer("originals/../secret_key", seconds=60)
    if not address:  # an object service says so when it is asked for it
        with pytest.raises(ObjectNotFound):
            store.offer("originals/0b7e/nothing", seconds=60)


def test_an_object_has_an_address_or_the_store_says_that_it_has_none(store):
    store.put_bytes(SEGMENT, b"1")
    with contextlib.suppress(UnableTo):
        address = store.signed_url(SEGMENT, seconds=60)
        assert address.startswith("http")
        assert SEGMENT in address


# --- the local folder ------------------------------------------------------------------------------------------------


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_nginx_may_open_servable_files_by_name_and_nobody_may_open_originals(local, tmp_path):
    before = os.umask(0o077)  # a cautious administrator's umask must not close what nginx needs
    try:
        local.put_bytes(SEGMENT, b"1")
        local.put_bytes(ORIGINAL, b"1")
    finally:
        os.umask(before)
    root = tmp_path / "media"
    assert [mode(p) for p in (root, root / "stream", root / "stream/0b7e", root / SEGMENT)] == [
        0o711,
        0o711,
        0o711,
        0o644,
    ]
    assert [mode(p) for p in (root / "originals", root / "originals/0b7e", root / ORIGINAL)] == [0o700, 0o700, 0o600]
    assert mode(root / ".unfinished") == 0o700


def test_an_original_is_open_to_nginx_once_it_was_offered_and_no_other_is_r204(local, tmp_path):
    local.put_bytes(ORIGINAL, b"1")
    local.put_bytes("originals/0b7e/other", b"1")
    for _ in range(2):
        assert local.offer(ORIGINAL, seconds=60) == ""
    root = tmp_path / "media/originals"
    assert [mode(p) for p in (root, root / "0b7e", tmp_path / "media" / ORIGINAL, root / "0b7e/other")] == [
        0o700,  # the data folder opens it to nginx's group
        0o711,
        0o644,
        0o600,
    ]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_another_user_reads_a_segment_by_name_but_no_original_and_no_list(local, tmp_path):
    for folder in (tmp_path, *tmp_path.parents):
        if folder.owner() == "root" and folder.name.startswith(("pytest-", "popen-", "test_")):
            folder.chmod(0o711)
    local.put_bytes(SEGMENT, b"1")
    local.put_bytes(ORIGINAL, b"1")

    def as_nobody(program: str, path: Path) -> int:
        return subprocess.run([program, path], user=65534, group=65534, extra_groups=[], capture_output=True).returncode

    root = tmp_path / "media"
    assert as_nobody("cat", root / SEGMENT) == 0
    assert as_nobody("cat", root / ORIGINAL) != 0
    assert as_nobody("ls", root / "stream") != 0


def test_a_file_of_the_same_file_system_is_not_copied(local, file, tmp_path):
    local.put_file(SEGMENT, file)
    assert (tmp_path / "media" / SEGMENT).stat().st_ino == file.stat().st_ino


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="needs a second file system")
def test_a_file_of_another_file_system_is_copied(local, tmp_path):
    other = Path(f"/dev/shm/cathedra-test-{os.getpid()}")
    other.write_bytes(b"z" * 100_000)
    try:
        local.put_file(SEGMENT, other)
        assert other.exists()
    finally:
        other.unlink()
    with local.local_copy(SEGMENT) as path:
        assert path.read_bytes() == b"z" * 100_000
    assert list((tmp_path / "media/.unfinished").iterdir()) == []


def test_a_link_is_not_followed_to_somebody_elses_file(local, tmp_path):
    """Security class 11."""
    link = tmp_path / "link"
    link.symlink_to("/etc/passwd")
    with pytest.raises(UnableTo):
        local.put_file(SEGMENT, link)
    assert not local.exists(SEGMENT)
    assert list((tmp_path / "media/.unfinished").iterdir()) == []


def test_a_folder_cannot_be_stored(local, tmp_path):
    with pytest.raises(UnableTo):
        local.put_file(SEGMENT, tmp_path)


def test_removing_the_last_object_leaves_no_empty_folder(local, tmp_path):
    local.put_bytes(SEGMENT, b"1")
    local.delete(SEGMENT)
    assert not (tmp_path / "media/stream/0b7e").exists()
    assert (tmp_path / "media/stream").exists()


def test_storing_beside_a_removal_of_the_same_recording_works(local):
    done = threading.Event()

    def remove():
        while not done.is_set():
            local.delete_prefix("stream/0b7e/")

    remover = threading.Thread(target=remove)
    remover.start()
    try:
        for _ in range(300):
            local.put_bytes(SEGMENT, b"1")
    finally:
        done.set()
        remover.join()
    local.put_bytes(SEGMENT, b"1")
    assert local.exists(SEGMENT)


def test_the_local_store_hands_out_no_address(local):
    with pytest.raises(UnableTo, match="nginx reads the files itself"):
        local.signed_url(SEGMENT, seconds=60)


def test_an_unwritable_folder_is_a_sentence_that_names_it(tmp_path):
    (tmp_path / "media").write_text("a file where the folder should be")
    with pytest.raises(UnableTo, match="Check that the folder is there") as caught:
        LocalStore(tmp_path / "media").put_bytes(SEGMENT, b"1")
    assert str(tmp_path / "media") in str(caught.value)


def test_a_full_disk_is_a_sentence_and_leaves_nothing(tmp_path):
    """A real file system of 64 KiB, in a child with its own mounts."""
    script = (
        'mount -t tmpfs -o size=64k none "$1" && exec "$2" -c \''
        "import sys; from pathlib import Path\n"
        "from cathedra.adapters.object_store import LocalStore\n"
        "from cathedra.domain.terms import UnableTo\n"
        'root = Path(sys.argv[1]) / "media"\n'
        "try:\n"
        '    LocalStore(root).put_bytes("stream/a/b", b"x" * 200000)\n'
        "except UnableTo as error:\n"
        "    print(error)\n"
        'print([str(p) for p in root.rglob("*") if p.is_file()])'
        '\' "$1"'
    )
    ran = subprocess.run(
        ["unshare", "--mount", "--map-root-user", "sh", "-c", script, "sh", str(tmp_path), sys.executable],
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert "There is no space left" in ran.stdout, ran
    assert ran.stdout.endswith("[]\n")


PUT_FOREVER = """
import sys
from pathlib import Path
from cathedra.adapters.object_store import LocalStore
root, here, other = (Path(word) for word in sys.argv[1:])
store = LocalStore(root)
print("ready", flush=True)
turn = 0
while True:
    turn += 1
    store.put_file(f"stream/r/{turn % 7}.mp4", here if turn % 2 else other)
    store.put_bytes(f"stream/r/{turn % 7}.m3u8", b"p" * 70_000)
"""


@pytest.mark.slow
def test_kill_9_during_a_put_leaves_whole_objects_and_what_is_left_is_swept(local, tmp_path):
    here = tmp_path / "here"
    here.write_bytes(b"h" * 400_000)
    other = Path("/dev/shm" if Path("/dev/shm").is_dir() else "/tmp") / f"cathedra-test-{os.getpid()}"
    other.write_bytes(b"o" * 900_000)
    try:
        for attempt in range(8):
            child = subprocess.Popen(
                [sys.executable, "-c", PUT_FOREVER, tmp_path / "media", here, other], stdout=subprocess.PIPE
            )
            child.stdout.readline()
            time.sleep(0.02 + 0.013 * attempt)
            child.kill()
            child.wait()
            child.stdout.close()
            for key in local.list_keys("stream/"):
                with local.local_copy(key) as path:
                    data = path.read_bytes()
                assert (len(data), len(set(data))) in ((400_000, 1), (900_000, 1), (70_000, 1)), key
    finally:
        other.unlink()
    left = list((tmp_path / "media/.unfinished").iterdir())
    assert local.remove_unfinished(before=datetime.now(UTC) - timedelta(hours=1)) == 0
    assert local.remove_unfinished(before=datetime.now(UTC) + timedelta(seconds=1)) == len(left)
    assert list((tmp_path / "media/.unfinished").iterdir()) == []
    assert here.read_bytes() == b"h" * 400_000


# --- S3 ------------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_large_file_travels_in_parts_with_bounded_memory(s3_server, tmp_path):
    big = tmp_path / "big"
    with big.open("wb") as file:
        for _ in range(10):
            file.write(os.urandom(PART_BYTES))
        file.write(b"end")
    program = """
import hashlib, json, resource, sys
from pathlib import Path
from cathedra.adapters.object_store._s3 import S3Store
from cathedra.config import Storage
store = S3Store(Storage(**json.loads(sys.argv[1])), work_dir=Path(sys.argv[2]))
store.put_bytes("check/warm", b"1")
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
store.put_file("originals/a/big", Path(sys.argv[3]))
with store.local_copy("originals/a/big") as path:
    print(hashlib.file_digest(path.open("rb"), "sha256").hexdigest())
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""
    import dataclasses
    import hashlib
    import json

    settings = json.dumps(dataclasses.asdict(s3_server.storage))
    ran = subprocess.run(
        [sys.executable, "-c", program, settings, tmp_path / "w", big], capture_output=True, text=True, check=True
    )
    digest, growth_mib = ran.stdout.split()
    with big.open("rb") as file:
        assert digest == hashlib.file_digest(file, "sha256").hexdigest()
    assert int(growth_mib) < 64, "more than four parts in memory"
    assert list((tmp_path / "w").iterdir()) == []


def fetch(url: str, **headers: str) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=10) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, b""


@pytest.mark.slow
def test_a_signed_address_answers_ranges_and_a_changed_one_does_not(s3):
    s3.put_bytes(SEGMENT, b"0123456789")
    s3.put_bytes(ORIGINAL, b"secret")
    url = s3.signed_url(SEGMENT, seconds=60)
    assert fetch(url) == (200, b"0123456789")
    assert fetch(url, Range="bytes=2-4") == (206, b"234")
    assert fetch(url.partition("?")[0])[0] == 403, "the bucket answers nobody without a signature"
    assert fetch(url.replace(SEGMENT, ORIGINAL))[0] == 403
    assert fetch(url[:-1] + ("0" if url[-1] != "0" else "1"))[0] == 403


@pytest.mark.slow
def test_a_signed_address_ends(s3):
    s3.put_bytes(SEGMENT, b"1")
    url = s3.signed_url(SEGMENT, seconds=1)
    time.sleep(2.5)
    assert fetch(url)[0] == 403


@pytest.mark.slow
def test_listing_and_removing_go_beyond_one_page(s3):
    """A page is 1,000 keys."""
    threads = [
        threading.Thread(
            target=lambda start=start: [s3.put_bytes(f"stream/many/{n}", b"") for n in range(start, 1040, 8)]
        )
        for start in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(list(s3.list_keys("stream/many/"))) == 1040
    s3.delete_prefix("stream/many/")
    assert list(s3.list_keys("stream/many/")) == []


@pytest.mark.slow
def test_wrong_keys_and_a_wrong_bucket_say_what_to_check(s3_server, tmp_path, file):
    wrong_secret = S3Store(replace(s3_server.storage, s3_secret_key="wrong"), work_dir=tmp_path)
    with pytest.raises(UnableTo, match="s3_secret_key") as caught:
        wrong_secret.put_file(SEGMENT, file)
    assert "wrong" not in str(caught.value)
    wrong_bucket = S3Store(replace(s3_server.storage, s3_bucket="nobodys"), work_dir=tmp_path)
    with pytest.raises(UnableTo, match="Create the bucket"):
        wrong_bucket.put_bytes(SEGMENT, b"1")
    with pytest.raises(UnableTo, match="Create the bucket"):
        wrong_bucket.put_file(SEGMENT, file)


@pytest.mark.slow
def test_a_service_that_is_not_there_is_a_sentence_in_bounded_time(tmp_path, file):
    nowhere = seaweed.free_ports(1)[0]
    storage = replace(seaweed.Seaweed(tmp_path).storage, s3_endpoint=f"http://127.0.0.1:{nowhere}")
    start = time.monotonic()
    with pytest.raises(UnableTo, match="s3_endpoint"):
        S3Store(storage, work_dir=tmp_path).put_file(SEGMENT, file)
    assert time.monotonic() - start < 60


PUT_BIG = """
import json, sys
from pathlib import Path
from cathedra.adapters.object_store._s3 import S3Store
from cathedra.config import Storage
store = S3Store(Storage(**json.loads(sys.argv[1])), work_dir=Path("/tmp"))
print("ready", flush=True)
store.put_file("originals/k/big", Path(sys.argv[2]))
"""


@pytest.mark.slow
def test_kill_9_during_an_upload_in_parts_leaves_no_object_and_the_parts_are_swept(s3, s3_server, tmp_path):
    import dataclasses
    import json

    big = tmp_path / "big"
    with big.open("wb") as file:
        file.truncate(20 * PART_BYTES)
    s3.put_bytes("originals/k/big", b"what was there")
    settings = json.dumps(dataclasses.asdict(s3_server.storage))
    child = subprocess.Popen([sys.executable, "-c", PUT_BIG, settings, big], stdout=subprocess.PIPE)
    child.stdout.readline()
    deadline = time.monotonic() + 120
    while not unfinished(s3, s3_server) and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.3)
    child.kill()
    child.wait()
    child.stdout.close()
    assert unfinished(s3, s3_server) == 1, "the child died in the middle of its upload"
    with s3.local_copy("originals/k/big") as path:
        assert path.read_bytes() == b"what was there"
    assert s3.remove_unfinished(before=datetime.now(UTC) - timedelta(hours=1)) == 0
    assert s3.remove_unfinished(before=datetime.now(UTC) + timedelta(minutes=1)) == 1
    assert unfinished(s3, s3_server) == 0
    s3.put_file("originals/k/big", big)
    assert s3.size("originals/k/big") == 20 * PART_BYTES


def unfinished(store: S3Store, server: seaweed.Seaweed) -> int:
    return len(store._client.list_multipart_uploads(Bucket=server.storage.s3_bucket).get("Uploads", ()))


@pytest.mark.slow
def test_a_service_killed_in_the_middle_is_a_sentence_and_the_next_try_succeeds(tmp_path):
    """Its own server: kill -9 while an upload in parts runs, then start it again."""
    big = tmp_path / "big"
    with big.open("wb") as file:
        file.truncate(8 * PART_BYTES)
    with seaweed.running() as server:
        store = S3Store(server.storage, work_dir=tmp_path)
        store.put_bytes(SEGMENT, b"kept")

        def kill_once_busy():
            while not unfinished(store, server):
                time.sleep(0.01)
            server.stop(signal.SIGKILL)

        killer = threading.Thread(target=kill_once_busy)
        killer.start()
        with pytest.raises(UnableTo, match="s3_endpoint"):
            store.put_file(ORIGINAL, big)
        killer.join()
        server.start()
        server.wait()
        with store.local_copy(SEGMENT) as path:
            assert path.read_bytes() == b"kept"
        store.put_file(ORIGINAL, big)
        assert store.size(ORIGINAL) == 8 * PART_BYTES


@pytest.mark.slow
def test_r120_what_is_archived_is_put_there_in_a_storage_class_of_its_own(s3_server, s3, tmp_path, file):
    """`storage.s3_archive_class`: asked of the service itself, for a small object and for one that travels in parts."""
    configured = replace(config.get(), storage=replace(s3_server.storage, s3_archive_class="STANDARD_IA"))
    archive = wiring.archive_store_of(configured)
    big = tmp_path / "big"
    big.write_bytes(b"x" * (PART_BYTES + 1))
    archive.put_file("check/archived", file)
    archive.put_file("check/big", big)
    archive.put_bytes("check/few", b"1")
    s3.put_file("check/live", file)
    rows = s3._client.list_objects_v2(Bucket=s3_server.storage.s3_bucket, Prefix="check/")["Contents"]
    found = {row["Key"]: row.get("StorageClass", "STANDARD") for row in rows}
    classes = {"archived": "STANDARD_IA", "big": "STANDARD_IA", "few": "STANDARD_IA", "live": "STANDARD"}
    assert found == {f"check/{name}": kind for name, kind in classes.items()}
    with archive.local_copy("check/archived") as copy:
        assert copy.read_bytes() == file.read_bytes()

"""Lines that break, senders that come back, processes that die, disks that fill: no byte that was counted is lost."""

import contextlib
import hashlib
import os
import random
import resource
import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cathedra.db.models import Upload
from cathedra.edge.upload._intake import IDLE_SECONDS
from tests.conftest import make_cast
from tests.edge.upload.tus import Tus
from tests.live import SMALL_BYTES

pytestmark = pytest.mark.slow
MIB = 1024 * 1024


def content_of(size, seed=1):
    return random.Random(seed).randbytes(size)


@pytest.fixture
def alice(running):
    with Tus(running, running.cast.alice) as tus:
        yield tus


@pytest.mark.parametrize("is_abrupt", [False, True])
@pytest.mark.parametrize("is_written", [False, True])
@pytest.mark.parametrize("sent", [1, 1000, MIB, 3 * MIB + 17])
def test_a_broken_request_keeps_every_byte_received(alice, sent, is_written, is_abrupt):
    """What the spool holds is counted; what stands in nginx or on the line at the break is not, and does no harm. (What
    edge holds in memory: test_intake.)"""
    content = content_of(4 * MIB)
    url = alice.open(content)

    def is_held():
        return len(alice.held(url)) >= sent

    alice.broken_patch(
        url, content, sent=sent, is_abrupt=is_abrupt, first=(lambda: wait_for(is_held)) if is_written else None
    )
    if is_written:
        assert alice.offset(url) == sent
    alice.resume(url, content)
    assert alice.held(url) == content


def counted_of(running, url):
    """How many bytes of an upload its row says are here."""
    from cathedra.db.models import Upload

    with running.database():
        return Upload.objects.get(id=url.rsplit("/", 1)[1]).offset_bytes


def test_a_trickle_is_counted_while_its_line_is_open(running, alice):
    url = alice.open(b"x" * 1000)
    with alice.line(url, length=1000) as line:
        for sent in (3, 7):
            line.sendall(b"x" * (sent if sent == 3 else 4))
            wait_for(lambda sent=sent: counted_of(running, url) == sent)


def test_a_writer_is_told_when_its_upload_ends_elsewhere(running, alice):
    """As when it expires, or a second edge process ends it: the line does not wait for ever."""
    from cathedra.db.models import Upload

    url = alice.open(b"x" * 1000)
    with alice.line(url, length=1000) as line:
        line.sendall(b"x")
        wait_for(lambda: counted_of(running, url) == 1)
        with running.database():
            Upload.objects.filter(id=url.rsplit("/", 1)[1]).update(state="TERMINATED")
        line.sendall(b"x")
        answer = line.recv(4096)
    assert b" 410 " in answer
    assert b"cathedra-code: GONE" in answer


def test_bytes_under_a_checksum_count_only_whole(alice):
    content = content_of(2 * MIB)
    url = alice.open(content)
    alice.broken_patch(url, content, sent=MIB, **{"Upload-Checksum": "sha1 AAAA"})
    assert alice.offset(url) == 0


def test_a_sender_who_comes_back_takes_over_at_once(alice):
    """The old line is still open, as after a lost network: nobody waits for it to time out."""
    content = content_of(3 * MIB)
    url = alice.open(content)
    with alice.line(url, length=len(content)) as old:
        old.sendall(content[:MIB])
        wait_for(lambda: len(alice.held(url)) >= MIB // 2)
        started = time.monotonic()
        offset = alice.offset(url)
        assert offset == MIB
        assert alice.patch(url, content[offset:], at=offset).status_code == 204
        assert time.monotonic() - started < IDLE_SECONDS / 2, "nobody waited for the old line to time out"
        with contextlib.suppress(ConnectionError):
            assert b" 423 " in old.recv(4096)
    assert alice.held(url) == content


def wait_for(is_so, seconds=60):
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        with contextlib.suppress(FileNotFoundError):
            if is_so():
                return
        time.sleep(0.02)
    raise AssertionError("it did not come to pass")


def test_a_patch_takes_over_without_asking_first(running, alice):
    """Also one that comes before the older request has more than the right to write."""
    content = content_of(MIB)
    url = alice.open(content)
    with alice.line(url, length=len(content)), running.database():
        wait_for(lambda: Upload.objects.filter(id=url.rsplit("/", 1)[-1], lease__isnull=False).exists())
        assert alice.patch(url, content).status_code == 204
    assert alice.held(url) == content


def test_cancelling_stops_the_writer(alice):
    content = content_of(MIB)
    url = alice.open(content)
    with alice.line(url, length=len(content)) as old:
        old.sendall(content[:1000])
        assert alice.delete(url).status_code == 204
        with contextlib.suppress(ConnectionError):
            old.sendall(content[1000:])
            assert b" 204 " not in old.recv(4096)
    assert alice.head(url).status_code == 410


def test_two_writers_at_once_never_mix(running):
    """Each sends its own content to the same upload; what is kept is one sender's, up to the offset."""
    mine, other = content_of(2 * MIB, 1), content_of(2 * MIB, 2)
    with Tus(running, running.cast.alice) as one, Tus(running, running.cast.alice) as two:
        for _ in range(5):
            url = one.open(mine)
            with ThreadPoolExecutor(2) as pool:
                answers = list(
                    pool.map(lambda ask, u=url: ask[0].patch(u, ask[1]).status_code, [(one, mine), (two, other)])
                )
            assert set(answers) <= {204, 409, 423}
            offset = one.offset(url)
            held = one.held(url)[:offset]
            assert held in (mine[:offset], other[:offset])
            assert answers.count(204) == (offset == len(mine))


def test_many_parts_arrive_side_by_side(running):
    content = content_of(6 * MIB)
    pieces = [content[at : at + 2 * MIB] for at in range(0, len(content), 2 * MIB)]

    def send(piece):
        with Tus(running, running.cast.alice) as tus:
            url = tus.post(len(piece), **{"Upload-Concat": "partial"}).headers["location"]
            assert tus.patch(url, piece).status_code == 204
            return url

    with ThreadPoolExecutor(3) as pool, Tus(running, running.cast.alice) as tus:
        urls = list(pool.map(send, pieces))
        answer = tus.post(None, running.cast.chemistry, **{"Upload-Concat": f"final;{' '.join(urls)}"})
        assert tus.held(answer.headers["location"]) == content


steps = st.one_of(
    st.tuples(st.just("patch"), st.integers(1, 3 * MIB)),
    st.tuples(st.just("cut"), st.integers(0, 3 * MIB)),
    st.tuples(st.just("wrong"), st.integers(-5, 5)),
    st.tuples(st.just("again"), st.just(0)),
    st.tuples(st.just("checksum"), st.integers(1, MIB)),
    st.tuples(st.just("head"), st.just(0)),
)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(size=st.integers(1, 5 * MIB), moves=st.lists(steps, min_size=1, max_size=8), seed=st.integers(0, 99))
def test_whatever_happens_the_file_is_a_prefix_of_what_was_sent(alice, size, moves, seed):
    """Any order of pieces, breaks, wrong offsets and wrong checksums: prefix equal, offset never back."""
    content = content_of(size, seed)
    url = alice.open(content)
    offset, is_certain = 0, True  # after a cut, what was under way may still come
    for move, amount in moves:
        piece = content[offset : offset + amount]
        if move == "patch":
            answer = alice.patch(url, piece, at=offset)
            assert answer.status_code == (204 if offset < size else 409) or not is_certain
        elif move == "cut" and offset < size:
            rest = content[offset:]
            alice.broken_patch(url, rest, at=offset, sent=min(amount, len(rest)), is_abrupt=amount % 2 == 1)
            is_certain = False
        elif move == "wrong" and amount and offset + amount >= 0:
            is_moved = is_certain and alice.patch(url, b"?", at=offset + amount).status_code != 409
            assert not is_moved
        elif move == "again" and offset:
            assert alice.patch(url, content[:1], at=0).status_code in (409, 423)
        elif move == "checksum" and piece:
            answer = alice.patch(url, piece, at=offset, **{"Upload-Checksum": "sha1 AAAA"})
            assert answer.status_code == 460 or not is_certain
        stands = alice.offset(url)
        assert offset <= stands <= size
        offset = stands
        if offset:
            assert alice.held(url)[:offset] == content[:offset]
    alice.resume(url, content)
    assert hashlib.sha256(alice.held(url)).digest() == hashlib.sha256(content).digest()


def edge_workers(tree):
    """The processes that serve edge: granian and its worker."""
    return [pid for pid in tree.processes() if b"cathedra: edge " in Path(f"/proc/{pid}/cmdline").read_bytes()]


@pytest.fixture
def own(start_cathedra, now):
    tree = start_cathedra()
    with tree.database():
        tree.cast = make_cast(now)
    return tree


def send_slowly(tus, url, content, seconds):
    line = tus.line(url, length=len(content))
    step = len(content) // 20
    for at in range(0, len(content) * 4 // 5, step):
        line.sendall(content[at : at + step])
        time.sleep(seconds / 20)
    return line


def test_deaths_of_edge_and_of_everything_cost_at_most_the_last_second(own):
    """One tree, to save starts: kill -9 of edge, its clean end, kill -9 of the supervisor and a new start."""
    content = content_of(40 * MIB)
    with Tus(own, own.cast.alice) as tus:
        die_and_resume(own, tus, content, signal.SIGKILL, at_least=12 * MIB)  # of 32, all but the last second
        die_and_resume(own, tus, content, signal.SIGTERM, at_least=31 * MIB)  # a clean end counts what had come
        url = tus.open(content)
        line = send_slowly(tus, url, content, 3)
        wait_for(lambda: counted_of(own, url) >= 8 * MIB)
        own.kill()
        line.close()
        wait_for(lambda: not own.processes())
        own.start_again()
        assert 8 * MIB <= tus.offset(url) <= 32 * MIB
        tus.resume(url, content)
        assert tus.held(url) == content


def die_and_resume(own, tus, content, how, *, at_least):
    url = tus.open(content)
    before = edge_workers(own)
    with send_slowly(tus, url, content, 3) as line:
        is_here = counted_of if how is signal.SIGKILL else lambda _, url: len(tus.held(url))
        wait_for(lambda: is_here(own, url) >= at_least)  # a busy machine takes its time to take it in
        for pid in before:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, how)
        wait_for(lambda: not set(before) & set(edge_workers(own)))
        with contextlib.suppress(OSError):
            line.recv(4096)
    wait_for(lambda: tus.http.options("/files/").status_code == 204)
    offset = tus.offset(url)
    assert offset >= at_least
    assert tus.held(url)[:offset] == content[:offset]
    tus.resume(url, content)
    assert tus.held(url) == content


@contextlib.contextmanager
def file_limit(running, most):
    """The kernel refuses edge's writes beyond this in one file: the same path as a disk that is full."""
    pids = edge_workers(running)
    for pid in pids:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
    try:
        yield
    finally:
        for pid in pids:
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def test_a_full_disk_keeps_what_is_there_and_says_so(running, alice):
    content = content_of(8 * MIB)
    url = alice.open(content)
    with file_limit(running, 5 * MIB):
        answer = full_patch(alice, url, content)
        assert b" 507 " in answer
        assert b"cathedra-code: NO_SPACE" in answer
        assert b"full" in answer
        assert alice.offset(url) == 5 * MIB
        assert alice.held(url)[: 5 * MIB] == content[: 5 * MIB]
    assert alice.patch(url, content[5 * MIB :], at=5 * MIB).status_code == 204
    assert alice.held(url) == content


def full_patch(tus, url, content):
    """Send until the other side answers, and read what it says."""
    with tus.line(url, length=len(content)) as line:
        with contextlib.suppress(ConnectionError):
            line.sendall(content)
        return line.recv(65536)


def test_a_disk_without_room_and_a_lower_limit_refuse_before_the_first_byte(full):
    with Tus(full, full.cast.alice) as tus:
        too_large = tus.post(SMALL_BYTES + 1, full.cast.chemistry)
        assert (too_large.status_code, too_large.headers["cathedra-code"]) == (413, "TOO_LARGE")
        assert "10.0 MB" in too_large.json()["sentence"]
        no_room = tus.post(1000, full.cast.chemistry)
        assert (no_room.status_code, no_room.headers["cathedra-code"]) == (507, "NO_SPACE")
        assert tus.http.options("/files/").headers["tus-max-size"] == str(SMALL_BYTES)


def test_memory_stays_flat_however_large_the_file(running, alice):
    size = 300 * MIB
    block = content_of(MIB)
    url = alice.post(size, **{"Upload-Concat": "partial"}).headers["location"]
    alice.patch(url, block)  # everything is loaded now
    before = sum(resident(pid) for pid in edge_workers(running))
    most = before
    with alice.line(url, length=size - MIB, at=MIB) as line:
        for number in range(1, 300):
            line.sendall(block)
            if number % 20 == 0:
                most = max(most, sum(resident(pid) for pid in edge_workers(running)))
        assert b" 204 " in line.recv(4096)
    assert alice.delete(url).status_code == 204
    assert most - before < 40 * MIB


def resident(pid):
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def test_a_silent_line_is_let_go_when_its_sender_leaves(alice):
    url = alice.open(b"x" * 10)
    line = alice.line(url, length=10)
    line.shutdown(socket.SHUT_WR)
    line.close()
    time.sleep(0.2)
    assert alice.patch(url, b"x" * 10).status_code == 204

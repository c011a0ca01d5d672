"""The spool: one writer, bytes where they belong, joins that are whole or not there, full disks that say so."""

import os
import signal
import subprocess
import sys
import uuid
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cathedra.adapters.spool import Spool, SpoolBusy, SpoolFile, SpoolFileMissing, SpoolFull


@pytest.fixture
def spool(tmp_path):
    return Spool(tmp_path / "incoming")


def filled(spool, content):
    upload_id = uuid.uuid4()
    file = spool.open(upload_id, may_create=True)
    file.write([content], 0)
    file.close()
    return upload_id


def test_bytes_land_at_their_offset(spool):
    upload_id = uuid.uuid4()
    file = spool.open(upload_id, may_create=True)
    assert file.write([b"abc", b"", b"def"], 0) == 6
    assert file.write([b"XY"], 4) == 2
    file.sync()
    assert file.size_bytes() == 6
    file.close()
    assert spool.path(upload_id).read_bytes() == b"abcdXY"
    assert spool.size_bytes(upload_id) == 6


def test_what_lies_behind_the_counted_bytes_is_cut_off_and_nothing_is_added(spool):
    upload_id = filled(spool, b"abcdef")
    file = spool.open(upload_id)
    file.cut(10)
    assert file.size_bytes() == 6
    file.cut(4)
    file.close()
    assert spool.path(upload_id).read_bytes() == b"abcd"


@settings(max_examples=50, deadline=None)
@given(chunks=st.lists(st.binary(max_size=40), max_size=1200), at=st.integers(0, 100))
def test_many_small_pieces_make_the_same_bytes(tmp_path_factory, chunks, at):
    spool = Spool(tmp_path_factory.mktemp("spool"))
    upload_id = uuid.uuid4()
    file = spool.open(upload_id, may_create=True)
    assert file.write(chunks, at) == sum(map(len, chunks))
    file.close()
    held = spool.path(upload_id).read_bytes()
    assert held == (b"" if not any(chunks) else b"\0" * at + b"".join(chunks))


def test_a_write_that_the_kernel_cuts_short_goes_on(spool):
    class Short(SpoolFile):
        def _write_some(self, buffers, at):
            return super()._write_some([bytes(buffers[0])[:3]], at)

    upload_id = filled(spool, b"")
    file = Short(os.open(spool.path(upload_id), os.O_RDWR))
    assert file.write([b"0123456789", b"abcdefgh"], 2) == 18
    file.close()
    assert spool.path(upload_id).read_bytes() == b"\0\x000123456789abcdefgh"


def test_there_is_one_writer_at_a_time(spool):
    upload_id = uuid.uuid4()
    first = spool.open(upload_id, may_create=True)
    with pytest.raises(SpoolBusy):
        spool.open(upload_id)
    first.close()
    first.close()  # harmless
    spool.open(upload_id).close()


@pytest.mark.slow
def test_the_lock_dies_with_its_process(spool):
    upload_id = filled(spool, b"kept")
    program = (
        "import sys, time; from pathlib import Path; from cathedra.adapters.spool import Spool; "
        "file = Spool(Path(sys.argv[1])).open(sys.argv[2]); print('open', flush=True); time.sleep(60)"
    )
    folder = str(spool.path(upload_id).parent)
    holder = subprocess.Popen([sys.executable, "-c", program, folder, str(upload_id)], stdout=subprocess.PIPE)
    try:
        assert holder.stdout.readline() == b"open\n"
        with pytest.raises(SpoolBusy):
            spool.open(upload_id)
    finally:
        holder.send_signal(signal.SIGKILL)
        holder.wait(timeout=60)
        holder.stdout.close()
    spool.open(upload_id).close()


def test_a_missing_file_is_not_made_up(spool):
    upload_id = uuid.uuid4()
    assert spool.size_bytes(upload_id) is None
    with pytest.raises(SpoolFileMissing):
        spool.open(upload_id)
    spool.delete(upload_id)


@pytest.mark.parametrize("name", ["../x", "a/b", "x\0", "", "..", "x" * 300, "{0}"])
def test_only_an_id_names_a_file(spool, name):
    """Security class 13."""
    with pytest.raises(ValueError, match="badly formed"):
        spool.path(name)


def test_files_are_for_their_owner_only(spool):
    assert spool.path(filled(spool, b"x")).stat().st_mode & 0o777 == 0o600


def test_a_full_disk_keeps_what_still_went_in(spool):
    class Small(SpoolFile):
        def _write_some(self, buffers, at):
            if at >= 10:
                return os.pwritev(os.open("/dev/full", os.O_WRONLY), buffers, at)  # the kernel's own ENOSPC
            return super()._write_some([b"".join(buffers)[: 10 - at]], at)

    upload_id = filled(spool, b"")
    file = Small(os.open(spool.path(upload_id), os.O_RDWR))
    with pytest.raises(SpoolFull) as full:
        file.write([b"0123456789ABC"], 4)
    file.close()
    assert full.value.written_bytes == 6
    assert spool.path(upload_id).read_bytes() == b"\0\0\0\x00012345"


def test_parts_are_joined_in_the_order_given(spool):
    parts = [filled(spool, content) for content in (b"one ", b"two ", b"three")]
    joined = uuid.uuid4()
    spool.join(joined, [(parts[2], 5), (parts[0], 4), (parts[1], 3)])
    assert spool.path(joined).read_bytes() == b"threeone two"
    assert spool.size_bytes(parts[0]) == 4


@pytest.mark.parametrize("lengths", [(4, 9), (4, None)])
def test_a_join_that_fails_leaves_nothing_that_looks_whole(spool, lengths):
    parts = [filled(spool, b"good"), filled(spool, b"short")]
    if lengths[1] is None:
        spool.delete(parts[1])
    joined = uuid.uuid4()
    with pytest.raises(SpoolFileMissing):
        spool.join(joined, zip(parts, (lengths[0], lengths[1] or 5), strict=True))
    assert spool.size_bytes(joined) is None


def test_everything_in_the_folder_is_listed_with_its_age(spool):
    upload_id = filled(spool, b"x")
    folder = spool.path(upload_id).parent
    (folder / "notes.txt").write_text("an operator's")
    (folder / f"{uuid.uuid4()}.joining").touch()
    old = datetime(2026, 1, 1, tzinfo=UTC)
    os.utime(spool.path(upload_id), (old.timestamp(), old.timestamp()))
    found = {stray.path.name: stray for stray in spool.list_files()}
    assert len(found) == 3
    assert found[str(upload_id)].upload_id == upload_id
    assert found[str(upload_id)].modified_at == old
    assert found["notes.txt"].upload_id is None
    assert [stray.is_unjoined for stray in found.values()].count(True) == 1
    spool.delete_stray(found["notes.txt"])
    assert not (folder / "notes.txt").exists()


def test_a_folder_that_was_never_used_is_empty_and_has_room(spool):
    assert list(spool.list_files()) == []
    assert spool.free_bytes() > 0

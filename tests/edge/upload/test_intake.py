"""One body into a real file, however it ends: what edge had received is written and counted, also what it held in memory."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from uuid import uuid4

import pytest

from cathedra.adapters.spool import Spool
from cathedra.edge.upload._intake import WRITE_BYTES, End, Intake


@pytest.fixture
def file(tmp_path):
    file = Spool(tmp_path).open(uuid4(), may_create=True)
    yield file
    file.close()


def take(file, messages, *, limit=10 * WRITE_BYTES, then=None):
    """What an intake made of these messages: its end, and the stretches that it counted."""
    counted = []

    async def count(from_bytes, to_bytes):
        file.sync()
        counted.append((from_bytes, to_bytes))
        return SimpleNamespace(offset_bytes=to_bytes)

    async def run(disk):
        waiting = iter(messages)
        ticket = SimpleNamespace(file=file, facts=SimpleNamespace(length_bytes=limit, offset_bytes=0))
        intake = Intake(ticket, count=count, disk=disk, checksum=None, idle_seconds=0.2)

        async def receive():
            message = next(waiting, None)
            if message is not None:
                return message
            if then:
                asyncio.get_running_loop().create_task(then(intake))
            return await asyncio.Event().wait()

        return await intake.take(receive), intake.counted_bytes

    with ThreadPoolExecutor(1) as disk:
        end, counted_bytes = asyncio.run(run(disk))
    assert [start for start, _ in counted] == [0, *(stop for _, stop in counted[:-1])]
    return end, counted_bytes


def piece(size):
    return {"type": "http.request", "body": b"x" * size, "more_body": True}


BREAK = {"type": "http.disconnect"}


@pytest.mark.parametrize("sizes", [(1,), (1000,), (WRITE_BYTES,), (WRITE_BYTES, WRITE_BYTES, WRITE_BYTES, 17)])
def test_a_line_that_breaks_loses_nothing_that_had_come(file, sizes):
    assert take(file, [*map(piece, sizes), BREAK]) == (End.BROKEN, sum(sizes))
    assert file.size_bytes() == sum(sizes)


def test_a_line_that_falls_silent_loses_nothing_that_had_come(file):
    assert take(file, [piece(17)]) == (End.SILENT, 17)


@pytest.mark.parametrize("end", [End.TAKEN_OVER, End.STOPPING])
def test_who_is_stopped_has_counted_what_had_come(file, end):
    assert take(file, [piece(WRITE_BYTES), piece(17)], then=lambda intake: intake.stop(end)) == (end, WRITE_BYTES + 17)


def test_more_than_was_said_is_not_kept(file):
    end, counted = take(file, [piece(1000), piece(25)], limit=1024)
    assert end is End.TOO_LONG
    assert counted <= 1000

"""One body on its way into the spool: receive, write and count go on side by side, with bounded memory.

Chunks are gathered to about a megabyte before a thread writes them, so that a gigabyte costs a thousand hops and not
ten thousand. While bytes come they are made safe and counted at most once a second or every `COUNT_BYTES`; at the
end, however it comes, everything that arrived is counted before the request is answered.
"""

import asyncio
import contextlib
import hmac
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor
from enum import Enum, auto
from typing import Any

from cathedra.actions.ingest import Advanced, Ticket
from cathedra.adapters.spool import SpoolFull
from cathedra.domain.terms import Decision
from cathedra.edge.upload._request import CHECKSUMS, Checksum

Receive = Callable[[], Awaitable[dict[str, Any]]]
Count = Callable[[int, int], Awaitable[Advanced | Decision]]

WRITE_BYTES = 1024 * 1024
COUNT_BYTES = 16 * 1024 * 1024
COUNT_SECONDS = 1.0
IDLE_SECONDS = 60.0  # a sender that is silent for longer has gone


LINGER_SECONDS = 5.0


class ReadBody:
    """A request's body, and whether it was read to its end.

    An answer that is given earlier would be lost: a server that closes with bytes unread resets the line, and nginx
    tells the sender 502 instead. So after the answer what still comes is read and dropped, for a few seconds.
    """

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._is_read = False

    async def receive(self) -> dict[str, Any]:
        """The next piece."""
        message = await self._receive()
        self._is_read = message["type"] != "http.request" or not message.get("more_body", False)
        return message

    async def drain(self) -> None:
        """Read what nobody read."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LINGER_SECONDS):
                while not self._is_read:
                    await self.receive()


class End(Enum):
    """How a body ended."""

    WHOLE = auto()
    BROKEN = auto()
    SILENT = auto()
    TAKEN_OVER = auto()
    STOPPING = auto()
    TOO_LONG = auto()
    FULL = auto()
    MISMATCH = auto()
    LOST = auto()


class Intake:
    """Takes one body in. `count` makes bytes safe and counts them, from one offset to another."""

    def __init__(
        self, ticket: Ticket, *, count: Count, disk: Executor, checksum: Checksum | None, idle_seconds: float
    ) -> None:
        self._file = ticket.file
        self._limit = ticket.facts.length_bytes
        self._count = count
        self._disk = disk
        self._checksum = checksum
        self._digest = CHECKSUMS[checksum.algorithm]() if checksum else None
        self._idle = idle_seconds
        self._received = self._written = self.counted_bytes = ticket.facts.offset_bytes
        self._batch: list[bytes] = []
        self._batch_bytes = 0
        self._handing = asyncio.Lock()
        self._writing: asyncio.Future[None] | None = None
        self._counting: asyncio.Task[None] | None = None
        self._counted_at = time.monotonic()
        self._waiting: asyncio.Timeout | None = None
        self._end: End | None = None
        self._is_over = asyncio.Event()
        self._done = asyncio.Event()
        self.last: Advanced | None = None
        self.lost: Decision | None = None

    async def take(self, receive: Receive) -> End:
        """Everything up to the end of the body, a broken connection, or whatever else stops it."""
        ticking = asyncio.create_task(self._tick())
        try:
            end = await self._take(receive)
            self._is_over.set()
            await ticking
            return await self._settle(end)
        finally:
            self._is_over.set()
            self._done.set()

    async def stop(self, end: End = End.TAKEN_OVER) -> None:
        """End early, because the sender has come back on another line or the server stops; returns when all is counted."""
        self._interrupt(end)
        await self._done.wait()

    def _interrupt(self, end: End) -> None:
        self._end = self._end or end
        if self._waiting is not None:
            self._waiting.reschedule(0)

    async def _tick(self) -> None:
        """On a slow or stalled line too, what came is written and counted every second."""
        while not self._is_over.is_set():
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(COUNT_SECONDS):
                    await self._is_over.wait()
                    return
            try:
                await self._hand_over()
            except SpoolFull:
                self._interrupt(End.FULL)
                return
            self._count_if_due()

    async def _take(self, receive: Receive) -> End:
        try:
            while self._end is None:
                chunk, has_more = await self._next(receive)
                if self._received + len(chunk) > self._limit:
                    self._drop()
                    return End.TOO_LONG
                await self._gather(chunk)
                if not has_more and self._end is None:
                    return End.WHOLE
        except SpoolFull:
            return End.FULL
        return self._end

    async def _next(self, receive: Receive) -> tuple[bytes, bool]:
        try:
            async with asyncio.timeout(self._idle) as self._waiting:
                message = await receive()
        except TimeoutError:
            self._end = self._end or End.SILENT
            return b"", True
        finally:
            self._waiting = None
        if message["type"] != "http.request":
            self._end = self._end or End.BROKEN
            return b"", True
        return message.get("body", b""), message.get("more_body", False)

    async def _gather(self, chunk: bytes) -> None:
        self._batch.append(chunk)
        self._batch_bytes += len(chunk)
        self._received += len(chunk)
        if self._batch_bytes >= WRITE_BYTES:
            await self._hand_over()
            self._count_if_due()

    async def _hand_over(self) -> None:
        """Give the batch to a thread, once the one before is on its way. At most two batches are in memory."""
        async with self._handing:
            await self._written_so_far()
            batch, self._batch, self._batch_bytes = self._batch, [], 0
            if batch:
                loop = asyncio.get_running_loop()
                self._writing = loop.run_in_executor(self._disk, self._write, batch)

    def _write(self, batch: list[bytes]) -> None:
        if self._digest is not None:
            for chunk in batch:
                self._digest.update(chunk)
        try:
            self._written += self._file.write(batch, self._written)
        except SpoolFull as full:
            self._written += full.written_bytes
            raise

    async def _written_so_far(self) -> None:
        if self._writing is not None:
            writing, self._writing = self._writing, None
            await writing

    def _drop(self) -> None:
        self._batch, self._batch_bytes = [], 0

    def _count_if_due(self) -> None:
        """Bytes under a checksum are counted only when it has been compared."""
        if self._checksum is not None or (self._counting is not None and not self._counting.done()):
            return
        is_time = time.monotonic() - self._counted_at >= COUNT_SECONDS
        if is_time or self._written - self.counted_bytes >= COUNT_BYTES:
            self._counted_at = time.monotonic()
            self._counting = asyncio.create_task(self._count_written())

    async def _count_written(self) -> None:
        to_bytes = self._written
        if to_bytes == self.counted_bytes and not self._is_told_its_end(to_bytes):
            return
        try:
            outcome = await self._count(self.counted_bytes, to_bytes)
        except SpoolFull:
            self._interrupt(End.FULL)
            return
        if isinstance(outcome, Decision):
            self.lost = outcome
            self._interrupt(End.LOST)
            return
        self.counted_bytes, self.last = to_bytes, outcome

    def _is_told_its_end(self, to_bytes: int) -> bool:
        """Nothing came but the word that this was all (creation-defer-length)."""
        return to_bytes == self._limit and not (self.last and self.last.is_complete)

    async def _settle(self, end: End) -> End:
        """Whatever happened: write what is left, compare, count."""
        try:
            await self._hand_over()
            await self._written_so_far()
        except SpoolFull:
            end = End.FULL
        if self._counting is not None:
            await self._counting
        if self.lost is not None:
            return End.LOST
        if self._checksum is not None and not (end is End.WHOLE and self._is_equal(self._checksum)):
            return End.MISMATCH if end is End.WHOLE else end
        if end is not End.TOO_LONG:
            await self._count_written()
        if self.lost is not None:
            return End.LOST
        return End.FULL if self._end is End.FULL else end

    def _is_equal(self, checksum: Checksum) -> bool:
        return self._digest is not None and hmac.compare_digest(self._digest.digest(), checksum.digest)

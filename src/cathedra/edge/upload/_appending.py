"""Bodies being written in this process: who writes to which upload, and how a sender who comes back takes over."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol, TypeVar

from cathedra.actions import ingest as actions
from cathedra.actions.ingest import Advanced, Ticket
from cathedra.adapters.spool import Spool
from cathedra.domain.terms import Actor, Code, Decision, UnableTo, UploadId
from cathedra.domain.terms import gettext_noop as _
from cathedra.edge.upload._answer import Answer, Refused, denied, expires_header, offset_header, refusal
from cathedra.edge.upload._intake import End, Intake, Receive
from cathedra.edge.upload._request import Checksum

T = TypeVar("T")

_THREADS = 4
_LOCK_TRIES = 20
_LOCK_PAUSE_SECONDS = 0.1

_ENDS: dict[End, tuple[int, Code, str]] = {
    End.BROKEN: (400, Code.BAD_REQUEST, _("The connection broke. What had arrived is kept; go on from Upload-Offset.")),
    End.SILENT: (
        408,
        Code.BAD_REQUEST,
        _("Nothing came for a while. What had arrived is kept; go on from Upload-Offset."),
    ),
    End.TAKEN_OVER: (423, Code.LOCKED, _("Another request has taken this upload over.")),
    End.STOPPING: (
        503,
        Code.CONFLICT,
        _("The server is starting again. What had arrived is kept; go on from Upload-Offset."),
    ),
    End.TOO_LONG: (413, Code.TOO_LARGE, _("This is more than the file was said to hold. Start the upload again.")),
    End.FULL: (507, Code.NO_SPACE, _("The server's disk is full. What had arrived is kept; try again later.")),
    End.MISMATCH: (460, Code.CHECKSUM_MISMATCH, _("The checksum is of other bytes; none was kept. Send them again.")),
}


@dataclass(frozen=True, slots=True)
class Body:
    """What a request brings: from which offset, how long (None: not said), under which checksum; and how long the whole
    file is, where that is told only now."""

    offset_bytes: int
    length_bytes: int | None
    checksum: Checksum | None
    told_bytes: int | None = None


class Ask(Protocol):
    """Call an action in a thread that has a database connection."""

    def __call__(self, question: Callable[[], T]) -> Awaitable[T]: ...


class Appending:
    """The writers of this process."""

    def __init__(
        self, spool: Spool, ask: Ask, *, keep: timedelta, idle_seconds: float, clock: Callable[[], datetime]
    ) -> None:
        self._spool = spool
        self._ask = ask
        self._keep = keep
        self._idle = idle_seconds
        self._clock = clock
        self._writers: dict[UploadId, Intake] = {}
        self._is_closing = False
        self._disk: Executor = ThreadPoolExecutor(_THREADS, thread_name_prefix="upload-writes")

    async def append(self, upload_id: UploadId, body: Body, actor: Actor, receive: Receive) -> Answer:
        """Take a body in and say where the upload stands. Whoever was writing to it before is stopped first."""
        if self._is_closing:
            raise UnableTo("This process is stopping.")
        await self.take_over(upload_id)
        ticket = await self._begin(upload_id, body, actor)
        if isinstance(ticket, Decision):
            return denied(ticket)
        intake = Intake(
            ticket,
            count=partial(self._count, ticket, actor),
            disk=self._disk,
            checksum=body.checksum,
            idle_seconds=self._idle,
        )
        self._writers[upload_id] = intake
        work = asyncio.create_task(self._work(ticket, intake, actor, receive))
        try:
            end = await asyncio.shield(work)
        except asyncio.CancelledError:  # what came is put away first
            await intake.stop(End.STOPPING)
            await work
            raise
        return self._said(ticket, intake, end)

    def is_written(self, upload_id: UploadId) -> bool:
        """Whether somebody writes to it in this process now."""
        return upload_id in self._writers

    async def take_over(self, upload_id: UploadId) -> bool:
        """End the writing of an upload in this process; True when there was any. All it received is counted."""
        writer = self._writers.get(upload_id)
        if writer is None:
            return False
        await writer.stop()
        return True

    async def close(self) -> None:
        """End all writing, and take no more in."""
        self._is_closing = True
        await asyncio.gather(*(writer.stop(End.STOPPING) for writer in list(self._writers.values())))

    async def _begin(self, upload_id: UploadId, body: Body, actor: Actor) -> Ticket | Decision:
        """Become the writer. One that is just ending, here or in another process, is waited for."""

        def begin() -> Ticket | Decision:
            return actions.begin_append(
                upload_id,
                offset_bytes=body.offset_bytes,
                body_bytes=body.length_bytes,
                told_bytes=body.told_bytes,
                actor=actor,
                now=self._clock(),
                spool=self._spool,
            )

        for _try in range(_LOCK_TRIES):
            ticket = await self._ask(begin)
            if isinstance(ticket, Ticket) or ticket.code is not Code.LOCKED:
                return ticket
            await asyncio.sleep(_LOCK_PAUSE_SECONDS)
            await self.take_over(upload_id)  # one that was about to begin when we came
        return ticket

    async def _work(self, ticket: Ticket, intake: Intake, actor: Actor, receive: Receive) -> End:
        try:
            return await intake.take(receive)
        finally:
            if self._writers.get(ticket.facts.id) is intake:
                del self._writers[ticket.facts.id]
            await self._ask(lambda: actions.release_upload(ticket, actor=actor, now=self._clock()))

    async def _count(self, ticket: Ticket, actor: Actor, from_bytes: int, to_bytes: int) -> Advanced | Decision:
        return await self._ask(
            lambda: actions.advance_upload(
                ticket, from_bytes=from_bytes, to_bytes=to_bytes, actor=actor, now=self._clock(), keep=self._keep
            )
        )

    def _said(self, ticket: Ticket, intake: Intake, end: End) -> Answer:
        offset = offset_header(intake.counted_bytes)
        if end is End.WHOLE:
            is_open = ticket.facts.is_deferred or intake.counted_bytes < ticket.facts.length_bytes
            expires_at = intake.last.expires_at if intake.last else ticket.facts.expires_at
            return Answer(204, (*offset, *(expires_header(expires_at) if is_open else ())))
        if end is End.LOST and intake.lost is not None:
            return denied(intake.lost)
        status, code, sentence = _ENDS[end]
        return refusal(Refused(status, code, sentence, headers=offset))

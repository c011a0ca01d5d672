"""The tus endpoint: one method for each of its verbs, each of which calls one action or one read."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID, uuid4

import structlog

from cathedra import config
from cathedra.actions import ingest as actions
from cathedra.actions.ingest import Opened, Ticket, Wish
from cathedra.adapters.spool import Spool, SpoolFull
from cathedra.db.reads import ingest as reads
from cathedra.db.reads import people
from cathedra.domain import ingest
from cathedra.domain.ingest import UploadFacts, UploadKind, UploadState
from cathedra.domain.terms import (
    Actor,
    Channel,
    Code,
    Decision,
    FolderId,
    RecordingId,
    UnableTo,
    UploadId,
    UploadNotFound,
)
from cathedra.edge.upload._answer import (
    Answer,
    Headers,
    Refused,
    denied,
    expires_header,
    offset_header,
    refusal,
    send_answer,
)
from cathedra.edge.upload._intake import IDLE_SECONDS, End, Intake
from cathedra.edge.upload._request import BODY_TYPE, CHECKSUMS, VERSION, Request, check, parse

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
T = TypeVar("T")
InDatabase = Callable[[Callable[[], T]], T]

EXTENSIONS = "creation,creation-with-upload,termination,checksum,expiration,concatenation"
_METHODS = {"OPTIONS", "POST", "HEAD", "PATCH", "DELETE"}
_THREADS = 4
_LOCK_TRIES = 20
_LOCK_PAUSE_SECONDS = 0.1
_log = structlog.get_logger()

_ENDS: dict[End, tuple[int, Code, str]] = {
    End.BROKEN: (400, Code.BAD_REQUEST, "The connection broke. What had arrived is kept; go on from Upload-Offset."),
    End.SILENT: (408, Code.BAD_REQUEST, "Nothing came for a minute. What had arrived is kept; go on from Upload-Offset."),
    End.TAKEN_OVER: (423, Code.LOCKED, "Another request has taken this upload over."),
    End.TOO_LONG: (413, Code.TOO_LARGE, "This is more than the file was said to hold. Start the upload again."),
    End.FULL: (507, Code.NO_SPACE, "The server's disk is full. What had arrived is kept; try again later."),
    End.MISMATCH: (
        460, Code.CHECKSUM_MISMATCH, "These bytes are not those of the checksum; none was kept. Send them again.",
    ),
}


class UploadDoor:
    """One for a process. Knows who writes to what in this process, so that a sender who comes back can take over."""

    def __init__(
        self,
        limits: config.Upload,
        spool: Spool,
        in_database: Callable[..., Any],
        *,
        site_url: str,
        idle_seconds: float = IDLE_SECONDS,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._limits = limits
        self._spool = spool
        self._in_database = in_database
        self._site_url = site_url
        self._idle = idle_seconds
        self._clock = clock
        self._keep = timedelta(hours=limits.expire_hours)
        self._writers: dict[UploadId, Intake] = {}
        self._asking = ThreadPoolExecutor(_THREADS, thread_name_prefix="upload-asks")
        self._disk = ThreadPoolExecutor(_THREADS, thread_name_prefix="upload-writes")

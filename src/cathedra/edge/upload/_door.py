"""The tus endpoint: one method for each of its verbs, each of which calls one action or one read."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, Protocol, TypeVar
from uuid import uuid4

import structlog

from cathedra import config
from cathedra.actions import ingest as actions
from cathedra.actions import recorders
from cathedra.actions.ingest import Opened, Wish
from cathedra.adapters.spool import Spool, SpoolFull
from cathedra.db.reads import ingest as reads
from cathedra.db.reads import people
from cathedra.domain import access, ingest
from cathedra.domain.ingest import UploadFacts, UploadKind, UploadState
from cathedra.domain.terms import (
    Actor,
    Channel,
    Code,
    Decision,
    UnableTo,
    UploadId,
    UploadNotFound,
)
from cathedra.domain.terms import gettext_noop as _
from cathedra.edge import browser
from cathedra.edge.upload._answer import (
    Answer,
    Headers,
    Refused,
    Send,
    denied,
    expires_header,
    offset_header,
    refusal,
    send_answer,
)
from cathedra.edge.upload._appending import Appending, Body
from cathedra.edge.upload._intake import IDLE_SECONDS, ReadBody, Receive
from cathedra.edge.upload._request import BODY_TYPE, CHECKSUMS, VERSION, Request, check, parse
from cathedra.edge.upload._wished import wish_of

T = TypeVar("T")

EXTENSIONS = "creation,creation-with-upload,termination,checksum,expiration,concatenation,creation-defer-length"
_COLLECTION_METHODS = "OPTIONS, POST"
_UPLOAD_METHODS = "OPTIONS, HEAD, PATCH, DELETE"
_THREADS = 4
_log = structlog.get_logger()


class Speak(Protocol):
    """A marked sentence, in the first language that is accepted and known."""

    def __call__(self, sentence: str, *, accepted: str) -> str: ...


class UploadDoor:
    """One for a process: it knows who writes to what here, so that a sender who comes back can take over.

    `in_database` calls a function on a thread's own, healthy database connection; `speak` puts a sentence into the language
    that an Accept-Language asks for.
    """

    def __init__(
        self,
        limits: config.Upload,
        spool: Spool,
        in_database: Callable[[Callable[[], Any]], Any],
        speak: Speak,
        *,
        site_url: str,
        idle_seconds: float = IDLE_SECONDS,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._limits = limits
        self._spool = spool
        self._in_database = in_database
        self._speak = speak
        self._site_url = site_url
        self._clock = clock
        self._asking: Executor = ThreadPoolExecutor(_THREADS, thread_name_prefix="upload-asks")
        self._appending = Appending(
            spool,
            self._ask,
            keep=timedelta(hours=limits.expire_hours),
            idle_seconds=idle_seconds,
            clock=clock,
        )
        self._verbs = {"POST": self._post, "HEAD": self._head, "PATCH": self._patch, "DELETE": self._delete}

    async def handle(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Answer one request."""
        body = ReadBody(receive)
        try:
            answer = await self._answer(parse(scope), body.receive)
        except Refused as refused:
            answer = refusal(refused)
        except SpoolFull:
            sentence = _("The server's disk is full. What had arrived is kept; try again later.")
            answer = refusal(Refused(507, Code.NO_SPACE, sentence))
        except UnableTo as error:
            _log.error("an upload could not be served", error=str(error))
            answer = refusal(Refused(503, Code.CONFLICT, _("Uploads do not work at this moment. Try again shortly.")))
        say = partial(self._speak, accepted=browser.headers(scope).get("accept-language", ""))
        await send_answer(send, answer, say, is_head=scope["method"] == "HEAD")
        await body.drain()

    async def close(self) -> None:
        """Let every writer put away what it holds."""
        await self._appending.close()

    async def _ask(self, question: Callable[[], T]) -> T:
        """Call an action or a read in a thread."""
        loop = asyncio.get_running_loop()
        answer: T = await loop.run_in_executor(self._asking, self._in_database, question)
        return answer

    async def _answer(self, request: Request, receive: Receive) -> Answer:
        if request.method == "OPTIONS":
            return self._capabilities()
        methods = _UPLOAD_METHODS if request.upload_id else _COLLECTION_METHODS
        if request.method not in methods.split(", "):
            allow = ((b"allow", methods.encode()),)
            sentence = _("This address answers to {methods}.")
            raise Refused(405, Code.BAD_REQUEST, sentence, headers=allow, values={"methods": methods})
        check(request, site_url=self._site_url)
        if request.bearer is not None:
            return await self._from_recorder(request, receive)
        found = await self._ask(lambda: self._signed_in(request))
        if found is None:
            raise Refused(401, Code.SIGN_IN, _("Sign in to upload."), rule="R41")
        if not (entry := access.decide_entry(is_gated=found.is_gated)).is_permitted:
            return denied(entry)
        actor = Actor(found.account_id, Channel.EDGE, address=request.address, correlation_id=uuid4().hex)
        return await self._verbs[request.method](request, actor, receive)

    async def _from_recorder(self, request: Request, receive: Receive) -> Answer:
        """A recorder sends with its token, whatever cookies there are: what its captures opened, and nothing else (R159,
        class 29). The terms are not asked of it (R14)."""
        found = await self._ask(lambda: recorders.find_by_token(request.bearer or ""))
        if found is None:
            raise Refused(401, Code.SIGN_IN, _("This token is not good any more. Connect the recorder again."), "R158")
        if request.method not in ("HEAD", "PATCH"):
            raise Refused(403, Code.NO_PERMISSION, _("A recorder sends to what its capture opened."), rule="R158")
        who = Actor(None, Channel.RECORDER, address=request.address, correlation_id=uuid4().hex, device=found.device)
        return await self._verbs[request.method](request, who, receive)

    def _signed_in(self, request: Request) -> people.SignedIn | None:
        key = request.session_key
        return people.find_signed_in(key, now=self._clock()) if key else None

    def _capabilities(self) -> Answer:
        return Answer(
            204,
            (
                (b"tus-version", VERSION.encode()),
                (b"tus-extension", EXTENSIONS.encode()),
                (b"tus-max-size", str(self._limits.max_bytes).encode()),
                (b"tus-checksum-algorithm", ",".join(CHECKSUMS).encode()),
            ),
        )

    async def _post(self, request: Request, actor: Actor, receive: Receive) -> Answer:
        wish = wish_of(request)
        body = _first_bytes(request, wish)
        opened = await self._ask(lambda: self._open(wish, actor))
        if isinstance(opened, Decision):
            return denied(opened)
        headers = _opened_headers(opened)
        if body is None:
            offset = () if wish.kind is UploadKind.FINAL else offset_header(0)
            return Answer(201, (*headers, *expires_header(opened.expires_at), *offset))
        answer = await self._appending.append(opened.upload_id, body, actor, receive)
        return Answer(201 if answer.status == 204 else answer.status, (*headers, *answer.headers), answer.reason)

    def _open(self, wish: Wish, actor: Actor) -> Opened | Decision:
        if wish.kind is UploadKind.FINAL:
            return actions.join_parts(
                wish, wish.parts, actor=actor, now=self._clock(), spool=self._spool, limits=self._limits
            )
        return actions.open_upload(wish, actor=actor, now=self._clock(), spool=self._spool, limits=self._limits)

    async def _patch(self, request: Request, actor: Actor, receive: Receive) -> Answer:
        if not request.has_body:
            sentence = _("Send the bytes as Content-Type: {kind}.")
            raise Refused(415, Code.BAD_REQUEST, sentence, values={"kind": BODY_TYPE})
        told = request.number("upload-length") if "upload-length" in request.headers else None
        body = Body(request.number("upload-offset"), request.body_bytes, request.checksum(), told)
        upload_id = _upload_id(request)
        facts = await self._find(upload_id, actor)
        if isinstance(facts, Decision):
            return denied(facts)
        return await self._appending.append(upload_id, body, actor, receive)

    async def _head(self, request: Request, actor: Actor, receive: Receive) -> Answer:
        upload_id = _upload_id(request)
        was_written = self._appending.is_written(upload_id)  # what it counts meanwhile is not in the facts
        facts = await self._find(upload_id, actor)
        if isinstance(facts, UploadFacts) and (await self._appending.take_over(upload_id) or was_written):
            facts = await self._find(upload_id, actor)
        return denied(facts) if isinstance(facts, Decision) else Answer(200, _standing(facts))

    async def _delete(self, request: Request, actor: Actor, receive: Receive) -> Answer:
        upload_id = _upload_id(request)
        facts = await self._find(upload_id, actor, is_to_go_on=False)
        if isinstance(facts, Decision):
            return denied(facts)
        await self._appending.take_over(upload_id)
        decision = await self._ask(
            lambda: actions.terminate_upload(upload_id, actor=actor, now=self._clock(), spool=self._spool)
        )
        return Answer(204) if decision.is_permitted else denied(decision)

    async def _find(self, upload_id: UploadId, actor: Actor, *, is_to_go_on: bool = True) -> UploadFacts | Decision:
        """The upload, if this person may go on with it, or end it. Asked before anybody's writing is disturbed (class 12)."""

        def find() -> UploadFacts | Decision:
            try:
                facts = reads.upload_facts(actor.account_id, upload_id, recorder_id=actor.recorder_id)
            except UploadNotFound:
                return ingest.no_such_upload()
            held, now = self._spool.size_bytes(upload_id) or 0, self._clock()
            decision = ingest.decide_find(facts, now=now)
            if is_to_go_on:
                decision = ingest.decide_resume(facts, held_bytes=held, now=now)
            return facts if decision.is_permitted else decision

        return await self._ask(find)


def _upload_id(request: Request) -> UploadId:
    if request.upload_id is None:
        raise Refused(404, Code.NOT_FOUND, _("There is no such upload. Start it again."))
    return request.upload_id


def _first_bytes(request: Request, wish: Wish) -> Body | None:
    """The first bytes, when the creation brings some (creation-with-upload)."""
    if not request.has_body:
        if request.body_bytes:
            sentence = _("Send the first bytes as Content-Type: {kind}.")
            raise Refused(415, Code.BAD_REQUEST, sentence, values={"kind": BODY_TYPE})
        return None
    if wish.kind is UploadKind.FINAL:
        raise Refused(403, Code.NO_PERMISSION, _("This upload is joined from parts; bytes go to the parts."))
    if request.body_bytes is not None and wish.length_bytes is not None and request.body_bytes > wish.length_bytes:
        raise Refused(413, Code.TOO_LARGE, _("This is more than the file was said to hold. Start the upload again."))
    return Body(0, request.body_bytes, request.checksum())


def _opened_headers(opened: Opened) -> Headers:
    headers: Headers = ((b"location", f"/files/{opened.upload_id}".encode()),)
    if opened.recording_id is not None:
        headers += ((b"cathedra-recording", str(opened.recording_id).encode()),)
    return headers


def _standing(facts: UploadFacts) -> Headers:
    """What HEAD tells: where the upload stands, and what it was opened with."""
    length = (
        (b"upload-defer-length", b"1") if facts.is_deferred else (b"upload-length", str(facts.length_bytes).encode())
    )
    headers: Headers = (length,)
    if not (facts.kind is UploadKind.FINAL and facts.state is UploadState.OPEN):
        headers += offset_header(facts.offset_bytes)
    if facts.metadata:
        headers += ((b"upload-metadata", facts.metadata.encode("latin-1")),)
    if facts.kind is UploadKind.PARTIAL:
        headers += ((b"upload-concat", b"partial"),)
    if facts.kind is UploadKind.FINAL:
        parts = " ".join(f"/files/{part}" for part in facts.parts)
        headers += ((b"upload-concat", f"final;{parts}".encode()),)
    if facts.state is UploadState.OPEN:
        headers += expires_header(facts.expires_at)
    if facts.recording_id is not None:
        headers += ((b"cathedra-recording", str(facts.recording_id).encode()),)
    return headers

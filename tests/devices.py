"""A recorder at its door, for tests: connected by a code, with its token; it begins, stops and sends as the agent does."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from cathedra import config
from cathedra.actions import ingest as ingest_actions
from cathedra.actions import recorders as actions
from cathedra.adapters.spool import Spool
from cathedra.db.reads import recorders as reads
from cathedra.domain.ingest import CaptureStep
from cathedra.domain.terms import AccountId, Actor, Channel, RecordingId

LIMITS = config.Upload(max_bytes=10**6, min_free_bytes=0)


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@dataclass
class Device:
    """One recorder. What it sends it sends at `now` unless the test says otherwise."""

    token: str
    spool: Spool

    @classmethod
    def connect(cls, recorder_id: int, *, by: AccountId, spool: Spool, now: datetime) -> "Device":
        code = actions.issue_code(recorder_id, actor=Actor(by, Channel.API), now=now)
        assert isinstance(code, actions.IssuedCode)
        made = actions.connect_recorder(code.code, version="1", actor=Actor(None, Channel.RECORDER), now=now)
        assert isinstance(made, actions.ConnectedRecorder)
        return cls(made.token, spool)

    @property
    def itself(self) -> reads.Connected:
        found = actions.find_by_token(self.token)
        assert found is not None
        return found

    @property
    def actor(self) -> Actor:
        return Actor(None, Channel.RECORDER, device=self.itself.device)

    def begin(self, recording_id: RecordingId, *files: str, now: datetime, begun_at: datetime | None = None):
        return actions.begin_scheduled(
            recording_id, files or ("room.mkv",), begun_at=begun_at or now, by=self.itself, actor=self.actor, now=now,
            limits=LIMITS,
        )  # fmt: skip

    def step(self, recording_id: RecordingId, step: CaptureStep, *, at_ms: int, now: datetime, checksums=None):
        return actions.step_scheduled(
            recording_id, step, at_ms=at_ms, checksums=checksums, by=self.itself, actor=self.actor, now=now
        )

    def stop(self, recording_id: RecordingId, *contents: bytes, at_ms: int = 1000, now: datetime):
        """The end, with the checksums of these files, by their places."""
        told = {position: digest(content) for position, content in enumerate(contents)}
        return self.step(recording_id, CaptureStep.STOP, at_ms=at_ms, now=now, checksums=told)

    def send(self, upload_id, content: bytes, *, now: datetime, length: int | None = None):
        """All of a file in one request, with its length."""
        told = len(content) if length is None else length
        ticket = ingest_actions.begin_append(
            upload_id, offset_bytes=0, body_bytes=len(content), told_bytes=told, actor=self.actor, now=now,
            spool=self.spool,
        )  # fmt: skip
        if not isinstance(ticket, ingest_actions.Ticket):
            return ticket
        ticket.file.write([content], 0)
        try:
            return ingest_actions.advance_upload(
                ticket, from_bytes=0, to_bytes=len(content), actor=self.actor, now=now, keep=timedelta(hours=1)
            )
        finally:
            ingest_actions.release_upload(ticket, actor=self.actor, now=now)

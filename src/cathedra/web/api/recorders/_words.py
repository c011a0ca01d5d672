"""The words of the recorders' door: what is sent and answered, and how a recorder shows who it is."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Schema
from ninja.security import HttpBearer
from pydantic import AwareDatetime

from cathedra.actions import recorders as actions
from cathedra.db.reads import recorders as reads
from cathedra.domain import ingest
from cathedra.domain.ingest import ErrorSeverity, RecorderState
from cathedra.web.api.captures import Milliseconds

_PLAIN = r"^[^\x00]*$"
Version = Annotated[str, Field(max_length=100, pattern=_PLAIN)]
Word = Annotated[str, Field(max_length=50, pattern=_PLAIN)]
Bytes = Annotated[int, Field(ge=0, le=2**60)]


class Token(HttpBearer):
    """Lets in whoever shows a recorder's token; the recorder is then the request's `auth`."""

    def authenticate(self, request: HttpRequest, token: str) -> reads.Connected | None:
        return actions.find_by_token(token)


class CodeGiven(Schema):
    """The code that somebody types at a recorder, and its software's version."""

    code: Annotated[str, Field(max_length=64)]
    version: Version = ""


class RecorderConnected(Schema):
    """What the recorder keeps: its token, told this once. `name` is with that of its room."""

    recorder_id: int
    name: str
    token: str


class Heartbeat(Schema):
    """What a recorder does; `has_sound` is left out where it does not listen to what it records."""

    state: RecorderState
    free_bytes: Bytes | None = None
    version: Version = ""
    has_sound: bool | None = None


class Heeded(Schema):
    """The server's time, by which a recorder knows how wrong its own clock is."""

    now: datetime


class ToRecord(Schema):
    """Something that this recorder is to record."""

    recording_id: UUID
    title: str
    starts_at: datetime
    ends_at: datetime
    is_begun: bool


class ErrorTold(Schema):
    """What went wrong; `at` by the recorder's own clock."""

    severity: ErrorSeverity
    type: Word
    code: Word = ""
    text: Annotated[str, Field(max_length=ingest.ERROR_CHARACTERS, pattern=_PLAIN)]
    at: AwareDatetime


class CaptureToBegin(Schema):
    """The names of the one or two files that come, the main picture first; since when it is recorded, by the recorder's
    clock, which may be long ago."""

    files: Annotated[list[Annotated[str, Field(max_length=255)]], Field(min_length=1, max_length=2)]
    begun_at: AwareDatetime


class PartTold(Schema):
    """The checksum of a file, whose place the beginning told."""

    position: Literal[0, 1]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class StepTold(Schema):
    """When, in milliseconds from the beginning, as the recorder measured it."""

    at_ms: Milliseconds


class StopTold(StepTold):
    """The end, with the checksums of this recorder's files."""

    files: Annotated[list[PartTold], Field(max_length=2)]


class RoomPart(Schema):
    """A file of this recorder: where it is sent, how much of it is safely here. Once it is whole, its checksum is
    confirmed, and the recorder may drop its own when that is old enough (R159)."""

    url: str
    position: int
    offset_bytes: int
    is_whole: bool


class RoomStanding(Schema):
    """How a capture of this recorder stands: `phase` is capturing, paused, transferring or ended (R55)."""

    recording_id: UUID
    phase: str
    begun_at: datetime
    stopped_at: datetime | None
    files: list[RoomPart]


class CodeIssued(Schema):
    """Told this once: the code, good until then, for one recorder, once."""

    code: str
    expires_at: datetime


class BlockWanted(Schema):
    """Whether nothing is taken from the recorder."""

    is_blocked: bool


class ErrorLine(Schema):
    """What a recorder reported."""

    severity: str
    type: str
    code: str
    text: str
    at: datetime
    heard_at: datetime


class ConnectionStanding(Schema):
    """How a recorder is connected: `state` is stopped, previewing, recording, paused, faulted, disconnected or blocked."""

    recorder_id: int
    state: str
    is_connected: bool
    connected_at: datetime | None
    heard_at: datetime | None
    free_bytes: int | None
    version: str
    errors: list[ErrorLine]

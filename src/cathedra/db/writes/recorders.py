"""Put away how recorders are connected and what is heard of them: every change is a compare-and-set (R158)."""

from dataclasses import dataclass
from datetime import datetime

from cathedra.db.models import RecorderConnection, RecorderError
from cathedra.domain.ingest import MOST_ERRORS, ErrorSeverity, RecorderState
from cathedra.domain.terms import AccountId


@dataclass(frozen=True, slots=True)
class Heard:
    """What a heartbeat tells. `has_sound` is None where the recorder does not listen to itself."""

    state: RecorderState
    free_bytes: int | None
    version: str
    has_sound: bool | None = None


@dataclass(frozen=True, slots=True)
class NewError:
    """What a recorder reports; `at` by its own clock."""

    severity: ErrorSeverity
    type: str
    code: str
    text: str
    at: datetime


def set_code(recorder_id: int, digest: str, *, expires_at: datetime, by: AccountId | None) -> None:
    """Only this code connects it from now on, whatever code there was. What it is connected by goes on until then."""
    told = {"code_digest": digest, "code_expires_at": expires_at, "configured_by_id": by}
    RecorderConnection.objects.update_or_create(recorder_id=recorder_id, defaults=told)


def use_code(digest: str, *, token_digest: str, version: str, now: datetime) -> bool:
    """The code is gone, and the recorder has this token in place of any other. False when the code was used meanwhile."""
    rows = RecorderConnection.objects.filter(code_digest=digest)
    return bool(
        rows.update(
            code_digest=None, code_expires_at=None, token_digest=token_digest, connected_at=now, version=version
        )
    )


def revoke(recorder_id: int) -> bool:
    """Neither its token nor its code is good any more. False when it had none."""
    rows = RecorderConnection.objects.filter(recorder_id=recorder_id)
    return bool(
        rows.exclude(token_digest=None, code_digest=None).update(
            token_digest=None, code_digest=None, code_expires_at=None
        )
    )


def set_blocked(recorder_id: int, at: datetime | None) -> bool:
    """From when on nothing is taken from it; None lets it in again. False when it stands so already."""
    rows = RecorderConnection.objects.filter(recorder_id=recorder_id, blocked_at__isnull=at is not None)
    return bool(rows.update(blocked_at=at))


def hear(recorder_id: int, heard: Heard, *, now: datetime) -> None:
    """It lives. From when on it has recorded without a sound is kept while that lasts (R164)."""
    rows = RecorderConnection.objects.filter(recorder_id=recorder_id)
    rows.update(heard_at=now, state=heard.state, free_bytes=heard.free_bytes, version=heard.version)
    if heard.state is RecorderState.RECORDING and heard.has_sound is False:
        rows.filter(silent_since=None).update(silent_since=now)
    else:
        rows.exclude(silent_since=None).update(silent_since=None)


def add_error(recorder_id: int, new: NewError, *, now: datetime) -> int:
    """Keep what it reports; the oldest ones make place. Returns its number."""
    row = RecorderError.objects.create(
        recorder_id=recorder_id,
        severity=new.severity,
        type=new.type,
        code=new.code,
        text=new.text,
        at=new.at,
        heard_at=now,
    )
    kept = RecorderError.objects.filter(recorder_id=recorder_id).order_by("-id").values_list("id", flat=True)
    for oldest in kept[MOST_ERRORS : MOST_ERRORS + 1]:
        RecorderError.objects.filter(recorder_id=recorder_id, id__lte=oldest).delete()
    return row.id

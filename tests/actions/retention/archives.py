"""What the tests of keeping share: a library with originals in a store, days in local time."""

from contextlib import contextmanager
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.db import connection

from cathedra.actions import metering, retention
from cathedra.actions.retention import Stores
from cathedra.db.models import AuditEvent, Notice, Recording
from cathedra.db.writes.transaction import transaction
from cathedra.domain.metering import Cause
from cathedra.domain.terms import Actor, Channel, system_actor
from tests.fakes.object_store import MemoryStore
from tests.lectures import keep_original, lecture

LONDON = ZoneInfo("Europe/London")
SYSTEM = system_actor()


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=LONDON).astimezone(UTC)


def by(account_id) -> Actor:
    return Actor(account_id, Channel.WEB)


def stores() -> Stores:
    return Stores(media=MemoryStore(), archive=MemoryStore())


def kept(cast, where: Stores, at: datetime, *, title: str = "Entropy", owner=None, folder=None, **facts):
    """A lecture that came at an instant, ready an hour later, with its original and what was made of it; metered."""
    made = lecture(
        folder or cast.chemistry, owner or cast.alice, now=at, title=title, uploaded_at=at, **{"ready_at": at, **facts}
    )
    keep_original(made, where.media, content=title.encode())
    for name in ("poster.jpg", "v720.mp4", "primary.m3u8"):
        where.media.put_bytes(f"stream/{made}/{name}", name.encode())
    with transaction():
        metering.settle([made], cause=Cause.READY, now=at)
    return made


def tend(now: datetime, where: Stores, **options):
    return retention.tend_retention(actor=SYSTEM, now=now, stores=where, **options)


def keeping(recording_id) -> str:
    return Recording.objects.values_list("keeping", flat=True).get(id=recording_id)


def events(recording_id, *but: str) -> list[str]:
    rows = AuditEvent.objects.filter(target_id=str(recording_id)).order_by("id")
    return [action for action in rows.values_list("action", flat=True) if action not in but]


def told(kind: str) -> list:
    return sorted(str(row.recipient_id or row.address) for row in Notice.objects.filter(kind=kind))


def is_proved(now: datetime) -> bool:
    return not metering.prove_meters(actor=SYSTEM, now=now)


class Killed(BaseException):
    """Thrown out of the middle of something, as if no line after it were done. Processes really die in `mortal`."""


@contextmanager
def dying(after: int):
    """Thrown at the statement after so many; yields a list that then holds the rest."""
    left = [after]

    def count(execute, sql, params, many, context):
        left[0] -= 1
        if left[0] == -1:  # once: what rolls back after it is the server's doing
            raise Killed(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        yield left

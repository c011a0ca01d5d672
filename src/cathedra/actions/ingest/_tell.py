"""Tell owners of what waits in their intake lists (N50), inside the transaction that makes it so."""

from datetime import datetime

from django.utils.timezone import localtime

from cathedra import config
from cathedra.db.reads.ingest import ImportRow
from cathedra.db.writes import notices
from cathedra.domain import ingest
from cathedra.domain.notices import NoticeKind

INTAKE = "/intake/"


def waits(waiting: ImportRow, *, day: int, now: datetime) -> None:
    """N50: on this of the days on which they hear of it; once, whatever repeats this."""
    until = ingest.waits_until(waiting.since_at, days=config.get().import_.decide_days)
    notices.add(
        NoticeKind.IMPORT_WAITS,
        event=f"intake:{waiting.recording_id}:{waiting.since_at.isoformat()}:{day}",
        to=[waiting.owner_id],
        values={
            "title": waiting.title,
            "since": localtime(waiting.since_at).date(),
            "until": localtime(until).date(),
        },
        link=INTAKE,
        now=now,
    )

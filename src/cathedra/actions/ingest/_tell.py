"""Tell owners of what waits in their intake lists (N50), of what was recorded and never finished, and of what comes late
from a recorder (N5), inside the transaction that makes it so."""

from datetime import datetime

from django.utils.timezone import localtime

from cathedra import config
from cathedra.db.reads import scheduling as scheduling_reads
from cathedra.db.reads.ingest import CaptureRow, ImportRow
from cathedra.db.writes import notices
from cathedra.domain import ingest
from cathedra.domain.notices import NoticeKind
from cathedra.domain.terms import Actor, RecordingId

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


def finished(row: CaptureRow, *, actor: Actor, now: datetime) -> None:
    """It was finished with what had arrived, and not by its owner."""
    _captured(NoticeKind.CAPTURE_FINISHED, row, f"/recordings/{row.capture.recording_id}/", actor, now)


def nothing_came(row: CaptureRow, *, actor: Actor, now: datetime) -> None:
    """Nothing of it ever arrived, so there is no recording."""
    _captured(NoticeKind.CAPTURE_EMPTY, row, f"/folders/{row.folder_id}/record/", actor, now)


def came_late(recording_id: RecordingId, *, now: datetime) -> None:
    """N5: what was missed has come from its recorder after all. Its owner and whoever scheduled it are told."""
    for one in scheduling_reads.list_tellings([recording_id]):
        notices.add(
            NoticeKind.CAPTURE_CAME_LATE,
            event=f"late:{recording_id}",
            to=[who for who in (one.owner_id, one.scheduled_by) if who is not None],
            values={
                "title": one.title,
                "folder": one.folder,
                "since": one.span.starts_at,
                "until": one.span.ends_at,
                "place": ", ".join(one.places),
            },
            link=f"/recordings/{recording_id}/",
            now=now,
        )


def _captured(kind: NoticeKind, row: CaptureRow, link: str, actor: Actor, now: datetime) -> None:
    if actor.account_id == row.owner_id:
        return
    notices.add(
        kind,
        event=f"capture:{row.capture.recording_id}",
        to=[row.owner_id],
        values={"title": row.title, "folder": row.folder_name, "begun": row.capture.begun_at},
        link=link,
        now=now,
    )

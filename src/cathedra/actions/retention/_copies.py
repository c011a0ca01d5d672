"""Tell those who look after copies by reference that what a copy plays is about to be gone, while they can still do
something about it (R140)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.timezone import localtime

from cathedra import config
from cathedra.db.reads import publishing
from cathedra.db.reads import retention as reads
from cathedra.db.writes import notices
from cathedra.db.writes.transaction import transaction
from cathedra.domain.access import FolderRole
from cathedra.domain.notices import NoticeKind, Value
from cathedra.domain.terms import Actor, RecordingId


def original_in_bin(
    originals: Sequence[RecordingId],
    *,
    since: datetime,
    is_soon: bool = False,
    actor: Actor | None = None,
    now: datetime,
) -> None:
    """What these copies play lies in the bin: until when they can get media of their own. Once when it comes there, and
    `is_soon` again before the bin lets it go; inside the caller's transaction. Not to whoever put it there."""
    until = localtime(since + timedelta(days=config.get().bin.days)).date()
    event = f"{since.isoformat()}:{'soon' if is_soon else 'binned'}"
    but = actor.account_id if actor else None
    _tell(NoticeKind.ORIGINAL_IN_BIN, originals, event, {"until": until}, but=but, now=now)


def original_in_run(originals: Sequence[RecordingId], row: reads.RunRow, step_days: int, *, now: datetime) -> None:
    """A deletion run takes what these copies play, at each step at which its owner hears of it (R125)."""
    with transaction():
        _tell(NoticeKind.ORIGINAL_IN_RUN, originals, f"{row.id}:{step_days}", {"day": row.day}, now=now)


def _tell(
    kind: NoticeKind,
    originals: Sequence[RecordingId],
    event: str,
    more: dict[str, Value],
    *,
    but: object = None,
    now: datetime,
) -> None:
    for copy in publishing.copies_of(originals):
        to = {copy.owner_id, *publishing.holders(copy.folder_id, FolderRole.CREATOR)}
        notices.add(
            kind,
            event=f"copy:{copy.id}:{event}",
            to=[one for one in to if one != but],
            values={"title": copy.title, "folder": copy.folder_name, **more},
            link=f"/recordings/{copy.id}/",
            now=now,
        )

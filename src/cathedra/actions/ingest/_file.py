"""Take in a file that is on this machine already, through the same gates as an upload."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from cathedra import config
from cathedra.actions.ingest._append import Advanced, advance_upload, begin_append, release_upload
from cathedra.actions.ingest._open import Opened, open_upload
from cathedra.actions.ingest._wish import Wish
from cathedra.adapters.spool import Spool, SpoolFile
from cathedra.domain.terms import Actor, Decision

_PIECE_BYTES = 4 * 1024 * 1024


def receive_file(
    path: Path, wish: Wish, *, actor: Actor, now: datetime, spool: Spool, limits: config.Upload
) -> Opened | Decision:
    """Open an upload as `actor`, copy the file into it, complete it. The file stays where it is. Raises SpoolFull."""
    length_bytes = path.stat().st_size
    opened = open_upload(
        replace(wish, length_bytes=length_bytes, name=wish.name or path.name),
        actor=actor,
        now=now,
        spool=spool,
        limits=limits,
    )
    if isinstance(opened, Decision):
        return opened
    ticket = begin_append(opened.upload_id, offset_bytes=0, body_bytes=length_bytes, actor=actor, now=now, spool=spool)
    if isinstance(ticket, Decision):
        return ticket
    try:
        copied = _copy(path, ticket.file)
        keep = timedelta(hours=limits.expire_hours)
        counted = advance_upload(ticket, from_bytes=0, to_bytes=copied, actor=actor, now=now, keep=keep)
    finally:
        release_upload(ticket, actor=actor, now=now)
    return opened if isinstance(counted, Advanced) else counted


def _copy(path: Path, file: SpoolFile) -> int:
    at = 0
    with path.open("rb") as source:
        while piece := source.read(_PIECE_BYTES):
            at += file.write([piece], at)
    return at

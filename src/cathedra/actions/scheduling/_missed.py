"""Find what was scheduled and never recorded."""

from datetime import datetime

from cathedra.actions.scheduling import _tell
from cathedra.db.reads import ingest as ingest_reads
from cathedra.db.reads import scheduling as reads
from cathedra.db.writes import audit
from cathedra.db.writes import library as library_writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import ingest, library
from cathedra.domain.library import MediaState
from cathedra.domain.terms import Actor, RecordingId


def tend_missed(*, actor: Actor, now: datetime) -> tuple[RecordingId, ...]:
    """T6: which were missed, half an hour after their end. Those that something came of meanwhile are left alone, and
    those of which a capture was begun: its recorder was heard of."""
    return tuple(one for one in reads.list_overdue(now=now) if _miss(one, actor, now))


def _miss(recording_id: RecordingId, actor: Actor, now: datetime) -> bool:
    with transaction():
        row = reads.get_schedule(recording_id, lock=True)
        was_heard_of = ingest_reads.find_capture(recording_id) is not None
        if not ingest.is_missed(row.media, row.span, was_heard_of=was_heard_of, now=now):
            return False
        sources = library.media_sources(MediaState.MISSED)
        library_writes.move_media(recording_id, sources=sources, to=MediaState.MISSED, now=now)
        audit.record(actor, "recording:miss", target_kind="recording", target_id=recording_id, now=now)
        _tell.missed(recording_id, now=now)
    return True

"""What was paused while it was recorded becomes cuts that can be undone, before anybody watches it (T9, R162)."""

from datetime import datetime

from cathedra.db.reads import content as content_reads
from cathedra.db.reads import ingest as ingest_reads
from cathedra.db.writes import audit
from cathedra.db.writes import content as writes
from cathedra.domain import ingest
from cathedra.domain.library import SHORTEST_MS, Edits, Span
from cathedra.domain.terms import Actor, RecordingId


def cut_pauses(recording_id: RecordingId, *, duration_ms: int, actor: Actor, now: datetime) -> bool:
    """In the transaction in which it first plays. Viewers wait until the cuts are made, so none ever receives what they
    leave out. False where nothing was paused, or it was edited before."""
    capture = ingest_reads.find_capture(recording_id)
    pauses = capture.pauses if capture else ()
    cuts = [Span(start, end) for start, end in ingest.cuts_of(pauses, duration_ms=duration_ms)]
    edits = Edits.of(cuts, duration_ms=duration_ms)
    if not edits.cuts or edits.length_ms(duration_ms) < SHORTEST_MS or content_reads.list_edits(recording_id):
        return False
    version = writes.add_edit(recording_id, edits, after=0, by=None, now=now)
    writes.await_edit(recording_id, version, edited_ms=edits.length_ms(duration_ms), now=now)
    audit.record(
        actor,
        "recording:cut_pauses",
        target_kind="recording",
        target_id=recording_id,
        now=now,
        facts={"version": version},
        after={"cuts": [[cut.start_ms, cut.end_ms] for cut in edits.cuts]},
    )
    return True

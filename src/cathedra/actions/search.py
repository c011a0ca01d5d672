"""Verbs of search: keep what recordings are found by in step with what they hold. Nobody ever rebuilds it by hand."""

from datetime import datetime

from cathedra.db.reads import search as reads
from cathedra.db.writes import jobs
from cathedra.db.writes import search as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import search
from cathedra.domain.jobs import Job, JobKind
from cathedra.domain.terms import RecordingId

MOST_MENDED = 2000  # in one go; what is left has the next


def index_recording(recording_id: RecordingId, *, now: datetime, is_mending: bool = False) -> bool:
    """Make the document of what the recording holds now. False when there was nothing to do, or when it changed
    meanwhile: that change has a job of its own. Repeated, it does the same."""
    if not is_mending and reads.is_indexed(recording_id):
        return False
    contents = reads.contents_of(recording_id)
    if contents is None:
        return False
    document = search.build(contents.said)
    with transaction():
        return writes.store(recording_id, document, content_version=contents.content_version, now=now)


def mend_index() -> str:
    """Find what lags or is missing and have it made anew, the newest first; says how many, if any."""
    lagging = reads.list_lagging(most=MOST_MENDED)
    with transaction():
        jobs.enqueue(
            Job(
                JobKind.INDEX_RECORDING,
                {"recording_id": str(one), "is_mending": 1},
                priority=-2,
                lock=f"index:{one}",
                queueing_lock=f"mend:{one}",
            )
            for one in lagging
        )
    return f"{len(lagging)} recordings lagged in the index" if lagging else ""

"""Telling the index that what a recording is found by has changed, and putting away what it is found by."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import F, Q

from cathedra.db import sql
from cathedra.db.models import Recording, SearchDocument
from cathedra.db.writes import jobs
from cathedra.domain.jobs import Job, JobKind
from cathedra.domain.search import Document
from cathedra.domain.terms import FolderId, RecordingId


def touch(recording_id: RecordingId) -> int:
    """Call it in the transaction of whatever changed title, tags, captions, slides, chapters or edits. The index
    follows by a job that commits with the change; copies by reference are found by the same words, so they follow too.

    Returns the new `content_version`; the document in the index lags until it has the same."""
    return touch_all([recording_id])[recording_id]


def touch_all(recording_ids: Collection[RecordingId]) -> dict[RecordingId, int]:
    """The same for several at once."""
    changed = Recording.objects.filter(Q(id__in=recording_ids) | Q(reference_of_id__in=recording_ids))
    changed.update(content_version=F("content_version") + 1)
    versions = dict(changed.order_by("id").values_list("id", "content_version"))
    # Each change has a job of its own: one that waits already may have begun to read before this change commits.
    jobs.enqueue(
        Job(JobKind.INDEX_RECORDING, {"recording_id": str(one)}, priority=-1, lock=f"index:{one}") for one in versions
    )
    return {one: int(versions[one]) for one in recording_ids}


def store(recording_id: RecordingId, document: Document, *, content_version: int, now: datetime) -> bool:
    """Compare-and-set: the document counts only while the recording is as it was when that was read. False when it
    has changed since, is purged or gone."""
    places: dict[str, Any] = {
        "recording_id": recording_id,
        "content_version": content_version,
        "titles": document.titles,
        "headings": document.headings,
        "texts": document.texts,
        "speech": document.speech,
        "stretches": list(document.stretches),
        "lines": document.lines.text,
        "places": document.lines.places,
        "head": document.lines.head.text,
        "head_places": document.lines.head.places,
        "spelling": list(document.spelling),
        "now": now,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql.text("store_document"), places)
        return bool(cursor.fetchone()[0])


def move(recording_id: RecordingId, folder_id: FolderId) -> None:
    """It lies in another folder: in the transaction that moved it."""
    SearchDocument.objects.filter(recording_id=recording_id).update(folder_id=folder_id)

"""Telling the index that what a recording is found by has changed."""

from django.db.models import F

from cathedra.db.models import Recording
from cathedra.domain.terms import RecordingId


def touch(recording_id: RecordingId) -> int:
    """Call it in the transaction of whatever changed title, tags, captions, slides, chapters or notes.

    Returns the new `content_version`; the document in the index lags until it has the same."""
    Recording.objects.filter(id=recording_id).update(content_version=F("content_version") + 1)
    return Recording.objects.values_list("content_version", flat=True).get(id=recording_id)

"""Folders and recordings as facts, rows and pages."""

from cathedra.db.models import Hold, Recording
from cathedra.domain import library


def standing_of(row: Recording) -> library.Standing:
    """The four facts behind a recording's state."""
    return library.Standing(
        media=library.MediaState(row.media_state),
        publication=library.Publication(row.publication),
        keeping=library.Keeping(row.keeping),
        is_held=Hold.objects.filter(recording_id=row.id, released_at=None).exists(),
    )

"""The four facts behind a recording's state, of one row or of many."""

from django.db.models import Exists, OuterRef

from cathedra.db.models import Hold, Recording
from cathedra.domain import library

HAS_OPEN_HOLD = Exists(Hold.objects.filter(recording_id=OuterRef("pk"), released_at=None))


def standing_of(row: Recording) -> library.Standing:
    """The four facts behind a recording's state."""
    return standing(row, is_held=Hold.objects.filter(recording_id=row.id, released_at=None).exists())


def standing(row: Recording, *, is_held: bool) -> library.Standing:
    """The same when it is known whether the recording is held."""
    return library.Standing(
        media=library.MediaState(row.media_state),
        publication=library.Publication(row.publication),
        keeping=library.Keeping(row.keeping),
        is_held=is_held,
    )

"""Folders and recordings as facts, rows and pages."""

from cathedra.db.models import Folder, Hold, Recording
from cathedra.domain import library
from cathedra.domain.terms import FolderId


def standing_of(row: Recording) -> library.Standing:
    """The four facts behind a recording's state."""
    return library.Standing(
        media=library.MediaState(row.media_state),
        publication=library.Publication(row.publication),
        keeping=library.Keeping(row.keeping),
        is_held=Hold.objects.filter(recording_id=row.id, released_at=None).exists(),
    )


def find_root_folder(name: str) -> FolderId | None:
    """A top-level folder by its name. Asked by the product itself, so it takes no viewer."""
    found = Folder.objects.filter(parent=None, name=name).values_list("id", flat=True).first()
    return FolderId(found) if found else None

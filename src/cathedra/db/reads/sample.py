"""Questions that loading the sample university asks. No viewer: the product asks them of itself."""

from cathedra.db.models import Folder, Recording
from cathedra.domain.terms import FolderId


def find_course_folder(course_external_id: str, name: str) -> FolderId | None:
    """The subfolder of this name in the folder of a course."""
    rows = Folder.objects.filter(course__external_id=course_external_id, name=name)
    found = rows.values_list("id", flat=True).first()
    return FolderId(found) if found else None


def has_recording_titled(folder_id: FolderId, title: str) -> bool:
    """Whether the folder holds a recording of this title."""
    return Recording.objects.filter(folder_id=folder_id, title=title).exists()

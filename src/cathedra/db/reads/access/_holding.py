"""What an action keeps as it is until its transaction ends: folders before what is in them, and from the root down."""

from uuid import UUID

from cathedra.db import prepared
from cathedra.db.models import Folder
from cathedra.domain.terms import FolderId, RecordingId


def hold_branch(folder_id: FolderId) -> None:
    """Keep the folder and those above as they are, from the root down, until the transaction ends."""
    path = Folder.objects.filter(id=folder_id).values_list("path", flat=True).first()
    ids = [UUID(part) for part in path.split(".")] if path else []
    for each in ids:
        list(Folder.objects.select_for_update(no_key=True).filter(id=each).values_list("id"))


def hold_reached(folder_id: FolderId) -> None:
    """Keep those above as they are, and this folder and those that inherit through it so that nothing comes to be in
    them, nor is offered there by `keep_folder_of`, until the transaction ends: what is asked then is all there is."""
    row = Folder.objects.filter(id=folder_id).values_list("path", "parent_id", "access_from_id").first()
    if row is None:
        return
    path, parent_id, giver_id = row
    if parent_id:
        hold_branch(FolderId(parent_id))
    reached = Folder.objects.filter(path__below=[path], access_from_id=giver_id).order_by("path")
    list(reached.select_for_update().values_list("id"))


def keep_folder_of(recording_id: RecordingId) -> None:
    """Approval is not switched where the recording lies, nor is the folder deleted, before the transaction ends; who
    switches or deletes comes first, or after. Asked before the recording is held, as who deletes does it too."""
    prepared.rows("folder_of_stays", recording_id=recording_id)

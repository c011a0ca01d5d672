"""Who gains and who loses access when a recording is moved (R203)."""

from collections.abc import Collection
from datetime import datetime

from cathedra.db.models import Folder, Recording
from cathedra.db.reads.access._explained import reaching
from cathedra.db.reads.access._sharing import RecordingSharing, effective_members, recording_sharing
from cathedra.domain import access
from cathedra.domain.access import Audience, Crossing, FolderRole, Member, SharingLevel
from cathedra.domain.library import FolderKind
from cathedra.domain.terms import FolderId, PrincipalId, RecordingId


def crossing(recording_id: RecordingId, target_id: FolderId, *, now: datetime) -> Crossing:
    """For a viewer whom the rule lets see how both folders are shared. Its owner and its own viewers go with it. Raises
    RecordingNotFound."""
    own = recording_sharing(recording_id)
    return access.crossing(
        _members(own.folder_id),
        _members(target_id),
        was=_audience(own, own.folder_id, now),
        will=_audience(own, target_id, now),
        besides=frozenset({*own.viewers, PrincipalId(own.owner_id)}),
    )


def crossing_between(
    source_id: FolderId, target_id: FolderId, recording_ids: Collection[RecordingId], *, now: datetime
) -> Crossing:
    """The same of several that lie in one folder and go to the other: by what the folders say alone; whoever owns all of
    them goes on seeing them."""
    owners = set(Recording.objects.filter(id__in=recording_ids).values_list("owner_id", flat=True))
    return access.crossing(
        _members(source_id),
        _members(target_id),
        was=_audience(None, source_id, now),
        will=_audience(None, target_id, now),
        besides=frozenset(map(PrincipalId, owners)) if len(owners) == 1 else frozenset(),
    )


def _members(folder_id: FolderId) -> frozenset[Member]:
    """In an assignment folder Viewers see nothing of what others submitted (R183)."""
    found = effective_members(folder_id)
    if _is_assignment(folder_id):
        return frozenset(each for each in found if each[1] is not FolderRole.VIEWER)
    return found


def _audience(own: RecordingSharing | None, folder_id: FolderId, now: datetime) -> Audience:
    """R32, as far as the cap lets it reach (R33)."""
    level = Folder.objects.values_list("access_from__sharing", flat=True).get(id=folder_id)
    levels = [SharingLevel.RESTRICTED if _is_assignment(folder_id) else SharingLevel(level), own.level if own else None]
    cap = reaching(folder_id, own.id if own else None, now)
    return access.link_audience(*(access.within(each, cap) for each in levels if each is not None))


def _is_assignment(folder_id: FolderId) -> bool:
    return Folder.objects.filter(id=folder_id, kind=FolderKind.ASSIGNMENT).exists()

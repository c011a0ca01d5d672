"""What the access rule needs to know, and the same rule as one statement for the hot door."""

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q
from psycopg import AsyncConnection

from cathedra.db import prepared, sql
from cathedra.db.models import Folder, FolderAccess, Recording
from cathedra.db.reads._standing import HAS_OPEN_HOLD
from cathedra.domain import access, library
from cathedra.domain.terms import AccountId, Code, FolderId, FolderNotFound, PrincipalId, RecordingId, RecordingNotFound


async def may_view(hot: AsyncConnection[tuple[str]], session_key: str, recording_id: UUID, *, now: datetime) -> Code:
    """The view decision of R41 for a browser's session, in one statement on the hot door's own connection."""
    places = {"session_key": session_key, "recording_id": recording_id, "now": now}
    cursor = await hot.execute(sql.text("may_view"), places)
    row = await cursor.fetchone()
    return Code(row[0]) if row else Code.NO_PERMISSION


def may_view_now(session_key: str, recording_id: UUID, *, now: datetime) -> Code:
    """The same statement on Django's connection."""
    with connection.cursor() as cursor:
        cursor.execute(sql.text("may_view"), {"session_key": session_key, "recording_id": recording_id, "now": now})
        return Code(cursor.fetchone()[0])


def principals_of(viewer: AccountId) -> list[PrincipalId]:
    """The viewer and every group they are in."""
    groups = prepared.rows("principals", viewer=viewer)
    return [PrincipalId(viewer), *(PrincipalId(group.group_id) for group in groups)]


def roles_on(viewer: AccountId | None, folder_id: FolderId) -> frozenset[access.FolderRole]:
    """The effective roles of a viewer on a folder, groups and inheritance included."""
    if viewer is None:
        return frozenset()
    rows = prepared.rows("folder_roles", folder_id=folder_id, viewer=viewer)
    return frozenset(access.FolderRole(row.role) for row in rows)


def folder_facts(viewer: AccountId | None, folder_id: FolderId) -> access.FolderFacts:
    """Facts for `access.decide_folder`. Raises FolderNotFound."""
    if not Folder.objects.filter(id=folder_id).exists():
        raise FolderNotFound(str(folder_id))
    return access.FolderFacts(is_signed_in=viewer is not None, roles=roles_on(viewer, folder_id))


def recording_facts(
    viewer: AccountId | None, recording_id: RecordingId, *, lock: bool = False
) -> access.RecordingFacts:
    """Facts for `access.decide`. Raises RecordingNotFound. `lock` keeps the row until the transaction ends."""
    if lock:
        list(Recording.objects.select_for_update().filter(id=recording_id).values_list("id"))
    found = prepared.rows("recording_facts", viewer=viewer, recording_id=recording_id)
    if not found:
        raise RecordingNotFound(str(recording_id))
    owner_id, media, publication, keeping, is_held, roles = found[0]
    standing = library.Standing(
        media=library.MediaState(media),
        publication=library.Publication(publication),
        keeping=library.Keeping(keeping),
        is_held=is_held,
    )
    return access.RecordingFacts(
        is_signed_in=viewer is not None,
        is_owner=viewer is not None and owner_id == viewer,
        roles=frozenset(access.FolderRole(role) for role in roles),
        state=library.state_of(standing),
    )


_INSIDERS = frozenset({access.FolderRole.CREATOR, access.FolderRole.PUBLISHER})
_IN_HAND = (library.MediaState.RECORDING, library.MediaState.RECEIVED, library.MediaState.PREPARING)


Holding = Callable[[Iterable[access.FolderRole]], Q]  # recordings in whose folder the viewer holds one of these roles
_ALL, _NONE = Q(pk__isnull=False), Q(pk__in=())


def _anywhere(viewer: AccountId) -> Holding:
    mine = principals_of(viewer)

    def in_folders(roles: Iterable[access.FolderRole]) -> Q:
        held = FolderAccess.objects.filter(principal_id__in=mine, role__in=list(roles))
        return Q(folder_id__in=held.values("folder_id"))

    return in_folders


def _roles_that(action: access.Action) -> list[access.FolderRole]:
    return [role for role, may in access.CAPABILITIES.items() if action in may]


def visible_to(viewer: AccountId) -> Q:
    """Which recordings `access.decide(VIEW)` lets the viewer play: the list form of the one rule (house rule 7)."""
    return _visible_to(viewer, _anywhere(viewer))


def _visible_to(viewer: AccountId, in_folders: Holding) -> Q:
    is_open = Q(HAS_OPEN_HOLD)
    is_theirs = Q(owner_id=viewer)
    ready = Q(keeping=library.Keeping.ONLINE, media_state=library.MediaState.READY) & ~is_open
    may_view = in_folders(_roles_that(access.Action.VIEW))
    published = ready & Q(publication=library.Publication.PUBLISHED) & may_view
    inside = ready & ~Q(publication=library.Publication.DRAFT) & (is_theirs | in_folders(_INSIDERS))
    gone = Q(keeping__in=(library.Keeping.PURGED, library.Keeping.RESTORING))
    in_hand = Q(keeping=library.Keeping.ONLINE, media_state__in=_IN_HAND)
    own_held = is_theirs & is_open & ~gone & ~in_hand
    return published | inside | own_held


def listed_in(viewer: AccountId, folder_id: FolderId) -> Q:
    """What the list of one folder shows the viewer: what they may play, and, to insiders, everything not in the bin or
    purged. Their roles on the folder are read once and known."""
    held = roles_on(viewer, folder_id)

    def in_folders(roles: Iterable[access.FolderRole]) -> Q:
        return _NONE if held.isdisjoint(roles) else _ALL

    there = ~Q(keeping__in=(library.Keeping.RECYCLED, library.Keeping.PURGED))
    inside = Q(owner_id=viewer) | in_folders(_roles_that(access.Action.SEE_PROGRESS))
    return Q(folder_id=folder_id) & (_visible_to(viewer, in_folders) | inside) & there

"""The list form of the one rule (house rule 7): for every action, which recordings or folders `decide` permits it on.

It is built from the same matrix; what is written twice, state and availability, is held together by a test over random
worlds. Neither form may change alone.
"""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from cathedra.db.models import Hold
from cathedra.db.reads.access._conditions import ALL, IN_INTAKE, NONE, all_of, any_of, known
from cathedra.db.reads.access._facts import folder_facts_and_times, max_level
from cathedra.db.reads.access._places import Everywhere, InFolder, find_viewer
from cathedra.domain import access
from cathedra.domain.access import Action, Audience, Cell, Downloads, GrantRight, Standing
from cathedra.domain.library import Keeping, MediaState, Origin, Publication
from cathedra.domain.publishing import ApprovalStep
from cathedra.domain.terms import AccountId, FolderId


def visible_to(viewer: AccountId | None, now: datetime) -> Q:
    """Which recordings `access.decide(VIEW)` lets the viewer play."""
    return may(viewer, Action.VIEW, now)


def may(viewer: AccountId | None, action: Action, now: datetime, *, cap: access.SharingLevel | None = None) -> Q:
    """Which recordings `access.decide` lets the viewer do this to; with `cap`, as if that were the site's (R33)."""
    return _recordings(Everywhere(find_viewer(viewer), now, cap or max_level()), action)


def may_in_folders(
    viewer: AccountId | None, action: Action, now: datetime, *, cap: access.SharingLevel | None = None
) -> Q:
    """Which folders `access.decide_folder` lets the viewer do this in."""
    there = Q(recycled_in=None)  # R138
    return all_of(_permitted(Everywhere(find_viewer(viewer), now, cap or max_level(), of_folders=True), action), there)


def listed_in(
    viewer: AccountId | None,
    folder_id: FolderId,
    now: datetime,
    *,
    known_of_it: tuple[access.FolderFacts, access.Availability] | None = None,
) -> Q:
    """What the list of one folder shows the viewer; its facts are known, or read once. Raises FolderNotFound."""
    place = InFolder(viewer, *(known_of_it or folder_facts_and_times(viewer, folder_id)), now)
    return Q(folder_id=folder_id) & _recordings(place, Action.LIST)


# --- the gate and permission: steps 1 and 2 of R41


def _permitted(place: Everywhere, action: Action) -> Q:
    row = access.MATRIX[action]
    if place.viewer.is_gated:
        return NONE
    if place.viewer.id is None:
        return _cell(place, action, row[Standing.ANONYMOUS])
    roles = [role for role in access.FolderRole if row[Standing(role)] is Cell.FOLDER]
    parts = [_in_folders(place, action, roles)]
    for standing, cell in row.items():
        if standing is not Standing.ANONYMOUS and cell is not Cell.NEVER:
            parts.append(all_of(_stands(place, action, standing, cell), _cell(place, action, cell)))
    return any_of(*parts)


def _in_folders(place: Everywhere, action: Action, roles: list[access.FolderRole]) -> Q:
    """The viewer holds one of these roles; a Viewer's gives nothing of what others submitted (R183)."""
    if access.FolderRole.VIEWER not in roles or not _by_recording(place, action):
        return place.in_folders(roles)
    others = [role for role in roles if role is not access.FolderRole.VIEWER]
    return all_of(place.in_folders(roles), any_of(place.shows_to_viewers(), place.in_folders(others)))


def _by_recording(place: Everywhere, action: Action) -> bool:
    return not place.of_folders and action not in access.FOLDER_ACTIONS


def _stands(place: Everywhere, action: Action, standing: Standing, cell: Cell) -> Q:
    by_recording = _by_recording(place, action)
    if standing is Standing.OWNER:
        return Q(owner_id=place.viewer.id) if by_recording else NONE
    if standing is Standing.GRANTEE:
        return ALL  # every cell of this column asks for a right
    if standing not in _FOLDER_ROLES:
        return place.appointed(standing)
    role = access.FolderRole(standing)
    held = NONE if cell is Cell.FOLDER else _in_folders(place, action, [role])  # the former are counted
    if standing is not Standing.VIEWER:
        return held
    is_listing = action in access.LISTING_ACTIONS
    reached = place.reached(Audience.ORGANISATION, is_listing=is_listing, by_recording=by_recording)
    return any_of(held, reached, place.named() if by_recording else NONE)


_FOLDER_ROLES = frozenset(Standing(role) for role in access.FolderRole)
_RIGHTS = {
    Cell.GRANT: GrantRight.VIEW,
    Cell.GRANT_MANAGE: GrantRight.MANAGE,
    Cell.GRANT_EXPORT: GrantRight.EXPORT,
}


def _cell(place: Everywhere, action: Action, cell: Cell) -> Q:
    by_recording = _by_recording(place, action)
    if cell is Cell.ADDING:
        return _permitted(place, Action.CREATE_RECORDING)
    if cell in _RIGHTS:
        return place.granted(_RIGHTS[cell], by_recording=by_recording)
    if cell in (Cell.PUBLIC, Cell.PUBLIC_POLICY):
        is_listing = action in access.LISTING_ACTIONS
        reached = place.reached(Audience.PUBLIC, is_listing=is_listing, by_recording=by_recording)
        return reached if cell is Cell.PUBLIC else all_of(reached, place.downloads(Downloads.VIEWERS))
    return _plain_cell(place, cell)


def _plain_cell(place: Everywhere, cell: Cell) -> Q:
    match cell:
        case Cell.FOLDER | Cell.ALWAYS:
            return ALL
        case Cell.OWN:
            return NONE if place.of_folders else Q(owner_id=place.viewer.id)
        case Cell.POLICY:
            return place.downloads(Downloads.VIEWERS)
        case Cell.CREATORS_POLICY:
            return place.downloads(Downloads.CREATORS, Downloads.VIEWERS)
        case Cell.NO_PUBLISHER:
            return place.without_publisher()
        case Cell.ENROLLED:
            return place.enrolled()
        case Cell.CAPTION_REQUESTER:
            return known(Standing.CAPTION_REQUESTER in place.viewer.appointments)
        case _:
            return NONE if place.of_folders else _own_doing(place, cell)


def _own_doing(place: Everywhere, cell: Cell) -> Q:
    if cell is Cell.OWN_SCHEDULE:
        return Q(origin=Origin.SCHEDULED, created_by_id=place.viewer.id)
    if cell is Cell.OWN_APPROVALS:
        decided = (ApprovalStep.APPROVED, ApprovalStep.REJECTED)
        return Q(approval__in=decided, approval_by_id=place.viewer.id)
    return NONE  # never; and no recorder is known yet on which somebody may schedule (R152)


# --- state: step 3 of R41

_PURGED = Q(keeping=Keeping.PURGED)
_BINNED = Q(keeping=Keeping.RECYCLED)
_RETURNED = Q(publication__in=(Publication.WAITING, Publication.REJECTED))


def _recordings(place: Everywhere, action: Action) -> Q:
    permitted = _permitted(place, action)
    if action in access.PLAYING:  # what waits in an intake list does not play
        return all_of(permitted, _plays(place, _permitted(place, Action.VIEW_EARLY)))
    permitted = all_of(permitted, _outside_intake(place))
    if action in access.CHANGING:
        return all_of(permitted, Q(keeping=Keeping.ONLINE))
    if action in access.HANDLING:
        return all_of(permitted, ~_PURGED & ~_BINNED)
    if action in access.KEEPING:
        return all_of(permitted, ~_PURGED)
    return all_of(permitted, _alone(place, action)) if action in access.ALONE else permitted


def _outside_intake(place: Everywhere) -> Q:
    """R93: nobody but its owner has anything of what waits in their intake list."""
    return ~IN_INTAKE if place.viewer.id is None else ~IN_INTAKE | Q(owner_id=place.viewer.id)


def _alone(place: Everywhere, action: Action) -> Q:
    there = ~_PURGED & ~_BINNED
    match action:
        case Action.LIST:
            follows = any_of(_permitted(place, Action.VIEW_EARLY), _permitted(place, Action.SEE_PROGRESS))
            return all_of(there, any_of(follows, _reached(place), _plays_archived(place)))
        case Action.RESTORE_FROM_ARCHIVE:
            reached = any_of(_reached(place), _plays_archived(place))
            return all_of(there, any_of(_permitted(place, Action.SEE_METADATA), reached))
        case _:
            insider = _permitted(place, Action.VIEW_EARLY)
            return any_of(all_of(there, _permitted(place, Action.MODERATE)), _plays(place, insider))


def _plays(place: Everywhere, insider: Q) -> Q:
    """Everything but permission: `_play` of the rule."""
    return all_of(_playable(place, insider), any_of(insider, _available(place)))


def _playable(place: Everywhere, insider: Q) -> Q:
    """Everything but permission and time."""
    ready = Q(keeping=Keeping.ONLINE, media_state=MediaState.READY)
    offered = any_of(Q(publication=Publication.PUBLISHED), all_of(insider, _RETURNED))
    is_open = _held("pk")
    theirs = known(place.viewer.id is not None)
    owner_held = all_of(theirs, Q(owner_id=place.viewer.id), is_open, ~_held("pk", kind="takedown_legal"))
    state = all_of(ready, any_of(all_of(~is_open, offered), owner_held))
    return all_of(state, _original(place))


def _held(of: str, **wanted: str) -> Q:
    return Q(Exists(Hold.objects.filter(recording_id=OuterRef(of), released_at=None, **wanted)))


def _original(place: Everywhere) -> Q:
    """A reference copy plays only where its original would, whose Viewers all are but its owner (R71, R140)."""
    ready = Q(reference_of__keeping=Keeping.ONLINE, reference_of__media_state=MediaState.READY)
    returned = Q(reference_of__publication__in=(Publication.WAITING, Publication.REJECTED))
    theirs = Q(reference_of__owner_id=place.viewer.id) if place.viewer.id is not None else NONE
    offered = any_of(Q(reference_of__publication=Publication.PUBLISHED), all_of(theirs, returned))
    is_open = _held("reference_of")
    owner_held = all_of(theirs, is_open, ~_held("reference_of", kind="takedown_legal"))
    plays = all_of(ready, any_of(all_of(~is_open, offered), owner_held))
    return any_of(Q(reference_of__isnull=True), plays)


def _reached(place: Everywhere) -> Q:
    """`_reached` of the rule: what plays, and what would were it not in the archive or on its way back. Insiders were
    let in before it is asked."""
    away = Q(keeping=Keeping.RESTORING) | (Q(keeping=Keeping.ARCHIVED) & ~_held("pk"))
    return all_of(any_of(_playable(place, NONE), all_of(away, ~_RETURNED)), _available(place))


def _plays_archived(place: Everywhere) -> Q:
    """Of the rule: a copy by reference that would play were its original not in the archive or on its way back (R140)."""
    offered = Q(keeping=Keeping.ONLINE, media_state=MediaState.READY, publication=Publication.PUBLISHED)
    away = Q(reference_of__keeping=Keeping.RESTORING)
    away |= Q(reference_of__keeping=Keeping.ARCHIVED) & ~_held("reference_of")
    returned = Q(reference_of__publication__in=(Publication.WAITING, Publication.REJECTED))
    return all_of(offered, ~_held("pk"), away, ~returned, _available(place))


# --- availability: step 4 of R41


def _available(place: Everywhere) -> Q:
    """`obstacle` of the rule finds nothing (R44 to R49)."""
    now = place.now
    follows_in = all_of(Q(start="with_folder"), place.times.open(), place.times.released())
    follows_out = all_of(Q(end="with_folder"), place.times.running())
    begun = any_of(Q(start="immediately") | Q(start="date", starts_at__lte=now), follows_in)
    running = any_of(Q(end="forever") | Q(end="date", ends_at__gt=now), follows_out)
    return begun & running

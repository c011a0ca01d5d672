"""Which columns of R38 a person stands in, and whether a cell holds for them."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache

from cathedra.domain.access._facts import FolderFacts, RecordingFacts
from cathedra.domain.access._matrix import MATRIX, Cell
from cathedra.domain.access._sharing import Audience, link_audience, listed_audience, within
from cathedra.domain.access._words import (
    FOLDER_ACTIONS,
    LISTING_ACTIONS,
    Action,
    Downloads,
    FolderRole,
    GrantRight,
    SharingLevel,
    Standing,
)


def permits(facts: FolderFacts, action: Action, now: datetime) -> bool:
    """Step 2 of R41: does any standing give it? State and availability are not asked here. What waits in somebody's
    intake list is nobody else's, whatever they hold where it lies (R93)."""
    if isinstance(facts, RecordingFacts) and facts.is_in_intake and not facts.is_owner:
        return False
    row = MATRIX[action]
    return any(_holds(row.get(standing, Cell.NEVER), facts, action, now) for standing in standings(facts, action, now))


def standings(facts: FolderFacts, action: Action, now: datetime) -> set[Standing]:
    """The columns that count for this action. What a recording gives does not count where its folder is asked for; that
    somebody may view an assignment folder gives them nothing of what others submitted there (R183)."""
    if not facts.is_signed_in:
        return {Standing.ANONYMOUS}
    found = {_OF_ROLE[role] for role in facts.roles} | facts.appointments
    if _is_private(facts, action):
        found.discard(Standing.VIEWER)
    if isinstance(facts, RecordingFacts) and action not in FOLDER_ACTIONS:
        if facts.is_named_viewer:
            found.add(Standing.VIEWER)
        if facts.is_owner:
            found.add(Standing.OWNER)
    if audience(facts, action, now) >= Audience.ORGANISATION:
        found.add(Standing.VIEWER)
    if facts.grants and rights(facts, action, now):
        found.add(Standing.GRANTEE)
    return found


_OF_ROLE = {role: Standing(role) for role in FolderRole}


def audience(facts: FolderFacts, action: Action, now: datetime) -> Audience:
    """Whom the levels let in for this action (R32), no further than the cap or an exemption allows (R33). An assignment
    folder's own level shows nothing of what lies in it (R183)."""
    own = None
    if isinstance(facts, RecordingFacts) and action not in FOLDER_ACTIONS:
        own = facts.own_level
    is_exempt = facts.exempt_until is not None and now < facts.exempt_until
    cap = SharingLevel.PUBLIC if is_exempt else facts.max_level
    level = SharingLevel.RESTRICTED if _is_private(facts, action) else facts.level
    return _reach(level, own or level, cap, action in LISTING_ACTIONS)


def _is_private(facts: FolderFacts, action: Action) -> bool:
    return facts.is_assignment and isinstance(facts, RecordingFacts) and action not in FOLDER_ACTIONS


@cache
def _reach(level: SharingLevel, own: SharingLevel, cap: SharingLevel, is_listing: bool) -> Audience:
    reach = listed_audience if is_listing else link_audience
    return reach(within(level, cap), within(own, cap))


def rights(facts: FolderFacts, action: Action, now: datetime) -> frozenset[GrantRight]:
    """What the live grants give. Only staff can hold one: who stops being staff holds none at once (R143)."""
    if not facts.grants or not facts.is_staff:
        return frozenset()
    counted = (grant for grant in facts.grants if grant.covers_folder or action not in FOLDER_ACTIONS)
    return frozenset(right for grant in counted if grant.is_live(now) for right in grant.rights)


def _holds(cell: Cell, facts: FolderFacts, action: Action, now: datetime) -> bool:
    if cell is Cell.FOLDER or cell is Cell.ALWAYS:
        return True
    if cell is Cell.ADDING:
        return permits(facts, Action.CREATE_RECORDING, now)
    if cell in _RIGHTS:
        return _RIGHTS[cell] in rights(facts, action, now)
    if cell is Cell.PUBLIC or cell is Cell.PUBLIC_POLICY:
        is_public = audience(facts, action, now) is Audience.PUBLIC
        return is_public and (cell is Cell.PUBLIC or facts.downloads is Downloads.VIEWERS)
    return cell is not Cell.NEVER and _CONDITIONS[cell](facts)


def submits(facts: FolderFacts) -> bool:
    """Whether somebody is in an assignment folder as a student of its course, who submits there and otherwise views: such
    a person is never asked to read the policy (R15, R82)."""
    makes = FolderRole.CREATOR in facts.roles or facts.appointments & {Standing.VIDEOGRAPHER, Standing.SCHEDULER}
    return facts.is_assignment and facts.is_enrolled and not makes


_RIGHTS: Mapping[Cell, GrantRight] = {
    Cell.GRANT: GrantRight.VIEW,
    Cell.GRANT_MANAGE: GrantRight.MANAGE,
    Cell.GRANT_EXPORT: GrantRight.EXPORT,
}
_CONDITIONS: Mapping[Cell, Callable[[FolderFacts], bool]] = {
    Cell.OWN: lambda facts: isinstance(facts, RecordingFacts) and facts.is_owner,
    Cell.POLICY: lambda facts: facts.downloads is Downloads.VIEWERS,
    Cell.CREATORS_POLICY: lambda facts: facts.downloads is not Downloads.NOBODY,
    Cell.NO_PUBLISHER: lambda facts: not facts.has_publisher,
    Cell.OWN_SCHEDULE: lambda facts: isinstance(facts, RecordingFacts) and facts.is_own_schedule,
    Cell.CAPTION_REQUESTER: lambda facts: Standing.CAPTION_REQUESTER in facts.appointments,
    Cell.RECORDER: lambda facts: facts.may_use_recorder,
    Cell.ENROLLED: lambda facts: facts.is_assignment and facts.is_enrolled,
    Cell.OWN_APPROVALS: lambda facts: isinstance(facts, RecordingFacts) and facts.is_own_approval,
}

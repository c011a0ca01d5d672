"""What may be changed about who sees a thing: members (R29, R34, R38 rows 12 and 13, R39, R40) and levels (R33)."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from cathedra.domain.access._matrix import CAPABILITIES
from cathedra.domain.access._sharing import Audience, is_above
from cathedra.domain.access._words import Action, FolderRole, SharingLevel
from cathedra.domain.terms import Code, Decision, PrincipalId, deny, permit
from cathedra.domain.terms import gettext_noop as _

Member = tuple[PrincipalId, FolderRole]


@dataclass(frozen=True, slots=True)
class Ownership:
    """Who looks after a folder. `living` are those principals that stand for somebody: an active account, or a group
    with one in it; `mine` are the person who acts and their groups."""

    inherits: bool
    living: frozenset[PrincipalId]
    mine: frozenset[PrincipalId]
    is_personal_root: bool = False
    is_root: bool = False
    has_contact: bool = False
    parent_name: str = ""


def action_for(role: FolderRole) -> Action:
    """What one must be allowed to do to give or take the role: rows 12 and 13 of R38."""
    return Action.SHARE if role is FolderRole.VIEWER else Action.MANAGE_MEMBERS


def decide_share(ownership: Ownership) -> Decision:
    """May anybody be added here at all? Asked after the matrix."""
    if ownership.is_personal_root:
        return deny(
            Code.ILLEGAL_TRANSITION,
            "R34",
            _("A personal folder itself cannot be shared. Make a folder inside it, and share that."),
        )
    if ownership.inherits:
        return deny(
            Code.ILLEGAL_TRANSITION,
            "R29",
            _("This folder has the same members as {name}. Stop inheriting first, or change them there."),
            name=ownership.parent_name,
        )
    return permit()


def decide_members(
    ownership: Ownership, *, before: frozenset[Member], after: frozenset[Member], is_confirmed: bool
) -> Decision:
    """May the members become these? Somebody must stay responsible (R40), and nobody shuts themselves out unawares
    (R39). Members are the effective ones, whoever gives them."""
    if before == after:
        return permit()
    creators = {who for who, role in after if role is FolderRole.CREATOR}
    is_led = not creators.isdisjoint(ownership.living)
    was_creator = any(role is FolderRole.CREATOR and who in ownership.mine for who, role in before)
    loses_own = was_creator and creators.isdisjoint(ownership.mine)
    if loses_own and not is_led:
        return deny(
            Code.ILLEGAL_TRANSITION,
            "R39",
            _("You are the last Creator here. Make somebody else a Creator first, then take your own role away."),
        )
    if not is_led and not ownership.has_contact:
        return deny(
            Code.ILLEGAL_TRANSITION,
            "R40",
            _("Somebody must stay responsible: make another active person a Creator first."),
        )
    if loses_own and not is_confirmed:
        return deny(
            Code.CONFLICT,
            "R39",
            _(
                "This takes your own role as Creator away: you could no longer change anything here. Confirm it to go on."
            ),
        )
    return permit()


def decide_inherit(ownership: Ownership) -> Decision:
    """May the folder inherit again? R28: one at the top has nothing to inherit from."""
    if ownership.is_root:
        return deny(Code.ILLEGAL_TRANSITION, "R28", _("A folder at the top has no folder to inherit from."))
    if ownership.inherits:
        return deny(Code.CONFLICT, "R30", _("This folder inherits already. Reload the page to see how things stand."))
    return permit()


def decide_stop_inheriting(ownership: Ownership) -> Decision:
    """May the folder stop inheriting? R29."""
    if not ownership.inherits:
        return deny(Code.CONFLICT, "R29", _("This folder has members of its own already. Reload the page to see them."))
    return permit()


def fingerprint(members: frozenset[Member], level: SharingLevel) -> str:
    """A short text for exactly these members and this level, so that a page can say later what it showed."""
    lines = sorted(f"{who} {role}" for who, role in members)
    return sha256("\n".join([level, *lines]).encode()).hexdigest()[:24]


def decide_unchanged(seen: str, found: str) -> Decision:
    """Does it stand as the page that asked showed it (R30)?"""
    if seen == found:
        return permit()
    return deny(
        Code.CONFLICT,
        "R30",
        _("Who can see this folder changed meanwhile. Look at who loses access now, then confirm again."),
    )


def losing(before: frozenset[Member], after: frozenset[Member]) -> frozenset[Member]:
    """Whose role ends, for the page that asks before (R30)."""
    return before - after


@dataclass(frozen=True, slots=True)
class Crossing:
    """Who sees a recording where it goes and not where it is, and the other way round (R203); `was` and `will` are whom the
    levels let in beside the members."""

    gaining: frozenset[Member]
    losing: frozenset[Member]
    was: Audience
    will: Audience


def crossing(
    before: frozenset[Member],
    after: frozenset[Member],
    *,
    was: Audience,
    will: Audience,
    besides: frozenset[PrincipalId] = frozenset(),
) -> Crossing:
    """R203: by the roles that let somebody watch. `besides` see it wherever it lies; and where a level lets everybody in,
    nobody gains or loses by a role."""
    here, there = (frozenset(each for each in some if _sees(each, besides)) for some in (before, after))
    known, will_know = ({who for who, _ in some} for some in (here, there))
    return Crossing(
        gaining=frozenset(each for each in there if was is Audience.RESTRICTED and each[0] not in known),
        losing=frozenset(each for each in here if will is Audience.RESTRICTED and each[0] not in will_know),
        was=was,
        will=will,
    )


def _sees(member: Member, besides: frozenset[PrincipalId]) -> bool:
    who, role = member
    return Action.VIEW in CAPABILITIES[role] and who not in besides


def decide_level(level: SharingLevel | None, cap: SharingLevel) -> Decision:
    """May the level be this? No further than the cap, which an exemption lifts (R33)."""
    if level is None or not is_above(level, cap):
        return permit()
    return deny(
        Code.ILLEGAL_TRANSITION,
        "R33",
        _("Sharing that far needs an exemption: recordings are for teachers and students. Ask the service team."),
    )


def decide_folder_level(level: SharingLevel, ownership: Ownership, cap: SharingLevel) -> Decision:
    """May the folder's level be this? R29 and R34 before R33."""
    if level is SharingLevel.RESTRICTED and ownership.is_personal_root:
        return permit()
    decision = decide_share(ownership)
    return decide_level(level, cap) if decision.is_permitted else decision


def decide_exemption(*, reason: str, expires_at: datetime, now: datetime) -> Decision:
    """An exemption says why, and ends (R33)."""
    if not reason:
        return deny(Code.BAD_REQUEST, "R33", _("Say why the exemption is given."))
    if expires_at <= now:
        return deny(Code.BAD_REQUEST, "R33", _("Choose a day in the future on which the exemption ends."))
    return permit()

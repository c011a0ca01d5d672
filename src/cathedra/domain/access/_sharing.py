"""How far a sharing level reaches: the union of folder and recording (R32), and the cap (R33)."""

from enum import IntEnum

from cathedra.domain.access._words import SharingLevel


class Audience(IntEnum):
    """Whom a level lets in beside the members: restricted < organisation < public (R32)."""

    RESTRICTED = 0
    ORGANISATION = 1
    PUBLIC = 2


_AUDIENCE = {
    SharingLevel.RESTRICTED: Audience.RESTRICTED,
    SharingLevel.ORGANISATION_UNLISTED: Audience.ORGANISATION,
    SharingLevel.ORGANISATION: Audience.ORGANISATION,
    SharingLevel.PUBLIC_UNLISTED: Audience.PUBLIC,
    SharingLevel.PUBLIC: Audience.PUBLIC,
}
_LISTED = {
    SharingLevel.ORGANISATION: SharingLevel.ORGANISATION,
    SharingLevel.PUBLIC: SharingLevel.PUBLIC,
}
_UNLISTED = {
    SharingLevel.ORGANISATION: SharingLevel.ORGANISATION_UNLISTED,
    SharingLevel.PUBLIC: SharingLevel.PUBLIC_UNLISTED,
}
_AT_MOST = {
    Audience.RESTRICTED: SharingLevel.RESTRICTED,
    Audience.ORGANISATION: SharingLevel.ORGANISATION,
    Audience.PUBLIC: SharingLevel.PUBLIC,
}


def audience_of(level: SharingLevel) -> Audience:
    """Whom the level lets in by the link."""
    return _AUDIENCE[level]


def is_listed(level: SharingLevel) -> bool:
    """Whether the people it lets in find it in lists and search (R31)."""
    return level in _LISTED


def within(level: SharingLevel, max_level: SharingLevel) -> SharingLevel:
    """The level as far as the cap lets it reach (R33): no further, and listed only where the cap may be listed."""
    if audience_of(level) < audience_of(max_level):
        return level
    most = _AT_MOST[audience_of(max_level)]
    if most is SharingLevel.RESTRICTED or (is_listed(level) and is_listed(max_level)):
        return most
    return _UNLISTED[most]


def is_above(level: SharingLevel, max_level: SharingLevel) -> bool:
    """Whether the level needs an exemption (R33)."""
    return within(level, max_level) is not level


def link_audience(*levels: SharingLevel) -> Audience:
    """Whom folder and recording together let in by the link (R32)."""
    return max((audience_of(level) for level in levels), default=Audience.RESTRICTED)


def listed_audience(*levels: SharingLevel) -> Audience:
    """Who finds it in lists: the furthest of the listed levels alone (R32)."""
    return link_audience(*(level for level in levels if is_listed(level)))


def adds_nothing(own: SharingLevel | None, folder: SharingLevel) -> bool:
    """Whether a recording's own level says something else than its folder's and yet changes nothing (R32): the union
    lets in whoever the folder lets in. The page says so, and offers a restricted subfolder instead."""
    if own is None or own is folder:
        return False
    is_as_far = link_audience(own, folder) is link_audience(folder)
    return is_as_far and listed_audience(own, folder) is listed_audience(folder)

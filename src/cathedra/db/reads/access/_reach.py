"""Where a person can find anything at all, for the statements of search that carry the rule themselves."""

from dataclasses import dataclass
from uuid import UUID

from cathedra.db.reads.access._facts import max_level
from cathedra.db.reads.access._places import find_viewer, levels_reaching
from cathedra.domain.access import Audience, SharingLevel, Standing
from cathedra.domain.terms import AccountId


@dataclass(frozen=True, slots=True)
class Reach:
    """`levels` list things to the person within the site's cap, `beyond` only with an exemption (R33); `paths` are those
    of the folders in which they are the videographer (R25). Grants are left out: they add nothing to what is found
    (R145), for nothing is written down about a search (R148)."""

    viewer: AccountId | None
    is_gated: bool
    principals: tuple[UUID, ...]
    levels: tuple[str, ...]
    beyond: tuple[str, ...]
    paths: tuple[str, ...]


def reach_in_lists(viewer: AccountId | None) -> Reach:
    """In one question."""
    held = find_viewer(viewer)
    audience = Audience.PUBLIC if held.id is None else Audience.ORGANISATION
    within = levels_reaching(audience, max_level(), is_listing=True)
    ever = levels_reaching(audience, SharingLevel.PUBLIC, is_listing=True)
    return Reach(
        held.id,
        held.is_gated,
        held.principals,
        tuple(str(level) for level in within),
        tuple(str(level) for level in ever if level not in within),
        tuple(path for role, path in held.scopes if role is Standing.VIDEOGRAPHER),
    )

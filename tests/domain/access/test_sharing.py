"""The five levels, their union, and the cap (R31 to R33)."""

from itertools import product

from cathedra.domain.access import (
    Action,
    Audience,
    SharingLevel,
    audience,
    is_above,
    link_audience,
    listed_audience,
    within,
)
from tests.domain.access.people import HOUR, NOW, facts

L = SharingLevel
REACH = {  # level: by the link, in lists (R31)
    L.RESTRICTED: (0, 0),
    L.ORGANISATION_UNLISTED: (1, 0),
    L.ORGANISATION: (1, 1),
    L.PUBLIC_UNLISTED: (2, 0),
    L.PUBLIC: (2, 2),
}


def test_the_union_of_folder_and_recording_r32():
    for one, other in product(L, L):
        assert link_audience(one, other) == max(REACH[one][0], REACH[other][0]), (one, other)
        assert listed_audience(one, other) == max(REACH[one][1], REACH[other][1]), (one, other)


def test_a_stricter_level_of_the_recording_has_no_effect_r32():
    for folder, own in product(L, L):
        both = facts(level=folder, own_level=own, max_level=L.PUBLIC)
        alone = facts(level=folder, max_level=L.PUBLIC)
        for action in (Action.VIEW, Action.LIST):
            assert audience(both, action, NOW) >= audience(alone, action, NOW)


CAPPED = {  # cap: what each of the five levels becomes (R33)
    L.RESTRICTED: (L.RESTRICTED,) * 5,
    L.ORGANISATION_UNLISTED: (L.RESTRICTED, *(L.ORGANISATION_UNLISTED,) * 4),
    L.ORGANISATION: (L.RESTRICTED, L.ORGANISATION_UNLISTED, L.ORGANISATION, L.ORGANISATION_UNLISTED, L.ORGANISATION),
    L.PUBLIC_UNLISTED: (L.RESTRICTED, L.ORGANISATION_UNLISTED, L.ORGANISATION, L.PUBLIC_UNLISTED, L.PUBLIC_UNLISTED),
    L.PUBLIC: tuple(L),
}


def test_a_level_reaches_no_further_than_the_cap_r33():
    for cap, expected in CAPPED.items():
        assert tuple(within(level, cap) for level in L) == expected, cap
        assert [level for level in L if is_above(level, cap)] == [
            level for level, left in zip(L, expected, strict=True) if level is not left
        ]


def test_an_exemption_lifts_the_cap_until_its_day_r33():
    shared = facts(signed_in=False, level=L.PUBLIC, max_level=L.ORGANISATION, exempt_until=NOW + HOUR)
    assert audience(shared, Action.VIEW, NOW) is Audience.PUBLIC
    assert audience(shared, Action.VIEW, NOW + HOUR) is Audience.ORGANISATION
    without = facts(signed_in=False, level=L.PUBLIC, max_level=L.ORGANISATION)
    assert audience(without, Action.VIEW, NOW) is Audience.ORGANISATION


def test_what_a_recording_gives_does_not_open_its_folder_r24():
    one = facts(own_level=L.ORGANISATION, is_named_viewer=True)
    assert audience(one, Action.SEE_FOLDER, NOW) is Audience.RESTRICTED
    assert audience(one, Action.VIEW, NOW) is Audience.ORGANISATION

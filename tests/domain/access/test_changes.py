"""What may be changed about members and levels: R28 to R35, R38 rows 12 and 13, R39, R40."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from cathedra.domain import access
from cathedra.domain.access import Action, Audience, FolderRole, Ownership, SharingLevel
from cathedra.domain.terms import Code, PrincipalId

ALICE, BOB, GROUP, GONE = (PrincipalId(UUID(int=number)) for number in range(1, 5))
NOW = datetime(2026, 11, 2, tzinfo=UTC)
C, V, P = FolderRole.CREATOR, FolderRole.VIEWER, FolderRole.PUBLISHER


def own(**facts):
    """A folder with members of its own; Alice acts, Gone is a closed account."""
    given = {"inherits": False, "living": frozenset({ALICE, BOB, GROUP}), "mine": frozenset({ALICE}), **facts}
    return Ownership(**given)


def test_only_viewers_are_given_by_who_shares_rows_12_and_13_of_r38():
    wanted = {role: access.action_for(role) for role in FolderRole}
    assert wanted.pop(V) is Action.SHARE
    assert set(wanted.values()) == {Action.MANAGE_MEMBERS}


def test_members_can_be_added_where_the_folder_has_its_own_r29_and_r34():
    assert access.decide_share(own()).is_permitted
    inheriting = access.decide_share(own(inherits=True, parent_name="Part IA"))
    assert (inheriting.reasons[0].rule, inheriting.reasons[0].values) == ("R29", {"name": "Part IA"})
    assert access.decide_share(own(is_personal_root=True)).reasons[0].rule == "R34"


@pytest.mark.parametrize(
    ("before", "after", "facts", "is_confirmed", "expected"),
    [
        # nobody's Creator role goes
        ({(ALICE, C), (BOB, V)}, {(ALICE, C)}, {}, False, "ALLOW"),
        # R40: a Creator or a contact must remain, and a closed account or an empty group is nobody
        ({(BOB, C)}, set(), {}, True, "R40"),
        ({(BOB, C)}, set(), {"has_contact": True}, False, "ALLOW"),
        ({(BOB, C), (GONE, C)}, {(GONE, C)}, {}, True, "R40"),
        ({(BOB, C), (GROUP, C)}, {(GROUP, C)}, {}, False, "ALLOW"),
        ({(BOB, C), (BOB, P)}, {(BOB, P)}, {}, True, "R40"),
        # R39: one's own role goes only when another active Creator remains and it is confirmed
        ({(ALICE, C)}, set(), {}, True, "R39"),
        ({(ALICE, C)}, set(), {"has_contact": True}, True, "R39"),
        ({(ALICE, C), (GONE, C)}, {(GONE, C)}, {}, True, "R39"),
        ({(ALICE, C), (BOB, C)}, {(BOB, C)}, {}, False, "R39?"),
        ({(ALICE, C), (BOB, C)}, {(BOB, C)}, {}, True, "ALLOW"),
        ({(ALICE, C), (GROUP, C)}, {(GROUP, C)}, {"mine": frozenset({ALICE, GROUP})}, False, "ALLOW"),
        ({(GROUP, C), (BOB, C)}, {(BOB, C)}, {"mine": frozenset({ALICE, GROUP})}, False, "R39?"),
        # nothing changes: nothing is asked, however it stands
        (set(), set(), {}, False, "ALLOW"),
    ],
)
def test_somebody_stays_responsible_r39_r40(before, after, facts, is_confirmed, expected):
    decision = access.decide_members(
        own(**facts), before=frozenset(before), after=frozenset(after), is_confirmed=is_confirmed
    )
    if decision.is_permitted:
        assert expected == "ALLOW"
        return
    assert decision.reasons[0].rule == expected.rstrip("?")
    assert (decision.code is Code.CONFLICT) == expected.endswith("?"), "only the question is a conflict"


def test_inheriting_stops_and_begins_again_r28_r29_r30():
    assert access.decide_stop_inheriting(own(inherits=True)).is_permitted
    assert access.decide_stop_inheriting(own()).code is Code.CONFLICT
    assert access.decide_inherit(own()).is_permitted
    assert access.decide_inherit(own(inherits=True)).reasons[0].rule == "R30"
    assert access.decide_inherit(own(is_root=True)).reasons[0].rule == "R28"
    members = frozenset({(ALICE, C), (BOB, V)})
    assert access.losing(members, frozenset({(ALICE, C), (GROUP, V)})) == {(BOB, V)}
    seen = access.fingerprint(members, SharingLevel.RESTRICTED)
    assert access.decide_unchanged(seen, access.fingerprint(members, SharingLevel.RESTRICTED)).is_permitted
    for changed in (
        access.fingerprint(members, SharingLevel.ORGANISATION),
        access.fingerprint(members - {(BOB, V)}, SharingLevel.RESTRICTED),
    ):
        assert access.decide_unchanged(seen, changed).code is Code.CONFLICT


def test_no_level_passes_the_cap_r33():
    order = list(SharingLevel)
    for cap in SharingLevel:
        for level in (None, *SharingLevel):
            allowed = access.decide_level(level, cap).is_permitted
            assert allowed == (level is None or not access.is_above(level, cap)), (level, cap)
    assert [level for level in order if access.decide_level(level, SharingLevel.ORGANISATION).is_permitted] == order[:3]
    refused = access.decide_level(SharingLevel.PUBLIC, SharingLevel.ORGANISATION)
    assert (refused.code, refused.reasons[0].rule) == (Code.ILLEGAL_TRANSITION, "R33")


def test_the_level_of_a_folder_is_its_own_r29_r34():
    cap = SharingLevel.ORGANISATION
    wanted = SharingLevel.ORGANISATION
    assert access.decide_folder_level(wanted, own(), cap).is_permitted
    assert access.decide_folder_level(wanted, own(inherits=True), cap).reasons[0].rule == "R29"
    assert access.decide_folder_level(wanted, own(is_personal_root=True), cap).reasons[0].rule == "R34"
    assert access.decide_folder_level(SharingLevel.RESTRICTED, own(is_personal_root=True), cap).is_permitted
    assert access.decide_folder_level(SharingLevel.PUBLIC, own(), cap).reasons[0].rule == "R33"


def test_a_stricter_level_of_a_recording_adds_nothing_r32():
    level = SharingLevel
    table = {
        (None, level.ORGANISATION): False,
        (level.RESTRICTED, level.RESTRICTED): False,
        (level.RESTRICTED, level.ORGANISATION): True,
        (level.ORGANISATION_UNLISTED, level.ORGANISATION): True,
        (level.ORGANISATION, level.ORGANISATION_UNLISTED): False,  # it is listed then
        (level.ORGANISATION, level.PUBLIC_UNLISTED): False,
        (level.ORGANISATION_UNLISTED, level.PUBLIC_UNLISTED): True,
        (level.PUBLIC, level.RESTRICTED): False,
        (level.ORGANISATION, level.PUBLIC): True,
    }
    for (own_level, folder), expected in table.items():
        assert access.adds_nothing(own_level, folder) is expected, (own_level, folder)


def test_an_exemption_says_why_and_ends_r33():
    later = NOW + timedelta(days=1)
    assert access.decide_exemption(reason="open day", expires_at=later, now=NOW).is_permitted
    assert access.decide_exemption(reason="", expires_at=later, now=NOW).code is Code.BAD_REQUEST
    assert access.decide_exemption(reason="open day", expires_at=NOW, now=NOW).code is Code.BAD_REQUEST


def test_by_a_move_somebody_gains_or_loses_who_may_watch_in_one_of_the_folders_alone_r203():
    before = frozenset({(ALICE, C), (GROUP, V), (BOB, P), (GONE, FolderRole.ANALYTICS_MANAGER)})
    after = frozenset({(ALICE, V), (GONE, V), (BOB, FolderRole.ANALYTICS_MANAGER)})
    alone, everybody = Audience.RESTRICTED, Audience.ORGANISATION
    found = access.crossing(before, after, was=alone, will=alone)
    assert (found.gaining, found.losing) == ({(GONE, V)}, {(GROUP, V), (BOB, P)}), "figures are not playback (R23)"
    found = access.crossing(before, after, was=alone, will=alone, besides=frozenset({BOB, GONE}))
    assert (found.gaining, found.losing) == (frozenset(), {(GROUP, V)})
    assert access.crossing(before, after, was=everybody, will=alone).gaining == frozenset()
    assert access.crossing(before, after, was=alone, will=everybody).losing == frozenset()

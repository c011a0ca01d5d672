"""Every cell of the permission matrix R38. The table is retyped from the rules, not derived from the product."""

from collections.abc import Iterator

import pytest

from cathedra.domain import access
from cathedra.domain.access import Action, Downloads, FolderRole, GrantRight, SharingLevel, Standing, permits
from tests.domain.access.people import IN_COLUMN, NOW, facts, grant, person

COLUMNS = [
    "Anonymous",
    "Viewer",
    "Creator",
    "Publisher",
    "Organizer",
    "Analytics",
    "Scheduler",
    "Videographer",
    "service_admin",
    "sys_admin",
]
# The rows of R38 as they stand in the rules, with the actions that the product has for each.
R38 = """
1  | view published, available item | if Public | f | f | f | f | - | - | f | g | g
2  | view own item in any non-purged state | - | own | own | own | own | - | own | own | own | own
3  | view waiting/rejected/not-yet-available item | - | - | f | f | - | - | - | f | g | g
4  | record, upload, schedule into folder | - | - | f | - | - | - | f | f | - | -
5  | edit media, captions, contents, quiz | - | - | f | - | - | - | - | f | g (manage) | -
6  | edit title/description/tags | - | - | f | - | f | - | - | f | y | -
7  | delete to bin | - | - | f | - | - | - | own schedule | own | y (policy reasons) | -
8  | restore from bin | - | - | f | - | - | - | - | own | y | -
9  | purge from bin early | - | - | own | - | - | - | - | - | y | -
10 | approve / reject | - | - | - | f | - | - | - | - | y only if no publisher | -
11 | set availability window | - | - | f | f | - | - | - | - | y | -
12 | share, change level, add viewers | - | - | f | - | f | - | - | - | y | -
13 | add/remove Creators, Publishers | - | - | f | - | - | - | - | - | y | -
14 | copy, move | - | - | f | - | f | - | - | - | y | -
15 | download | if policy | policy | f | policy | policy | - | - | f | g (with export right) | -
16 | restore from archive | - | f | f | f | f | - | - | f | y | -
17 | private notes, bookmarks, resume | - | f | f | f | f | - | - | f | - | -
18 | discussion comments | - | f | f (moderate) | f (moderate) | f | - | - | f | y (moderate) | -
19 | statistics of item/folder | - | - | f | f | - | f | - | - | y (no names below R216) | -
20 | order paid captions | - | - | with caption_requester | - | - | - | - | - | y | -
21 | schedule on a recorder | - | - | needs R152 | - | - | - | facility | facility | y | -
22 | AUP decision, exemption, hold, takedown | - | - | - | - | - | - | - | - | y | -
23 | meters, allocations, retention runs | - | own | own folders | - | - | f | - | - | y | read
24 | users, groups, SSO, LTI, settings | - | - | - | - | - | - | - | - | - | y
25 | read audit log | - | own items | own folders | own approvals | - | - | - | - | y | y
"""
ACTIONS = {
    1: Action.VIEW,
    2: Action.VIEW_OWN,
    3: Action.VIEW_EARLY,
    4: Action.CREATE_RECORDING,
    5: Action.EDIT_MEDIA,
    6: Action.EDIT_RECORDING,
    7: Action.DELETE,
    8: Action.RESTORE_FROM_BIN,
    9: Action.PURGE,
    10: Action.APPROVE,
    11: Action.SET_AVAILABILITY,
    12: Action.SHARE,
    13: Action.MANAGE_MEMBERS,
    14: Action.MOVE,
    15: Action.DOWNLOAD,
    16: Action.RESTORE_FROM_ARCHIVE,
    17: Action.KEEP_NOTES,
    18: Action.COMMENT,
    19: Action.SEE_STATISTICS,
    20: Action.ORDER_CAPTIONS,
    21: Action.SCHEDULE_RECORDER,
    22: Action.REVIEW,
    23: Action.SEE_METERS,
    24: Action.ADMINISTER,
    25: Action.READ_AUDIT,
}
MORE = {14: Action.COPY}  # a row of the rules with two actions here
ASKED = [*ACTIONS.items(), *MORE.items()]
OWN = {"owner": True}
STAFF = {"is_staff": True}
# What must be so for a cell to hold, beyond the column; and what takes it away again. Where nothing is given beyond the
# column, the cell holds for somebody who only stands in it.
MET: dict[str, tuple[dict[str, object], dict[str, object] | None]] = {
    "f": ({}, None),
    "y": ({}, None),
    "y (moderate)": ({}, None),
    "y (policy reasons)": ({}, None),  # the verb asks for the reason: tests/actions/retention
    "y (no names below R216)": ({}, None),  # the page gives none: tests/web/test_viewing
    "f (moderate)": ({}, None),
    "read": ({}, None),
    "own folders": ({}, None),
    "own": (OWN, {}),
    "own items": (OWN, {}),
    "if Public": (
        {"level": SharingLevel.PUBLIC_UNLISTED, "max_level": SharingLevel.PUBLIC},
        {"level": SharingLevel.ORGANISATION, "max_level": SharingLevel.PUBLIC},
    ),
    "if policy": (
        {"level": SharingLevel.PUBLIC, "max_level": SharingLevel.PUBLIC, "downloads": Downloads.VIEWERS},
        {"level": SharingLevel.PUBLIC, "max_level": SharingLevel.PUBLIC, "downloads": Downloads.CREATORS},
    ),
    "policy": ({"downloads": Downloads.VIEWERS}, {"downloads": Downloads.CREATORS}),
    "g": ({**STAFF, "grants": (grant(),)}, STAFF),
    "g (manage)": ({**STAFF, "grants": (grant(GrantRight.MANAGE),)}, {**STAFF, "grants": (grant(),)}),
    "g (with export right)": ({**STAFF, "grants": (grant(GrantRight.EXPORT),)}, {**STAFF, "grants": (grant(),)}),
    "own schedule": ({"is_own_schedule": True}, {}),
    "y only if no publisher": ({"has_publisher": False}, {}),
    "with caption_requester": ({"also": frozenset({Standing.CAPTION_REQUESTER})}, {}),
    "needs R152": ({"may_use_recorder": True}, {}),
    "facility": ({"may_use_recorder": True}, {}),
    "own approvals": ({"is_own_approval": True}, {}),
}
# A "-" of these cells is about the column alone: who owns the item, or holds a grant, has other cells (R43, R145).
NOT_BY_ITSELF = ({}, {"is_own_schedule": True}, {"has_publisher": False}, {"may_use_recorder": True})


def cells() -> Iterator[tuple[int, str, str]]:
    for line in R38.strip().splitlines():
        number, _, *row = (part.strip() for part in line.split("|"))
        assert len(row) == len(COLUMNS), line
        for column, cell in zip(COLUMNS, row, strict=True):
            yield int(number), column, cell


def test_the_table_has_every_row_and_column_of_r38():
    assert len(list(cells())) == 25 * 10
    assert set(IN_COLUMN) == set(COLUMNS)
    assert {row for row, _, _ in cells()} == set(ACTIONS)


@pytest.mark.parametrize(("row", "action"), ASKED)
def test_every_cell_of_r38(row, action):
    for number, column, cell in cells():
        if number != row:
            continue
        if cell == "-":
            for given in NOT_BY_ITSELF:
                assert not permits(person(column, **given), action, NOW), f"row {row}, {column}, {given}"
            continue
        met, unmet = MET[cell]
        assert permits(person(column, **met), action, NOW), f"row {row}, {column}: {cell}"
        if unmet is not None:
            assert not permits(person(column, **unmet), action, NOW), f"row {row}, {column}: {cell} unmet"


def test_nobody_outside_the_folder_has_a_cell_of_it_r22():
    """A folder's role counts on that folder only: to others its holder is somebody signed in, and nothing more."""
    for action in Action:
        assert not permits(facts(), action, NOW), action
        assert not permits(facts(signed_in=False), action, NOW), action


def test_a_viewer_watches_and_changes_nothing_r18():
    own = {Action.VIEW, Action.LIST, Action.SEE_FOLDER, Action.LIST_FOLDER, Action.KEEP_NOTES, Action.COMMENT}
    assert access.CAPABILITIES[FolderRole.VIEWER] == own | {Action.RESTORE_FROM_ARCHIVE}


def test_who_makes_folders_r19_r23():
    """R23 names the Organizer, R19 the Creator; no row of R38 gives it to those who run the service."""
    assert {column for column in COLUMNS if permits(person(column), Action.CREATE_FOLDER, NOW)} == {
        "Creator",
        "Organizer",
    }


def test_moderating_is_for_those_whom_row_18_says():
    held = {column for column in COLUMNS if permits(person(column), Action.MODERATE, NOW)}
    assert held == {"Creator", "Publisher", "service_admin"}


def test_changing_meters_is_not_reading_them_row_23():
    assert {column for column in COLUMNS if permits(person(column), Action.MANAGE_METERS, NOW)} == {"service_admin"}


def test_the_auditor_reads_audit_and_meters_only_r25():
    auditor = facts(appointments=frozenset({Standing.AUDITOR}))
    held = {action for action in Action if permits(auditor, action, NOW)}
    assert held == {Action.READ_AUDIT, Action.SEE_METERS}


def test_administrators_see_what_it_is_but_not_what_is_in_it_r26():
    for column in ("service_admin", "sys_admin"):
        admin = person(column)
        assert permits(admin, Action.SEE_METADATA, NOW)
        for action in (Action.VIEW, Action.VIEW_EARLY, Action.DOWNLOAD, Action.KEEP_NOTES, Action.LIST):
            assert not permits(admin, action, NOW), (column, action)


def test_creator_and_publisher_on_one_folder_have_both_r21():
    both = facts(FolderRole.CREATOR, FolderRole.PUBLISHER)
    alone = [facts(role) for role in (FolderRole.CREATOR, FolderRole.PUBLISHER)]
    for action in Action:
        assert permits(both, action, NOW) == any(permits(one, action, NOW) for one in alone), action


def test_a_publisher_alone_does_not_record_upload_edit_or_delete_r20():
    for action in (Action.CREATE_RECORDING, Action.EDIT_MEDIA, Action.EDIT_RECORDING, Action.DELETE):
        assert action not in access.CAPABILITIES[FolderRole.PUBLISHER]
        assert action in access.CAPABILITIES[FolderRole.CREATOR]


def test_who_replaces_a_failed_file_t18():
    """Creators and the service; an owner only where they may add recordings themselves."""
    assert permits(facts(FolderRole.CREATOR), Action.REPLACE_FILE, NOW)
    assert permits(facts(appointments=frozenset({Standing.SERVICE_ADMIN})), Action.REPLACE_FILE, NOW)
    assert permits(facts(owner=True), Action.PROCESS_AGAIN, NOW)
    assert not permits(facts(owner=True), Action.REPLACE_FILE, NOW)
    assert not permits(facts(FolderRole.VIEWER, owner=True, is_assignment=True), Action.REPLACE_FILE, NOW)
    student = {"is_assignment": True, "is_enrolled": True}
    assert permits(facts(FolderRole.VIEWER, owner=True, **student), Action.REPLACE_FILE, NOW)
    assert not permits(facts(FolderRole.VIEWER, **student), Action.REPLACE_FILE, NOW)


def test_a_grant_gives_what_its_rights_say_to_any_staff_r145():
    manage = facts(is_staff=True, grants=(grant(GrantRight.MANAGE),))
    assert permits(manage, Action.MOVE, NOW)
    assert permits(manage, Action.SET_AVAILABILITY, NOW)
    for action in (Action.DELETE, Action.SHARE, Action.MANAGE_MEMBERS, Action.APPROVE, Action.DOWNLOAD):
        assert not permits(manage, action, NOW), action


def test_nobody_downloads_where_the_folder_says_so_but_the_owner():
    for column in COLUMNS:
        assert not permits(person(column, downloads=Downloads.NOBODY), Action.DOWNLOAD, NOW), column
    assert permits(facts(owner=True, downloads=Downloads.NOBODY), Action.DOWNLOAD, NOW)

"""Who may download (R204, R38 row 15): a folder's policy, a recording's own, and who says so."""

from itertools import product

from cathedra.domain import access
from cathedra.domain.access import Action, Downloads, FolderRole
from tests.domain.access.people import IN_COLUMN, NOW, facts, grant, person

NOBODY, CREATORS, VIEWERS = Downloads.NOBODY, Downloads.CREATORS, Downloads.VIEWERS


def test_a_recording_is_stricter_than_its_folder_and_never_more_open_r204():
    order = [NOBODY, CREATORS, VIEWERS]
    for folder, own, original in product(order, [None, *order], [None, *order]):
        least = min(order.index(each) for each in (folder, own, original) if each is not None)
        assert access.strictest(folder, own, original) is order[least], (folder, own, original)


def test_each_policy_lets_exactly_these_download_r204():
    """Row 15 for everybody who stands in one column; the owner always may (R43), staff by the export right only."""
    may = {
        NOBODY: set(),
        CREATORS: {"Creator", "Videographer"},
        VIEWERS: {"Creator", "Videographer", "Viewer", "Publisher", "Organizer"},
    }
    for policy, expected in may.items():
        found = {
            column
            for column in IN_COLUMN
            if access.decide(person(column, downloads=policy), Action.DOWNLOAD, NOW).is_permitted
        }
        assert found == expected, policy
        assert access.decide(facts(owner=True, downloads=policy), Action.DOWNLOAD, NOW).is_permitted, policy
        for right, is_let in ((access.GrantRight.MANAGE, False), (access.GrantRight.EXPORT, True)):
            held = facts(is_staff=True, grants=(grant(right),), downloads=policy)
            assert access.decide(held, Action.DOWNLOAD, NOW).is_permitted is is_let, (policy, right)


def test_what_does_not_play_is_not_downloaded_but_a_held_recording_by_its_owner_r43_r121():
    creator = {"downloads": VIEWERS}
    told = {
        "draft": "NOT_READY",
        "failed": "NOT_READY",
        "archived": "ARCHIVED",
        "restoring": "RESTORING",
        "recycled": "RECYCLED",
        "purged": "GONE",
        "held": "HELD",
        "waiting": "ALLOW",
    }
    for state, code in told.items():
        asked = facts(FolderRole.CREATOR, state=state, **creator)
        assert access.decide(asked, Action.DOWNLOAD, NOW).code == code, state
    assert access.decide(facts(state="held", owner=True, downloads=NOBODY), Action.DOWNLOAD, NOW).code == "ALLOW"
    legal = facts(state="held", owner=True, legal=True)
    assert access.decide(legal, Action.DOWNLOAD, NOW).code == "HELD"
    viewer = facts(FolderRole.VIEWER, state="waiting", **creator)
    assert access.decide(viewer, Action.DOWNLOAD, NOW).code == "WAITING_APPROVAL"


def test_who_sets_the_folder_up_makes_exceptions_from_its_policy_r204():
    for column in IN_COLUMN:
        decision = access.decide_own_downloads(person(column), NOBODY, NOW)
        assert decision.is_permitted is (column in ("Creator", "service_admin")), column
    creator = facts(FolderRole.CREATOR)
    assert access.decide_own_downloads(creator, None, NOW).is_permitted
    wider = access.decide_own_downloads(creator, VIEWERS, NOW)
    assert (wider.code, wider.reasons[0].rule) == ("BAD_REQUEST", "R204")
    assert access.decide_own_downloads(facts(FolderRole.CREATOR, state="recycled"), NOBODY, NOW).code == "RECYCLED"

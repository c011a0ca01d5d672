"""Members and inheritance: done, refused, lost the race, audited (R28 to R30, R34, R38 rows 12 and 13, R39, R40)."""

import pytest

from cathedra.actions import access as actions
from cathedra.db.models import Account, Department, Folder, Notice, Recording
from cathedra.db.reads import access as reads
from cathedra.db.writes import access as writes
from cathedra.db.writes import library, people
from cathedra.domain import access
from cathedra.domain.access import FolderRole, SharingLevel
from cathedra.domain.library import FolderKind
from cathedra.domain.people import GroupKind
from cathedra.domain.terms import FolderNotFound, PrincipalId
from tests.actions.access.conftest import acting, events, told
from tests.lectures import lecture

V, C, P, ORG = FolderRole.VIEWER, FolderRole.CREATOR, FolderRole.PUBLISHER, FolderRole.CONTENT_ORGANIZER


def share(folder, who, role, by, now, **more):
    return actions.share_folder(folder, principals=[PrincipalId(who)], role=role, actor=acting(by), now=now, **more)


def unshare(folder, who, role, by, now, **more):
    return actions.unshare_folder(folder, principal_id=PrincipalId(who), role=role, actor=acting(by), now=now, **more)


def test_who_may_give_which_role_r38_rows_12_and_13(cast, now):
    writes.add_member(cast.physics, PrincipalId(cast.alice), C, now=now)
    writes.add_member(cast.physics, PrincipalId(cast.chloe), ORG, now=now)
    table = [
        (cast.chloe, V, "ALLOW"),  # an Organizer shares
        (cast.chloe, C, "NO_PERMISSION"),
        (cast.chloe, P, "NO_PERMISSION"),
        (cast.chloe, FolderRole.ANALYTICS_MANAGER, "NO_PERMISSION"),
        (cast.alice, C, "ALLOW"),
        (cast.alice, FolderRole.ANALYTICS_MANAGER, "ALLOW"),
        (cast.dev, P, "ALLOW"),  # the service administrator
        (cast.eve, V, "NO_PERMISSION"),
        (None, V, "SIGN_IN"),
    ]
    for by, role, expected in table:
        assert share(cast.physics, cast.ben, role, by, now).code == expected, (by, role)
    assert reads.roles_on(cast.ben, cast.physics) == {V, C, P, FolderRole.ANALYTICS_MANAGER}
    assert unshare(cast.physics, cast.ben, P, cast.chloe, now).code == "NO_PERMISSION"
    assert unshare(cast.physics, cast.ben, V, cast.chloe, now).is_permitted
    assert reads.roles_on(cast.ben, cast.physics) == {C, P, FolderRole.ANALYTICS_MANAGER}


def test_sharing_is_told_once_and_audited_n9_r223(cast, now):
    for is_told in (False, True, True):
        assert share(cast.chemistry, cast.eve, V, cast.alice, now, is_told=is_told).is_permitted
        assert unshare(cast.chemistry, cast.eve, V, cast.alice, now).is_permitted
    assert told("N9") == ["eve"]
    notice = Notice.objects.get(kind="N9")
    assert (notice.link, notice.values["thing"]) == (f"/folders/{cast.chemistry}/", "Part IA")
    event = events("folder:share")[0]
    assert (event.actor_id, event.target_id) == (cast.alice, str(cast.chemistry))
    assert event.after == {"role": "viewer", "members": [str(cast.eve)]}
    assert events("folder:unshare")[0].before == event.after
    count = len(events("folder:share"))
    share(cast.chemistry, cast.chloe, P, cast.alice, now)
    assert len(events("folder:share")) == count, "who holds the role already changes nothing"


def test_people_who_are_not_here_are_refused(cast, now):
    Account.objects.filter(id=cast.eve).update(is_active=False, deactivated_at=now)
    assert share(cast.chemistry, cast.eve, V, cast.alice, now).code == "BAD_REQUEST"
    nobody = actions.share_folder(cast.chemistry, principals=[], role=V, actor=acting(cast.alice), now=now)
    assert nobody.code == "BAD_REQUEST"
    with pytest.raises(FolderNotFound):
        share(cast.eve, cast.ben, V, cast.alice, now)


def test_the_last_creator_stays_r39_r40(cast, now):
    assert unshare(cast.chemistry, cast.alice, C, cast.alice, now, is_confirmed=True).reasons[0].rule == "R39"
    assert unshare(cast.chemistry, cast.alice, C, cast.dev, now).reasons[0].rule == "R40"
    share(cast.chemistry, cast.eve, C, cast.alice, now)
    asked = unshare(cast.chemistry, cast.alice, C, cast.alice, now)
    assert (asked.code, asked.reasons[0].rule) == ("CONFLICT", "R39")
    Account.objects.filter(id=cast.eve).update(is_active=False, deactivated_at=now)
    assert unshare(cast.chemistry, cast.alice, C, cast.dev, now).reasons[0].rule == "R40"
    Account.objects.filter(id=cast.eve).update(is_active=True)
    assert unshare(cast.chemistry, cast.alice, C, cast.alice, now, is_confirmed=True).is_permitted
    # lost the race: Eve would take Alice's role away, which is gone; and Alice may do nothing any more
    assert unshare(cast.chemistry, cast.alice, C, cast.eve, now).is_permitted
    assert share(cast.chemistry, cast.alice, C, cast.alice, now).code == "NO_PERMISSION"
    Department.objects.update(contact_email="office@example.org")
    assert unshare(cast.chemistry, cast.eve, C, cast.dev, now).is_permitted


def test_a_personal_folder_is_not_shared_but_those_in_it_are_r34(cast, now):
    mine = library.add_folder("Mine", kind=FolderKind.PERSONAL, owner_id=cast.alice, now=now)
    writes.add_member(mine, PrincipalId(cast.alice), C, now=now)
    assert share(mine, cast.ben, V, cast.alice, now).reasons[0].rule == "R34"
    level = actions.set_folder_level(mine, SharingLevel.ORGANISATION, actor=acting(cast.alice), now=now)
    assert level.reasons[0].rule == "R34"
    inside = library.add_folder("For some", kind=FolderKind.PERSONAL, parent_id=mine, now=now)
    assert actions.stop_inheriting(inside, keeps_members=True, actor=acting(cast.alice), now=now).is_permitted
    assert share(inside, cast.ben, V, cast.alice, now).is_permitted


def test_stopping_copies_who_is_effective_r29_and_inheriting_again_says_who_loses_r30(cast, calendar, inner, now):
    deep = library.add_folder("Deep", kind=FolderKind.COURSE, parent_id=inner, now=now)
    assert share(inner, cast.eve, V, cast.alice, now).reasons[0].rule == "R29"
    Folder.objects.filter(id=cast.chemistry).update(sharing="organisation", release_delay_hours=24, downloads="viewers")
    before = reads.effective_members(inner)
    assert actions.stop_inheriting(inner, keeps_members=True, actor=acting(cast.alice), now=now).is_permitted
    row = Folder.objects.get(id=inner)
    assert (row.inherits, row.access_from_id, row.sharing, row.downloads) == (False, inner, "organisation", "viewers")
    assert row.release_delay_hours == 24
    assert reads.effective_members(inner) == before == reads.effective_members(deep)
    again = actions.stop_inheriting(inner, keeps_members=True, actor=acting(cast.alice), now=now)
    assert again.code == "CONFLICT"
    assert share(inner, cast.eve, V, cast.alice, now).is_permitted
    assert reads.roles_on(cast.eve, deep) == {V}, "what inherits from it goes along (D6)"
    assert reads.followers(inner) == ("Deep",)
    sharing = reads.folder_sharing(cast.alice, inner)
    seen = access.fingerprint(sharing.members, sharing.level)
    share(inner, cast.eve, FolderRole.ANALYTICS_MANAGER, cast.alice, now)
    lost = actions.inherit_again(inner, seen=seen, calendar=calendar, actor=acting(cast.alice), now=now)
    assert (lost.code, lost.reasons[0].rule) == ("CONFLICT", "R30")
    sharing = reads.folder_sharing(cast.alice, inner)
    seen = access.fingerprint(sharing.members, sharing.level)
    assert (
        actions.inherit_again(inner, seen=seen, calendar=calendar, actor=acting(cast.chloe), now=now).code
        == "NO_PERMISSION"
    )
    assert actions.inherit_again(inner, seen=seen, calendar=calendar, actor=acting(cast.alice), now=now).is_permitted
    assert reads.roles_on(cast.eve, inner) == frozenset() == reads.roles_on(cast.eve, deep)
    (event,) = events("folder:inherit")
    assert f"viewer {cast.eve}" in event.before["members"]
    assert f"viewer {cast.eve}" not in event.after["members"]


def test_starting_empty_leaves_the_creator_who_did_it_r29_r39(cast, calendar, inner, now):
    writes.add_member(cast.chemistry, PrincipalId(cast.eve), ORG, now=now)
    empty = {"keeps_members": False, "now": now}
    assert actions.stop_inheriting(inner, actor=acting(cast.eve), **empty).code == "NO_PERMISSION"
    assert actions.stop_inheriting(inner, actor=acting(cast.dev), **empty).reasons[0].rule == "R40"
    assert actions.stop_inheriting(inner, actor=acting(cast.alice), **empty).is_permitted
    assert reads.effective_members(inner) == {(PrincipalId(cast.alice), C)}
    (event,) = events("folder:stop_inheriting")
    assert event.after == {"members": [f"creator {cast.alice}"], "sharing": "restricted"}
    root = Folder.objects.get(id=cast.chemistry).parent_id
    assert (
        actions.inherit_again(root, seen="", calendar=calendar, actor=acting(cast.dev), now=now).reasons[0].rule
        == "R28"
    )


def test_a_folder_that_inherits_approval_has_what_is_published_in_it_wait_t25_r69(cast, calendar, now):
    Folder.objects.filter(id=cast.chemistry).update(start="when_approved")
    own = {"kind": FolderKind.COURSE, "inherits": False, "now": now}
    week = library.add_folder("Week", parent_id=cast.chemistry, **own)
    writes.add_member(week, PrincipalId(cast.alice), C, now=now)
    deep = library.add_folder("Deep", kind=FolderKind.COURSE, parent_id=week, now=now)
    asking = library.add_folder("Asking", kind=FolderKind.COURSE, parent_id=week, now=now)
    Folder.objects.filter(id=asking).update(start="when_approved")
    shown = [lecture(folder, cast.alice, now=now) for folder in (week, deep)]
    approved = lecture(asking, cast.alice, now=now)
    sharing = reads.folder_sharing(cast.alice, week)
    seen = access.fingerprint(sharing.members, sharing.level)
    assert actions.inherit_again(week, seen=seen, calendar=calendar, actor=acting(cast.alice), now=now).is_permitted
    found = dict(Recording.objects.values_list("id", "publication"))
    assert [found[one] for one in (*shown, approved)] == ["WAITING", "WAITING", "PUBLISHED"]
    assert told("N10_FOLDER") == ["chloe"]
    assert [event.facts for event in events("folder:inherit")] == [{"recordings": 2}]
    assert len(events("recording:submit")) == 2
    assert actions.stop_inheriting(week, keeps_members=True, actor=acting(cast.alice), now=now).is_permitted
    assert Folder.objects.get(id=week).start == "when_approved"  # it goes along, so that nothing is let out (R70)


def test_a_service_administrator_lets_in_others_and_never_themself_r26_r144(cast, calendar, inner, now):
    group = people.add_group("Service team", kind=GroupKind.INTERNAL)
    people.add_members(group, [cast.dev])
    for who, role in ((cast.dev, V), (cast.dev, C), (group, V)):
        refused = share(cast.chemistry, who, role, cast.dev, now)
        assert (refused.code, refused.reasons[0].rule) == ("SIGHT_NEEDED", "R26"), role
    assert events("folder:share") == []
    assert share(cast.chemistry, cast.eve, C, cast.dev, now).is_permitted
    actions.stop_inheriting(inner, keeps_members=True, actor=acting(cast.alice), now=now)
    share(cast.chemistry, cast.dev, V, cast.alice, now)
    sharing = reads.folder_sharing(cast.dev, inner)
    seen = access.fingerprint(sharing.members, sharing.level)
    assert (
        actions.inherit_again(inner, seen=seen, calendar=calendar, actor=acting(cast.dev), now=now).code
        == "SIGHT_NEEDED"
    )
    assert actions.inherit_again(inner, seen=seen, calendar=calendar, actor=acting(cast.alice), now=now).is_permitted
    assert share(cast.chemistry, cast.dev, C, cast.dev, now).is_permitted, "a Viewer by somebody else's hand"

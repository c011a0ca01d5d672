"""Effective roles follow every change of members and inheritance."""

from cathedra.db.models import Folder, FolderAccess, FolderMember
from cathedra.db.writes import access, library
from cathedra.domain.access import FolderRole
from cathedra.domain.terms import PrincipalId


def effective(folder, principal):
    return set(FolderAccess.objects.filter(folder_id=folder, principal_id=principal).values_list("role", flat=True))


def test_a_role_given_twice_stands_once_and_goes_when_taken(cast, now):
    eve = PrincipalId(cast.eve)
    access.add_member(cast.chemistry, eve, FolderRole.VIEWER, now=now)
    access.add_member(cast.chemistry, eve, FolderRole.VIEWER, now=now)
    access.add_member(cast.chemistry, eve, FolderRole.PUBLISHER, now=now)
    assert FolderMember.objects.filter(principal_id=eve, folder_id=cast.chemistry).count() == 2
    assert effective(cast.chemistry, eve) == {"viewer", "publisher"}
    access.remove_member(cast.chemistry, eve, FolderRole.VIEWER)
    assert effective(cast.chemistry, eve) == {"publisher"}


def test_recomputing_what_is_right_changes_nothing(cast):
    before = list(FolderAccess.objects.order_by("id").values_list())
    access.recompute(cast.chemistry)
    assert list(FolderAccess.objects.order_by("id").values_list()) == before


def giver(folder):
    return Folder.objects.values_list("access_from_id", flat=True).get(id=folder)


def test_where_access_comes_from_follows_inheritance_and_place_r28_r29(cast, now):
    """Stopped, restored, moved: pointer and roles of everything below are in step, and of nothing that owns its own."""
    week = library.add_folder("Week 1", kind="course", parent_id=cast.chemistry, now=now)
    day = library.add_folder("Monday", kind="course", parent_id=week, now=now)
    apart = library.add_folder("Private", kind="course", parent_id=day, inherits=False, now=now)
    below = library.add_folder("Notes", kind="course", parent_id=apart, now=now)
    assert [giver(one) for one in (week, day, apart, below)] == [cast.chemistry, cast.chemistry, apart, apart]
    Folder.objects.filter(id=week).update(inherits=False)
    access.recompute(week)
    assert [giver(one) for one in (week, day, apart, below)] == [week, week, apart, apart]
    assert effective(day, cast.alice) == set()
    access.add_member(week, PrincipalId(cast.eve), FolderRole.CREATOR, now=now)
    assert [effective(one, cast.eve) for one in (day, below)] == [{"creator"}, set()]
    Folder.objects.filter(id=week).update(inherits=True)
    access.recompute(week)
    assert [giver(one) for one in (week, day, below)] == [cast.chemistry, cast.chemistry, apart]
    assert [effective(day, one) for one in (cast.alice, cast.eve)] == [{"creator"}, set()]
    Folder.objects.filter(id=day).update(parent_id=cast.physics)
    access.recompute(day)
    assert [giver(one) for one in (week, day, below)] == [cast.chemistry, cast.physics, apart]
    assert effective(day, cast.eve) == {"viewer"}

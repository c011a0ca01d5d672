"""Effective roles follow every change of members and inheritance."""

from cathedra.db.models import FolderAccess, FolderMember
from cathedra.db.writes import access
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

"""Put away groups and who is in them."""

from collections.abc import Iterable
from datetime import datetime

from cathedra.db.models import Group, Membership, Principal
from cathedra.domain.people import GroupKind
from cathedra.domain.terms import AccountId, GroupId


def add_group(name: str, *, kind: GroupKind, external_id: str | None = None) -> GroupId:
    """Make a group and its principal."""
    principal = Principal.objects.create(is_group=True)
    Group.objects.create(id=principal.id, name=name, kind=kind, external_id=external_id)
    return GroupId(principal.id)


def set_group_name(group_id: GroupId, name: str) -> None:
    """Call a group something else."""
    Group.objects.filter(id=group_id).update(name=name)


def remove_group(group_id: GroupId) -> None:
    """Remove a group, who was in it, and the principal it was."""
    Group.objects.filter(id=group_id).delete()
    Principal.objects.filter(id=group_id, is_group=True).delete()


def add_members(group_id: GroupId, account_ids: Iterable[AccountId]) -> None:
    """Put accounts into a group; those already in it stay. Their effective roles follow: membership is read live."""
    rows = [Membership(group_id=group_id, account_id=account_id) for account_id in account_ids]
    Membership.objects.bulk_create(rows, ignore_conflicts=True)


def remove_members(group_id: GroupId, account_ids: Iterable[AccountId]) -> int:
    """Take accounts out of a group; how many were in it."""
    return Membership.objects.filter(group_id=group_id, account_id__in=list(account_ids)).delete()[0]


def note_push(group_id: GroupId, *, now: datetime) -> None:
    """When another system sent the group last."""
    Group.objects.filter(id=group_id).update(pushed_at=now)

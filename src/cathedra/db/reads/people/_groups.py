"""Groups as systems administrators see them (R2). These reads ask for no viewer: the doors and actions that call them
let nobody else in."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Lower

from cathedra.db.models import Account, FolderMember, Group, Membership
from cathedra.db.reads import keyset
from cathedra.db.reads.keyset import Page
from cathedra.domain.access import FolderRole
from cathedra.domain.people import GroupFacts, GroupKind
from cathedra.domain.terms import AccountId, FolderId, GroupId, NotFound


class GroupNotFound(NotFound):
    """No group has this id."""


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group in the list."""

    id: GroupId
    name: str
    kind: GroupKind
    external_id: str
    member_count: int
    pushed_at: datetime | None


@dataclass(frozen=True, slots=True)
class GroupFolder:
    """A folder on which a group was given a role."""

    folder_id: FolderId
    folder_name: str
    role: str


@dataclass(frozen=True, slots=True)
class GroupPage:
    """A group with the folders it has roles on."""

    line: GroupLine
    facts: GroupFacts
    folders: tuple[GroupFolder, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a group."""

    id: AccountId
    login_name: str
    full_name: str
    is_active: bool


def _counted() -> Subquery:
    members = Membership.objects.filter(group_id=OuterRef("pk")).order_by().values("group_id")
    return Subquery(members.annotate(count=Count("*")).values("count"))


def list_groups(*, search: str = "", kind: GroupKind | None = None, after: str = "", limit: int) -> Page[GroupLine]:
    """Groups by name; each word of the search stands in the name."""
    rows = Group.objects.annotate(key=Lower("name"), member_count=Coalesce(_counted(), 0))
    for word in search.split()[:6]:
        rows = rows.filter(name__icontains=word)
    if kind:
        rows = rows.filter(kind=kind)
    if begun := keyset.parse(after):
        rows = rows.filter(Q(key__gt=begun[0]) | Q(key=begun[0], id__gt=begun[1]))
    found = list(rows.order_by("key", "id")[: limit + 1])
    keys = [keyset.place(row.key, row.id) for row in found]
    return keyset.page_of([_line(row, row.member_count) for row in found], keys, limit=limit)


def _line(row: Group, count: int) -> GroupLine:
    return GroupLine(GroupId(row.id), row.name, GroupKind(row.kind), row.external_id or "", count, row.pushed_at)


def get_group(group_id: GroupId) -> GroupPage:
    """A group. Raises GroupNotFound."""
    row = Group.objects.filter(id=group_id).annotate(member_count=Coalesce(_counted(), 0)).first()
    if row is None:
        raise GroupNotFound(str(group_id))
    held = FolderMember.objects.filter(principal_id=group_id).order_by("folder__name", "role")
    folders = [
        GroupFolder(FolderId(folder_id), name, role)
        for folder_id, name, role in held.values_list("folder_id", "folder__name", "role")[:200]
    ]
    return GroupPage(_line(row, row.member_count), group_facts(group_id), tuple(folders))


def list_members(group_id: GroupId, *, after: str = "", limit: int) -> Page[Member]:
    """Who is in a group, by name."""
    inside = Membership.objects.filter(group_id=group_id).values("account_id")
    rows = Account.objects.filter(id__in=inside).annotate(key=Lower("full_name"))
    if begun := keyset.parse(after):
        rows = rows.filter(Q(key__gt=begun[0]) | Q(key=begun[0], id__gt=begun[1]))
    found = list(rows.order_by("key", "id")[: limit + 1])
    members = [Member(AccountId(row.id), row.login_name, row.full_name, row.is_active) for row in found]
    return keyset.page_of(members, [keyset.place(row.key, row.id) for row in found], limit=limit)


def group_facts(group_id: GroupId, *, lock: bool = False) -> GroupFacts:
    """Facts for decisions about a group; `lock` keeps its row until the transaction ends. Raises GroupNotFound."""
    rows = Group.objects.select_for_update() if lock else Group.objects.all()
    row = rows.filter(id=group_id).first()
    if row is None:
        raise GroupNotFound(str(group_id))
    count = FolderMember.objects.filter(principal_id=group_id).values("folder_id").distinct().count()
    return GroupFacts(row.name, GroupKind(row.kind), count)


def left_alone(group_id: GroupId, account_id: AccountId) -> str:
    """What a folder is called that has no active Creator and no department contact once this person is no longer in the
    group (R40); empty when there is none."""
    active = Membership.objects.filter(account__is_active=True)
    mine = active.filter(group_id=group_id)
    if not mine.filter(account_id=account_id).exists() or mine.exclude(account_id=account_id).exists():
        return ""
    creators = FolderMember.objects.filter(role=FolderRole.CREATOR)
    others = creators.filter(folder_id=OuterRef("folder_id")).exclude(principal_id=group_id)
    people = Account.objects.filter(is_active=True).values("id")
    led = others.filter(Q(principal_id__in=people) | Q(principal_id__in=active.values("group_id")))
    alone = (
        creators.filter(principal_id=group_id).exclude(Exists(led)).exclude(folder__department__contact_email__gt="")
    )
    return alone.values_list("folder__name", flat=True).order_by("folder__name").first() or ""


def is_group_name_taken(name: str, *, besides: GroupId | None = None) -> bool:
    """Whether another group is called so, whatever the case."""
    rows = Group.objects.filter(name__iexact=name)
    return (rows.exclude(id=besides) if besides else rows).exists()


def find_pushed(external_id: str) -> tuple[GroupId, GroupKind] | None:
    """The group that another system calls so; its row is kept until the transaction ends."""
    row = Group.objects.select_for_update().filter(external_id=external_id).first()
    return (GroupId(row.id), GroupKind(row.kind)) if row else None


def member_ids(group_id: GroupId) -> frozenset[AccountId]:
    """Everybody in a group."""
    rows = Membership.objects.filter(group_id=group_id).values_list("account_id", flat=True)
    return frozenset(AccountId(account_id) for account_id in rows)

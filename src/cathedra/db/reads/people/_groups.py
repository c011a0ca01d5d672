"""Groups as systems administrators see them (R2). These reads ask for no viewer: the doors and actions that call them
let nobody else in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Lower

from cathedra.db.models import Account, FolderMember, Group, Membership, RecordingViewer
from cathedra.db.reads import keyset
from cathedra.db.reads.keyset import Page
from cathedra.domain.access import FolderRole
from cathedra.domain.library import FolderKind
from cathedra.domain.people import GroupFacts, GroupKind
from cathedra.domain.terms import AccountId, FolderId, GroupId, NotFound, PrincipalId, RecordingId


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
    mine = Membership.objects.filter(account__is_active=True, group_id=group_id)
    if not mine.filter(account_id=account_id).exists() or mine.exclude(account_id=account_id).exists():
        return ""
    alone = _led_by_nobody(besides=PrincipalId(group_id)).filter(principal_id=group_id)
    return alone.values_list("folder__name", flat=True).order_by("folder__name").first() or ""


def opened_by(group_id: GroupId) -> tuple[tuple[tuple[FolderId, FolderRole], ...], tuple[RecordingId, ...]]:
    """On what the group was given access: folders with the role, and recordings that it may view beside them (R24)."""
    held = FolderMember.objects.filter(principal_id=group_id).order_by("folder_id").values_list("folder_id", "role")
    viewed = RecordingViewer.objects.filter(principal_id=group_id).order_by("recording_id")
    folders = tuple((FolderId(folder_id), FolderRole(role)) for folder_id, role in held)
    return folders, tuple(RecordingId(each) for each in viewed.values_list("recording_id", flat=True))


def list_left(principals: Iterable[PrincipalId]) -> tuple[tuple[FolderId, str], ...]:
    """The folders in which these are Creators and nobody is any more who is there, by name; without a contact of their
    department (R40). Not a personal folder itself, which is its owner's, and not what is in the bin."""
    asked = list(principals)
    own = Q(folder__kind=FolderKind.PERSONAL, folder__parent=None)
    rows = _led_by_nobody().filter(principal_id__in=asked, folder__recycled_in=None).exclude(own)
    found = rows.values_list("folder_id", "folder__name").order_by("folder__name", "folder_id").distinct()
    return tuple((FolderId(folder_id), name) for folder_id, name in found)


def _led_by_nobody(*, besides: PrincipalId | None = None) -> "QuerySet[FolderMember]":
    """Creators of folders that have no active one, this one left aside, and no contact of their department."""
    creators = FolderMember.objects.filter(role=FolderRole.CREATOR)
    others = creators.filter(folder_id=OuterRef("folder_id"))
    if besides:
        others = others.exclude(principal_id=besides)
    people = Account.objects.filter(is_active=True).values("id")
    groups = Membership.objects.filter(account__is_active=True).values("group_id")
    led = others.filter(Q(principal_id__in=people) | Q(principal_id__in=groups))
    return creators.exclude(Exists(led)).exclude(folder__department__contact_email__gt="")


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

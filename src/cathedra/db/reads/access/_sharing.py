"""How a folder or recording is shared now: members with their names, levels, schedules, and what the rules ask for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max, Q
from django.db.models.functions import Coalesce

from cathedra.db.models import (
    Account,
    Folder,
    FolderMember,
    Group,
    Membership,
    Recording,
    RecordingViewer,
)
from cathedra.db.reads.access._facts import default_downloads, principals_of
from cathedra.db.reads.access._holding import hold_branch
from cathedra.db.reads.access._overrides import own_schedule
from cathedra.domain import access
from cathedra.domain.access import (
    Downloads,
    FolderRole,
    FolderSchedule,
    Member,
    Ownership,
    RecordingSchedule,
    SharingLevel,
)
from cathedra.domain.library import FolderKind
from cathedra.domain.terms import (
    AccountId,
    FolderId,
    FolderNotFound,
    PrincipalId,
    RecordingId,
    RecordingNotFound,
)


@dataclass(frozen=True, slots=True)
class Who:
    """A principal as pages name it. `key` is a login name, or a group's name."""

    id: PrincipalId
    name: str
    key: str
    is_group: bool
    member_count: int = 0
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class MemberLine:
    """Somebody with a role on a folder."""

    who: Who
    role: FolderRole


@dataclass(frozen=True, slots=True)
class FolderSharing:
    """How a folder is shared. `giver` is where its access comes from; `schedule` is its own, `given` that of the giver."""

    id: FolderId
    name: str
    kind: FolderKind
    parent_id: FolderId | None
    giver_id: FolderId
    giver_name: str
    level: SharingLevel
    schedule: FolderSchedule
    given: FolderSchedule
    academic_year: str
    ownership: Ownership
    members: frozenset[Member]
    own_downloads: Downloads | None
    given_downloads: Downloads  # what counts where it has none of its own

    @property
    def downloads(self) -> Downloads:
        """Who may download, as far as the folder says (R204)."""
        return self.own_downloads or self.given_downloads

    @property
    def inherits(self) -> bool:
        """Its members and level are those of a folder above."""
        return self.ownership.inherits


@dataclass(frozen=True, slots=True)
class RecordingSharing:
    """How a recording is shared beside its folder."""

    id: RecordingId
    title: str
    folder_id: FolderId
    owner_id: AccountId
    level: SharingLevel | None
    schedule: RecordingSchedule
    taught_at: datetime
    viewers: tuple[PrincipalId, ...]
    downloads: Downloads | None


def folder_sharing(viewer: AccountId | None, folder_id: FolderId, *, lock: bool = False) -> FolderSharing:
    """The folder for a viewer whom the rule let change it. `lock` holds it and everything above until the transaction
    ends, so that changes along one branch follow one another. Raises FolderNotFound."""
    found = Folder.objects.filter(id=folder_id).select_related("access_from", "parent", "course", "department").first()
    if found is None:
        raise FolderNotFound(str(folder_id))
    if lock:
        hold_branch(folder_id)
        found = Folder.objects.select_related("access_from", "parent", "course", "department").get(id=folder_id)
    members = effective_members(folder_id)
    above = effective_members(FolderId(found.parent_id)) if found.parent_id else frozenset()
    return FolderSharing(
        id=FolderId(found.id),
        name=found.name,
        kind=FolderKind(found.kind),
        parent_id=FolderId(found.parent_id) if found.parent_id else None,
        giver_id=FolderId(found.access_from_id),
        giver_name=found.access_from.name,
        level=SharingLevel(found.access_from.sharing),
        schedule=_schedule(found),
        given=_schedule(found.access_from),
        academic_year=found.course.academic_year if found.course and found.kind == FolderKind.COURSE else "",
        ownership=Ownership(
            inherits=found.inherits,
            living=_living({who for who, _ in members | above}),
            mine=frozenset(principals_of(viewer)),
            is_personal_root=found.kind == FolderKind.PERSONAL and found.parent_id is None,
            is_root=found.parent_id is None,
            has_contact=bool(found.department and found.department.contact_email),
            parent_name=found.access_from.name,
        ),
        members=members,
        own_downloads=Downloads(found.downloads) if found.downloads else None,
        given_downloads=Downloads(found.access_from.downloads or default_downloads()),
    )


def effective_members(folder_id: FolderId) -> frozenset[Member]:
    """Everybody's roles, inheritance resolved, as they were given: what a suspension takes away for a time is there still
    when sharing is changed meanwhile (R91)."""
    giver = Folder.objects.filter(id=folder_id).values("access_from_id")
    rows = FolderMember.objects.filter(folder_id__in=giver).values_list("principal_id", "role")
    return frozenset((PrincipalId(who), FolderRole(role)) for who, role in rows)


def _living(principals: Iterable[PrincipalId]) -> frozenset[PrincipalId]:
    asked = list(principals)
    people = Account.objects.filter(id__in=asked, is_active=True).values_list("id", flat=True)
    groups = Membership.objects.filter(group_id__in=asked, account__is_active=True).values_list("group_id", flat=True)
    return frozenset(PrincipalId(each) for each in (*people, *groups.distinct()))


def _schedule(row: Folder) -> FolderSchedule:
    return FolderSchedule(
        start=access.FolderStart(row.start) if row.start else None,
        starts_at=row.starts_at,
        end=access.FolderEnd(row.end) if row.end else None,
        ends_at=row.ends_at,
        release_delay_hours=row.release_delay_hours,
    )


def recording_sharing(recording_id: RecordingId) -> RecordingSharing:
    """The recording for a viewer whom the rule let change it. Raises RecordingNotFound."""
    row = Recording.objects.filter(id=recording_id).first()
    if row is None:
        raise RecordingNotFound(str(recording_id))
    viewers = RecordingViewer.objects.filter(recording_id=recording_id).values_list("principal_id", flat=True)
    return RecordingSharing(
        id=RecordingId(row.id),
        title=row.title,
        folder_id=FolderId(row.folder_id),
        owner_id=AccountId(row.owner_id),
        level=SharingLevel(row.sharing) if row.sharing else None,
        schedule=own_schedule(row),
        taught_at=row.captured_at or row.created_at,
        viewers=tuple(PrincipalId(each) for each in viewers),
        downloads=Downloads(row.downloads) if row.downloads else None,
    )


def describe(principals: Iterable[PrincipalId]) -> dict[PrincipalId, Who]:
    """Their names, for who may see them."""
    asked = list(set(principals))
    found = {
        PrincipalId(row.id): Who(
            PrincipalId(row.id), row.full_name, row.login_name, is_group=False, is_active=row.is_active
        )
        for row in Account.objects.filter(id__in=asked)
    }
    sizes = dict(
        Membership.objects.filter(group_id__in=asked).order_by().values_list("group_id").annotate(size=Count("*"))
    )
    for group in Group.objects.filter(id__in=asked):
        size = sizes.get(group.id, 0)
        found[PrincipalId(group.id)] = Who(PrincipalId(group.id), group.name, group.name, True, size)
    return found


_ORDER = list(FolderRole)


def lines_of(members: Iterable[Member]) -> tuple[MemberLine, ...]:
    """Members with their names, by role, groups first, then by name."""
    wanted = list(members)
    names = describe(who for who, _ in wanted)
    lines = [MemberLine(names[who], role) for who, role in wanted if who in names]
    return tuple(
        sorted(lines, key=lambda line: (_ORDER.index(line.role), not line.who.is_group, line.who.name.lower()))
    )


def followers(folder_id: FolderId) -> tuple[str, ...]:
    """The folders below that have their access from this one, by name: what a change here reaches."""
    rows = Folder.objects.filter(access_from_id=folder_id).exclude(id=folder_id)
    return tuple(rows.order_by("name").values_list("name", flat=True))


def followers_below(folder_id: FolderId) -> int:
    """How many folders inside follow what this one follows."""
    here = Folder.objects.get(id=folder_id)
    same = Folder.objects.filter(access_from_id=here.access_from_id).exclude(id=folder_id)
    return sum(1 for path in same.values_list("path", flat=True) if path.startswith(f"{here.path}."))


def recipients(principals: Iterable[PrincipalId]) -> frozenset[AccountId]:
    """The active accounts that principals stand for, groups opened."""
    asked = list(principals)
    people = Account.objects.filter(id__in=asked, is_active=True).values_list("id", flat=True)
    inside = Membership.objects.filter(group_id__in=asked, account__is_active=True).values_list("account_id", flat=True)
    return frozenset(AccountId(each) for each in (*people, *inside))


def creators_of(folder_id: FolderId) -> frozenset[AccountId]:
    """The active Creators of a folder, groups opened."""
    return recipients(who for who, role in effective_members(folder_id) if role is FolderRole.CREATOR)


@dataclass(frozen=True, slots=True)
class CourseReached:
    """A course's folder that a folder's availability reaches (R48): its own settings, and when its latest recording was
    made; None where it has none."""

    id: FolderId
    schedule: FolderSchedule
    academic_year: str
    taught_at: datetime | None


def courses_reached(folder_id: FolderId) -> tuple[CourseReached, ...]:
    """The folder itself and those that have their access, and with it their availability, from it: as far as they are
    a course's."""
    reached = Q(id=folder_id) | Q(access_from_id=folder_id)
    rows = Folder.objects.filter(reached, kind=FolderKind.COURSE, recycled_in_id__isnull=True).exclude(course=None)
    rows = rows.select_related("course").order_by("path")
    recordings = Recording.objects.filter(folder_id__in=rows.values("id")).exclude(keeping="PURGED").order_by()
    made = recordings.values_list("folder_id").annotate(at=Max(Coalesce("captured_at", "created_at")))
    taught = dict(made.values_list("folder_id", "at"))
    return tuple(
        CourseReached(FolderId(row.id), _schedule(row), row.course.academic_year, taught.get(row.id))
        for row in rows
        if row.course and row.course.academic_year
    )


def restricted_folders(parent_id: FolderId) -> dict[FolderId, tuple[frozenset[Member], FolderSchedule]]:
    """The restricted folders with members of their own directly inside, with those members and their availability (R35);
    not what is in the bin."""
    rows = list(
        Folder.objects.filter(
            parent_id=parent_id, inherits=False, sharing=SharingLevel.RESTRICTED, recycled_in_id__isnull=True
        )
    )
    members: dict[UUID, set[Member]] = {row.id: set() for row in rows}
    for each in FolderMember.objects.filter(folder_id__in=members):
        members[each.folder_id].add((PrincipalId(each.principal_id), FolderRole(each.role)))
    return {FolderId(row.id): (frozenset(members[row.id]), _schedule(row)) for row in rows}


def name_of_account(account_id: AccountId | None) -> str:
    """How a person is called in notices."""
    if account_id is None:
        return ""
    return Account.objects.filter(id=account_id).values_list("full_name", flat=True).first() or ""

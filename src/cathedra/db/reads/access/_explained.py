"""Everybody whom a folder or recording reaches, and the path that gives it (R37)."""

from dataclasses import replace
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from cathedra.db.models import (
    AccessGrant,
    AccessGrantItem,
    AccessGrantTelling,
    Exemption,
    Folder,
    Recording,
    SystemRoleScope,
)
from cathedra.db.reads.access._facts import Facts, max_level
from cathedra.db.reads.access._sharing import FolderSharing, RecordingSharing, Who, describe
from cathedra.domain import access
from cathedra.domain.access import Path, SharingLevel, Standing, Way
from cathedra.domain.library import FolderKind
from cathedra.domain.terms import FolderId, PrincipalId, RecordingId


def ways(folder: FolderSharing, recording: RecordingSharing | None, *, now: datetime) -> tuple[Way, ...]:
    """Every path, for a viewer whom the rule let see how it is shared. A grant of which owners are not told yet is not
    among them (R147), nor does it count in what `as_explained` says; nor is what an assignment folder's Viewers and level
    give, of what was submitted there (R183)."""
    if recording is not None and Folder.objects.filter(id=folder.id, kind=FolderKind.ASSIGNMENT).exists():
        others = frozenset(each for each in folder.members if each[1] is not access.FolderRole.VIEWER)
        folder = replace(folder, members=others, level=SharingLevel.RESTRICTED)
    names = describe(
        [*(who for who, _ in folder.members), *(recording.viewers if recording else ())]
        + ([PrincipalId(recording.owner_id)] if recording else [])
    )
    own_title = recording.title if recording else ""
    return (
        *(_of_recording(recording, names) if recording else ()),
        *_of_members(folder, names),
        *_of_appointments(folder.id),
        *_of_grants(folder.id, recording.id if recording else None, now),
        *access.ways_of_levels(
            folder.level,
            recording.level if recording else None,
            cap=reaching(folder.id, recording.id if recording else None, now),
            folder_name=folder.giver_name,
            recording_name=own_title,
        ),
    )


def as_explained(facts: Facts) -> Facts:
    """What is known of a person, for who asks whether that person gets in: without the grants of which owners are not told
    yet, so the answer does not tell of them either (R147)."""
    if not facts.grants:
        return facts
    ids = [grant.id for grant in facts.grants if grant.id]
    told = set(AccessGrant.objects.filter(id__in=ids, is_notice_held=False).values_list("id", flat=True))
    return replace(facts, grants=tuple(grant for grant in facts.grants if grant.id in told))


def _way(path: Path, standing: Standing, who: Who, through: str, until: datetime | None = None) -> Way:
    return Way(
        path,
        standing,
        principal_id=who.id,
        name=who.name,
        key=who.key,
        is_group=who.is_group,
        member_count=who.member_count,
        is_active=who.is_active,
        through=through,
        until=until,
    )


def _of_recording(recording: RecordingSharing, names: dict[PrincipalId, Who]) -> list[Way]:
    owner = names[PrincipalId(recording.owner_id)]
    viewers = sorted((names[each] for each in recording.viewers if each in names), key=lambda who: who.name.lower())
    return [
        _way(Path.OWNER, Standing.OWNER, owner, recording.title),
        *(_way(Path.RECORDING, Standing.VIEWER, who, recording.title) for who in viewers),
    ]


def _of_members(folder: FolderSharing, names: dict[PrincipalId, Who]) -> list[Way]:
    path = Path.ANCESTOR if folder.inherits else Path.FOLDER
    found = [_way(path, Standing(role), names[who], folder.giver_name) for who, role in folder.members if who in names]
    order = list(Standing)
    return sorted(found, key=lambda way: (order.index(way.standing), not way.is_group, way.name.lower()))


def _of_appointments(folder_id: FolderId) -> list[Way]:
    here = Folder.objects.filter(id=folder_id).values_list("path", flat=True).get()
    scopes = SystemRoleScope.objects.filter(folder_id__in=_above(here)).select_related("holder", "folder")
    rows = list(scopes.filter(holder__account__is_active=True))
    names = describe(PrincipalId(row.holder.account_id) for row in rows)
    return [
        _way(
            Path.APPOINTMENT,
            Standing(row.holder.role),
            names[PrincipalId(row.holder.account_id)],
            row.folder.name,
        )
        for row in rows
    ]


def _of_grants(folder_id: FolderId, recording_id: RecordingId | None, now: datetime) -> list[Way]:
    here = Folder.objects.filter(id=folder_id).values_list("path", flat=True).get()
    covering = Q(folder_id__in=_above(here)) | (Q(recording_id=recording_id) if recording_id else Q(pk__in=()))
    counting = AccessGrantTelling.objects.filter(grant_id=OuterRef("grant_id"), live_since__lte=now)
    if recording_id:
        counting = counting.filter(owner_id__in=Recording.objects.filter(id=recording_id).values("owner_id"))
    rows = list(
        AccessGrantItem.objects.filter(
            covering,
            Q(grant__live_since__lte=now) | Exists(counting),
            grant__is_notice_held=False,
            grant__starts_at__lte=now,
            grant__ends_at__gt=now,
            grant__revoked_at=None,
            grant__ended_at=None,
        )
        .select_related("grant", "folder", "recording")
        .order_by("grant__ends_at")
    )
    names = describe(PrincipalId(row.grant.grantee_id) for row in rows)
    return [
        _way(
            Path.GRANT,
            Standing.GRANTEE,
            names[PrincipalId(row.grant.grantee_id)],
            _thing(row),
            row.grant.ends_at,
        )
        for row in rows
    ]


def reaching(folder_id: FolderId, recording_id: RecordingId | None, now: datetime) -> SharingLevel:
    """The cap of R33 here and now: the site's, or none under an exemption."""
    here = Folder.objects.filter(id=folder_id).values_list("path", flat=True).get()
    covering = Q(folder_id__in=_above(here)) | (Q(recording_id=recording_id) if recording_id else Q(pk__in=()))
    live = Exemption.objects.filter(
        covering, kind=access.ExemptionKind.PUBLIC_SHARING, ended_at=None, expires_at__gt=now
    )
    return SharingLevel.PUBLIC if live.exists() else max_level()


def _above(path: str) -> list[str]:
    return path.split(".")


def _thing(row: AccessGrantItem) -> str:
    if row.folder is not None:
        return row.folder.name
    return row.recording.title if row.recording is not None else ""

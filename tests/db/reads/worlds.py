"""Random worlds for the parity of the access rule: folders in folders, people, levels, windows, states, grants.

Many worlds stand side by side in one database; they share their people, so that one question per person and action asks
about them all.
"""

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from django.db import connection

from cathedra.db.models import (
    AccessGrant,
    AccessGrantItem,
    AccessGrantTelling,
    Account,
    Course,
    Department,
    Exemption,
    Folder,
    FolderAccess,
    FolderMember,
    Group,
    Hold,
    Membership,
    Principal,
    Recording,
    RecordingViewer,
    SystemRoleHolder,
    SystemRoleScope,
)
from cathedra.db.writes import access as access_writes
from cathedra.domain import access
from cathedra.domain.library import FolderKind, Keeping, MediaState, Origin, Publication
from cathedra.domain.people import Affiliation, GroupKind, SystemRole

# Who is there: affiliation, whether active, system roles, groups by number.
PEOPLE = {
    "student": (Affiliation.STUDENT, True, (), (0,)),
    "staff": (Affiliation.UNIVERSITY_STAFF, True, (), (1,)),
    "service": (Affiliation.COLLEGE_STAFF, True, (SystemRole.SERVICE_ADMIN,), ()),
    "system": (Affiliation.UNIVERSITY_STAFF, True, (SystemRole.SYS_ADMIN, SystemRole.AUDITOR), (2,)),
    "camera": (Affiliation.UNIVERSITY_STAFF, True, (SystemRole.VIDEOGRAPHER,), ()),
    "timetable": (Affiliation.UNIVERSITY_STAFF, True, (SystemRole.SCHEDULER, SystemRole.CAPTION_REQUESTER), (1,)),
    "left": (Affiliation.UNIVERSITY_STAFF, False, (SystemRole.SERVICE_ADMIN,), (0, 1)),
    "former": (Affiliation.EXTERNAL, True, (), (2,)),
}
GRANTEES = ("staff", "service", "system", "former", "left")


@dataclass
class Worlds:
    """What was made: people by name, rows of every table until they are put away together."""

    random: Random
    now: datetime
    people: dict[str, uuid.UUID] = field(default_factory=dict)
    groups: list[uuid.UUID] = field(default_factory=list)
    courses: list[uuid.UUID] = field(default_factory=list)
    holders: dict[SystemRole, int] = field(default_factory=dict)
    rows: dict[type, list] = field(default_factory=dict)
    folders: list[Folder] = field(default_factory=list)
    recordings: list[Recording] = field(default_factory=list)
    members: dict[uuid.UUID, list[tuple[uuid.UUID, access.FolderRole]]] = field(default_factory=dict)
    held: list[Recording] = field(default_factory=list)
    grants: list[tuple[str, uuid.UUID]] = field(default_factory=list)  # to whom, and a recording that one may cover

    def add(self, row):
        self.rows.setdefault(type(row), []).append(row)
        return row

    def some(self, words):
        return self.random.choice(list(words))

    def perhaps(self, chance: float) -> bool:
        return self.random.random() < chance

    def instant(self) -> datetime:
        """Around now, and often exactly now."""
        return self.now + timedelta(hours=self.random.choice((-48, -1, 0, 0, 1, 48)))

    def person(self) -> uuid.UUID:
        return self.some(self.people.values())

    def principal(self) -> uuid.UUID:
        return self.some([*self.people.values(), *self.groups])


def build(count: int, *, seed: int, now: datetime) -> Worlds:
    """Make the people and `count` worlds."""
    worlds = Worlds(Random(seed), now)
    _add_people(worlds)
    for number in range(count):
        _add_world(worlds, number)
    for kind in (Folder, FolderMember, Recording, RecordingViewer, Hold, Exemption, SystemRoleScope, AccessGrant):
        kind.objects.bulk_create(worlds.rows.pop(kind, []), batch_size=2000)
    for kind, rows in worlds.rows.items():
        kind.objects.bulk_create(rows, batch_size=2000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # so that questions are planned as on a site that has run for a while
    _turn_inheritance(worlds)
    return worlds


def _add_people(worlds: Worlds) -> None:
    department = Department.objects.create(name="Department of worlds")
    for number in range(5):  # few, so that a course has folders in many worlds
        facts = {
            "short_name": "x",
            "full_name": "x",
            "kind": "award",
            "department": department,
            "academic_year": "2026-27",
        }
        worlds.courses.append(Course.objects.create(external_id=f"world {number}", **facts).id)
    for number in range(3):
        group = Principal.objects.create(is_group=True)
        Group.objects.create(id=group.id, name=f"Group {number}", kind=GroupKind.INTERNAL)
        worlds.groups.append(group.id)
    for name, (affiliation, is_active, roles, groups) in PEOPLE.items():
        made = Principal.objects.create()
        Account.objects.create(
            id=made.id,
            login_name=name,
            full_name=name,
            affiliation=affiliation,
            is_active=is_active,
            deactivated_at=None if is_active else worlds.now,
            created_at=worlds.now,
        )
        worlds.people[name] = made.id
        for role in roles:
            holder = SystemRoleHolder.objects.create(
                account_id=made.id, role=role, reason="x", given_at=worlds.now, review_date=worlds.now.date()
            )
            if is_active:
                worlds.holders[role] = holder.id
        for group in groups:
            Membership.objects.create(group_id=worlds.groups[group], account_id=made.id)


def _add_world(worlds: Worlds, number: int) -> None:
    above, chain = None, []
    for depth in range(worlds.some((1, 2, 2, 3, 4))):
        above = _folder(worlds, f"{number}.{depth}", above)
        chain.append(above)
    original = _recording(worlds, worlds.some(chain), None) if worlds.perhaps(0.2) else None
    made = _recording(worlds, chain[-1], original)
    if worlds.perhaps(0.25):
        _exemption(worlds, worlds.some(chain), made)
    if worlds.perhaps(0.15):
        _grant(worlds, worlds.some(chain), made)
    for role in (SystemRole.VIDEOGRAPHER, SystemRole.SCHEDULER):
        if worlds.perhaps(0.06):
            worlds.add(SystemRoleScope(holder_id=worlds.holders[role], folder_id=worlds.some(chain).id))


def _folder(worlds: Worlds, name: str, above: Folder | None) -> Folder:
    new_id, inherits = uuid.uuid4(), above is not None and worlds.perhaps(0.5)
    course_id = above.course_id if above and worlds.perhaps(0.9) else None
    is_assignment = worlds.perhaps(0.3 if above else 0.05)
    made = Folder(
        id=new_id,
        name=name,
        kind=FolderKind.ASSIGNMENT if is_assignment else worlds.some([FolderKind.COURSE] * 4 + [FolderKind.GENERAL]),
        course_id=course_id or (worlds.some(worlds.courses) if worlds.perhaps(0.3) else None),
        parent_id=above.id if above else None,
        path=f"{above.path}.{new_id.hex}" if above else new_id.hex,
        inherits=inherits,
        access_from_id=above.access_from_id if above and inherits else new_id,
        sharing=access.SharingLevel.RESTRICTED if inherits or worlds.perhaps(0.4) else worlds.some(access.SharingLevel),
        downloads=worlds.some([None, None, *access.Downloads]),
        release_delay_hours=worlds.some([None, None, 0, 2]),
        created_at=worlds.now,
        **_window(worlds, [None, None, *access.FolderStart], [None, None, *access.FolderEnd]),
    )
    if not inherits:
        for _ in range(worlds.some((0, 1, 2))):
            pairs = {(row.folder_id, row.principal_id, row.role) for row in worlds.rows.get(FolderMember, [])[-4:]}
            role, whom = worlds.some(access.FolderRole), worlds.principal()
            if (new_id, whom, role) not in pairs:
                worlds.add(FolderMember(folder_id=new_id, principal_id=whom, role=role, given_at=worlds.now))
                worlds.members.setdefault(new_id, []).append((whom, role))
    for whom, role in worlds.members.get(made.access_from_id, ()):
        worlds.add(FolderAccess(folder_id=new_id, principal_id=whom, role=role))
    worlds.folders.append(worlds.add(made))
    return made


def _window(worlds: Worlds, starts: list, ends: list) -> dict[str, object]:
    """Settings of availability that the tables' constraints allow."""
    start, end = worlds.some(starts), worlds.some(ends)
    starts_at = worlds.instant() if start == "date" else None
    ends_at = worlds.instant() if end == "date" else None
    if starts_at and ends_at and ends_at <= starts_at:
        ends_at = starts_at + timedelta(hours=1)
    return {"start": start, "starts_at": starts_at, "end": end, "ends_at": ends_at}


def _recording(worlds: Worlds, folder: Folder, original: Recording | None) -> Recording:
    media = MediaState.READY if worlds.perhaps(0.85) else worlds.some(MediaState)
    is_ready = media is MediaState.READY
    decided = worlds.perhaps(0.2)
    made = Recording(
        id=uuid.uuid4(),
        folder_id=folder.id,
        owner_id=worlds.person(),
        created_by_id=worlds.person(),
        title="x",
        origin=Origin.REFERENCE_COPY if original else worlds.some((Origin.UPLOAD, Origin.SCHEDULED, Origin.IMPORT)),
        reference_of_id=original.id if original else None,
        media_state=media,
        publication=_publication(worlds) if is_ready else Publication.DRAFT,
        keeping=Keeping.ONLINE if worlds.perhaps(0.75) else worlds.some(Keeping),
        failure="x",
        duration_ms=1,
        ready_at=worlds.instant() if is_ready else None,
        sharing=worlds.some([None, None, *access.SharingLevel]),
        downloads=worlds.some([None, None, *access.OWN_DOWNLOADS]),
        approval="approved" if decided else "",
        approval_at=worlds.now if decided else None,
        approval_by_id=worlds.person() if decided else None,
        created_at=worlds.now + timedelta(seconds=len(worlds.recordings)),
        updated_at=worlds.now,
        **_window(
            worlds,
            [access.RecordingStart.WITH_FOLDER] * 4 + list(access.RecordingStart),
            [access.RecordingEnd.WITH_FOLDER] * 4 + list(access.RecordingEnd),
        ),
    )
    worlds.recordings.append(worlds.add(made))
    if is_ready and made.publication is Publication.PUBLISHED:
        folder.newest_at = made.created_at
    if worlds.perhaps(0.25):
        worlds.add(RecordingViewer(recording_id=made.id, principal_id=worlds.principal(), given_at=worlds.now))
    if worlds.perhaps(0.2):
        released = worlds.now if worlds.perhaps(0.3) else None
        kind = worlds.some(("takedown_legal", "aup_referred"))
        worlds.held += [] if released else [made]
        worlds.add(Hold(recording_id=made.id, kind=kind, opened_at=worlds.now, released_at=released))
    return made


def _publication(worlds: Worlds) -> Publication:
    return Publication.PUBLISHED if worlds.perhaps(0.6) else worlds.some(Publication)


def _exemption(worlds: Worlds, folder: Folder, recording: Recording) -> None:
    target = {"folder_id": folder.id} if worlds.perhaps(0.5) else {"recording_id": recording.id}
    worlds.add(
        Exemption(
            kind=access.ExemptionKind.PUBLIC_SHARING,
            reason="x",
            given_at=worlds.now - timedelta(days=9),
            given_by_id=worlds.people["service"],
            expires_at=worlds.instant(),
            ended_at=worlds.now if worlds.perhaps(0.2) else None,
            **target,
        )
    )


def _grant(worlds: Worlds, folder: Folder, recording: Recording) -> None:
    """Live, not live yet, over, revoked, ended or never told."""
    begins = worlds.instant() - timedelta(hours=1)
    ends = worlds.instant()
    to_whom = worlds.some(GRANTEES)
    worlds.grants.append((to_whom, recording.id))
    grant = AccessGrant(
        id=uuid.uuid4(),
        grantee_id=worlds.people[to_whom],
        purpose=access.GrantPurpose.MANAGE_SYSTEM,
        explanation="x" * 20,
        rights=sorted({access.GrantRight.VIEW, worlds.some(access.GrantRight)}),
        starts_at=begins,
        ends_at=ends if ends > begins else begins + timedelta(hours=2),
        granted_by_id=worlds.people["student"],
        granted_at=worlds.now,
        live_since=worlds.instant() if worlds.perhaps(0.5) else None,
        revoked_at=worlds.now if worlds.perhaps(0.15) else None,
        ended_at=worlds.now if worlds.perhaps(0.1) else None,
    )
    worlds.add(grant)
    target = {"folder_id": folder.id} if worlds.perhaps(0.5) else {"recording_id": recording.id}
    worlds.add(AccessGrantItem(grant_id=grant.id, **target))
    for owner in {recording.owner_id, worlds.people["student"]} if worlds.perhaps(0.5) else ():  # R146: not every owner
        worlds.add(
            AccessGrantTelling(
                grant_id=grant.id,
                owner_id=owner,
                informed=access.Informed.OWNER,
                told_at=worlds.now,
                live_since=worlds.instant() if worlds.perhaps(0.8) else None,
            )
        )


def _turn_inheritance(worlds: Worlds) -> None:
    """In some worlds inheritance is stopped or restored once the worlds stand (R29, R30)."""
    below = [folder for folder in worlds.folders if folder.parent_id is not None]
    for folder in worlds.random.sample(below, len(below) // 8):
        turned = not folder.inherits
        Folder.objects.filter(id=folder.id).update(inherits=turned, sharing=access.SharingLevel.RESTRICTED)
        access_writes.recompute(folder.id)

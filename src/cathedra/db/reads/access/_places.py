"""Where a person holds what: roles, levels, appointments and grants, as conditions over recordings or over folders.

`Everywhere` knows the person; `InFolder` knows one folder too, so that a folder's list asks nothing twice.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q

from cathedra.db import prepared
from cathedra.db.models import (
    Account,
    Exemption,
    Folder,
    FolderAccess,
    Membership,
    RecordingViewer,
)
from cathedra.db.reads.access._conditions import ALL, NONE, all_of, any_of, known
from cathedra.db.reads.access._facts import default_downloads, grant_of, max_level
from cathedra.db.reads.access._times import FoldersTimes, OneFoldersTimes
from cathedra.domain import access
from cathedra.domain.access import Audience, SharingLevel, Standing
from cathedra.domain.library import FolderKind
from cathedra.domain.terms import AccountId

_OWN_DOWNLOADS = ("downloads", "reference_of__downloads")
_SCOPED = frozenset({Standing.VIDEOGRAPHER, Standing.SCHEDULER})


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person as the list form knows them; `id` is None for nobody and for the inactive."""

    id: AccountId | None
    is_staff: bool = False
    principals: tuple[UUID, ...] = ()
    appointments: frozenset[Standing] = frozenset()
    scopes: tuple[tuple[Standing, str], ...] = ()  # paths of the folders of an appointment (R25)
    grants: tuple["HeldGrant", ...] = ()
    is_gated: bool = False


@dataclass(frozen=True, slots=True)
class HeldGrant:
    """A grant of a folder's path or of a recording, as far as it counts: for one owner's recordings or, without an
    owner, for everybody's (R146)."""

    grant: access.Grant
    path: str | None
    recording_id: UUID | None
    owner_id: UUID | None


def find_viewer(account_id: AccountId | None) -> Viewer:
    """The person in one question, with the few things that only they hold."""
    found = prepared.rows("viewer", viewer=account_id) if account_id is not None else []
    if not found:
        return Viewer(None)
    row = found[0]
    appointments = frozenset(Standing(role) for role in row.appointments)
    return Viewer(
        AccountId(row.id),
        row.is_staff,
        (row.id, *row.groups),
        appointments,
        is_gated=row.is_gated,
        scopes=tuple((Standing(role), path) for role, path in map(json.loads, row.scopes)),
        grants=tuple(_held(grant) for grant in map(json.loads, row.grants)),
    )


def _held(row: dict[str, Any]) -> HeldGrant:
    return HeldGrant(
        grant_of(row),
        row["path"],
        UUID(row["recording_id"]) if row["recording_id"] else None,
        UUID(row["owner_id"]) if row["owner_id"] else None,
    )


def levels_reaching(audience: Audience, cap: SharingLevel, *, is_listing: bool) -> list[SharingLevel]:
    """The levels that let this audience in, as far as the cap lets them reach (R32, R33)."""
    reach = access.listed_audience if is_listing else access.link_audience
    return [level for level in SharingLevel if reach(access.within(level, cap)) >= audience]


def levels_for(viewer: AccountId | None, *, is_listing: bool = False, is_exempt: bool = False) -> list[SharingLevel]:
    """The levels that let this person in, for statements of their own; beyond the cap only `is_exempt`."""
    audience = Audience.PUBLIC if viewer is None else Audience.ORGANISATION
    return levels_reaching(audience, SharingLevel.PUBLIC if is_exempt else max_level(), is_listing=is_listing)


class Everywhere:
    """Conditions over all recordings, or, with `of_folders`, over all folders."""

    def __init__(self, viewer: Viewer, now: datetime, max_level: SharingLevel, *, of_folders: bool = False) -> None:
        self.viewer, self.now, self.max_level = viewer, now, max_level
        self.of_folders = of_folders
        self.times = FoldersTimes(now)
        self.folder = "" if of_folders else "folder__"
        self.folder_id = "id" if of_folders else "folder_id"

    def in_folders(self, roles: Collection[access.FolderRole]) -> Q:
        """The viewer holds one of these roles on the folder."""
        if not roles or not self.viewer.principals:
            return NONE
        held = FolderAccess.objects.filter(principal_id__in=self.viewer.principals, role__in=list(roles))
        return Q(**{f"{self.folder_id}__in": held.values("folder_id")})

    def shows_to_viewers(self) -> Q:
        """No assignment folder: in one, Viewers see only what is theirs (R183)."""
        return ~Q(**{f"{self.folder}kind": FolderKind.ASSIGNMENT})

    def enrolled(self) -> Q:
        """An assignment folder of a course on whose own folder the viewer is a Viewer (R82)."""
        above = Q(folder__parent=None) | Q(folder__parent__course=None)
        held = FolderAccess.objects.filter(
            above | ~Q(folder__parent__course_id=F("folder__course_id")),
            principal_id__in=self.viewer.principals,
            role=access.FolderRole.VIEWER,
            folder__kind=FolderKind.COURSE,
            folder__recycled_in=None,
            folder__course__isnull=False,
        )
        here = {
            f"{self.folder}kind": FolderKind.ASSIGNMENT,
            f"{self.folder}course_id__in": held.values("folder__course_id"),
        }
        return Q(**here)

    def named(self) -> Q:
        """The viewer was added to the recording itself (R24)."""
        return Q(pk__in=RecordingViewer.objects.filter(self._mine()).values("recording_id"))

    def _mine(self) -> Q:
        return Q(principal_id__in=self.viewer.principals)

    def reached(self, audience: Audience, *, is_listing: bool, by_recording: bool) -> Q:
        """The levels let this audience in (R32); beyond the cap only with a live exemption (R33)."""
        within = levels_reaching(audience, self.max_level, is_listing=is_listing)
        beyond = [
            level
            for level in levels_reaching(audience, SharingLevel.PUBLIC, is_listing=is_listing)
            if level not in within
        ]
        exempt = all_of(self._levels(beyond, by_recording=by_recording), self._exempt()) if beyond else NONE
        return any_of(self._levels(within, by_recording=by_recording), exempt)

    def _levels(self, levels: list[SharingLevel], *, by_recording: bool) -> Q:
        if not levels:
            return NONE
        if not by_recording:
            return self._folder_level(levels)
        return any_of(all_of(self._folder_level(levels), self.shows_to_viewers()), Q(sharing__in=levels))

    def _folder_level(self, levels: list[SharingLevel]) -> Q:
        return Q(**{f"{self.folder}access_from__sharing__in": levels})

    def _exempt(self) -> Q:
        live = Exemption.objects.filter(
            kind=access.ExemptionKind.PUBLIC_SHARING, ended_at=None, expires_at__gt=self.now
        )
        paths = live.filter(folder__isnull=False).values_list("folder__path", flat=True)
        single = live.filter(recording__isnull=False).values("recording_id")
        return any_of(NONE if self.of_folders else Q(pk__in=single), self._below(list(paths)))

    def appointed(self, standing: Standing) -> Q:
        """The viewer holds this system role, where it counts (R25)."""
        if standing not in self.viewer.appointments or standing not in _SCOPED:
            return known(standing in self.viewer.appointments)
        return self._scoped(standing)

    def _scoped(self, standing: Standing) -> Q:
        return self._below([path for role, path in self.viewer.scopes if role is standing])

    def _below(self, paths: list[str]) -> Q:
        """The folder is one of these or somewhere below one."""
        if not paths:
            return NONE
        return Q(**{f"{self.folder_id}__in": Folder.objects.filter(path__below=paths).values("id")})

    def granted(self, right: access.GrantRight, *, by_recording: bool) -> Q:
        """A live grant of the viewer's covers it with this right (R145, R146)."""
        if not self.viewer.is_staff:
            return NONE
        live = [held for held in self.viewer.grants if right in held.grant.rights and held.grant.is_live(self.now)]
        if self.of_folders:
            return self._below([held.path for held in live if held.path is not None])
        live = [held for held in live if by_recording or held.path is not None]
        owners = dict.fromkeys(held.owner_id for held in live)
        return any_of(*(self._covered([held for held in live if held.owner_id == owner]) for owner in owners))

    def _covered(self, live: list[HeldGrant]) -> Q:
        """Recordings that these cover, which all count for the same owner's, or all for everybody's."""
        below = self._below([held.path for held in live if held.path is not None])
        single = [held.recording_id for held in live if held.recording_id is not None]
        named = any_of(below, Q(pk__in=single) if single else NONE)
        owner_id = live[0].owner_id
        return named if owner_id is None else all_of(Q(owner_id=owner_id), named)

    def downloads(self, *words: access.Downloads) -> Q:
        """What counts is one of these, to which those that let more people in belong: the folder's policy is, and the
        recording's own, and that of what it repeats (R204)."""
        by_folder = self._folder_downloads(words)
        if self.of_folders:
            return by_folder
        own = (Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__in": list(words)}) for name in _OWN_DOWNLOADS)
        return all_of(by_folder, *own)

    def _folder_downloads(self, words: Collection[access.Downloads]) -> Q:
        """The folder's setting, or that of where its access comes from, is one of these."""
        default = known(default_downloads() in words)
        above = f"{self.folder}access_from__downloads"
        inherited = any_of(Q(**{f"{above}__in": list(words)}), all_of(default, Q(**{f"{above}__isnull": True})))
        own = f"{self.folder}downloads"
        return any_of(Q(**{f"{own}__in": list(words)}), all_of(Q(**{f"{own}__isnull": True}), inherited))

    def without_publisher(self) -> Q:
        """The folder has no active Publisher, directly or by a group (R68)."""
        members = Membership.objects.filter(account__is_active=True, group_id=OuterRef("principal_id"))
        people = Account.objects.filter(is_active=True, id=OuterRef("principal_id"))
        publishers = FolderAccess.objects.filter(
            Q(Exists(people)) | Q(Exists(members)), role=access.FolderRole.PUBLISHER, folder_id=OuterRef(self.folder_id)
        )
        return ~Q(Exists(publishers))


class InFolder(Everywhere):
    """Conditions over the recordings of one folder, whose facts are known."""

    def __init__(
        self, viewer_id: AccountId | None, facts: access.FolderFacts, times: access.Availability, now: datetime
    ) -> None:
        known_viewer = viewer_id if facts.is_signed_in else None
        viewer = Viewer(known_viewer, facts.is_staff, (), facts.appointments, is_gated=facts.is_gated)
        super().__init__(viewer, now, facts.max_level)
        self.times = OneFoldersTimes(times, now)
        self.facts = facts

    def in_folders(self, roles: Collection[access.FolderRole]) -> Q:
        return known(not self.facts.roles.isdisjoint(roles))

    def shows_to_viewers(self) -> Q:
        return known(not self.facts.is_assignment)

    def enrolled(self) -> Q:
        return known(self.facts.is_assignment and self.facts.is_enrolled)

    def _mine(self) -> Q:
        if self.viewer.id is None:
            return NONE
        groups = Membership.objects.filter(account_id=self.viewer.id).values("group_id")
        return Q(principal_id=self.viewer.id) | Q(principal_id__in=groups)

    def _folder_level(self, levels: list[SharingLevel]) -> Q:
        return known(self.facts.level in levels)

    def _exempt(self) -> Q:
        is_exempt = self.facts.exempt_until is not None and self.facts.exempt_until > self.now
        return ALL if is_exempt else super()._exempt()

    def _scoped(self, standing: Standing) -> Q:
        return ALL  # the facts hold an appointment only where it counts

    def _folder_downloads(self, words: Collection[access.Downloads]) -> Q:
        return known(self.facts.downloads in words)

    def granted(self, right: access.GrantRight, *, by_recording: bool) -> Q:
        """A grant of a single recording shows it in the person's hand, not in the folder's list."""
        if right not in access.rights(self.facts, access.Action.SEE_FOLDER, self.now):
            return NONE
        live = [held for held in self.facts.grants if right in held.rights and held.is_live(self.now)]
        if any(held.counts_for is None for held in live):
            return ALL
        owners = {owner for held in live for owner, since in held.counts_for or () if since <= self.now}
        return Q(owner_id__in=sorted(owners))

    def without_publisher(self) -> Q:
        return known(not self.facts.has_publisher)

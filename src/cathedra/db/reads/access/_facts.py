"""What the access rule needs to know about a person and one folder or recording: one statement each."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID

from cathedra import config
from cathedra.db import prepared
from cathedra.db.models import Recording
from cathedra.domain import access, library
from cathedra.domain.terms import (
    AccountId,
    FolderId,
    FolderNotFound,
    PrincipalId,
    RecordingId,
    RecordingNotFound,
)

Facts = TypeVar("Facts", bound=access.FolderFacts)
_ORIGINAL = "original: "
_ANY_TIME = datetime(1970, 1, 1, tzinfo=UTC)


def max_level() -> access.SharingLevel:
    """The site's cap (R33)."""
    return access.SharingLevel(config.get().sharing.max_level)


def default_downloads() -> access.Downloads:
    """The policy of folders that say nothing (R204)."""
    return access.Downloads(config.get().downloads.default)


def principals_of(viewer: AccountId | None) -> list[PrincipalId]:
    """The viewer and every group they are in; of nobody, nothing."""
    if viewer is None:
        return []
    groups = prepared.rows("principals", viewer=viewer)
    return [PrincipalId(viewer), *(PrincipalId(group.group_id) for group in groups)]


def roles_on(viewer: AccountId | None, folder_id: FolderId) -> frozenset[access.FolderRole]:
    """The effective roles of a viewer on a folder, groups and inheritance included."""
    if viewer is None:
        return frozenset()
    rows = prepared.rows("folder_roles", folder_id=folder_id, viewer=viewer)
    return frozenset(access.FolderRole(row.role) for row in rows)


def folder_facts(
    viewer: AccountId | None, folder_id: FolderId, *, in_bin: bool = False, lock: bool = False
) -> access.FolderFacts:
    """Facts for `access.decide_folder`. A folder in the bin is not there but for who takes it out, with `in_bin` (R138).
    With `lock` it does not go there before the transaction ends. Raises FolderNotFound."""
    if lock and not prepared.rows("folder_stays", folder_id=folder_id):
        raise FolderNotFound(str(folder_id))
    return folder_facts_and_times(viewer, folder_id, in_bin=in_bin)[0]


def folder_facts_and_times(
    viewer: AccountId | None, folder_id: FolderId, *, in_bin: bool = False
) -> tuple[access.FolderFacts, access.Availability]:
    """The same, and when what follows the folder is available (R44 to R49). Raises FolderNotFound."""
    found = prepared.rows("folder_facts", viewer=viewer, folder_id=folder_id, in_bin=in_bin)
    if not found:
        raise FolderNotFound(str(folder_id))
    row = found[0]
    facts = _with_publisher(access.FolderFacts(**_about_folder(row)), row.folder_id)
    return facts, access.Availability(**_times_of_folder(row))


def recording_facts(
    viewer: AccountId | None, recording_id: RecordingId, *, lock: bool = False
) -> access.RecordingFacts:
    """Facts for `access.decide`. Raises RecordingNotFound. `lock` keeps the row until the transaction ends."""
    if lock:
        list(Recording.objects.select_for_update().filter(id=recording_id).values_list("id"))
    places = {"viewer": viewer, "session_key": "", "recording_id": recording_id, "now": _ANY_TIME}
    row = prepared.rows("recording_facts", **places)[0]
    if not row.is_there:
        raise RecordingNotFound(str(recording_id))
    return _with_publisher(facts_of(row), row.folder_id)


def _with_publisher(facts: Facts, folder_id: UUID) -> Facts:
    """Whether there is a Publisher counts only for who would stand in for one (R68): only then is it asked."""
    if access.Standing.SERVICE_ADMIN not in facts.appointments:
        return facts
    return replace(facts, has_publisher=bool(prepared.rows("has_publisher", folder_id=folder_id)))


def _about_folder(row: Any) -> dict[str, Any]:
    return {
        "is_signed_in": row.viewer_id is not None,
        "roles": frozenset(access.FolderRole(role) for role in row.roles),
        "is_staff": row.is_staff,
        "is_gated": row.is_gated,
        "appointments": frozenset(access.Standing(role) for role in row.appointments),
        "level": access.SharingLevel(row.level),
        "max_level": max_level(),
        "exempt_until": row.exempt_until,
        "grants": tuple(grant_of(json.loads(grant)) for grant in row.grants),
        "downloads": access.Downloads(row.downloads) if row.downloads else default_downloads(),
        "needs_approval": row.needs_approval,
        "is_assignment": row.is_assignment,
        "is_enrolled": row.is_enrolled,
        "may_webcast": config.get().approval.allow_webcast,
    }


def grant_of(row: dict[str, Any]) -> access.Grant:
    """A grant as the statements give it."""
    return access.Grant(
        rights=frozenset(access.GrantRight(right) for right in row["rights"]),
        starts_at=datetime.fromisoformat(row["starts_at"]),
        ends_at=datetime.fromisoformat(row["ends_at"]),
        live_since=datetime.fromisoformat(row["live_since"]) if row["live_since"] else None,
        covers_folder=row["covers_folder"],
        id=UUID(row["id"]),
        used_at=datetime.fromisoformat(row["used_at"]) if row["used_at"] else None,
        counts_for=None
        if row["counts_for"] is None
        else tuple((UUID(owner), datetime.fromisoformat(since)) for owner, since in row["counts_for"]),
    )


def facts_of(row: Any) -> access.RecordingFacts:
    """A row of `recording_facts`."""
    return of_recording(row, _about_folder(row), _times_of_folder(row), cut_version=row.cut_version)


def of_recording(
    row: Any, about: dict[str, Any], times: dict[str, Any], *, cut_version: int | None = None
) -> access.RecordingFacts:
    """The facts of one recording: `about` and `times` are those of its folder, the row says what is its own."""
    original = None
    if row.is_reference:
        original = _media(
            (row.original_media_state, row.original_publication, row.original_keeping),
            [kind.removeprefix(_ORIGINAL) for kind in row.holds if kind.startswith(_ORIGINAL)],
            is_owner=row.is_original_owner,
        )
    own = (access.Downloads(word) for word in (row.own_downloads, row.original_downloads) if word)
    return access.RecordingFacts(
        **{**about, "downloads": access.strictest(about["downloads"], *own)},
        media=_media(
            (row.media_state, row.publication, row.keeping),
            [kind for kind in row.holds if not kind.startswith(_ORIGINAL)],
            is_owner=row.is_owner,
        ),
        is_named_viewer=row.is_named_viewer,
        own_level=access.SharingLevel(row.own_level) if row.own_level else None,
        availability=_availability(row, times),
        is_own_schedule=row.is_own_schedule,
        is_own_approval=row.is_own_approval,
        original=original,
        cut_version=cut_version,
        is_in_intake=row.is_in_intake,
    )


def _media(words: tuple[str, str, str], holds: list[str], *, is_owner: bool) -> access.Media:
    media, publication, keeping = words
    standing = library.Standing(
        media=library.MediaState(media),
        publication=library.Publication(publication),
        keeping=library.Keeping(keeping),
        is_held=bool(holds),
    )
    return access.Media(
        state=library.state_of(standing),
        keeping=keeping,
        publication=publication,
        is_ready=standing.media is library.MediaState.READY,
        is_owner=is_owner,
        is_hold_legal="takedown_legal" in holds,
        has_hold=bool(holds),
    )


def _availability(row: Any, times: dict[str, Any]) -> access.Availability:
    return access.Availability(
        **times,
        start=access.RecordingStart(row.start),
        starts_at=row.starts_at,
        end=access.RecordingEnd(row.end),
        ends_at=row.ends_at,
        is_capture=row.is_capture,
        ready_at=row.ready_at,
    )


def _times_of_folder(row: Any) -> dict[str, Any]:
    return {
        "folder_start": access.FolderStart(row.folder_start or access.FolderStart.IMMEDIATELY),
        "folder_starts_at": row.folder_starts_at,
        "folder_end": access.FolderEnd(row.folder_end or access.FolderEnd.FOREVER),
        "folder_ends_at": row.folder_ends_at,
        "release_delay_hours": row.release_delay_hours,
    }

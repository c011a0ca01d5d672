"""Facts for the tests of the rule: somebody in a standing, before a recording that plays."""

from datetime import UTC, datetime, timedelta

from cathedra.domain.access import (
    Downloads,
    FolderRole,
    Grant,
    GrantRight,
    Media,
    RecordingFacts,
    SharingLevel,
    Standing,
)

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def media(state: str = "published", **facts: object) -> Media:
    """A recording in a state of R52, with the facts that make it so."""
    made = {
        "keeping": {"archived": "ARCHIVED", "restoring": "RESTORING", "recycled": "RECYCLED", "purged": "PURGED"}.get(
            state, "ONLINE"
        ),
        "publication": {"waiting": "WAITING", "rejected": "REJECTED"}.get(state, "PUBLISHED"),
        "is_ready": state not in ("draft", "scheduled", "recording", "uploaded", "processing", "failed", "missed"),
    }
    return Media(**{"state": state, **made, **facts})


def facts(
    *roles: FolderRole,
    state: str = "published",
    owner: bool = False,
    signed_in: bool = True,
    level: SharingLevel = SharingLevel.RESTRICTED,
    legal: bool = False,
    **more: object,
) -> RecordingFacts:
    """A person with folder roles before a recording."""
    return RecordingFacts(
        signed_in,
        frozenset(roles),
        level=level,
        media=media(state, is_owner=owner, is_hold_legal=legal),
        **more,
    )


def grant(*rights: GrantRight, begins: timedelta = -HOUR, ends: timedelta = HOUR, told: bool = True) -> Grant:
    """A grant that is live unless told otherwise."""
    return Grant(
        rights=frozenset({GrantRight.VIEW, *rights}),
        starts_at=NOW + begins,
        ends_at=NOW + ends,
        live_since=NOW + begins if told else None,
        covers_folder=True,
    )


# Who stands in each column of R38, and nowhere else.
IN_COLUMN: dict[str, dict[str, object]] = {
    "Anonymous": {"signed_in": False},
    "Viewer": {"roles": (FolderRole.VIEWER,)},
    "Creator": {"roles": (FolderRole.CREATOR,)},
    "Publisher": {"roles": (FolderRole.PUBLISHER,)},
    "Organizer": {"roles": (FolderRole.CONTENT_ORGANIZER,)},
    "Analytics": {"roles": (FolderRole.ANALYTICS_MANAGER,)},
    "Scheduler": {"appointments": frozenset({Standing.SCHEDULER})},
    "Videographer": {"appointments": frozenset({Standing.VIDEOGRAPHER})},
    "service_admin": {"appointments": frozenset({Standing.SERVICE_ADMIN})},
    "sys_admin": {"appointments": frozenset({Standing.SYS_ADMIN})},
}


def person(column: str, **more: object) -> RecordingFacts:
    """Somebody who stands in one column of R38 only."""
    given = {**IN_COLUMN[column], **more}
    appointments = given.pop("appointments", frozenset()) | given.pop("also", frozenset())
    return facts(*given.pop("roles", ()), appointments=appointments, **given)


__all__ = ["HOUR", "IN_COLUMN", "NOW", "Downloads", "facts", "grant", "media", "person"]

"""What the API says about sharing, and how it is said."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Schema, Status

from cathedra.db.reads import access as reads
from cathedra.domain import access
from cathedra.domain.access import FolderRole, SharingLevel
from cathedra.domain.terms import Channel, Decision, PrincipalId
from cathedra.web import actor
from cathedra.web.api.answers import told

Principals = Annotated[list[UUID], Field(min_length=1, max_length=500)]


class MemberLine(Schema):
    """Somebody with a role on a folder, or an extra viewer of a recording."""

    id: UUID
    name: str
    key: str
    is_group: bool
    member_count: int
    is_active: bool
    role: str


class FolderSharing(Schema):
    """How a folder is shared. `seen` stands for exactly these members and this level: what `inheritFolder` asks for."""

    inherits: bool
    inherits_from: UUID
    level: str
    members: list[MemberLine]
    seen: str


class RecordingSharing(Schema):
    """How a recording is shared beside its folder. `level_has_no_effect`: it is stricter than the folder's (R32)."""

    folder_id: UUID
    level: str | None
    folder_level: str
    level_has_no_effect: bool
    viewers: list[MemberLine]


class NewMembers(Schema):
    """People and groups by id, the role, and whether they are told."""

    principals: Principals
    role: FolderRole = FolderRole.VIEWER
    tells: bool = False


class NewViewers(Schema):
    """People and groups by id, and whether they are told."""

    principals: Principals
    tells: bool = False


class FolderLevel(Schema):
    """How far a folder is shared (R31)."""

    level: SharingLevel


class RecordingLevel(Schema):
    """How far a recording is shared beside its folder; null: as its folder alone."""

    level: SharingLevel | None


class Stop(Schema):
    """Begin with the members that count now, or with nobody but oneself (R29)."""

    keeps_members: bool = True


class Again(Schema):
    """`seen` as `getFolderSharing` told it (R30)."""

    seen: str = Field(max_length=64)


class Restrict(Schema):
    """Who alone shall view a recording, and how the folder is called if a new one is needed (R35)."""

    principals: Principals
    folder_name: str = Field(max_length=1000)


class Moved(Schema):
    """Where the recording lies now, and whether that folder is new."""

    folder_id: UUID
    is_new: bool


class WayLine(Schema):
    """A path that lets somebody in; of a level, an audience instead of a principal."""

    path: str
    standing: str
    principal_id: UUID | None
    name: str
    is_group: bool
    through: str
    until: datetime | None
    audience: str
    is_listed: bool


class Explained(Schema):
    """Everybody whom it reaches, the code that an ordinary viewer meets now, and with `person` the code for them."""

    ways: list[WayLine]
    viewers_meet: str
    person_meets: str | None


def principals(ids: list[UUID]) -> list[PrincipalId]:
    """The ids, each once."""
    return [PrincipalId(each) for each in dict.fromkeys(ids)]


def by(request: HttpRequest) -> Any:
    """Whoever asks, through the API."""
    return actor.from_request(request, channel=Channel.API)


def done(decision: Decision) -> Any:
    """Nothing to say, or the refusal."""
    return Status(204, None) if decision.is_permitted else told(access.as_told(decision))


def member(who: reads.Who, role: str) -> MemberLine:
    """A principal with a role, as the API tells it."""
    return MemberLine(
        id=who.id,
        name=who.name,
        key=who.key,
        is_group=who.is_group,
        member_count=who.member_count,
        is_active=who.is_active,
        role=role,
    )


def explained(ways: tuple[access.Way, ...], met: str, theirs: str | None) -> Explained:
    """Every path, and what is met now."""
    lines = [
        WayLine(
            path=way.path,
            standing=way.standing,
            principal_id=way.principal_id,
            name=way.name,
            is_group=way.is_group,
            through=way.through,
            until=way.until,
            audience=way.audience.name.lower() if way.audience is not None else "",
            is_listed=way.is_listed,
        )
        for way in ways
    ]
    return Explained(ways=lines, viewers_meet=met, person_meets=theirs)

"""Who may see folders and recordings: members, levels, viewers, inheritance, why somebody sees a thing."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema, Status

from cathedra.actions import access as actions
from cathedra.db.reads import access as reads
from cathedra.domain import access
from cathedra.domain.access import Action, FolderRole, SharingLevel
from cathedra.domain.terms import AccountId, Channel, Decision, FolderId, PrincipalId, RecordingId
from cathedra.web import actor
from cathedra.web.api.answers import REFUSED, Refusal, told

router = Router(tags=["sharing"])
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


@router.get(
    "/folders/{uuid:folder_id}/sharing",
    response={200: FolderSharing, REFUSED: Refusal},
    operation_id="getFolderSharing",
)
def get_folder_sharing(request: HttpRequest, folder_id: UUID) -> Any:
    """A folder's members and level, for those who may share it."""
    viewer, wanted = AccountId(request.user.pk), FolderId(folder_id)
    decision = access.decide_folder(reads.folder_facts(viewer, wanted), Action.SHARE, timezone.now())
    return _folder(viewer, wanted, decision)


@router.post(
    "/folders/{uuid:folder_id}/members", response={200: FolderSharing, REFUSED: Refusal}, operation_id="shareFolder"
)
def share_folder(request: HttpRequest, folder_id: UUID, new: NewMembers) -> Any:
    """Give people and groups a role."""
    decision = actions.share_folder(
        FolderId(folder_id),
        principals=_principals(new.principals),
        role=new.role,
        is_told=new.tells,
        actor=_by(request),
        now=timezone.now(),
    )
    return _folder(AccountId(request.user.pk), FolderId(folder_id), decision)


@router.delete(
    "/folders/{uuid:folder_id}/members/{uuid:principal_id}/{role}",
    response={204: None, REFUSED: Refusal},
    operation_id="unshareFolder",
)
def unshare_folder(
    request: HttpRequest, folder_id: UUID, principal_id: UUID, role: FolderRole, confirmed: bool = False
) -> Any:
    """Take a role away; with `confirmed` also one's own as Creator (R39)."""
    decision = actions.unshare_folder(
        FolderId(folder_id),
        principal_id=PrincipalId(principal_id),
        role=role,
        is_confirmed=confirmed,
        actor=_by(request),
        now=timezone.now(),
    )
    return _done(decision)


@router.put(
    "/folders/{uuid:folder_id}/level", response={200: FolderSharing, REFUSED: Refusal}, operation_id="setFolderLevel"
)
def set_folder_level(request: HttpRequest, folder_id: UUID, wanted: FolderLevel) -> Any:
    """Share a folder this far."""
    decision = actions.set_folder_level(FolderId(folder_id), wanted.level, actor=_by(request), now=timezone.now())
    return _folder(AccountId(request.user.pk), FolderId(folder_id), decision)


@router.post(
    "/folders/{uuid:folder_id}/stop-inheriting",
    response={200: FolderSharing, REFUSED: Refusal},
    operation_id="stopInheriting",
)
def stop_inheriting(request: HttpRequest, folder_id: UUID, wanted: Stop) -> Any:
    """Give a folder members of its own (R29)."""
    decision = actions.stop_inheriting(
        FolderId(folder_id), keeps_members=wanted.keeps_members, actor=_by(request), now=timezone.now()
    )
    return _folder(AccountId(request.user.pk), FolderId(folder_id), decision)


@router.post("/folders/{uuid:folder_id}/inherit", response={204: None, REFUSED: Refusal}, operation_id="inheritFolder")
def inherit(request: HttpRequest, folder_id: UUID, wanted: Again) -> Any:
    """Give up a folder's own members for those of the one above (R30)."""
    decision = actions.inherit_again(FolderId(folder_id), seen=wanted.seen, actor=_by(request), now=timezone.now())
    return _done(decision)


@router.get(
    "/folders/{uuid:folder_id}/access", response={200: Explained, REFUSED: Refusal}, operation_id="explainFolder"
)
def explain_folder(request: HttpRequest, folder_id: UUID, person: UUID | None = None) -> Any:
    """Who sees a folder, and why (R37)."""
    viewer, wanted, now = AccountId(request.user.pk), FolderId(folder_id), timezone.now()
    decision = access.decide_folder(reads.folder_facts(viewer, wanted), Action.SHARE, now)
    if not decision.is_permitted:
        return told(decision)
    sharing = reads.folder_sharing(viewer, wanted)
    schedule = access.resolve(sharing.schedule, sharing.given) if sharing.inherits else sharing.schedule
    met = access.obstacle(access.availability_of(schedule), now)
    theirs = None
    if person:
        theirs = access.decide_folder(reads.folder_facts(AccountId(person), wanted), Action.SEE_FOLDER, now).code
    return _explained(reads.ways(sharing, None, now=now), met or "ALLOW", theirs)


@router.get(
    "/recordings/{uuid:recording_id}/sharing",
    response={200: RecordingSharing, REFUSED: Refusal},
    operation_id="getRecordingSharing",
)
def get_recording_sharing(request: HttpRequest, recording_id: UUID) -> Any:
    """A recording's own level and viewers, for those who may share it."""
    viewer, wanted = AccountId(request.user.pk), RecordingId(recording_id)
    decision = access.decide(reads.recording_facts(viewer, wanted), Action.SHARE, timezone.now())
    return _recording(viewer, wanted, decision)


@router.post(
    "/recordings/{uuid:recording_id}/viewers",
    response={200: RecordingSharing, REFUSED: Refusal},
    operation_id="shareRecording",
)
def share_recording(request: HttpRequest, recording_id: UUID, new: NewViewers) -> Any:
    """Let people and groups view one recording (R24)."""
    decision = actions.share_recording(
        RecordingId(recording_id),
        principals=_principals(new.principals),
        is_told=new.tells,
        actor=_by(request),
        now=timezone.now(),
    )
    return _recording(AccountId(request.user.pk), RecordingId(recording_id), decision)


@router.delete(
    "/recordings/{uuid:recording_id}/viewers/{uuid:principal_id}",
    response={204: None, REFUSED: Refusal},
    operation_id="unshareRecording",
)
def unshare_recording(request: HttpRequest, recording_id: UUID, principal_id: UUID) -> Any:
    """Take an extra viewer away."""
    decision = actions.unshare_recording(
        RecordingId(recording_id), principal_id=PrincipalId(principal_id), actor=_by(request), now=timezone.now()
    )
    return _done(decision)


@router.put(
    "/recordings/{uuid:recording_id}/level",
    response={200: RecordingSharing, REFUSED: Refusal},
    operation_id="setRecordingLevel",
)
def set_recording_level(request: HttpRequest, recording_id: UUID, wanted: RecordingLevel) -> Any:
    """Share a recording this far beside its folder (R32)."""
    decision = actions.set_recording_level(
        RecordingId(recording_id), wanted.level, actor=_by(request), now=timezone.now()
    )
    return _recording(AccountId(request.user.pk), RecordingId(recording_id), decision)


@router.post(
    "/recordings/{uuid:recording_id}/restrict",
    response={200: Moved, REFUSED: Refusal},
    operation_id="restrictRecording",
)
def restrict_recording(request: HttpRequest, recording_id: UUID, wanted: Restrict) -> Any:
    """Show a recording to these viewers only: it moves into a restricted folder, its address stays (R35)."""
    outcome = actions.restrict_recording(
        RecordingId(recording_id),
        principals=_principals(wanted.principals),
        name=wanted.folder_name,
        actor=_by(request),
        now=timezone.now(),
    )
    if outcome.folder_id is None:
        return told(outcome.decision)
    return {"folder_id": outcome.folder_id, "is_new": outcome.is_new}


@router.get(
    "/recordings/{uuid:recording_id}/access",
    response={200: Explained, REFUSED: Refusal},
    operation_id="explainRecording",
)
def explain_recording(request: HttpRequest, recording_id: UUID, person: UUID | None = None) -> Any:
    """Who sees a recording, and why (R37)."""
    viewer, wanted, now = AccountId(request.user.pk), RecordingId(recording_id), timezone.now()
    facts = reads.recording_facts(viewer, wanted)
    decision = access.as_told(access.decide(facts, Action.SHARE, now))
    if not decision.is_permitted:
        return told(decision)
    sharing = reads.recording_sharing(wanted)
    ways = reads.ways(reads.folder_sharing(viewer, sharing.folder_id), sharing, now=now)
    theirs = None
    if person:
        theirs = access.decide(reads.recording_facts(AccountId(person), wanted), Action.VIEW, now).code
    return _explained(ways, access.as_a_viewer(facts, now).code, theirs)


def _principals(ids: list[UUID]) -> list[PrincipalId]:
    return [PrincipalId(each) for each in dict.fromkeys(ids)]


def _by(request: HttpRequest) -> Any:
    return actor.from_request(request, channel=Channel.API)


def _done(decision: Decision) -> Any:
    return Status(204, None) if decision.is_permitted else told(access.as_told(decision))


def _member(who: reads.Who, role: str) -> MemberLine:
    return MemberLine(
        id=who.id,
        name=who.name,
        key=who.key,
        is_group=who.is_group,
        member_count=who.member_count,
        is_active=who.is_active,
        role=role,
    )


def _folder(viewer: AccountId, folder_id: FolderId, decision: Decision) -> Any:
    if not decision.is_permitted:
        return told(decision)
    found = reads.folder_sharing(viewer, folder_id)
    return FolderSharing(
        inherits=found.inherits,
        inherits_from=found.giver_id,
        level=found.level,
        members=[_member(line.who, line.role) for line in reads.lines_of(found.members)],
        seen=access.fingerprint(found.members, found.level),
    )


def _recording(viewer: AccountId, recording_id: RecordingId, decision: Decision) -> Any:
    if not decision.is_permitted:
        return told(access.as_told(decision))
    found = reads.recording_sharing(recording_id)
    folder_level = reads.folder_sharing(viewer, found.folder_id).level
    names = reads.describe(found.viewers).values()
    return RecordingSharing(
        folder_id=found.folder_id,
        level=found.level,
        folder_level=folder_level,
        level_has_no_effect=access.adds_nothing(found.level, folder_level),
        viewers=[_member(who, FolderRole.VIEWER) for who in names],
    )


def _explained(ways: tuple[access.Way, ...], met: str, theirs: str | None) -> Explained:
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

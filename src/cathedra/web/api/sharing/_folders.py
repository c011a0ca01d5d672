"""Who may see a folder: members, level, inheritance, why somebody sees it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from cathedra.actions import access as actions
from cathedra.db.reads import access as reads
from cathedra.domain import access
from cathedra.domain.access import Action, FolderRole
from cathedra.domain.terms import AccountId, Decision, FolderId, PrincipalId
from cathedra.web.access.door import calendar
from cathedra.web.api import looks
from cathedra.web.api.answers import REFUSED, Refusal, told
from cathedra.web.api.sharing._words import (
    Again,
    Explained,
    FolderLevel,
    FolderSharing,
    NewMembers,
    Stop,
    by,
    done,
    explained,
    member,
    principals,
)

router = Router(tags=["sharing"])


@router.get(
    "/folders/{uuid:folder_id}/sharing",
    response={200: FolderSharing, REFUSED: Refusal},
    operation_id="getFolderSharing",
)
def get_folder_sharing(request: HttpRequest, folder_id: UUID) -> Any:
    """A folder's members and level, for those who may share it."""
    viewer, wanted = AccountId(request.user.pk), FolderId(folder_id)
    facts = reads.folder_facts(viewer, wanted)
    looks.note(request, facts, Action.SHARE, folder_id, "getFolderSharing")
    return _folder(viewer, wanted, access.decide_folder(facts, Action.SHARE, timezone.now()))


@router.post(
    "/folders/{uuid:folder_id}/members", response={200: FolderSharing, REFUSED: Refusal}, operation_id="shareFolder"
)
def share_folder(request: HttpRequest, folder_id: UUID, new: NewMembers) -> Any:
    """Give people and groups a role."""
    decision = actions.share_folder(
        FolderId(folder_id),
        principals=principals(new.principals),
        role=new.role,
        is_told=new.tells,
        actor=by(request),
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
        actor=by(request),
        now=timezone.now(),
    )
    return done(decision)


@router.put(
    "/folders/{uuid:folder_id}/level", response={200: FolderSharing, REFUSED: Refusal}, operation_id="setFolderLevel"
)
def set_folder_level(request: HttpRequest, folder_id: UUID, wanted: FolderLevel) -> Any:
    """Share a folder this far."""
    decision = actions.set_folder_level(FolderId(folder_id), wanted.level, actor=by(request), now=timezone.now())
    return _folder(AccountId(request.user.pk), FolderId(folder_id), decision)


@router.post(
    "/folders/{uuid:folder_id}/stop-inheriting",
    response={200: FolderSharing, REFUSED: Refusal},
    operation_id="stopInheriting",
)
def stop_inheriting(request: HttpRequest, folder_id: UUID, wanted: Stop) -> Any:
    """Give a folder members of its own (R29)."""
    decision = actions.stop_inheriting(
        FolderId(folder_id), keeps_members=wanted.keeps_members, actor=by(request), now=timezone.now()
    )
    return _folder(AccountId(request.user.pk), FolderId(folder_id), decision)


@router.post("/folders/{uuid:folder_id}/inherit", response={204: None, REFUSED: Refusal}, operation_id="inheritFolder")
def inherit(request: HttpRequest, folder_id: UUID, wanted: Again) -> Any:
    """Give up a folder's own members for those of the one above (R30)."""
    decision = actions.inherit_again(
        FolderId(folder_id), seen=wanted.seen, calendar=calendar(), actor=by(request), now=timezone.now()
    )
    return done(decision)


@router.get(
    "/folders/{uuid:folder_id}/access", response={200: Explained, REFUSED: Refusal}, operation_id="explainFolder"
)
def explain_folder(request: HttpRequest, folder_id: UUID, person: UUID | None = None) -> Any:
    """Who sees a folder, and why (R37)."""
    viewer, wanted, now = AccountId(request.user.pk), FolderId(folder_id), timezone.now()
    facts = reads.folder_facts(viewer, wanted)
    decision = access.decide_folder(facts, Action.SHARE, now)
    if not decision.is_permitted:
        return told(decision)
    looks.note(request, facts, Action.SHARE, folder_id, "explainFolder")
    sharing = reads.folder_sharing(viewer, wanted)
    schedule = access.resolve(sharing.schedule, sharing.given) if sharing.inherits else sharing.schedule
    met = access.obstacle(access.availability_of(schedule), now)
    theirs = None
    if person:
        person_facts = reads.as_explained(reads.folder_facts(AccountId(person), wanted))
        theirs = access.decide_folder(person_facts, Action.SEE_FOLDER, now).code
    return explained(reads.ways(sharing, None, now=now), met or "ALLOW", theirs)


def _folder(viewer: AccountId, folder_id: FolderId, decision: Decision) -> Any:
    if not decision.is_permitted:
        return told(decision)
    found = reads.folder_sharing(viewer, folder_id)
    return FolderSharing(
        inherits=found.inherits,
        inherits_from=found.giver_id,
        level=found.level,
        members=[member(line.who, line.role) for line in reads.lines_of(found.members)],
        seen=access.fingerprint(found.members, found.level),
    )

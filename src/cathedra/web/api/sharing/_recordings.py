"""Who may see one recording beside its folder: level, viewers, why somebody sees it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from cathedra.actions import access as actions
from cathedra.db.reads import access as reads
from cathedra.domain import access
from cathedra.domain.access import Action, FolderRole
from cathedra.domain.terms import AccountId, Decision, PrincipalId, RecordingId
from cathedra.web.api import looks
from cathedra.web.api.answers import REFUSED, Refusal, told
from cathedra.web.api.sharing._words import (
    Explained,
    Moved,
    NewViewers,
    RecordingLevel,
    RecordingSharing,
    Restrict,
    by,
    done,
    explained,
    member,
    principals,
)

router = Router(tags=["sharing"])


@router.get(
    "/recordings/{uuid:recording_id}/sharing",
    response={200: RecordingSharing, REFUSED: Refusal},
    operation_id="getRecordingSharing",
)
def get_recording_sharing(request: HttpRequest, recording_id: UUID) -> Any:
    """A recording's own level and viewers, for those who may share it."""
    viewer, wanted = AccountId(request.user.pk), RecordingId(recording_id)
    facts = reads.recording_facts(viewer, wanted)
    looks.note(request, facts, Action.SHARE, recording_id, "getRecordingSharing")
    return _recording(viewer, wanted, access.decide(facts, Action.SHARE, timezone.now()))


@router.post(
    "/recordings/{uuid:recording_id}/viewers",
    response={200: RecordingSharing, REFUSED: Refusal},
    operation_id="shareRecording",
)
def share_recording(request: HttpRequest, recording_id: UUID, new: NewViewers) -> Any:
    """Let people and groups view one recording (R24)."""
    decision = actions.share_recording(
        RecordingId(recording_id),
        principals=principals(new.principals),
        is_told=new.tells,
        actor=by(request),
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
        RecordingId(recording_id), principal_id=PrincipalId(principal_id), actor=by(request), now=timezone.now()
    )
    return done(decision)


@router.put(
    "/recordings/{uuid:recording_id}/level",
    response={200: RecordingSharing, REFUSED: Refusal},
    operation_id="setRecordingLevel",
)
def set_recording_level(request: HttpRequest, recording_id: UUID, wanted: RecordingLevel) -> Any:
    """Share a recording this far beside its folder (R32)."""
    decision = actions.set_recording_level(
        RecordingId(recording_id), wanted.level, actor=by(request), now=timezone.now()
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
        principals=principals(wanted.principals),
        name=wanted.folder_name,
        actor=by(request),
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
    looks.note(request, facts, Action.SHARE, recording_id, "explainRecording")
    sharing = reads.recording_sharing(wanted)
    ways = reads.ways(reads.folder_sharing(viewer, sharing.folder_id), sharing, now=now)
    theirs = None
    if person:
        theirs = access.decide(_of(person, wanted), Action.VIEW, now).code
    return explained(ways, access.as_a_viewer(facts, now).code, theirs)


def _of(person: UUID, recording_id: RecordingId) -> access.RecordingFacts:
    return reads.as_explained(reads.recording_facts(AccountId(person), recording_id))


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
        viewers=[member(who, FolderRole.VIEWER) for who in names],
    )

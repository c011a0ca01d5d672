"""Write down who looked at the details of a thing by a grant alone, or by their system role alone (R26, R148, R223)."""

from datetime import datetime
from uuid import UUID

from cathedra.actions import audit as audit_actions
from cathedra.actions.audit import Seen
from cathedra.db.writes import audit
from cathedra.db.writes import grants as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import access
from cathedra.domain.access import Action, FolderFacts, Grant, GrantUse, RecordingFacts
from cathedra.domain.terms import Actor, RecordingId


def note_look(facts: FolderFacts, action: Action, *, target_id: UUID, page: str, actor: Actor, now: datetime) -> bool:
    """The details of a folder or a recording are about to be shown, for whoever may do `action` there. Says whether
    that was written down: it is when only a grant lets them see it, or only a system role. Others see their own.

    For the doors, with the facts that they decided from; `page` is the name of what is shown.
    """
    is_recording = isinstance(facts, RecordingFacts)
    grant = access.through_grant(facts, action, now)
    if grant is not None and grant.id is not None:
        _under(grant, target_id, page=page, is_recording=is_recording, actor=actor, now=now)
        return True
    if not access.is_by_office(facts, action, now):
        return False
    kind = Seen.RECORDING if is_recording else Seen.FOLDER
    audit_actions.note_look(kind, target_id=target_id, page=page, actor=actor, now=now)
    return True


def _under(grant: Grant, target_id: UUID, *, page: str, is_recording: bool, actor: Actor, now: datetime) -> None:
    with transaction():
        if is_recording and grant.id is not None:
            writes.add_use(grant.id, RecordingId(target_id), kind=GrantUse.LOOKED, now=now)
        audit.record(
            actor,
            "recording:look_at_under_grant" if is_recording else "folder:look_at_under_grant",
            target_kind="recording" if is_recording else "folder",
            target_id=target_id,
            now=now,
            facts={"grant_id": str(grant.id), "page": page},
        )

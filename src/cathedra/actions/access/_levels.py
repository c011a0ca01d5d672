"""How far folders and recordings are shared (R31 to R33), and the exemptions from the cap."""

from datetime import datetime
from uuid import UUID

from cathedra.actions.access._members import decide_folder
from cathedra.db.reads import access as access_reads
from cathedra.db.writes import access as writes
from cathedra.db.writes import audit
from cathedra.db.writes.transaction import transaction
from cathedra.domain import access
from cathedra.domain.access import Action, ExemptionKind, SharingLevel
from cathedra.domain.terms import Actor, Code, Decision, FolderId, RecordingId, deny, permit
from cathedra.domain.terms import gettext_noop as _


def set_folder_level(folder_id: FolderId, level: SharingLevel, *, actor: Actor, now: datetime) -> Decision:
    """Share a folder this far beside its members (R31). Raises FolderNotFound."""
    with transaction():
        sharing = access_reads.folder_sharing(actor.account_id, folder_id, lock=True)
        decision = decide_folder(folder_id, Action.SHARE, actor, now)
        if decision.is_permitted and level is not sharing.level:
            cap = access_reads.reaching(folder_id, None, now)
            decision = access.decide_folder_level(level, sharing.ownership, cap)
        if not decision.is_permitted or level is sharing.level:
            return decision
        writes.set_folder_level(folder_id, level)
        audit.record(
            actor,
            "folder:set_level",
            target_kind="folder",
            target_id=folder_id,
            now=now,
            before={"sharing": sharing.level},
            after={"sharing": level},
        )
    return permit()


def set_recording_level(
    recording_id: RecordingId, level: SharingLevel | None, *, actor: Actor, now: datetime
) -> Decision:
    """Share a recording this far beside its folder; None: as its folder (R32). A stricter level is kept and changes
    nothing: pages say so by `access.adds_nothing`. Raises RecordingNotFound."""
    with transaction():
        facts = access_reads.recording_facts(actor.account_id, recording_id, lock=True)
        decision = access.decide(facts, Action.SHARE, now)
        if decision.is_permitted and level is not facts.own_level:
            folder_id = access_reads.recording_sharing(recording_id).folder_id
            decision = access.decide_level(level, access_reads.reaching(folder_id, recording_id, now))
        if not decision.is_permitted or level is facts.own_level:
            return decision
        writes.set_recording_level(recording_id, level, now=now)
        audit.record(
            actor,
            "recording:set_level",
            target_kind="recording",
            target_id=recording_id,
            now=now,
            before={"sharing": facts.own_level},
            after={"sharing": level},
        )
    return permit()


def give_exemption(
    *,
    folder_id: FolderId | None = None,
    recording_id: RecordingId | None = None,
    reason: str,
    expires_at: datetime,
    actor: Actor,
    now: datetime,
) -> Decision:
    """Let a folder with all below it, or a recording, be shared beyond the cap until a day (R33, R38 row 22). Raises
    FolderNotFound or RecordingNotFound."""
    said = " ".join(reason.split())
    with transaction():
        decision = _decide_review(folder_id, recording_id, actor, now)
        if decision.is_permitted:
            decision = access.decide_exemption(reason=said, expires_at=expires_at, now=now)
        if not decision.is_permitted or actor.account_id is None:
            return decision
        writes.add_exemption(
            ExemptionKind.PUBLIC_SHARING,
            folder_id=folder_id,
            recording_id=recording_id,
            reason=said,
            by=actor.account_id,
            expires_at=expires_at,
            now=now,
        )
        audit.record(
            actor,
            "exemption:give",
            target_kind="folder" if folder_id else "recording",
            target_id=folder_id or recording_id or "",
            now=now,
            after={"kind": ExemptionKind.PUBLIC_SHARING, "expires_at": expires_at.isoformat()},
            reason=said,
        )
    return permit()


def end_exemption(exemption_id: UUID, *, actor: Actor, now: datetime) -> Decision:
    """Take an exemption back: what it let out is within the cap from the next request on. Raises ExemptionNotFound."""
    with transaction():
        found = access_reads.get_exemption(exemption_id, lock=True)
        decision = _decide_review(found.folder_id, found.recording_id, actor, now)
        if not decision.is_permitted:
            return decision
        if not writes.end_exemption(exemption_id, now=now):
            return deny(Code.CONFLICT, "R33", _("This exemption was taken back already."))
        audit.record(
            actor,
            "exemption:end",
            target_kind="folder" if found.folder_id else "recording",
            target_id=found.folder_id or found.recording_id or "",
            now=now,
            before={"kind": found.kind, "expires_at": found.expires_at.isoformat()},
        )
    return permit()


def _decide_review(
    folder_id: FolderId | None, recording_id: RecordingId | None, actor: Actor, now: datetime
) -> Decision:
    if (folder_id is None) == (recording_id is None):
        return deny(Code.BAD_REQUEST, "R33", _("An exemption is for one folder or for one recording."))
    if folder_id is not None:
        return decide_folder(folder_id, Action.REVIEW, actor, now)
    facts = access_reads.recording_facts(actor.account_id, RecordingId(recording_id or UUID(int=0)))
    return access.decide(facts, Action.REVIEW, now)

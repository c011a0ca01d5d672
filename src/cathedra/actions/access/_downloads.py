"""Who may download: the policy of a folder, and of a recording that is stricter (R204)."""

from datetime import datetime

from cathedra.actions.access._members import decide_folder
from cathedra.db.reads import access as access_reads
from cathedra.db.writes import access as writes
from cathedra.db.writes import audit
from cathedra.db.writes.transaction import transaction
from cathedra.domain import access
from cathedra.domain.access import Action, Downloads
from cathedra.domain.terms import Actor, Decision, FolderId, RecordingId, permit


def set_folder_downloads(folder_id: FolderId, wanted: Downloads | None, *, actor: Actor, now: datetime) -> Decision:
    """Who may download from a folder; None: as the folder that it inherits from, or as the site says. For those who
    set the folder up (EDIT_FOLDER). Raises FolderNotFound."""
    with transaction():
        sharing = access_reads.folder_sharing(actor.account_id, folder_id, lock=True)
        decision = decide_folder(folder_id, Action.EDIT_FOLDER, actor, now)
        if not decision.is_permitted or wanted is sharing.own_downloads:
            return decision
        writes.set_folder_downloads(folder_id, wanted)
        audit.record(
            actor,
            "folder:set_downloads",
            target_kind="folder",
            target_id=folder_id,
            now=now,
            before={"downloads": sharing.own_downloads},
            after={"downloads": wanted},
        )
    return permit()


def set_recording_downloads(
    recording_id: RecordingId, wanted: Downloads | None, *, actor: Actor, now: datetime
) -> Decision:
    """A policy of the recording's own, stricter than its folder's; None: its folder's alone. Raises
    RecordingNotFound."""
    with transaction():
        facts = access_reads.recording_facts(actor.account_id, recording_id, lock=True)
        decision = access.decide_own_downloads(facts, wanted, now)
        before = access_reads.recording_sharing(recording_id).downloads
        if not decision.is_permitted or wanted is before:
            return decision
        writes.set_recording_downloads(recording_id, wanted, now=now)
        audit.record(
            actor,
            "recording:set_downloads",
            target_kind="recording",
            target_id=recording_id,
            now=now,
            before={"downloads": before},
            after={"downloads": wanted},
        )
    return permit()

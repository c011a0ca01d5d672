"""Write down what is done under a grant, before it is done (R148)."""

from collections.abc import Iterable
from datetime import datetime

from cathedra.db.reads import access as access_reads
from cathedra.db.writes import audit
from cathedra.db.writes import grants as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import access
from cathedra.domain.access import Action, FolderFacts, GrantUse, RecordingFacts
from cathedra.domain.terms import Actor, RecordingId


def note_playback(
    recording_id: RecordingId, *, actor: Actor, now: datetime, facts: RecordingFacts | None = None
) -> bool:
    """The recording is about to be played: if a grant alone permits that, write the use down, without which not a byte
    is sent. The page and the player in it are one use. `facts`: what the door has just judged by, where it has them.
    Says whether a use was written. Raises RecordingNotFound."""
    if not _is_under_grant(facts or access_reads.recording_facts(actor.account_id, recording_id), now):
        return False
    with transaction():
        facts = access_reads.recording_facts(actor.account_id, recording_id, lock=True)
        grant = access.through_grant(facts, Action.VIEW, now)
        if grant is None or grant.id is None or not access.is_new_use(grant, now):
            return False
        writes.add_use(grant.id, recording_id, kind=GrantUse.PLAYED, now=now)
        audit.record(
            actor,
            "recording:play_under_grant",
            target_kind="recording",
            target_id=recording_id,
            now=now,
            facts={"grant_id": str(grant.id)},
        )
    return True


def note_download(recording_id: RecordingId, facts: RecordingFacts, *, now: datetime) -> dict[str, object]:
    """For the verb that downloads, inside its transaction: write the use down when a grant alone permits it. Returns
    what belongs to the facts of its own audit event: the grant."""
    grant = access.through_grant(facts, Action.DOWNLOAD, now)
    if grant is None or grant.id is None:
        return {}
    writes.add_use(grant.id, recording_id, kind=GrantUse.DOWNLOADED, now=now)
    return {"grant_id": str(grant.id)}


def note_edit(recording_id: RecordingId, facts: RecordingFacts, action: Action, *, now: datetime) -> dict[str, object]:
    """For verbs that change a recording, inside their transaction: write the use down when a grant alone permits the
    change. Returns what belongs to the facts of their own audit event: the grant."""
    return note_folder_edit(facts, action, touched=[recording_id], now=now)


def note_folder_edit(
    facts: FolderFacts, action: Action, *, touched: Iterable[RecordingId] = (), now: datetime
) -> dict[str, object]:
    """The same for verbs that change a folder: a use of every recording in it that they touch."""
    grant = access.through_grant(facts, action, now)
    if grant is None or grant.id is None:
        return {}
    for recording_id in touched:
        writes.add_use(grant.id, recording_id, kind=GrantUse.EDITED, now=now)
    return {"grant_id": str(grant.id)}


def _is_under_grant(facts: RecordingFacts, now: datetime) -> bool:
    return bool(facts.grants) and access.through_grant(facts, Action.VIEW, now) is not None

"""Take uploads away: cancelled by their sender, left unfinished too long, or files that belong to nothing."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import islice

from cathedra.adapters.object_store import ObjectStore
from cathedra.adapters.spool import Spool, Stray
from cathedra.db.reads import ingest as reads
from cathedra.db.writes import audit
from cathedra.db.writes import ingest as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import ingest
from cathedra.domain.ingest import UploadFacts, UploadKind, UploadState
from cathedra.domain.terms import Actor, Decision, UploadId, UploadNotFound, permit

_UNFINISHED = (UploadState.OPEN, UploadState.COMPLETE)  # a part that nobody joined is complete
_YOUNG = timedelta(hours=1)  # a file may be there before its row is
_LONGEST_PUT = timedelta(days=1)
_BATCH = 500


def terminate_upload(upload_id: UploadId, *, actor: Actor, now: datetime, spool: Spool) -> Decision:
    """Cancel an upload and drop its bytes; a draft that has nothing else goes with it."""
    with transaction():
        try:
            facts = reads.upload_facts(actor.account_id, upload_id, lock=True)
        except UploadNotFound:
            return ingest.no_such_upload()
        decision = ingest.decide_terminate(facts, now=now)
        if not decision.is_permitted:
            return decision
        _end(facts, to=UploadState.TERMINATED, verb="upload:terminate", actor=actor, now=now)
    spool.delete(upload_id)
    return permit()


def expire_uploads(*, actor: Actor, now: datetime, spool: Spool) -> int:
    """End every upload whose time is over; returns how many. Killed at any line, the next run goes on."""
    count = 0
    while batch := reads.list_expired(now):
        for upload_id in batch:
            if _expire(upload_id, actor, now):
                spool.delete(upload_id)
                count += 1
    return count


def _expire(upload_id: UploadId, actor: Actor, now: datetime) -> bool:
    with transaction():
        facts = reads.upload_facts(None, upload_id, lock=True)
        if not ingest.is_abandoned(facts, now=now):
            return False  # bytes came meanwhile, or somebody else ended it
        return _end(facts, to=UploadState.EXPIRED, verb="upload:expire", actor=actor, now=now)


def _end(facts: UploadFacts, *, to: UploadState, verb: str, actor: Actor, now: datetime) -> bool:
    if not writes.end([facts.id], sources=_UNFINISHED, to=to, now=now):
        return False
    told = {"offset_bytes": facts.offset_bytes, "length_bytes": facts.length_bytes}
    audit.record(actor, verb, target_kind="upload", target_id=facts.id, now=now, facts=told)
    draft = facts.recording_id if facts.kind is not UploadKind.PARTIAL and facts.position == 0 else None
    if draft is not None and writes.remove_draft(draft):
        why = {"upload_id": str(facts.id), "because": verb}
        audit.record(actor, "recording:remove_draft", target_kind="recording", target_id=draft, now=now, facts=why)
    return True


def sweep_stray_files(*, actor: Actor, now: datetime, spool: Spool, stores: Iterable[ObjectStore] = ()) -> int:
    """Remove files of the spool that no upload and no source needs, an hour after their last change, and what a process
    that died while it put something into an object store has left there, after a day.

    Returns how many. Files with names that are not ours stay: somebody put them there.
    """
    files = (stray for stray in spool.list_files() if stray.modified_at < now - _YOUNG)
    count = 0
    while batch := list(islice(files, _BATCH)):
        count += _sweep(batch, spool)
    count += sum(store.remove_unfinished(before=now - _LONGEST_PUT) for store in stores)
    if count:
        with transaction():
            audit.record(actor, "spool:sweep", target_kind="spool", target_id="", now=now, facts={"files": count})
    return count


def _sweep(batch: list[Stray], spool: Spool) -> int:
    wanted = reads.list_wanted([stray.upload_id for stray in batch if stray.upload_id is not None])
    unwanted = [stray for stray in batch if stray.is_unjoined or (stray.upload_id and stray.upload_id not in wanted)]
    for stray in unwanted:
        spool.delete_stray(stray)
    return len(unwanted)

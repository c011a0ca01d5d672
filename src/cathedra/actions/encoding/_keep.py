"""Keep the original (R61)."""

from datetime import datetime

from cathedra.actions.encoding._work import Outcome, Tools, original_key
from cathedra.db.reads import encoding as reads
from cathedra.db.writes import audit
from cathedra.db.writes import encoding as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain.terms import Actor, SourceId, UploadId


def store_original(source_id: SourceId, *, actor: Actor, now: datetime, tools: Tools) -> Outcome:
    """Move the file from the spool into the object store. Killed anywhere, it ends the same when repeated: the object
    is whole or absent, its key is set once, and the spool's file goes last."""
    try:
        facts = reads.source_facts(source_id)
    except reads.SourceNotFound:
        return Outcome.NOTHING_TO_DO
    upload_id = UploadId(facts.id)
    if not facts.object_key:
        key = original_key(facts)
        path = tools.spool.path(facts.id)
        if path.exists():
            tools.store.put_file(key, path)
        with transaction():
            if writes.set_object_key(facts.id, key):
                told = {"source_id": str(facts.id), "size_bytes": facts.size_bytes}
                audit.record(
                    actor, "source:store", target_kind="recording", target_id=facts.recording_id, now=now, facts=told
                )
    tools.spool.delete(upload_id)
    return Outcome.DONE

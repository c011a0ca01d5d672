"""Keep the original (R61)."""

import hashlib
from datetime import datetime
from pathlib import Path

from cathedra.actions.encoding._work import Outcome, Tools, original, original_key
from cathedra.db.reads import encoding as reads
from cathedra.db.writes import audit
from cathedra.db.writes import encoding as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain.terms import Actor, SourceId, UploadId


def store_original(source_id: SourceId, *, actor: Actor, now: datetime, tools: Tools) -> Outcome:
    """Move the file from the spool into the object store. Killed anywhere, it ends the same when repeated: the object
    is whole or absent, its key is set once, and the spool's file goes last.

    Its checksum is taken here, by reading the file once more, and not while its bytes arrive: they may come in pieces, out
    of order and across restarts, and a half-made SHA-256 cannot be put away. This job is the last, nobody waits for
    it, and the encoder has read the same file at least twice. Raises UnableTo when the file is nowhere.
    """
    try:
        facts = reads.source_facts(source_id, even_set_aside=True)
    except reads.SourceNotFound:
        return Outcome.NOTHING_TO_DO
    upload_id = UploadId(facts.id)
    if not facts.object_key:
        key = original_key(facts)
        with original(tools, facts) as path:
            sha256 = _sha256(path)
            if path == tools.spool.path(facts.id).absolute():
                tools.store.put_file(key, path)
        with transaction():
            if writes.set_object_key(facts.id, key, sha256=sha256):
                told = {"source_id": str(facts.id), "size_bytes": facts.size_bytes, "sha256": sha256}
                audit.record(
                    actor, "source:store", target_kind="recording", target_id=facts.recording_id, now=now, facts=told
                )
    tools.spool.delete(upload_id)
    return Outcome.DONE


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

"""Remove the files of versions that viewers do not have any more."""

import re
from datetime import datetime, timedelta

from cathedra.adapters.object_store import ObjectNotFound, ObjectStore
from cathedra.db.reads import content as reads
from cathedra.db.writes import audit
from cathedra.db.writes import content as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain.terms import Actor, RecordingId

# Nobody is sent them any more; whoever goes back to a version soon has it without another encode.
_KEPT_FOR = timedelta(hours=12)
_OF_VERSION = re.compile(r"e(\d+)-.+")
_JOINED = re.compile(r"edited-(\d+)")
_EDGE = re.compile(r"cut-.+\.mp4")


def sweep_edges(*, actor: Actor, now: datetime, store: ObjectStore) -> int:
    """Files of versions below the one that is shown, and edges that no playlist left names. Returns how many files
    went. Going back to such a version makes them anew."""
    count = 0
    for recording_id in reads.list_with_old_edges(before=now - _KEPT_FOR):
        with transaction():
            reads.editing_facts(recording_id, lock=True)
            versions = reads.list_edits(recording_id)
            shown = next((row.version for row in versions if row.shown_at), 0)
            if not versions or not versions[0].shown_at:
                continue  # what is being made now may use edges that no playlist names yet
            removed = _clear(recording_id, shown, store)
            writes.forget_old_edges(recording_id, below=shown)
            told = {"files": removed, "below": shown}
            audit.record(
                actor, "recording:sweep_edges", target_kind="recording", target_id=recording_id, now=now, facts=told
            )
        count += removed
    return count


def _clear(recording_id: RecordingId, shown: int, store: ObjectStore) -> int:
    prefix = f"stream/{recording_id}/"
    names = [key.removeprefix(prefix) for key in store.list_keys(prefix)]
    old = [name for name in names if (found := _OF_VERSION.fullmatch(name)) and int(found[1]) < shown]
    kept = [name for name in names if _OF_VERSION.fullmatch(name) and name.endswith(".m3u8") and name not in old]
    named = "".join(_text(store, prefix + name) for name in kept)
    unused = [name for name in names if _EDGE.fullmatch(name) and name not in named]
    joined = [key for key in store.list_keys(f"originals/{recording_id}/") if _is_joined(key, shown)]
    for key in (*(prefix + name for name in (*old, *unused)), *joined):
        store.delete(key)
    return len(old) + len(unused) + len(joined)


def _is_joined(key: str, below: int) -> bool:
    """A file that was made for download of a version that is not shown any more."""
    found = _JOINED.fullmatch(key.rpartition("/")[2])
    return found is not None and int(found[1]) < below


def _text(store: ObjectStore, key: str) -> str:
    try:
        with store.local_copy(key) as path:
            return path.read_text()
    except ObjectNotFound:
        return ""

"""Remove what was made of an audio description that is none any more."""

import re

from cathedra.adapters.object_store import ObjectStore
from cathedra.db.reads import audio_description as reads
from cathedra.domain.terms import RecordingId

# Of the recording as it was received, of a version of its cuts, or an edge of one.
_OF_ONE = re.compile(r"(?:e\d+-|cut-)?(d[0-9a-f]{12})[-.].+")


def sweep_description(recording_id: RecordingId, store: ObjectStore) -> int:
    """For whoever has just written playlists that do not name it. Returns how many files went."""
    described = reads.find(recording_id)
    current = described.name if described else ""
    prefix = f"stream/{recording_id}/"
    found = [(key, _OF_ONE.fullmatch(key.removeprefix(prefix))) for key in store.list_keys(prefix)]
    gone = [key for key, match in found if match and match[1] != current]
    for key in gone:
        store.delete(key)
    return len(gone)

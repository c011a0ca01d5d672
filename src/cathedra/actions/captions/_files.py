"""The WebVTT files that nginx sends, made from the rows (R208): of the whole recording, and of what viewers have."""

from cathedra.adapters.object_store import ObjectStore
from cathedra.db.reads import captions as reads
from cathedra.db.reads import content
from cathedra.domain.library import UNEDITED, Edits, edited_cues, write_webvtt
from cathedra.domain.playback import edited_prefix
from cathedra.domain.terms import RecordingId, RecordingNotFound


def write_files(recording_id: RecordingId, *, store: ObjectStore) -> int:
    """One file a language, and none of a language that is gone. May be killed and repeated: the same rows give the same
    bytes. Whoever changes captions or cuts enqueues it again, so the last one has seen all. Returns how many there are."""
    try:
        if reads.media_of(recording_id) != recording_id:
            return 0
    except RecordingNotFound:
        return 0
    count = put_files(recording_id, UNEDITED, prefix="", store=store)
    shown = content.shown_edit(recording_id)
    if shown is not None and shown.edits.cuts:
        put_files(recording_id, shown.edits, prefix=edited_prefix(shown.version), store=store)
    return count


def put_files(recording_id: RecordingId, edits: Edits, *, prefix: str, store: ObjectStore) -> int:
    """Those of a version of its cuts, under whose prefix they are kept."""
    here, names = f"stream/{recording_id}/{prefix}captions-", set()
    for row in reads.list_tracks(recording_id):
        track = reads.find_track(recording_id, row.language)
        if track is not None:
            key = f"{here}{row.language.lower()}.vtt"
            names.add(key)
            store.put_bytes(key, write_webvtt(edited_cues(track.cues, edits)).encode())
    for key in sorted(store.list_keys(f"stream/{recording_id}/")):
        if key.startswith(here) and key not in names:
            store.delete(key)
    return len(names)

"""The WebVTT files that nginx sends, on the edited timeline, made from the rows (R208)."""

from cathedra.adapters.object_store import ObjectStore
from cathedra.db.reads import captions as reads
from cathedra.db.reads import content
from cathedra.domain.library import edited_cues, write_webvtt
from cathedra.domain.terms import RecordingId, RecordingNotFound


def write_files(recording_id: RecordingId, *, store: ObjectStore) -> int:
    """One file a language, and none of a language that is gone. May be killed and repeated: the same rows give the same
    bytes. Whoever changes captions or cuts enqueues it again, so the last one has seen all. Returns how many there are."""
    try:
        if reads.media_of(recording_id) != recording_id:
            return 0
    except RecordingNotFound:
        return 0
    edits, names = content.edits_of(recording_id), set()
    for row in reads.list_tracks(recording_id):
        track = reads.find_track(recording_id, row.language)
        if track is not None:
            key = _key(recording_id, row.language)
            names.add(key)
            store.put_bytes(key, write_webvtt(edited_cues(track.cues, edits)).encode())
    for key in [key for key in store.list_keys(f"stream/{recording_id}/") if _is_ours(key)]:
        if key not in names:
            store.delete(key)
    return len(names)


def _key(recording_id: RecordingId, language: str) -> str:
    return f"stream/{recording_id}/captions-{language.lower()}.vtt"


def _is_ours(key: str) -> bool:
    return key.rpartition("/")[2].startswith("captions-")

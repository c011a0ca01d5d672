"""Add an audio description, put another in its place, or remove it (R38 row 5, R212)."""

import hashlib
from datetime import datetime
from pathlib import Path

from cathedra.actions import copies
from cathedra.actions import publishing as publishing_actions
from cathedra.actions.copies import Right
from cathedra.adapters.object_store import ObjectStore
from cathedra.db.reads import audio_description as reads
from cathedra.db.writes import audio_description as writes
from cathedra.db.writes import audit, jobs
from cathedra.db.writes.audio_description import NewDescription
from cathedra.db.writes.transaction import transaction
from cathedra.domain.jobs import prepare_description, settle_description
from cathedra.domain.library import clean_language, clean_name, decide_description
from cathedra.domain.terms import Actor, Decision, RecordingId, RecordingNotFound
from cathedra.domain.terms import gettext_noop as _

_NOT_OF_THE_ORIGINAL = _(
    "This recording repeats another one, and its audio description is that one's. Only a Creator of the other recording's "
    "folder can change it; or make this copy a full one."
)


def may_change(recording_id: RecordingId, *, actor: Actor, now: datetime) -> Decision:
    """For a page that offers it. Raises RecordingNotFound."""
    return _right(recording_id, actor=actor, now=now).decision


def _right(recording_id: RecordingId, *, actor: Actor, now: datetime, lock: bool = False) -> Right:
    return copies.right_to_change(recording_id, otherwise=_NOT_OF_THE_ORIGINAL, actor=actor, now=now, lock=lock)


def add_description(
    recording_id: RecordingId,
    *,
    name: str,
    language: str,
    path: Path,
    actor: Actor,
    now: datetime,
    store: ObjectStore,
) -> Decision:
    """Keep the file and have it prepared; the one before goes. What turns out later not to be a sound of the recording's
    length is left out with a sentence, and the recording plays as before (R59). Raises RecordingNotFound."""
    decision, right = _judged(recording_id, language, path, actor=actor, now=now)
    if not decision.is_permitted:
        return decision
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    key = f"originals/{right.media_id}/described-{sha256[:32]}"
    store.put_file(key, path)
    with transaction():
        decision, right = _judged(recording_id, language, path, actor=actor, now=now, lock=True)
        if not decision.is_permitted:
            return decision
        before = reads.find(right.media_id)
        called, spoken = clean_name(name) or "description", clean_language(language)
        size_bytes = path.stat().st_size
        writes.put(right.media_id, NewDescription(spoken, called, key, size_bytes, sha256, actor.account_id), now=now)
        publishing_actions.doubt_media_edit(right.media_id, actor=actor, now=now)  # R73
        jobs.enqueue([prepare_description(right.media_id)])
        told = {"name": called, "language": spoken, "size_bytes": size_bytes, "sha256": sha256, **right.used(now)}
        audit.record(
            actor,
            "recording:add_description",
            target_kind="recording",
            target_id=right.media_id,
            now=now,
            facts=told,
        )
    if before is not None and before.object_key != key:
        store.delete(before.object_key)
    return decision


def _judged(
    recording_id: RecordingId, language: str, path: Path, *, actor: Actor, now: datetime, lock: bool = False
) -> tuple[Decision, Right]:
    right = _right(recording_id, actor=actor, now=now, lock=lock)
    if not right.decision.is_permitted:
        return right.decision, right
    facts = reads.facts(right.media_id)
    if facts is None:
        raise RecordingNotFound(str(recording_id))
    size_bytes = path.stat().st_size
    return decide_description(facts.standing, language=clean_language(language), size_bytes=size_bytes), right


def remove_description(recording_id: RecordingId, *, actor: Actor, now: datetime, store: ObjectStore) -> Decision:
    """Its file goes at once, and what was made of it by a job in a moment. Raises RecordingNotFound."""
    with transaction():
        right = _right(recording_id, actor=actor, now=now, lock=True)
        before = reads.find(right.media_id)
        if not right.decision.is_permitted or before is None or not writes.remove(right.media_id):
            return right.decision
        jobs.enqueue([settle_description(right.media_id)])
        told = {"name": before.original_name, "language": before.language, **right.used(now)}
        audit.record(
            actor,
            "recording:remove_description",
            target_kind="recording",
            target_id=right.media_id,
            now=now,
            facts=told,
        )
    store.delete(before.object_key)
    return right.decision

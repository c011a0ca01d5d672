"""The deck that was shown, added by a Creator (R38 row 5): kept at once, read by a job in a limited process."""

import hashlib
from datetime import datetime
from pathlib import Path

from cathedra.actions.slides import _ask
from cathedra.adapters.object_store import ObjectStore
from cathedra.db.reads import slides as reads
from cathedra.db.writes import audit
from cathedra.db.writes import slides as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain.library import DECK_LIMIT_BYTES, DeckProblem, clean_name, deck_sentence
from cathedra.domain.terms import Actor, Code, Decision, RecordingId, deny, permit

_HEADS = (b"%PDF-", b"PK\x03\x04")


def attach_deck(
    recording_id: RecordingId, *, name: str, path: Path, actor: Actor, now: datetime, store: ObjectStore
) -> Decision:
    """Keep the file and have it read. What is plainly no deck is refused here by its content; what turns out later not to
    be readable is left out with a sentence (R59), and the deck that was in use before it stays. Raises RecordingNotFound."""
    right = _ask.right_to_change(recording_id, actor=actor, now=now)
    if not right.decision.is_permitted:
        return right.decision
    size_bytes = path.stat().st_size
    if problem := _problem(path, size_bytes):
        sentence, values = deck_sentence(problem)
        return deny(Code.BAD_REQUEST, "R59", sentence, **values)
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    key = f"originals/{right.media_id}/deck-{sha256[:32]}"
    store.put_file(key, path)
    with transaction():
        right = _ask.right_to_change(recording_id, actor=actor, now=now, lock=True)
        if not right.decision.is_permitted:
            return right.decision
        called = clean_name(name) or "deck"
        unneeded = writes.set_deck(
            right.media_id,
            name=called,
            object_key=key,
            size_bytes=size_bytes,
            sha256=sha256,
            by=actor.account_id,
            now=now,
        )
        _ask.ask(right.media_id, now=now)
        audit.record(
            actor,
            "recording:add_deck",
            target_kind="recording",
            target_id=right.media_id,
            now=now,
            facts={
                "name": called,
                "size_bytes": size_bytes,
                "sha256": sha256,
                **right.used(now),
            },
        )
    _delete(unneeded, store)
    return permit()


def _problem(path: Path, size_bytes: int) -> DeckProblem | None:
    if size_bytes > DECK_LIMIT_BYTES:
        return DeckProblem.TOO_LARGE
    with path.open("rb") as file:
        head = file.read(1024)
    return None if any(mark in head for mark in _HEADS) else DeckProblem.NOT_A_DECK


def remove_deck(recording_id: RecordingId, *, actor: Actor, now: datetime, store: ObjectStore) -> Decision:
    """The slides say again what was read of them. Raises RecordingNotFound."""
    with transaction():
        right = _ask.right_to_change(recording_id, actor=actor, now=now, lock=True)
        before = reads.find_deck(right.media_id)
        if not right.decision.is_permitted or before is None:
            return right.decision
        unneeded = writes.remove_deck(right.media_id)
        _ask.ask(right.media_id, now=now)
        audit.record(
            actor,
            "recording:remove_deck",
            target_kind="recording",
            target_id=right.media_id,
            now=now,
            facts={
                "name": before.original_name,
                **right.used(now),
            },
        )
    _delete(unneeded, store)
    return permit()


def _delete(keys: frozenset[str], store: ObjectStore) -> None:
    for key in keys:
        store.delete(key)

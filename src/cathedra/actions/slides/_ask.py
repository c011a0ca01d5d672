"""Ask for a recording to be looked at: when it plays, when its deck changed, when a Creator wants it."""

from datetime import datetime

from cathedra.actions import copies
from cathedra.actions.copies import Right
from cathedra.db.reads import slides as reads
from cathedra.db.writes import audit, jobs, search
from cathedra.db.writes import slides as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain.jobs import Job, JobKind, Queue, Turn
from cathedra.domain.terms import Actor, Decision, RecordingId, permit
from cathedra.domain.terms import gettext_noop as _

_NOT_OF_THE_ORIGINAL = _(
    "This recording repeats another one, and its slides and chapters are that one's. Only a Creator of the other "
    "recording's folder can change them; or make this copy a full one."
)


def may_change(recording_id: RecordingId, *, actor: Actor, now: datetime) -> Decision:
    """For a page that offers it. Raises RecordingNotFound."""
    return right_to_change(recording_id, actor=actor, now=now).decision


def right_to_change(recording_id: RecordingId, *, actor: Actor, now: datetime, lock: bool = False) -> Right:
    """R38 row 5; of a copy by reference, whose slides and chapters are its original's, of both (R201). Raises
    RecordingNotFound."""
    return copies.right_to_change(recording_id, otherwise=_NOT_OF_THE_ORIGINAL, actor=actor, now=now, lock=lock)


def slides_job(recording_id: RecordingId, *, is_anew: bool = False) -> Job:
    """Look for slides; one such job at most waits. `is_anew`: though they were found before."""
    given: dict[str, str | int] = {"recording_id": str(recording_id)}
    if is_anew:
        given["is_anew"] = 1
    return Job(
        JobKind.READ_SLIDES,
        given,
        queue=Queue.CPU,
        priority=Turn.SLIDES.priority(),
        turn=Turn.SLIDES,
        lock=f"slides:{recording_id}",
        queueing_lock=f"slides:{recording_id}{':anew' if is_anew else ''}",
    )


def ask(recording_id: RecordingId, *, is_anew: bool = False, now: datetime) -> None:
    """Inside the transaction that makes a picture playable, or changes what its slides say."""
    writes.ask(recording_id, now=now)
    jobs.enqueue([slides_job(recording_id, is_anew=is_anew)])


def copy_slides(original_id: RecordingId, copy_id: RecordingId, *, now: datetime) -> None:
    """For the verb that makes a full copy, inside its transaction (R200). A deck's file is among the `deck_places`."""
    if not writes.copy_shown(original_id, copy_id, now=now):
        ask(copy_id, now=now)
    search.touch(copy_id)


def deck_places(original_id: RecordingId, copy_id: RecordingId) -> list[tuple[str, str]]:
    """Where the original's deck is kept, and where the copy's shall be."""
    deck = reads.find_deck(original_id)
    return [(deck.object_key, writes.deck_key(copy_id, deck.object_key))] if deck else []


def ask_again(recording_id: RecordingId, *, actor: Actor, now: datetime) -> Decision:
    """A Creator wants the slides looked for anew (R38 row 5). Raises RecordingNotFound."""
    with transaction():
        right = right_to_change(recording_id, actor=actor, now=now, lock=True)
        if not right.decision.is_permitted:
            return right.decision
        ask(right.media_id, is_anew=True, now=now)
        audit.record(
            actor,
            "recording:ask_slides",
            target_kind="recording",
            target_id=right.media_id,
            now=now,
            facts=right.used(now),
        )
    return permit()

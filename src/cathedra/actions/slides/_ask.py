"""Ask for a recording to be looked at: when it plays, when its deck changed, when a Creator wants it."""

from datetime import datetime

from cathedra.actions import grants
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import slides as reads
from cathedra.db.writes import audit, jobs, search
from cathedra.db.writes import slides as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import access
from cathedra.domain.jobs import Job, JobKind, Queue
from cathedra.domain.terms import Actor, Code, Decision, RecordingId, deny, permit
from cathedra.domain.terms import gettext_noop as _

_AFTER_EVERYTHING = -10  # nobody waits for it: encodes come first


_COPY = _("This recording repeats another one, with its slides and chapters. Change them there.")


def may_change(facts: access.RecordingFacts, recording_id: RecordingId, now: datetime) -> Decision:
    """R38 row 5, of a recording whose media are its own (R140)."""
    decision = access.decide(facts, access.Action.EDIT_MEDIA, now)
    if decision.is_permitted and reads.is_reference(recording_id):
        return deny(Code.BAD_REQUEST, "R140", _COPY)
    return decision


def slides_job(recording_id: RecordingId, *, is_anew: bool = False) -> Job:
    """Look for slides; one such job at most waits. `is_anew`: though they were found before."""
    given: dict[str, str | int] = {"recording_id": str(recording_id)}
    if is_anew:
        given["is_anew"] = 1
    return Job(
        JobKind.READ_SLIDES,
        given,
        queue=Queue.CPU,
        priority=_AFTER_EVERYTHING,
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
        facts = access_reads.recording_facts(actor.account_id, recording_id, lock=True)
        decision = may_change(facts, recording_id, now)
        if not decision.is_permitted:
            return decision
        used = grants.note_edit(recording_id, facts, access.Action.EDIT_MEDIA, now=now)
        ask(recording_id, is_anew=True, now=now)
        audit.record(
            actor, "recording:ask_slides", target_kind="recording", target_id=recording_id, now=now, facts=used
        )
    return permit()

"""Ask for automatic captions, once more or for the first time (R210)."""

from datetime import datetime

from cathedra.actions.captions._jobs import listening_job
from cathedra.actions.captions._listen import NO_ENGINE
from cathedra.actions.captions._may import right_to_change
from cathedra.db.reads import captions as reads
from cathedra.db.writes import audit, jobs
from cathedra.db.writes import captions as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import library
from cathedra.domain.library import CaptionOrigin
from cathedra.domain.terms import Actor, Code, Decision, RecordingId, deny, permit
from cathedra.domain.terms import gettext_noop as _

_AT_ONCE = 200  # of those that nobody listened to, in one night
_FIRST, _LAST = 5, -10  # R60: what somebody asked for before new recordings, old ones after them


def ask_again(
    recording_id: RecordingId, *, is_confirmed: bool = False, has_engine: bool, actor: Actor, now: datetime
) -> Decision:
    """Have the engine listen again. What a person wrote in the language that is spoken is replaced only if that is
    confirmed, and only as it stands now (R210). Raises RecordingNotFound."""
    with transaction():
        right = right_to_change(recording_id, actor=actor, now=now, lock=True)
        if not right.decision.is_permitted:
            return right.decision
        if not has_engine:
            return deny(Code.NOT_READY, "R208", NO_ENGINE)
        sound = reads.sound_of(right.media_id)
        if not sound.is_here or not sound.name:
            return deny(Code.NOT_READY, "R208", _("This recording has no sound that could be listened to now."))
        human = next((row for row in reads.list_tracks(right.media_id) if _is_a_persons(row)), None)
        decision = library.may_replace(human.origin if human else None, is_confirmed=is_confirmed)
        if not decision.is_permitted:
            return decision
        writes.await_listening(right.media_id, now=now)
        audit.record(
            actor,
            "captions:ask",
            target_kind="recording",
            target_id=right.media_id,
            now=now,
            facts={"is_confirmed": is_confirmed, **right.used(now)},
        )
        over = human.exactly if human else None
        jobs.enqueue([listening_job(right.media_id, over=over, asked_by=actor.account_id, priority=_FIRST)])
    return permit()


def _is_a_persons(row: reads.TrackRow) -> bool:
    return row.is_spoken and row.origin is not CaptionOrigin.AUTOMATIC


def catch_up(*, has_engine: bool, actor: Actor, now: datetime) -> int:
    """Every night: recordings from before there was an engine get their turn, some at a time. Returns how many."""
    if not has_engine:
        return 0
    waiting = reads.list_unheard(most=_AT_ONCE)
    if waiting:
        with transaction():
            jobs.enqueue(listening_job(recording_id, priority=_LAST) for recording_id in waiting)
    return len(waiting)

"""Empty one's own bin: what one was shown of it and nothing keeps, for good (R109, R137, T36)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from cathedra.actions.retention._bin import purge_recording
from cathedra.db.reads import retention as reads
from cathedra.domain.terms import Actor, Decision, RecordingId


@dataclass(frozen=True, slots=True)
class Emptied:
    """How many recordings are gone, the hours stored that this frees, in seconds, and why others stay."""

    recordings: int = 0
    seconds: int = 0
    kept: tuple[Decision, ...] = ()


def empty_bin(shown: Collection[RecordingId], *, actor: Actor, now: datetime) -> Emptied:
    """Purge what somebody owns of their bin and was shown before they said so, each by itself and up to 500 at a time:
    what a hold keeps stays (R130), and so does what came there meanwhile, for others delete it too (R135). Idempotent,
    and it goes on where it was stopped."""
    if actor.account_id is None:
        return Emptied()
    done, seconds = 0, 0
    kept: list[Decision] = []
    for row in reads.list_own_bin(actor.account_id, among=shown):
        decision = purge_recording(row.id, actor=actor, now=now)
        if decision.is_permitted:
            done, seconds = done + 1, seconds + row.freed_seconds
        else:
            kept.append(decision)
    return Emptied(done, seconds, tuple(kept))

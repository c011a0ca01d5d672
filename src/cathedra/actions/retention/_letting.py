"""Letting go what a run is about to take: nobody is reminded of what they need no more (R125)."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cathedra.db.reads import retention as reads
from cathedra.db.writes import audit
from cathedra.db.writes import retention as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain.terms import AccountId, Actor, Code, Decision, RecordingId, deny, permit
from cathedra.domain.terms import gettext_noop as _

_Change = Callable[[UUID, RecordingId, AccountId], bool]


@dataclass(frozen=True, slots=True)
class LetGo:
    """What came of it, and of how many recordings."""

    decision: Decision
    count: int = 0


def let_go(recording_ids: Collection[RecordingId], *, actor: Actor, now: datetime) -> LetGo:
    """Somebody who was told that a run takes these needs none of them: they go with it, and this person hears no more of
    them until the receipt. The notice 30 days before is sent all the same, for it is the proof that the deletion asks
    for (R126); until the day a restore or an exemption keeps a recording as ever. What nobody told them of is left."""

    def change(run_id: UUID, recording_id: RecordingId, account_id: AccountId) -> bool:
        return writes.let_go(run_id, recording_id, by=account_id, now=now)

    return _each(recording_ids, "recording:let_go", change, actor, now)


def tell_again(recording_ids: Collection[RecordingId], *, actor: Actor, now: datetime) -> LetGo:
    """They want to be reminded of these again."""

    def change(run_id: UUID, recording_id: RecordingId, account_id: AccountId) -> bool:
        return writes.tell_again(run_id, recording_id, by=account_id)

    return _each(recording_ids, "recording:tell_again", change, actor, now)


def _each(recording_ids: Collection[RecordingId], action: str, change: _Change, actor: Actor, now: datetime) -> LetGo:
    if not recording_ids:
        return LetGo(deny(Code.BAD_REQUEST, "R125", _("Tick the recordings first.")))
    if actor.account_id is None:
        return LetGo(_nothing())
    with transaction():
        told = reads.told_of(actor.account_id, recording_ids)
        if not told:
            return LetGo(_nothing())
        for recording_id, of in told.items():
            if change(of.run_id, recording_id, actor.account_id):
                _record(action, recording_id, of.run_name, actor, now)
    return LetGo(permit(), len(told))


def _nothing() -> Decision:
    return deny(
        Code.BAD_REQUEST,
        "R125",
        _("No run is about to take any of these. You get a notice before one does, and can let them go then."),
    )


def _record(action: str, recording_id: RecordingId, run: str, actor: Actor, now: datetime) -> None:
    audit.record(actor, action, target_kind="recording", target_id=recording_id, now=now, facts={"run": run})

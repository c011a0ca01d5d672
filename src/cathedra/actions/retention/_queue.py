"""What a run left out waits for somebody: they look at it, do what is to be done, and tick it off (R126, R127)."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from cathedra.actions.retention._runs import is_service
from cathedra.db.reads import retention as reads
from cathedra.db.writes import audit
from cathedra.db.writes import retention as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import retention
from cathedra.domain.terms import Actor, Code, Decision, RecordingId, deny, permit
from cathedra.domain.terms import gettext_noop as _


def deal_with_left_out(
    run_id: UUID, recording_ids: Collection[RecordingId], *, note: str, actor: Actor, now: datetime
) -> Decision:
    """Whoever runs the service has dealt with these, and says what came of it; on the trail of each. What is dealt with
    already stays as it was said first. Raises RunNotFound, LeftOutNotFound."""
    said = retention.clean_reason(note)
    if not is_service(actor):
        return deny(Code.NO_PERMISSION, "R38", _("There is nothing here, or you may not see it."))
    if not recording_ids:
        return deny(Code.BAD_REQUEST, "R126", _("Tick what you have dealt with first."))
    if not said:
        return deny(Code.BAD_REQUEST, "R126", _("Say what came of it, for whoever looks at this list next."))
    with transaction():
        row = reads.get_run(run_id, lock=True)
        items = reads.left_out_among(run_id, recording_ids)
        if missing := set(recording_ids) - set(items):
            raise reads.LeftOutNotFound(", ".join(sorted(map(str, missing))))
        fresh = writes.deal_with(items.values(), note=said, by=actor.account_id, now=now)
        for recording_id, item in items.items():
            if item in fresh:
                _record(recording_id, row.run_day.name, said, actor, now)
    return permit()


def _record(recording_id: RecordingId, run: str, note: str, actor: Actor, now: datetime) -> None:
    audit.record(
        actor,
        "recording:settle_left_out",
        target_kind="recording",
        target_id=recording_id,
        now=now,
        reason=note,
        facts={"run": run},
    )

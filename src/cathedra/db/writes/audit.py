"""The audit trail: who did what to which thing, in the same transaction as the change."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from cathedra.db.models import AuditEvent
from cathedra.db.writes import transaction
from cathedra.domain.terms import AccountId, Actor


def record(
    actor: Actor,
    action: str,
    *,
    target_kind: str,
    target_id: UUID | str,
    now: datetime,
    facts: Mapping[str, object] | None = None,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    reason: str = "",
    on_behalf_of: AccountId | None = None,
) -> None:
    """Append one event (R223, R224). `action` is noun:verb, as `recording:publish`, and has its phrase in
    `domain/audit`; `before` and `after` are what changed, `facts` what else belongs to it: JSON values all.

    The database numbers it and chains it to the one before; it can never be changed (ADR 9).
    """
    event = AuditEvent(
        at=now,
        actor_id=actor.account_id,
        on_behalf_of_id=on_behalf_of,
        channel=actor.channel,
        address=actor.address,
        correlation_id=actor.correlation_id,
        action=action,
        target_kind=target_kind,
        target_id=str(target_id),
        before=None if before is None else dict(before),
        after=None if after is None else dict(after),
        reason=reason,
        facts={**_device(actor), **(facts or {})},
    )
    transaction.put_last(event)


def _device(actor: Actor) -> dict[str, object]:
    """Which recorder acts, where none is a person."""
    device = actor.device
    return {"recorder_id": device.recorder_id, "recorder": device.name} if device else {}

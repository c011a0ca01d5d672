"""The audit trail: who did what to which thing, in the same transaction as the change."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from cathedra.db.models import AuditEvent
from cathedra.domain.terms import Actor


def record(
    actor: Actor,
    action: str,
    *,
    target_kind: str,
    target_id: UUID | str,
    now: datetime,
    facts: Mapping[str, object] | None = None,
) -> None:
    """Append one event (R223, R224). `action` is noun:verb, as `recording:publish`; `facts` must be JSON values."""
    AuditEvent.objects.create(
        at=now,
        actor_id=actor.account_id,
        channel=actor.channel,
        address=actor.address,
        correlation_id=actor.correlation_id,
        action=action,
        target_kind=target_kind,
        target_id=str(target_id),
        facts=dict(facts or {}),
    )

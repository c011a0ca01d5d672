"""Put away where viewers stopped."""

from datetime import datetime

from cathedra.db.models import ViewingPosition
from cathedra.domain.terms import AccountId, RecordingId


def set_position(account_id: AccountId, recording_id: RecordingId, *, position_ms: int, now: datetime) -> None:
    """Remember where somebody is; the last word wins."""
    ViewingPosition.objects.update_or_create(
        account_id=account_id,
        recording_id=recording_id,
        defaults={"position_ms": position_ms, "updated_at": now},
    )

"""Put away what somebody lets go with a run, or no longer does (R125)."""

from datetime import datetime
from uuid import UUID

from cathedra.db.models import RetentionLetGo
from cathedra.domain.terms import AccountId, RecordingId


def let_go(run_id: UUID, recording_id: RecordingId, *, by: AccountId, now: datetime) -> bool:
    """False when they had said so already."""
    _row, is_new = RetentionLetGo.objects.get_or_create(
        run_id=run_id, recording_id=recording_id, account_id=by, defaults={"at": now}
    )
    return is_new


def tell_again(run_id: UUID, recording_id: RecordingId, *, by: AccountId) -> bool:
    """They want reminders again. False when they had them."""
    rows = RetentionLetGo.objects.filter(run_id=run_id, recording_id=recording_id, account_id=by)
    return bool(rows.delete()[0])

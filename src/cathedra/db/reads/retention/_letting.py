"""Of what somebody was told before a run that is not over, and what of it they let go (R125)."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from cathedra.db.models import RetentionLetGo, RetentionTelling
from cathedra.domain.terms import AccountId, RecordingId


@dataclass(frozen=True, slots=True)
class ToldOf:
    """A recording that a run is about to take, of which somebody was told."""

    run_id: UUID
    run_name: str
    is_let_go: bool


def told_of(viewer: AccountId, recording_ids: Collection[RecordingId]) -> dict[RecordingId, ToldOf]:
    """Of which of these the viewer was told before a run that is not over."""
    rows = RetentionTelling.objects.filter(
        recipient_id=viewer, recording_id__in=recording_ids, step_days__gt=0, run__ended_at=None
    )
    let_go = set(
        RetentionLetGo.objects.filter(account_id=viewer, run__ended_at=None).values_list("run_id", "recording_id")
    )
    return {
        RecordingId(one): ToldOf(run_id, f"{kind.lower()}-{day.year}", (run_id, one) in let_go)
        for one, run_id, kind, day in rows.values_list("recording_id", "run_id", "run__kind", "run__day").distinct()
    }


def let_go_among(run_id: UUID, recording_ids: Collection[RecordingId]) -> set[tuple[RecordingId, AccountId]]:
    """Who has let which of these go with the run."""
    rows = RetentionLetGo.objects.filter(run_id=run_id, recording_id__in=recording_ids)
    return {(RecordingId(one), AccountId(who)) for one, who in rows.values_list("recording_id", "account_id")}

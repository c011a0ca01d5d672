"""Put away runs: their plans, whom they told, what became of each line. Repeated, everything here changes nothing."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from cathedra.db import prepared
from cathedra.db.models import RetentionItem, RetentionRun, RetentionTelling, RunOutlook
from cathedra.domain.retention import Facts, ItemState, Joined, RunDay, Why
from cathedra.domain.terms import AccountId, RecordingId

_MARKS = frozenset({"frozen_at", "began_at", "joined_at", "ended_at", "receipted_at"})


def open_run(run: RunDay) -> UUID:
    """The run of a day; made when it is not there."""
    row, _ = RetentionRun.objects.get_or_create(kind=run.kind, day=run.day, defaults={"cutoff_at": run.cutoff})
    return row.id


def mark(run_id: UUID, step: str, *, now: datetime) -> bool:
    """A step of the run is done. False when it was already."""
    if step not in _MARKS:
        raise ValueError(f"{step} is no step of a run")
    return bool(RetentionRun.objects.filter(id=run_id, **{step: None}).update(**{step: now}))


def mark_told(run_id: UUID, step_days: int, *, now: datetime) -> bool:
    """Everybody was told at this step. The run is held by the caller. False when they were already."""
    row = RetentionRun.objects.get(id=run_id)
    if str(step_days) in row.told:
        return False
    row.told = {**row.told, str(step_days): now.isoformat()}
    row.save(update_fields=["told"])
    return True


def set_stopped(run_id: UUID, *, at: datetime | None) -> bool:
    """Stop a run for now, or let it go on. False when it stood so already."""
    rows = RetentionRun.objects.filter(id=run_id, ended_at=None, stopped_at__isnull=at is not None)
    return bool(rows.update(stopped_at=at))


def add_items(run_id: UUID, some: Iterable[tuple[Facts, Joined]], *, now: datetime, skipped: Why | None = None) -> int:
    """Lines of a plan; what is in it stays as it came. With `skipped` they are settled at once. Returns how many were
    given."""
    rows = [
        RetentionItem(
            run_id=run_id,
            recording_id=facts.recording_id,
            owner_id=facts.owner_id,
            folder_id=facts.folder_id,
            seconds=facts.seconds,
            joined=joined,
            state=ItemState.SKIPPED if skipped else ItemState.PLANNED,
            why=skipped or "",
            settled_at=now if skipped else None,
        )
        for facts, joined in some
    ]
    RetentionItem.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def claim_items(item_ids: Iterable[int]) -> int:
    """Work on them begins. Returns how many are not settled yet."""
    rows = RetentionItem.objects.filter(id__in=list(item_ids), state__in=(ItemState.PLANNED, ItemState.CLAIMED))
    return rows.update(state=ItemState.CLAIMED)


def settle_item(item_id: int, *, why: Why | None, now: datetime) -> bool:
    """Done, or skipped and why. False when it is settled already."""
    state = ItemState.SKIPPED if why else ItemState.DONE
    found = prepared.rows("retention_settle", id=item_id, state=state.value, why=why.value if why else "", now=now)
    return bool(found)


def add_tellings(
    run_id: UUID,
    step_days: int,
    some: Iterable[tuple[RecordingId, UUID, int, AccountId | None, str]],
    *,
    now: datetime,
) -> None:
    """Whom a step is addressed to: recording, folder, seconds, and an account or an address."""
    rows = [
        RetentionTelling(
            run_id=run_id,
            step_days=step_days,
            recording_id=recording_id,
            folder_id=folder_id,
            seconds=seconds,
            recipient_id=account_id,
            address=address,
            at=now,
        )
        for recording_id, folder_id, seconds, account_id, address in some
    ]
    RetentionTelling.objects.bulk_create(rows, ignore_conflicts=True)


def set_outlook(run: RunDay, *, recordings: int, seconds: int, now: datetime) -> None:
    """What the next run of its kind would take, as looked at now."""
    found = {"day": run.day, "recordings": recordings, "seconds": seconds, "made_at": now}
    RunOutlook.objects.update_or_create(kind=run.kind, defaults=found)

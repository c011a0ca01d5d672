"""A folder into the bin with everything below it, and out again, whole (R138, R139)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cathedra import config
from cathedra.actions import metering
from cathedra.actions.retention import _copies, _tell
from cathedra.actions.retention._bin import look_at_arrived
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import retention as reads
from cathedra.db.writes import audit
from cathedra.db.writes import retention as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import access, retention
from cathedra.domain.access import Action
from cathedra.domain.metering import Cause
from cathedra.domain.retention import Facts, FolderBinFacts, Obstacle, UnitFacts
from cathedra.domain.terms import AccountId, Actor, Decision, FolderId, RecordingId


@dataclass(frozen=True, slots=True)
class FolderPreview:
    """What deleting a folder would take with it, what stands in its way, and the decision."""

    decision: Decision
    name: str = ""
    folders: int = 0
    recordings: int = 0
    seconds: int = 0
    obstacles: tuple[Obstacle, ...] = ()
    recording_ids: tuple[RecordingId, ...] = ()


@dataclass(frozen=True, slots=True)
class FolderRecycled:
    """What came of it, and under which id the whole can be had back."""

    decision: Decision
    unit_id: UUID | None = None


def preview_recycle_folder(folder_id: FolderId, *, actor: Actor, now: datetime) -> FolderPreview:
    """Changes nothing. Raises FolderNotFound."""
    return _look(folder_id, actor, now, lock=False)


def _look(folder_id: FolderId, actor: Actor, now: datetime, *, lock: bool) -> FolderPreview:
    may = access.decide_folder(access_reads.folder_facts(actor.account_id, folder_id), Action.DELETE, now)
    if not may.is_permitted:
        return FolderPreview(may)
    found = reads.subtree_of(folder_id, lock=lock)
    ids, seconds, obstacles = _within(reads.each_in_folders(found.folders, lock=lock), now)
    facts = FolderBinFacts(
        may=may, is_personal=found.is_personal, others=_others(found.givers, actor, now), obstacles=obstacles
    )
    return FolderPreview(
        decision=retention.decide_recycle_folder(facts),
        name=found.name,
        folders=len(found.folders),
        recordings=len(ids),
        seconds=seconds,
        obstacles=tuple(obstacles),
        recording_ids=tuple(ids),
    )


def _within(pages: Iterable[list[Facts]], now: datetime) -> tuple[list[RecordingId], int, list[Obstacle]]:
    ids: list[RecordingId] = []
    obstacles: list[Obstacle] = []
    seconds = 0
    for page in pages:
        for facts in page:
            ids.append(facts.recording_id)
            seconds += facts.seconds
            if (why := retention.stays_in_folder(facts, now)) is not None:
                obstacles.append(Obstacle(facts.recording_id, facts.title, why))
    return ids, seconds, obstacles


def _others(givers: tuple[FolderId, ...], actor: Actor, now: datetime) -> int:
    decisions = (
        access.decide_folder(access_reads.folder_facts(actor.account_id, one), Action.DELETE, now) for one in givers
    )
    return sum(not decision.is_permitted for decision in decisions)


def recycle_folder(folder_id: FolderId, *, actor: Actor, now: datetime) -> FolderRecycled:
    """R138: the folder, those below it and what is in them, as one unit; owners are told of what is theirs (R139).
    Raises FolderNotFound."""
    with transaction():
        found = _look(folder_id, actor, now, lock=True)
        if not found.decision.is_permitted:
            return FolderRecycled(found.decision)
        below = reads.subtree_of(folder_id).folders
        unit = writes.recycle_folders(folder_id, below, by=actor.account_id, now=now)
        theirs: Counter[AccountId] = Counter()
        gone: list[RecordingId] = []
        for page in reads.each_in_folders(below):
            _recycle_page(unit, page, found.name, actor, now)
            theirs.update(facts.owner_id for facts in page)
            gone += [facts.recording_id for facts in page]
        _copies.original_in_bin(gone, since=now, actor=actor, now=now)
        _tell.deleted_folder(unit, found.name, theirs, actor=actor, now=now)
        _record(folder_id, "folder:recycle", actor, now, found.folders, found.recordings)
    return FolderRecycled(found.decision, unit)


def _recycle_page(unit: UUID, page: list[Facts], name: str, actor: Actor, now: datetime) -> None:
    ids = [facts.recording_id for facts in page]
    seconds = sum(facts.seconds for facts in page)
    writes.recycle_in_unit(unit, ids, seconds=seconds, by=actor.account_id, now=now)
    metering.settle(ids, cause=Cause.RECYCLED, now=now)
    for facts in page:
        _each(facts.recording_id, "recording:recycle", facts.keeping, retention.RECYCLED, name, actor, now)


def take_back_folder(unit_id: UUID, *, actor: Actor, now: datetime) -> Decision:
    """T35, of all that went with it and was not destroyed meanwhile. Raises FolderBinNotFound."""
    with transaction():
        found = reads.get_binned_folder(unit_id, lock=True)
        about = access_reads.folder_facts(actor.account_id, found.folder_id, in_bin=True)
        facts = UnitFacts(
            may=access.decide_folder(about, Action.RESTORE_FROM_BIN, now),
            recycled_at=found.bin_since,
            is_over=found.taken_back_at is not None,
            is_below_another=found.is_below_another,
        )
        decision = retention.decide_take_back_folder(facts, days=config.get().bin.days, now=now)
        if decision.is_permitted and writes.take_back_folders(unit_id, now=now):
            count = 0
            for page in reads.each_of_unit(unit_id):
                count += _take_back_page(page, found.name, actor, now)
            _record(found.folder_id, "folder:take_back", actor, now, None, count)
    return decision


def _take_back_page(page: list[tuple[RecordingId, str]], name: str, actor: Actor, now: datetime) -> int:
    ids = [recording_id for recording_id, _tier in page]
    count = writes.take_back_of_unit(ids, now=now)
    metering.settle(ids, cause=Cause.TAKEN_BACK, now=now)
    for recording_id, tier in page:
        _each(recording_id, "recording:take_back", retention.RECYCLED, tier, name, actor, now)
    look_at_arrived(ids, actor=actor, now=now)
    return count


def _each(
    recording_id: RecordingId, action: str, before: str, after: str, folder: str, actor: Actor, now: datetime
) -> None:
    audit.record(
        actor,
        action,
        target_kind="recording",
        target_id=recording_id,
        now=now,
        before={"keeping": before},
        after={"keeping": after},
        facts={"with_folder": folder},
    )


def _record(
    folder_id: FolderId, action: str, actor: Actor, now: datetime, folders: int | None, recordings: int
) -> None:
    facts = {"recordings": recordings, **({"folders": folders} if folders is not None else {})}
    audit.record(actor, action, target_kind="folder", target_id=folder_id, now=now, facts=facts)

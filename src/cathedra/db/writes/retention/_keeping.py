"""Move a recording between the tiers, by compare-and-set along R54, and put away what goes with it."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID, uuid4

from django.db.models import F, Q

from cathedra.db import prepared
from cathedra.db.models import AccessGrantUse, Hold, Intake, Kept, Recording, Restore, Source, Stream, Tombstone
from cathedra.domain.library import Keeping
from cathedra.domain.retention import may_move
from cathedra.domain.terms import AccountId, RecordingId

_NAMELESS = "–"
_ANEW = {"bin_since": None, "bin_warned_at": None}  # R134: its days count from when it came to the bin
_OPENED = ("kind", "opened_by_id", "reason", "told", "reference", "review_on")  # of a hold that is opened again


def _move(recording_id: RecordingId, *, sources: Collection[str], to: str, now: datetime, **more: object) -> bool:
    _check(sources, to)
    changes = {"keeping": to, "recycled_from": None, "updated_at": now, "version": F("version") + 1, **more}
    return bool(Recording.objects.filter(id=recording_id, keeping__in=sources).update(**changes))


def _check(sources: Collection[str], to: str) -> None:
    if not all(may_move(source, to) for source in sources):
        raise ValueError(f"no row of R54 moves a recording from all of {sorted(sources)} to {to}")


def _note(recording_id: RecordingId, **facts: object) -> None:
    Kept.objects.bulk_create(
        [Kept(recording_id=recording_id, **facts)],
        update_conflicts=True,
        unique_fields=["recording"],
        update_fields=list(facts),
    )


def archive(recording_id: RecordingId, keys: Mapping[UUID, tuple[str, str]], *, now: datetime) -> bool:
    """T30: into the archive; its files are where `keys` says, with their checksums, and what was made of them is
    forgotten. False unless it was live."""
    given = list(keys.values())
    moved = prepared.rows(
        "retention_archive",
        id=recording_id,
        sources=list(keys),
        keys=[key for key, _sha256 in given],
        checksums=[sha256 for _key, sha256 in given],
        now=now,
    )
    return bool(moved)


def set_files(keys: Mapping[UUID, tuple[str, str]]) -> None:
    """Where files are now, with their checksums."""
    for source_id, (key, sha256) in keys.items():
        Source.objects.filter(id=source_id).update(object_key=key, sha256=sha256)


def forget_made(recording_id: RecordingId) -> None:
    """Nothing of it is ready to be played any more; what it was made of stays."""
    Stream.objects.filter(recording_id=recording_id).delete()
    Source.objects.filter(recording_id=recording_id).update(encoded_at=None, attempt=None)


def begin_restore(recording_id: RecordingId, *, by: AccountId | None, now: datetime) -> bool:
    """T31. False unless it was archived."""
    if not _move(recording_id, sources=(Keeping.ARCHIVED,), to=Keeping.RESTORING, now=now):
        return False
    Restore.objects.create(recording_id=recording_id, asked_by_id=by, asked_at=now)
    resolve_failures(recording_id, now=now)
    return True


def end_restore(recording_id: RecordingId, *, now: datetime) -> bool:
    """T32: live again, with a new anchor (R114). False unless it was being restored."""
    if not _move(recording_id, sources=(Keeping.RESTORING,), to=Keeping.ONLINE, now=now):
        return False
    Restore.objects.filter(recording_id=recording_id, ended_at=None).update(ended_at=now, is_done=True)
    _note(recording_id, restored_at=now, archived_at=None, has_leftovers=True)
    return True


def fail_restore(
    recording_id: RecordingId, keys: Mapping[UUID, tuple[str, str]], *, problem: str, now: datetime
) -> bool:
    """T33: back in the archive, and kept until somebody looks into it. False unless it was being restored."""
    if not _move(recording_id, sources=(Keeping.RESTORING,), to=Keeping.ARCHIVED, now=now):
        return False
    set_files(keys)
    forget_made(recording_id)
    Restore.objects.filter(recording_id=recording_id, ended_at=None).update(
        ended_at=now, is_done=False, problem=problem[:1000]
    )
    _note(recording_id, has_leftovers=True)
    return True


def mark_late(restore_id: UUID, *, now: datetime) -> bool:
    """People are told that it takes longer than promised. False when they were already, or it has ended."""
    rows = Restore.objects.filter(id=restore_id, ended_at=None, told_late_at=None)
    return bool(rows.update(told_late_at=now))


def take_up_restore(recording_id: RecordingId) -> int:
    """It is begun again; how often that was. The recording is held by the caller."""
    rows = Restore.objects.filter(recording_id=recording_id, ended_at=None)
    rows.update(taken_up=F("taken_up") + 1)
    return rows.values_list("taken_up", flat=True).first() or 0


def begin_anew(recording_id: RecordingId, *, now: datetime) -> None:
    """R114: its time counts from now, for its media are new."""
    _note(recording_id, restored_at=now)


def resolve_failures(recording_id: RecordingId, *, now: datetime) -> bool:
    """Somebody deals with a restore that failed. False when there was none."""
    rows = Restore.objects.filter(recording_id=recording_id, is_done=False, resolved_at=None)
    return bool(rows.update(resolved_at=now))


def recycle(
    recording_id: RecordingId, *, source: str, by: AccountId | None, is_by_decision: bool = False, now: datetime
) -> bool:
    """T29, T34: into the bin. Its open holds end with it (T34b); `take_back` opens them again. False when it stood
    elsewhere."""
    if not _move(recording_id, sources=(source,), to=Keeping.RECYCLED, now=now, recycled_from=source):
        return False
    Hold.objects.filter(recording_id=recording_id, released_at=None).update(released_at=now)
    _note(recording_id, recycled_at=now, recycled_by_id=by, is_by_decision=is_by_decision, **_ANEW)
    return True


def keep_in_bin(recording_id: RecordingId, *, now: datetime) -> bool:
    """T29 of what is in the bin already: only the service takes it out from now on (T35), nothing holds it there, and
    its days begin anew (R90). False when it is not there."""
    if not Recording.objects.filter(id=recording_id, keeping=Keeping.RECYCLED).exists():
        return False
    Hold.objects.filter(recording_id=recording_id, released_at=None).update(released_at=now)
    _note(recording_id, bin_since=now, bin_warned_at=None, is_by_decision=True)
    return True


def lengthen_bin(recording_id: RecordingId, *, since: datetime) -> bool:
    """R134: its days in the bin count from an instant. False where they count from it or a later one already."""
    rows = Kept.objects.filter(recording_id=recording_id, recording__keeping=Keeping.RECYCLED, recycled_at__lt=since)
    return bool(rows.filter(Q(bin_since=None) | Q(bin_since__lt=since)).update(bin_since=since, bin_warned_at=None))


def note_purge_told(recording_id: RecordingId, *, now: datetime) -> None:
    """N39: that its days in the bin end was said."""
    Kept.objects.filter(recording_id=recording_id, bin_warned_at=None).update(bin_warned_at=now)


def take_back(
    recording_id: RecordingId, *, to: str, recycled_at: datetime | None, now: datetime
) -> tuple[str, ...] | None:
    """T35: out of the bin, to the tier it came from; the holds that ended when it was deleted are open again, and
    returned. None unless it was in the bin."""
    if not _move(recording_id, sources=(Keeping.RECYCLED,), to=to, now=now):
        return None
    ended = (
        Hold.objects.filter(recording_id=recording_id, released_at=recycled_at) if recycled_at else Hold.objects.none()
    )
    again = [
        Hold(**one, id=uuid4(), recording_id=recording_id, opened_at=now)
        for one in ended.order_by("opened_at").values(*_OPENED)
    ]
    Hold.objects.bulk_create(again)
    _note(recording_id, recycled_at=None, recycled_by_id=None, is_by_decision=False, unit=None, **_ANEW)
    Intake.objects.filter(recording_id=recording_id).update(since_at=now)  # R93: it waits anew
    return tuple(one.kind for one in again)


def purge(recording_id: RecordingId, *, source: str, reason: str, run_id: UUID | None, now: datetime) -> bool:
    """T36, T37: what is left is its tombstone (R58). Its files are removed after this. False when it stood elsewhere."""
    _check((source,), Keeping.PURGED)
    places = {"source": str(source), "reason": reason, "run": run_id, "now": now}
    return bool(prepared.rows("retention_purge", id=recording_id, **places))


def tidied(recording_id: RecordingId) -> str | None:
    """Nothing is left over of where its files were before: the caller removes that before the transaction ends, and by
    what is returned, the tier where the recording stays until then. None when nothing was left."""
    found = prepared.rows("retention_tidied", id=recording_id)
    return str(found[0].tier) if found else None


def forget_tombstones(*, before: datetime, limit: int) -> int:
    """R58: the memory of what was destroyed before an instant goes too, and its link leads nowhere then. What a copy
    still refers to stays; what was used under a grant loses its title, for that use is kept (R148). Returns how many."""
    copied = Recording.objects.exclude(reference_of=None).values("reference_of_id")
    stones = Tombstone.objects.filter(purged_at__lt=before).exclude(recording_id__in=copied)
    ids = list(stones.order_by("purged_at").values_list("recording_id", flat=True)[:limit])
    used = AccessGrantUse.objects.values("recording_id")
    gone = Recording.objects.filter(id__in=ids, keeping=Keeping.PURGED)
    gone.filter(id__in=used).update(title=_NAMELESS)
    gone.exclude(id__in=used).delete()
    Tombstone.objects.filter(recording_id__in=ids).delete()
    return len(ids)

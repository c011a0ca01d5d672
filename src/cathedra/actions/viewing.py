"""Verbs of watching: count what players tell (R213 to R215)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from cathedra.db.reads import viewing as reads
from cathedra.db.reads.viewing import Length
from cathedra.db.writes import audit
from cathedra.db.writes import viewing as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import playback as domain
from cathedra.domain.library import Edits
from cathedra.domain.playback import Progress, Ruler, Stretch, Telling, Totals, Watched
from cathedra.domain.terms import AccountId, Actor, FolderId, RecordingId

Viewer = tuple[RecordingId, AccountId]


@dataclass(slots=True)
class _Sums:
    """What the sums come to, of the recordings that are told of."""

    totals: dict[RecordingId, Totals]
    progress: dict[Viewer, Progress]
    rulers: dict[RecordingId, Ruler]


def record_views(tellings: Sequence[Telling], *, now: datetime) -> int:
    """Write down what players told: every stretch, how far each viewer has come, where they stopped, and the sums of
    each recording; all or nothing. Returns how many stretches were new: one that is delivered again changes nothing.

    The door has asked the access rule for each telling. Not audited: it changes nothing but figures about viewing.
    What is told of a recording that is gone meanwhile is left out. Raises NotCounted.
    """
    versions = [(each.recording_id, each.version) for each in tellings if each.version is not None]
    lengths = reads.lengths((each.recording_id for each in tellings), versions_told=versions)
    known = sorted((each for each in tellings if each.recording_id in lengths), key=lambda each: each.at)
    if not known:
        return 0
    with writes.checked(), transaction():
        fresh = writes.put_events(_events(known, lengths))
        _count([each for each in known if _is_new(each, fresh)], lengths, fresh, now)
        writes.set_positions(_positions(known, lengths, fresh), now=now)
    return len(fresh)


def count_download(recording_id: RecordingId, account_id: AccountId | None, *, now: datetime) -> None:
    """A download counts as a view (R204): the person has it, and nothing is known of how much they watch. So percent
    watched and minutes stay what was played here. In the transaction that writes it down; where it has no length, there
    is nothing to count."""
    lengths = reads.lengths([recording_id])
    if recording_id not in lengths:
        return
    ruler = _ruler(lengths[recording_id])
    totals = writes.lock_totals({recording_id: ruler.segments}, now=now)
    key = (recording_id, account_id) if account_id else None
    before = reads.progress_of([key]).get(key) if key else None
    taken = Watched(reaches=(), is_view=True, at=now)
    after = domain.count(totals[recording_id], before, taken, ruler, is_signed_in=key is not None)
    writes.set_totals(totals)
    if key:
        writes.set_progress({key: after})


def renew_figures(*, now: datetime) -> int:
    """Bring what whoever may not see names is told up to date, of each recording that five people or more have watched
    since that was last done: so the difference of two figures is never about fewer (R216). Not audited, as counting is
    not. Returns how many recordings that is."""
    with transaction():
        return writes.renew_figures(now=now)


def note_export(recording_id: RecordingId, what: str, *, actor: Actor, now: datetime) -> None:
    """Somebody takes the figures, or the names of who watched, as a file (R223: exports); noted before the first byte.
    The door has asked the access rule."""
    with transaction():
        audit.record(
            actor,
            "recording:export_views",
            target_kind="recording",
            target_id=recording_id,
            now=now,
            facts={"what": what},
        )


def note_folder_export(folder_id: FolderId, *, actor: Actor, now: datetime) -> None:
    """The same of a folder and all below it."""
    with transaction():
        audit.record(actor, "folder:export_views", target_kind="folder", target_id=folder_id, now=now)


def _edits_of(telling: Telling, lengths: dict[RecordingId, Length]) -> Edits:
    """What it speaks of may have been edited since."""
    return lengths[telling.recording_id].edits_in(telling.version)


def _keys(telling: Telling) -> list[writes.Key]:
    """Of its stretches."""
    return [(telling.session.int, telling.number, place) for place in range(len(telling.stretches))]


def _is_new(telling: Telling, fresh: set[writes.Key]) -> bool:
    return any(key in fresh for key in _keys(telling))


def _events(tellings: Iterable[Telling], lengths: dict[RecordingId, Length]) -> list[writes.Event]:
    found: dict[writes.Key, writes.Event] = {}
    for each in tellings:
        edits = _edits_of(each, lengths)
        for place, (key, stretch) in enumerate(zip(_keys(each), each.stretches, strict=True)):
            found[key] = writes.Event(
                session=each.session,
                number=each.number,
                place=place,
                recording_id=each.recording_id,
                account_id=each.account_id,
                at=each.at,
                start_ms=edits.original(stretch.start_ms),
                watched_ms=stretch.length_ms,
                speed=stretch.speed,
                start=stretch.start,
                stop=stretch.stop,
            )
    return list(found.values())


def _count(tellings: list[Telling], lengths: dict[RecordingId, Length], fresh: set[writes.Key], now: datetime) -> None:
    """The sums are held from here to the end, so what others count comes before or after this."""
    rulers = {each.recording_id: _ruler(lengths[each.recording_id]) for each in tellings}
    if not rulers:
        return
    totals = writes.lock_totals({each: ruler.segments for each, ruler in rulers.items()}, now=now)
    sums = _Sums(totals, reads.progress_of(_viewers(tellings)), rulers)
    left = set(fresh)
    for each in tellings:
        _add(each, _edits_of(each, lengths), left, sums)
    writes.set_totals(sums.totals)
    writes.set_progress(sums.progress)


def _add(telling: Telling, edits: Edits, left: set[writes.Key], sums: _Sums) -> None:
    """One telling more; `left` are the stretches that are new and not counted yet."""
    ruler, viewer = sums.rulers[telling.recording_id], telling.account_id
    keys = _keys(telling)
    new = [stretch for key, stretch in zip(keys, telling.stretches, strict=True) if key in left]
    if not new:
        return
    watched = Watched(
        reaches=tuple(reach for stretch in new for reach in _reaches(stretch, edits, ruler.duration_ms)),
        is_view=telling.number == 1 and keys[0] in left,
        at=telling.at,
    )
    left.difference_update(keys)
    totals = sums.totals[telling.recording_id]
    key = (telling.recording_id, viewer) if viewer else None
    before = sums.progress.get(key) if key else None
    after = domain.count(totals, before, watched, ruler, is_signed_in=viewer is not None)
    if key:
        sums.progress[key] = after


def _reaches(stretch: Stretch, edits: Edits, duration_ms: int) -> Iterable[domain.Reach]:
    """Where a stretch of what is shown lies in the recording: in several pieces where it runs over cuts."""
    shown = 0
    for span in edits.kept(duration_ms):
        start, end = max(stretch.start_ms, shown), min(stretch.end_ms, shown + span.length_ms)
        if end > start:
            yield span.start_ms + start - shown, span.start_ms + end - shown
        shown += span.length_ms


def _ruler(length: Length) -> Ruler:
    kept = tuple((span.start_ms, span.end_ms) for span in length.edits.kept(length.duration_ms))
    return Ruler(length.duration_ms, kept)


def _viewers(tellings: Iterable[Telling]) -> set[Viewer]:
    return {(each.recording_id, each.account_id) for each in tellings if each.account_id}


def _positions(
    tellings: Iterable[Telling], lengths: dict[RecordingId, Length], fresh: set[writes.Key]
) -> dict[Viewer, int]:
    """The last word of each viewer; what was said before does not come back with a second delivery."""
    found = {}
    for each in tellings:
        if each.account_id and each.position_ms is not None and (not each.stretches or _is_new(each, fresh)):
            place = _edits_of(each, lengths).original(each.position_ms) if each.position_ms else 0
            found[each.recording_id, each.account_id] = place
    return found

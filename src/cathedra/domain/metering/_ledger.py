"""What a recording counts, and the lines that bring the ledger there (R96 to R104).

`owed` is the one statement of the rules: what the ledger ought to say of a recording as it stands. `lines` are the
difference to what it says. So every event is metered in the same way, in any order, once however often it is repeated;
and the nightly proof compares the same two things.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from cathedra.domain.metering._words import Category, Cause, Facts, Key, Line
from cathedra.domain.metering._years import Calendar
from cathedra.domain.terms import RecordingId

# R98; the copies are not recorded (R99, R102).
RECORDED_ORIGINS = frozenset({"scheduled", "adhoc_room", "browser", "desktop", "mobile", "upload", "import", "webcast"})
_BY_UPLOAD = frozenset({"upload", "import"})
_REFERENCE = "reference_copy"
_ONLINE, _ARCHIVED, _RESTORING, _RECYCLED = "ONLINE", "ARCHIVED", "RESTORING", "RECYCLED"

Balances = Mapping[Key, int]


def timeline_ms(spans: Iterable[tuple[int, int]]) -> int:
    """The unedited timeline, from the earliest beginning to the latest end of streams that are given as where each
    begins and how long it lasts (R96): once, however many there are (R97), and with whatever gap is between them."""
    known = list(spans)
    return max((begins + lasts for begins, lasts in known), default=0) - min((begins for begins, _ in known), default=0)


def is_of_first_processing(begun_at: datetime, ready_at: datetime | None) -> bool:
    """Whether a file comes into the metered length, which is fixed when processing first succeeds (R96).

    A recording plays as soon as one of its files does, perhaps while another is still on its way. So what is processed
    first are the files that somebody had begun to send by then, however long they take; a file that was thought of
    later plays beside them, and the recording counts what it counted.
    """
    return ready_at is None or begun_at <= ready_at


def whole_seconds(duration_ms: int) -> int:
    """The metered length (R96): to the nearest second, half a second up."""
    return (duration_ms + 500) // 1000


def metered_s(facts: Facts) -> int:
    """The metered length; nothing for what was never processed (R100) and for a reference copy (R102)."""
    if not facts.is_ready or facts.duration_ms is None or facts.origin == _REFERENCE:
        return 0
    return whole_seconds(facts.duration_ms)


def tier(facts: Facts) -> Category | None:
    """Where its media count now: stored, archived, or nowhere. The bin counts as where it came from (R100, R101)."""
    keeping = facts.keeping
    if keeping == _RECYCLED:
        keeping = facts.recycled_from or _ONLINE
    if keeping == _ONLINE:
        return Category.STORED
    return Category.ARCHIVED if keeping in (_ARCHIVED, _RESTORING) else None


def attributed_at(facts: Facts) -> datetime | None:
    """The instant whose licence year a recording is recorded in (R98)."""
    order = (facts.captured_at, facts.uploaded_at, facts.ready_at)
    if facts.origin in _BY_UPLOAD:
        order = (facts.uploaded_at, facts.captured_at, facts.ready_at)
    return next((instant for instant in order if instant is not None), None)


def owed(facts: Facts, said: Balances, *, calendar: Calendar) -> dict[Key, int]:
    """What the ledger ought to say of this recording, with nothing in it that is zero.

    Recorded hours stay with whom they were recorded for, whatever becomes of the recording (R98); where its second
    file, sent together with the first, turns out to be the longer (R96), the rest is put down to the same. Stored and
    archived hours follow it to another department or owner, and carry over from year to year (R105), so that their
    year is left out of account.
    """
    seconds = metered_s(facts)
    wanted = {key: amount for key, amount in said.items() if key.category is Category.RECORDED and amount}
    at = attributed_at(facts)
    rest = seconds - sum(wanted.values())
    if rest > 0 and at is not None and facts.origin in RECORDED_ORIGINS:
        label = calendar.year_of(at).label
        key = min(wanted, key=_by_words, default=Key(Category.RECORDED, label, facts.department_id, facts.owner_id))
        wanted[key] = wanted.get(key, 0) + rest
    where = tier(facts)
    if where is not None and seconds:
        wanted[Key(where, "", facts.department_id, facts.owner_id)] = seconds
    return wanted


def lines(facts: Facts, said: Balances, *, cause: Cause, calendar: Calendar, now: datetime) -> tuple[Line, ...]:
    """The lines that bring the ledger from what it says of a recording to what it ought to. None when it does."""
    wanted = owed(facts, said, calendar=calendar)
    year = calendar.year_of(now).label
    return _towards(wanted, said, _Told(facts.recording_id, facts.folder_path, cause, now, year))


def corrections(
    recording_id: RecordingId, facts: Facts | None, said: Balances, *, calendar: Calendar, now: datetime
) -> tuple[Line, ...]:
    """The lines that put right what somebody has understood to be wrong (R8, R104): recorded hours too, which nothing else
    ever takes back (R98), from what was put down last. Of what is not there any more no stored or archived hours are
    left. None when the proof finds nothing."""
    wanted = {key: amount for key, amount in said.items() if key.category is Category.RECORDED and amount}
    if facts is not None:
        wanted = owed(facts, said, calendar=calendar)
        over = (
            _by_category(wanted)[Category.RECORDED]
            - _by_category(owed(facts, {}, calendar=calendar))[Category.RECORDED]
        )
        for key in sorted((one for one in wanted if one.category is Category.RECORDED), key=_by_words, reverse=True):
            taken = min(max(over, 0), wanted[key])
            wanted[key], over = wanted[key] - taken, over - taken
    path, year = facts.folder_path if facts else "", calendar.year_of(now).label
    return _towards(wanted, said, _Told(recording_id, path, Cause.CORRECTION, now, year))


@dataclass(frozen=True, slots=True)
class _Told:
    """What every line says that is written at once."""

    recording_id: RecordingId
    folder_path: str
    cause: Cause
    at: datetime
    this_year: str


def _towards(wanted: Balances, said: Balances, told: _Told) -> tuple[Line, ...]:
    differences = dict(wanted)
    for key, amount in carried(said).items():
        differences[key] = differences.get(key, 0) - amount
    return tuple(
        Line(
            recording_id=told.recording_id,
            category=key.category,
            delta_s=amount,
            cause=told.cause,
            at=told.at,
            licence_year=key.licence_year or told.this_year,
            department_id=key.department_id,
            owner_id=key.owner_id,
            folder_path=told.folder_path,
        )
        for key, amount in sorted(differences.items(), key=_order)
        if amount
    )


def carried(said: Balances) -> dict[Key, int]:
    """Balances without zeros, stored and archived ones over all years (R105)."""
    spoken: Counter[Key] = Counter()
    for key, amount in said.items():
        year = key.licence_year if key.category is Category.RECORDED else ""
        spoken[Key(key.category, year, key.department_id, key.owner_id)] += amount
    return {key: amount for key, amount in spoken.items() if amount}


def _order(item: tuple[Key, int]) -> tuple[str, str, str, str]:
    return _by_words(item[0])


def _by_words(key: Key) -> tuple[str, str, str, str]:
    return (str(key.department_id or ""), key.category, key.licence_year, str(key.owner_id))


def balances(written: Iterable[Line]) -> dict[Key, int]:
    """The running sums of lines (R104)."""
    sums: Counter[Key] = Counter()
    for line in written:
        sums[Key(line.category, line.licence_year, line.department_id, line.owner_id)] += line.delta_s
    return dict(sums)


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the ledger and the library do not agree (R104)."""

    recording_id: RecordingId
    category: Category
    ledger_s: int
    library_s: int


def prove(facts: Facts, said: Balances, *, calendar: Calendar) -> tuple[Difference, ...]:
    """Compare what the ledger says of a recording with a recomputation from the recording alone."""
    ought = _by_category(owed(facts, {}, calendar=calendar))
    says = _by_category(said)
    exact = owed(facts, said, calendar=calendar) == carried(said)
    found = [
        Difference(facts.recording_id, category, says[category], ought[category])
        for category in Category
        if says[category] != ought[category]
    ]
    if not found and not exact:  # the sums agree, but they are put down to somebody else
        where = tier(facts) or Category.STORED
        found.append(Difference(facts.recording_id, where, says[where], ought[where]))
    return tuple(found)


def _by_category(amounts: Balances) -> Counter[Category]:
    sums: Counter[Category] = Counter()
    for key, amount in amounts.items():
        sums[key.category] += amount
    return sums

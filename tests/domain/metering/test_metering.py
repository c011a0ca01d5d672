"""What a recording counts (R94 to R104), by the vectors of R112 and by random lives of random recordings."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from cathedra.domain import metering
from cathedra.domain.metering import Category, Cause, Facts

LONDON = ZoneInfo("Europe/London")
CALENDAR = metering.Calendar(LONDON)
CHEMISTRY, PHYSICS = UUID(int=1), UUID(int=2)
ALICE, BEN = UUID(int=11), UUID(int=12)
NOW = datetime(2026, 10, 5, 9, tzinfo=UTC)


def recording(number: int = 1, *, origin: str = "scheduled", **facts) -> Facts:
    made = Facts(
        recording_id=UUID(int=100 + number),
        origin=origin,
        is_ready=False,
        keeping="ONLINE",
        recycled_from=None,
        duration_ms=None,
        captured_at=NOW,
        uploaded_at=None,
        ready_at=None,
        owner_id=ALICE,
        department_id=CHEMISTRY,
        folder_path="chemistry.ia",
    )
    return replace(made, **facts)


class Ledger:
    """The lines, and what every recording was last seen as."""

    def __init__(self) -> None:
        self.lines: list[metering.Line] = []

    def settle(self, facts: Facts, cause: Cause = Cause.READY, now: datetime = NOW) -> tuple[metering.Line, ...]:
        fresh = metering.lines(facts, self.said(facts), cause=cause, calendar=CALENDAR, now=now)
        self.lines += fresh
        return fresh

    def said(self, facts: Facts) -> dict[metering.Key, int]:
        return metering.balances(line for line in self.lines if line.recording_id == facts.recording_id)

    def sums(self) -> tuple[int, int, int]:
        sums = Counter({category: 0 for category in Category})
        for line in self.lines:
            sums[line.category] += line.delta_s
        return sums[Category.RECORDED], sums[Category.STORED], sums[Category.ARCHIVED]


def ready(facts: Facts, seconds: int = 3000, at: datetime = NOW) -> Facts:
    return replace(facts, is_ready=True, duration_ms=seconds * 1000, ready_at=at)


MINUTE_MS = 60_000


def length_of(*spans: tuple[int, int]) -> int:
    """What a recording of streams is metered at, each given as the minutes where it begins and that it lasts."""
    lasts = metering.timeline_ms((begins * MINUTE_MS, minutes * MINUTE_MS) for begins, minutes in spans)
    ledger = Ledger()
    ledger.settle(replace(recording(), is_ready=True, duration_ms=lasts, ready_at=NOW))
    recorded, stored, archived = ledger.sums()
    assert (recorded, archived) == (stored, 0)
    return stored


def test_r112_1_camera_slides_and_sound_of_fifty_minutes_count_once():
    assert length_of((0, 50), (0, 50), (0, 50)) == 3000  # R97: not 9000
    ledger = Ledger()
    ledger.settle(ready(recording()))
    assert ledger.settle(ready(recording())) == ()  # however often it is told


def test_r112_8_two_parts_count_with_the_gap_between_them():
    assert length_of((0, 20), (30, 20)) == 3000  # not 2400
    assert length_of((30, 20), (0, 20)) == 3000  # in whatever order they came


def test_r96_the_timeline_is_from_the_earliest_beginning_to_the_latest_end():
    assert length_of((0, 50), (0, 60)) == 3600  # the longer one, whichever file it is in
    assert length_of((10, 50), (15, 20)) == 3000  # nothing was recorded before the first began
    assert length_of((0, 60), (5, 10)) == 3600
    assert metering.timeline_ms([]) == 0


def test_r96_a_file_belongs_to_the_first_processing_when_it_was_begun_before_the_recording_played():
    later = NOW + timedelta(seconds=1)
    assert metering.is_of_first_processing(NOW, None)
    assert metering.is_of_first_processing(NOW, NOW)
    assert not metering.is_of_first_processing(later, NOW)


def test_r96_r98_a_longer_second_file_of_the_first_processing_is_put_down_to_the_same_year_and_people():
    ledger, captured = Ledger(), datetime(2026, 8, 31, 23, 30, tzinfo=LONDON)
    ledger.settle(ready(recording(captured_at=captured)), now=NOW)
    longer = ready(recording(captured_at=captured, department_id=PHYSICS, owner_id=BEN), seconds=3600)
    fresh = ledger.settle(longer, now=NOW)
    rest = [line for line in fresh if line.category is Category.RECORDED]
    assert [(line.delta_s, line.licence_year, line.department_id, line.owner_id) for line in rest] == [
        (600, "2025-26", CHEMISTRY, ALICE)
    ]
    assert ledger.sums() == (3600, 3600, 0)
    assert ledger.settle(longer) == ()
    assert metering.prove(longer, ledger.said(longer), calendar=CALENDAR) == ()


def test_r112_3_a_reference_copy_counts_nothing_and_a_full_copy_as_stored():
    ledger = Ledger()
    ledger.settle(ready(recording(1)))
    assert ledger.settle(ready(recording(2, origin="reference_copy")), Cause.COPIED) == ()
    ledger.settle(ready(recording(3, origin="full_copy")), Cause.COPIED)
    assert ledger.sums() == (3000, 6000, 0)
    ledger.settle(replace(ready(recording(3, origin="full_copy")), keeping="ARCHIVED"), Cause.ARCHIVED)
    assert ledger.sums() == (3000, 3000, 3000)  # R102: archived when archived


def test_r112_4_the_bin_counts_and_the_purge_frees():
    ledger, lecture = Ledger(), ready(recording())
    ledger.settle(lecture)
    assert ledger.settle(replace(lecture, keeping="RECYCLED", recycled_from="ONLINE"), Cause.RECYCLED) == ()
    ledger.settle(replace(lecture, keeping="PURGED"), Cause.PURGED, NOW + timedelta(days=90))
    assert ledger.sums() == (3000, 0, 0)


def test_r112_5_archived_and_restored():
    ledger, lecture = Ledger(), ready(recording())
    ledger.settle(lecture)
    seen = []
    for keeping, came_from in (
        ("ARCHIVED", None), ("RESTORING", None), ("ONLINE", None), ("ARCHIVED", None), ("RECYCLED", "ARCHIVED"),
        ("PURGED", None),
    ):  # fmt: skip
        ledger.settle(replace(lecture, keeping=keeping, recycled_from=came_from), Cause.ARCHIVED)
        seen.append(ledger.sums()[1:])
    # R101: what is being restored, and what lies in the bin out of the archive, is archived
    assert seen == [(0, 3000), (0, 3000), (3000, 0), (0, 3000), (0, 3000), (0, 0)]
    assert ledger.sums()[0] == 3000


def test_r112_6_the_last_evening_of_august_belongs_to_the_old_year():
    captured = datetime(2026, 8, 31, 23, 30, tzinfo=LONDON)
    processed = datetime(2026, 9, 1, 0, 40, tzinfo=LONDON)
    made = Ledger().settle(ready(recording(captured_at=captured), at=processed), now=processed)
    assert [(line.category, line.licence_year) for line in made] == [
        (Category.RECORDED, "2025-26"),
        (Category.STORED, "2026-27"),
    ]
    # R98: an upload belongs to the year it was uploaded in, whenever it was taken
    given = recording(origin="upload", captured_at=captured, uploaded_at=processed)
    assert Ledger().settle(ready(given, at=processed), now=processed)[0].licence_year == "2026-27"


def test_r112_7_what_never_was_ready_counts_nothing():
    ledger = Ledger()
    for keeping in ("ONLINE", "RECYCLED", "PURGED"):
        assert ledger.settle(recording(keeping=keeping, duration_ms=3_000_000)) == (), keeping
    assert ledger.sums() == (0, 0, 0)


def test_r96_whole_seconds_are_the_nearest():
    cases = {0: 0, 499: 0, 500: 1, 999: 1, 1000: 1, 1499: 1, 2_999_500: 3000}
    assert {ms: metering.whole_seconds(ms) for ms in cases} == cases


def test_r98_r99_which_origins_are_recorded():
    counted = {}
    for origin in (
        "scheduled", "adhoc_room", "browser", "desktop", "mobile", "upload", "import", "webcast", "full_copy",
        "reference_copy",
    ):  # fmt: skip
        ledger = Ledger()
        ledger.settle(ready(recording(origin=origin)))
        counted[origin] = ledger.sums()
    assert counted.pop("full_copy") == (0, 3000, 0)
    assert counted.pop("reference_copy") == (0, 0, 0)
    assert set(counted.values()) == {(3000, 3000, 0)}


def test_r104_stored_hours_follow_to_another_department_and_recorded_ones_stay():
    ledger, lecture = Ledger(), ready(recording())
    ledger.settle(lecture)
    moved = replace(lecture, department_id=PHYSICS, folder_path="physics")
    fresh = ledger.settle(moved, Cause.MOVED)
    assert [(line.department_id, line.category, line.delta_s) for line in fresh] == [
        (CHEMISTRY, Category.STORED, -3000),
        (PHYSICS, Category.STORED, 3000),
    ]
    assert all(line.cause is Cause.MOVED and line.folder_path == "physics" for line in fresh)
    assert metering.prove(moved, ledger.said(moved), calendar=CALENDAR) == ()
    unsettled = replace(moved, owner_id=BEN)
    assert metering.prove(unsettled, ledger.said(moved), calendar=CALENDAR)[0].category is Category.STORED


def test_r104_the_proof_says_where_and_by_how_much():
    ledger, lecture = Ledger(), ready(recording())
    ledger.settle(lecture)
    purged = replace(lecture, keeping="PURGED")
    assert metering.prove(purged, ledger.said(purged), calendar=CALENDAR) == (
        metering.Difference(lecture.recording_id, Category.STORED, 3000, 0),
    )
    assert metering.prove(lecture, {}, calendar=CALENDAR) == (
        metering.Difference(lecture.recording_id, Category.RECORDED, 0, 3000),
        metering.Difference(lecture.recording_id, Category.STORED, 0, 3000),
    )


mistakes = st.lists(
    st.tuples(
        st.sampled_from(list(Category)), st.integers(-9000, 9000), st.sampled_from(["2025-26", "2026-27"]),
        st.sampled_from([CHEMISTRY, PHYSICS, None]), st.sampled_from([ALICE, BEN]),
    ),
    max_size=8,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    mistakes,
    st.sampled_from(["scheduled", "upload", "full_copy", "reference_copy"]),
    st.sampled_from(["ONLINE", "ARCHIVED", "PURGED"]),
    st.booleans(),
)
def test_r8_r104_whatever_went_wrong_corrections_put_it_right_once(made, origin, keeping, is_ready):
    """Recorded hours too, which no other line takes back; what is right needs none."""
    facts = recording(origin=origin, keeping=keeping)
    facts = ready(facts) if is_ready else facts
    said = Counter()
    for category, seconds, year, department, owner in made:
        said[metering.Key(category, year, department, owner)] += (
            abs(seconds) if category is Category.RECORDED else seconds
        )
    lines = metering.corrections(facts.recording_id, facts, said, calendar=CALENDAR, now=NOW)
    assert {line.cause for line in lines} <= {Cause.CORRECTION}
    for line in lines:
        said[metering.Key(line.category, line.licence_year, line.department_id, line.owner_id)] += line.delta_s
    assert metering.prove(facts, said, calendar=CALENDAR) == ()
    assert metering.corrections(facts.recording_id, facts, said, calendar=CALENDAR, now=NOW) == ()


def test_r8_r98_what_is_gone_keeps_its_recorded_hours_and_no_others():
    gone = UUID(int=7)
    said = {
        metering.Key(Category.RECORDED, "2026-27", CHEMISTRY, ALICE): 60,
        metering.Key(Category.STORED, "2026-27", CHEMISTRY, ALICE): 60,
    }
    (line,) = metering.corrections(gone, None, said, calendar=CALENDAR, now=NOW)
    assert (line.recording_id, line.category, line.delta_s, line.owner_id) == (gone, Category.STORED, -60, ALICE)


# Each event changes the facts as the product would; any of them may come at any time, or twice.
EVENTS = ("ready", "archive", "restoring", "online", "bin", "take_back", "purge", "move", "give", "again")
CAUSES = {"archive": Cause.ARCHIVED, "bin": Cause.RECYCLED, "purge": Cause.PURGED, "move": Cause.MOVED}


def happen(facts: Facts, event: str, seconds: int, now: datetime) -> Facts:
    if facts.keeping == "PURGED":
        return facts
    if event == "ready":
        return facts if facts.is_ready else ready(facts, seconds, now)
    if event == "move":
        return replace(facts, department_id=PHYSICS if facts.department_id == CHEMISTRY else CHEMISTRY)
    if event == "give":
        return replace(facts, owner_id=BEN if facts.owner_id == ALICE else ALICE)
    allowed = {
        ("ONLINE", "archive"): ("ARCHIVED", None),
        ("ARCHIVED", "restoring"): ("RESTORING", None),
        ("RESTORING", "online"): ("ONLINE", None),
        ("RESTORING", "archive"): ("ARCHIVED", None),
        ("ONLINE", "bin"): ("RECYCLED", "ONLINE"),
        ("ARCHIVED", "bin"): ("RECYCLED", "ARCHIVED"),
        ("RECYCLED", "take_back"): (facts.recycled_from or "ONLINE", None),
        ("RECYCLED", "purge"): ("PURGED", None),
        ("ARCHIVED", "purge"): ("PURGED", None),
    }
    keeping, came_from = allowed.get((facts.keeping, event), (facts.keeping, facts.recycled_from))
    return replace(facts, keeping=keeping, recycled_from=came_from)


def recomputed(library: dict[int, Facts]) -> dict[tuple[Category, str, UUID | None], int]:
    """Said a second time, in other words, from the recordings as they stand."""
    sums: Counter[tuple[Category, str, UUID | None]] = Counter()
    for facts in library.values():
        if not facts.is_ready or facts.origin == "reference_copy":
            continue
        seconds = round(facts.duration_ms / 1000)
        in_archive = "ARCHIVED" in (facts.keeping, facts.recycled_from) or facts.keeping == "RESTORING"
        if facts.keeping != "PURGED":
            kept = Category.ARCHIVED if in_archive else Category.STORED
            sums[kept, "", facts.department_id] += seconds
        if facts.origin != "full_copy":
            local = (facts.uploaded_at if facts.origin in ("upload", "import") else facts.captured_at).astimezone(
                LONDON
            )
            first = local.year - (1 if local.month < 9 else 0)
            sums[Category.RECORDED, f"{first}-{(first + 1) % 100:02d}", None] += seconds
    return {key: amount for key, amount in sums.items() if amount}


def grouped(lines: list[metering.Line]) -> dict[tuple[Category, str, UUID | None], int]:
    sums: Counter[tuple[Category, str, UUID | None]] = Counter()
    for line in lines:
        if line.category is Category.RECORDED:
            sums[line.category, line.licence_year, None] += line.delta_s
        else:
            sums[line.category, "", line.department_id] += line.delta_s
    return {key: amount for key, amount in sums.items() if amount}


instants = st.datetimes(datetime(2024, 8, 30), datetime(2027, 9, 2), timezones=st.just(UTC))
births = st.tuples(
    st.sampled_from(["scheduled", "upload", "import", "browser", "full_copy", "reference_copy"]), instants, instants
)
events = st.tuples(st.integers(0, 3), st.sampled_from(EVENTS), st.integers(0, 40_000), instants)


@settings(max_examples=150, deadline=None)
@given(st.lists(births, min_size=4, max_size=4), st.lists(events, max_size=40))
def test_r104_after_any_lives_in_any_order_the_ledger_equals_a_recomputation(made, lives):
    ledger = Ledger()
    library = {
        number: recording(number, origin=origin, captured_at=captured, uploaded_at=uploaded)
        for number, (origin, captured, uploaded) in enumerate(made)
    }
    recorded_before = 0
    for number, event, seconds, now in lives:
        library[number] = happen(library[number], event, seconds, now)
        ledger.settle(library[number], CAUSES.get(event, Cause.READY), now)
        assert grouped(ledger.lines) == recomputed(library)
        assert ledger.sums()[0] >= recorded_before  # R98: never reduced
        recorded_before = ledger.sums()[0]
    for facts in library.values():
        assert metering.prove(facts, ledger.said(facts), calendar=CALENDAR) == ()
        assert ledger.settle(facts) == ()
    assert all(line.delta_s for line in ledger.lines)

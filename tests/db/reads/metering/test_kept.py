"""What is kept, gathered in the database, is what the domain says of each recording by itself (R98 to R102, R107 to
R111)."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from cathedra.db.models import Account, Course, Department, Folder, Hold, Recording, Saving, ViewingPosition
from cathedra.db.reads import metering as reads
from cathedra.db.reads.metering import Part
from cathedra.db.writes import library
from cathedra.db.writes import metering as writes
from cathedra.domain import metering
from cathedra.domain.library import FolderKind
from cathedra.domain.metering import Category, Cause, Kept, Line, Since, Step
from cathedra.domain.terms import AccountId

DAY = timedelta(days=1)


def fill(cast, now, turns: random.Random, folders: list[UUID]) -> None:
    """Recordings in every standing, plays of them and of references to them, and holds."""
    ages = [400 * DAY, 28 * DAY, 28 * DAY - timedelta(seconds=1)]

    def one(**given) -> Recording:
        keeping = turns.choice(["ONLINE"] * 4 + ["RECYCLED"] * 2 + ["ARCHIVED", "RESTORING", "PURGED"])
        facts = {
            "folder_id": turns.choice(folders), "owner_id": turns.choice([cast.alice, cast.eve]), "title": "L",
            "created_by_id": cast.alice, "origin": turns.choice(["upload", "full_copy", "scheduled"]),
            "media_state": "READY", "keeping": keeping, "created_at": now, "updated_at": now,
            "recycled_from": turns.choice([None, "ONLINE", "ARCHIVED"]) if keeping == "RECYCLED" else None,
            "duration_ms": turns.choice([499, 500, 61_499, 3_600_000 + turns.randint(0, 9_000_000)]),
            "ready_at": now - turns.choice(ages),
        }  # fmt: skip
        return Recording(**{**facts, **given})

    made = Recording.objects.bulk_create([one() for _ in range(70)])
    unready = {"media_state": "FAILED", "failure": "No.", "ready_at": None, "duration_ms": None}
    Recording.objects.bulk_create([one(keeping="ONLINE", recycled_from=None, **unready)])
    references = Recording.objects.bulk_create(
        [one(origin="reference_copy", reference_of=each, keeping="ONLINE", recycled_from=None) for each in made[::6]]
    )
    copies = [each for each in made if each.origin == "full_copy"]
    Saving.objects.bulk_create(
        Saving(original=made[0], recording=each, version=1, asked_at=now, ended_at=now) for each in copies[::2]
    )
    plays = [
        ViewingPosition(
            account_id=who, recording=each, position_ms=0,
            updated_at=now - turns.choice([DAY, 365 * DAY, 365 * DAY - timedelta(seconds=1), 500 * DAY]),
        )
        for each in [*made, *references]
        for who in (cast.ben, cast.eve)
        if turns.random() < 0.3
    ]  # fmt: skip
    ViewingPosition.objects.bulk_create(plays)
    Hold.objects.bulk_create(
        Hold(recording=each, kind="policy", opened_at=now, released_at=now if number % 2 else None)
        for number, each in enumerate(made[::7])
    )


def by_the_rules(chosen) -> Iterator[tuple[Recording, Kept]]:
    """The same, recording by recording, in the words of the domain."""
    rows = {row.id: row for row in chosen}
    anew = set(Saving.objects.values_list("recording_id", flat=True))
    for facts in reads.facts_of(rows):
        where, seconds, row = metering.tier(facts), metering.metered_s(facts), rows[facts.recording_id]
        if where is None or not seconds:
            continue
        played = ViewingPosition.objects.filter(recording_id__in=[row.id, *row_references(row)])
        last = played.order_by("-updated_at").values_list("updated_at", flat=True).first()
        yield (
            row,
            Kept(
                seconds=seconds,
                is_binned=row.keeping == "RECYCLED",
                is_full_copy=row.origin == "full_copy" and row.id not in anew,
                ready_at=row.ready_at,
                last_watched_at=last,
                is_held=Hold.objects.filter(recording=row, released_at=None).exists(),
                is_archived=where is Category.ARCHIVED,
            ),
        )


def row_references(row: Recording) -> list[UUID]:
    return list(Recording.objects.filter(reference_of=row).values_list("id", flat=True))


@pytest.mark.slow
def test_r109_what_would_save_most_is_what_the_domain_says_of_each_recording(cast, now, django_assert_num_queries):
    turns = random.Random(109)
    below = library.add_folder("Seminar", kind=FolderKind.GENERAL, parent_id=cast.chemistry, now=now)
    apart = library.add_folder("Apart", kind=FolderKind.GENERAL, parent_id=cast.chemistry, inherits=False, now=now)
    fill(cast, now, turns, [cast.chemistry, cast.physics, below, apart])
    since = Since.at(now)
    every = list(by_the_rules(Recording.objects.all()))
    with django_assert_num_queries(1):
        gathered = reads.list_kept(since)
    assert len(gathered) < 2**4 * 3 < len(every) + len(gathered)
    for name, found, chosen in (
        ("all", gathered, every),
        ("alice", reads.list_kept_of(cast.alice, since), [each for each in every if each[0].owner_id == cast.alice]),
        (
            "a folder, and what in it is seen by the same people (R111)",
            reads.list_kept_in(cast.chemistry, since),
            [each for each in every if each[0].folder_id in (cast.chemistry, below)],
        ),
        ("nobody", reads.list_kept_of(AccountId(uuid4()), since), []),
    ):
        alone = [kept for _row, kept in chosen]
        assert metering.savings(found, now=now) == metering.savings(alone, now=now), name
        assert metering.holdings(found, now=now) == metering.holdings(alone, now=now), name
    steps = {one.step for one in metering.savings(gathered, now=now)}
    assert steps == set(Step)  # the case is worth something
    _items_are_the_largest(cast, now, every)
    _parts_and_owners_add_up(cast, now, every)


def _items_are_the_largest(cast, now, every) -> None:
    mine = {row.id: kept for row, kept in every if row.owner_id == cast.alice and not kept.is_archived}
    idle = (Step.ARCHIVE_NEVER_WATCHED, Step.ARCHIVE_LONG_UNWATCHED)
    for part, wanted in (
        (Part.BIN, {key for key, kept in mine.items() if kept.is_binned}),
        (Part.LARGEST, {key for key, kept in mine.items() if not kept.is_binned}),
        (Part.UNWATCHED, {key for key, kept in mine.items() if metering.step_for(kept, now=now) in idle}),
    ):
        found = reads.list_items(cast.alice, part, Since.at(now), limit=1000)
        assert {one.id: one.kept for one in found} == {key: mine[key] for key in wanted}, part
        sizes = [one.kept.seconds for one in found]
        assert sizes == sorted(sizes, reverse=True), part
        assert reads.list_items(cast.alice, part, Since.at(now), limit=2) == found[:2], part
        assert found, part


def _parts_and_owners_add_up(cast, now, every) -> None:
    law = Department.objects.create(name="Law")
    facts = {"short_name": "L", "full_name": "Law", "kind": "award", "department": law, "academic_year": "2025-26"}
    Folder.objects.filter(id=cast.physics).update(course=Course.objects.create(external_id="L", **facts))
    Account.objects.filter(id=cast.eve).update(is_active=False, deactivated_at=now)

    def sums(chosen) -> tuple[int, int, int]:
        held = metering.holdings([kept for _row, kept in chosen], now=now)
        return held.stored_s, held.archived_s, held.binned_s

    origins, years = reads.list_parts()
    for one in origins:
        chosen = [each for each in every if each[0].origin == one.name]
        assert (one.stored_s, one.archived_s, one.recordings) == (*sums(chosen)[:2], len(chosen)), one.name
    assert {one.name for one in origins} == {"upload", "full_copy", "scheduled"}
    for one in years:
        chosen = [each for each in every if (each[0].folder_id == cast.physics) == (one.name == "2025-26")]
        assert (one.stored_s, one.archived_s) == sums(chosen)[:2], one.name
    assert sorted(one.name for one in years) == ["", "2025-26"]
    owners = reads.list_owners(limit=20)
    for owner in owners:
        chosen = [each for each in every if each[0].owner_id == owner.id]
        assert (owner.stored_s, owner.archived_s, owner.binned_s) == sums(chosen), owner.name
    assert [owner.id for owner in reads.list_owners(limit=20, leavers=True)] == [cast.eve]
    assert owners[:1] == reads.list_owners(limit=1)


def test_r98_r111_what_was_recorded_for_somebody_and_in_a_folder_in_a_year(cast, now):
    def line(owner, seconds, year="2026-27", recording=None, category=Category.RECORDED) -> Line:
        return Line(recording or uuid4(), category, seconds, Cause.READY, now, year, None, owner, "a")

    made = library.add_recording(
        cast.chemistry, title="L", owner_id=cast.alice, created_by_id=cast.alice, origin="upload", now=now
    )
    writes.add_lines(
        [
            line(cast.alice, 60, recording=made),
            line(cast.alice, 7, year="2025-26"),
            line(cast.alice, 9, category=Category.STORED),
            line(cast.eve, 5),
        ]
    )
    assert [reads.recorded_by(who, "2026-27") for who in (cast.alice, cast.eve, cast.ben)] == [60, 5, 0]
    Recording.objects.filter(id=made).update(keeping="PURGED", owner_id=cast.eve)
    assert reads.recorded_by(cast.alice, "2026-27") == 60  # it is never given back
    top = Folder.objects.get(id=cast.chemistry)
    assert [reads.recorded_in(each, "2026-27") for each in (cast.chemistry, cast.physics)] == [60, 0]
    assert reads.recorded_in(top.parent_id, "2026-27") == 0  # it is seen by others


@pytest.mark.django_db
def test_r105_totals_and_what_each_day_changed_by_in_the_sites_time_zone():
    late, owner = datetime(2026, 8, 31, 23, 30, tzinfo=UTC), uuid4()  # half past midnight of the first of September
    for at, year, category, seconds in (
        (late, "2025-26", Category.RECORDED, 5),
        (late + timedelta(hours=1), "2026-27", Category.RECORDED, 7),
        (late - timedelta(hours=2), "2025-26", Category.STORED, 11),
        (late, "2026-27", Category.STORED, 13),
        (late + DAY, "2026-27", Category.STORED, -3),
    ):
        writes.add_lines([Line(uuid4(), category, seconds, Cause.READY, at, year, None, owner, "a")])
    assert reads.totals() == {
        (Category.RECORDED, "2025-26"): 5,
        (Category.RECORDED, "2026-27"): 7,
        (Category.STORED, ""): 21,
    }
    first = date(2026, 9, 1)
    assert reads.changes_by_day(since=late - timedelta(minutes=30), zone="Europe/London") == {
        (Category.RECORDED, "2025-26"): {first: 5},
        (Category.RECORDED, "2026-27"): {first: 7},
        (Category.STORED, ""): {first: 13, first + DAY: -3},
    }

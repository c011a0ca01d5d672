"""Random lives of recordings by the product's own verbs, in any order: after each the ledger is what the library says (R104)."""

import random
from datetime import timedelta

import pytest

from cathedra.actions import library, metering, publishing, retention
from cathedra.db.models import Account, Department, Folder, FolderBin, MeterEntry, Recording
from cathedra.db.reads import metering as reads
from cathedra.db.writes import access as access_writes
from cathedra.domain.access import FolderRole
from cathedra.domain.library import Origin
from tests.actions.retention.archives import SYSTEM, by, is_proved, kept, local, stores, tend
from tests.policies import course_calendar

START = local(2026, 10, 5, 9)
_NEXT = {
    "ONLINE": ("archive", "bin"),
    "ARCHIVED": ("restore", "bin", "days"),
    "RESTORING": ("restored", "failed"),
    "RECYCLED": ("take_back", "purge", "days"),
}
_ALL = ("archive", "restore", "restored", "failed", "bin", "take_back", "purge", "days")


@pytest.mark.slow
def test_r104_after_any_lives_the_ledger_equals_a_recomputation(cast):
    """Archived by hand and by the run, restored, failed, binned, taken back, purged by hand, by the bin and by the
    deletion run; what is refused changes nothing. RECORDED never falls (R98)."""
    turns, where, now, recorded = random.Random(4), stores(), START, 0
    made, done = [], set()
    for turn in range(48):
        now += timedelta(days=turns.choice((0, 1, 13, 45)), hours=turns.randrange(24))
        if turn % 6 == 0:
            made.append(kept(cast, where, now, title=str(turn), duration_ms=turns.randrange(500, 9_000_000)))
        one, before = turns.choice(made), states()
        verb = turns.choice(_NEXT.get(before[one], _ALL) if turns.random() < 0.7 else _ALL)
        act(verb, one, by(cast.alice), where, now)
        done |= {verb} if states() != before else set()
        assert is_proved(now), (turn, verb)
        fresh = sum(MeterEntry.objects.filter(category="RECORDED").values_list("delta_s", flat=True))
        assert fresh >= recorded, (turn, verb)
        recorded = fresh
    assert len(done) >= 5, f"too little happened: {done}"


def states() -> dict:
    return dict(Recording.objects.values_list("id", "keeping"))


def act(verb, one, owner, where, now) -> None:
    match verb:
        case "archive":
            if retention.archive_recording(one, actor=owner, now=now).is_permitted:
                retention.archive_media(one, actor=owner, now=now, stores=where)
        case "restore":
            retention.request_restore(one, actor=owner, now=now)
        case "restored":
            retention.finish_restore(one, actor=SYSTEM, now=now)
        case "failed":
            retention.abandon_restore(one, why="It was lost.", actor=SYSTEM, now=now)
        case "bin":
            retention.recycle_recording(one, actor=owner, now=now)
        case "take_back":
            retention.take_back_recording(one, actor=owner, now=now)
        case "purge":
            retention.purge_recording(one, actor=owner, now=now)
        case "days":
            retention.tend_bins(actor=SYSTEM, now=now)
            tend(now, where)


_WIDE = (
    "copy",
    "copy_whole",
    "copy_whole",
    "make_full",
    "move",
    "give",
    "folder_bin",
    "folder_back",
    "bin",
    "bin",
    "archive",
    "days",
)


@pytest.mark.slow
def test_r104_copies_moves_owners_and_whole_folders_too_and_every_month_is_accounted_for(cast):
    """Copied by reference and in full, made full from the bin, moved to another department, given away, binned and had
    back with their folder, through more than one change of the licence year: after each the proof finds
    nothing, and the statements of the months together say every line of the ledger once."""
    law = Department.objects.create(name="Law")
    Account.objects.filter(id=cast.chloe).update(department=law)
    for folder in (cast.chemistry, cast.physics):
        for who in (cast.alice, cast.chloe):
            access_writes.add_member(folder, who, FolderRole.CREATOR, now=START)
    turns, where, now = random.Random(8), stores(), START
    made, done = [], {}
    for turn in range(70):
        now += timedelta(days=turns.choice((0, 1, 13, 30)), hours=turns.randrange(24))
        if turn % 7 == 0:
            folder = turns.choice((cast.chemistry, cast.physics)) if not is_binned(cast) else cast.chemistry
            made.append(
                kept(cast, where, now, title=str(turn), folder=folder, duration_ms=turns.randrange(500, 9_000_000))
            )
        verb = "folder_back" if is_binned(cast) and turns.random() < 0.6 else turns.choice(_WIDE)
        before = standing()
        live = [one for one in made if before[one][0] == "ONLINE"]
        one = turns.choice(live if live and turns.random() < 0.8 else made)
        fresh = act_widely(verb, one, cast, where, now, turns)
        made += [fresh] if fresh else []
        done[verb] = done.get(verb, 0) + (standing() != before)
        assert is_proved(now), (turn, verb)
    assert {verb for verb, count in done.items() if count} >= set(_WIDE) - {"days"}, done
    assert now > local(2027, 9, 2)
    check_statements()


def is_binned(cast) -> bool:
    return Folder.objects.filter(id=cast.physics).exclude(recycled_in=None).exists()


def standing() -> dict:
    return {
        row[0]: row[1:]
        for row in Recording.objects.values_list("id", "keeping", "folder_id", "owner_id", "origin", "media_state")
    }


def act_widely(verb, one, cast, where, now, turns):
    """By whoever owns it; returns what it made."""
    owner = by(Recording.objects.values_list("owner_id", flat=True).get(id=one))
    is_here = Recording.objects.filter(id=one, folder_id=cast.chemistry).exists()
    target = cast.physics if is_here else cast.chemistry
    match verb:
        case "copy" | "copy_whole" if not is_binned(cast):
            found = publishing.copy_recording(one, target, is_full=verb == "copy_whole", actor=owner, now=now)
            if found.recording_id and verb == "copy_whole":
                publishing.copy_media(found.recording_id, one, actor=SYSTEM, now=now, store=where.media)
            return found.recording_id
        case "make_full":
            rows = Recording.objects.filter(origin=Origin.REFERENCE_COPY, keeping="ONLINE")
            for copy, whole in rows.order_by("created_at", "title").values_list("id", "reference_of_id")[:1]:
                act("bin", whole, by(cast.alice), where, now)
                if publishing.make_full(copy, actor=by(cast.alice), now=now).is_permitted:
                    publishing.fill_copy(copy, actor=SYSTEM, now=now, store=where.media)
        case "move" if not is_binned(cast):
            publishing.move_recording(one, target, calendar=course_calendar(), actor=owner, now=now)
        case "give":
            library.change_owner(one, turns.choice((cast.alice, cast.chloe)), actor=owner, now=now)
        case "folder_bin" if not is_binned(cast):
            retention.recycle_folder(cast.physics, actor=by(cast.alice), now=now)
        case "folder_back":
            for unit in FolderBin.objects.filter(taken_back_at=None).values_list("id", flat=True):
                retention.take_back_folder(unit, actor=by(cast.alice), now=now)
        case "bin" | "archive" | "days":
            act(verb, one, owner, where, now)
    return None


def check_statements() -> None:
    """Each month begins where the one before it ended, and all of them say each line once."""
    calendar, added, last = metering.calendar(), 0, {}
    for number in range(8, 8 + 48):  # from September on
        since, until = calendar.month_from(2026 + number // 12, number % 12 + 1)
        lines = reads.statement(since, until, licence_year=calendar.year_of(since).label)
        for line in lines:
            key = (line.department_id, line.category, line.licence_year)
            assert line.opening_s == last.get(key, 0), (since, key)
            last[key] = line.closing_s
            added += line.added_s + line.removed_s
    assert added == sum(MeterEntry.objects.values_list("delta_s", flat=True))

"""The simulator says what the runs then do: each recording once at most by each (R115, R122, R132)."""

import random
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from cathedra.domain import retention
from cathedra.domain.retention import Profile, Rule, RunKind
from cathedra.domain.terms import AccountId
from tests.domain.retention.test_retention import CALENDAR, made
from tests.domain.retention.test_retention import local as at


def seen(facts, rule=None, now=None):
    found = retention.simulate(facts, rule or Rule(), calendar=CALENDAR, now=now or at(2026, 3, 1))
    return {tally.run.name: (tally.recordings, tally.seconds, len(tally.owners)) for tally in found}


def test_the_calendar_archives_in_september_and_deletes_in_the_august_after():
    new = made(at(2026, 2, 1))
    other = replace(made(at(2026, 9, 20)), owner_id=AccountId(UUID(int=9)))
    kept = retention.archived(made(at(2025, 1, 1)), at(2025, 9, 1, 2))
    assert seen([new, other, kept, replace(new, is_held=True)]) == {
        "deletion-2026": (1, 3000, 1),
        "archive-2026": (1, 3000, 1),
        "deletion-2027": (1, 3000, 1),
        "archive-2027": (1, 3000, 1),
        "deletion-2028": (1, 3000, 1),
        "archive-2028": (0, 0, 0),
    }
    assert not any(counts[0] for counts in seen([new], Rule(Profile.NONE)).values())
    assert seen([new], Rule(Profile.AGE, 365))["archive-2027"] == (1, 3000, 1)


def test_r114_r127_what_is_on_its_way_back_lives_anew_and_a_plan_that_stands_without_something_skips_it_once():
    now = at(2026, 3, 1)
    kept = retention.archived(made(at(2025, 1, 1)), at(2025, 9, 1, 2))
    assert _first(seen([replace(kept, keeping=retention.RESTORING)], now=now)) == ["archive-2026", "deletion-2027"]
    left = {"left_out_of": frozenset({"deletion-2026", "archive-2026"})}
    assert _first(seen([replace(kept, **left)], now=now)) == ["deletion-2027"]
    assert _first(seen([replace(made(at(2025, 10, 1)), **left)], now=now)) == ["archive-2027", "deletion-2028"]


def _first(found) -> list[str]:
    return [name for name, (count, *_) in found.items() if count]


def test_random_libraries_lose_nothing_twice_and_nothing_before_its_archive_year():
    turns = random.Random(127)
    now = at(2026, 3, 1)
    for _turn in range(200):
        facts = made(now - timedelta(days=turns.randint(0, 900)))
        if turns.random() < 0.4:
            facts = retention.archived(facts, now - timedelta(days=turns.randint(0, 500)))
        rule = Rule(turns.choice(list(Profile)), turns.choice([0, 200, 800]))
        found = [tally for tally in retention.simulate([facts], rule, calendar=CALENDAR, now=now) if tally.recordings]
        assert [tally.run.kind for tally in found] in (
            [],
            [RunKind.ARCHIVE],
            [RunKind.DELETION],
            [RunKind.ARCHIVE, RunKind.DELETION],
        )
        if found and found[-1].run.kind is RunKind.DELETION:
            since = facts.archived_at or found[0].run.cutoff
            assert found[-1].run.cutoff - since >= timedelta(days=362)


def test_a_recordings_page_names_the_run_that_takes_it_next():
    now = at(2026, 3, 1)

    def run(facts, rule=None):
        found = retention.archive_run_of(facts, rule or Rule(), calendar=CALENDAR, now=now)
        return found.name if found else None

    assert run(made(at(2026, 2, 1))) == "archive-2026"
    assert run(made(at(2026, 2, 1), exempt_archive_until=at(2027, 1, 1))) == "archive-2027"
    assert run(made(at(2026, 2, 1)), Rule(Profile.NONE)) is None


def test_r132_a_folder_may_have_a_rule_of_its_own_and_none_has_out_of_the_box():
    folder, other = UUID(int=7), UUID(int=8)
    rule = Rule(folders=retention.parse_profiles(f"{folder}=age:800, {other}=none", "x"))
    assert (Rule().profiles, rule.profiles) == ({Profile.CALENDAR}, {Profile.CALENDAR, Profile.AGE, Profile.NONE})
    plain = made(at(2025, 10, 1))
    for ruled_by, run in (
        (None, "archive-2026"),
        (folder, "archive-2028"),
        (other, None),
        (UUID(int=9), "archive-2026"),
    ):
        taken = seen([replace(plain, ruled_by=ruled_by)], rule)
        assert next((name for name, (count, *_) in taken.items() if count), None) == run, ruled_by
    for wrong in ("x=none", f"{folder}=never", f"{folder}=age:x", f"{folder}"):
        with pytest.raises(ValueError, match="must be a folder's id"):
            retention.parse_profiles(wrong, "retention.folder_profiles")

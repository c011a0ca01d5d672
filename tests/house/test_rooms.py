"""Twelve rooms, the annexes of ADR 31, and the plumbing of each floor: no other name stands below the doors."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src/cathedra"
ROOMS = set(
    [
        "people",
        "library",
        "publishing",
        "access",
        "policy",
        "metering",
        "retention",
        "ingest",
        "encoding",
        "playback",
        "search",
        "notices",
    ]
)
PLUMBING = {
    "domain": {"audit", "jobs", "sheets", "terms"},
    "actions": {"audit"},
    "db/reads": {"audit", "keyset", "_standing"},
    "db/writes": {"audit", "jobs", "transaction", "web_sessions"},
}
RECORD = (ROOT / "docs/adr/0031-a-large-room-has-annexes.md").read_text()


def annexes() -> dict[str, str]:
    """Of the table of the decision record: each with its room."""
    rows = re.findall(r"^\| (`[^|]+) \| (\w+) \|", RECORD, re.M)
    return {name: room for names, room in rows for name in re.findall(r"`(\w+)`", names)}


def names_on(floor: str) -> set[str]:
    return {
        path.stem
        for path in (SRC / floor).iterdir()
        if not path.name.startswith("__") and (path.suffix == ".py" or (path / "__init__.py").exists())
    }


def test_an_annex_belongs_to_a_room_and_stands_somewhere():
    found = annexes()
    assert len(found) > 5
    assert set(found.values()) <= ROOMS
    assert set(found) & ROOMS == set()
    assert set(found) <= names_on("actions") | names_on("db/reads") | names_on("db/writes")


@pytest.mark.parametrize("floor", PLUMBING)
def test_every_name_below_the_doors_is_a_room_an_annex_or_plumbing(floor):
    allowed = ROOMS | PLUMBING[floor] | (set(annexes()) if floor != "domain" else set())
    assert names_on(floor) - allowed == set()

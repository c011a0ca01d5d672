"""The rule and its list form are one (house rule 7): over 2,000 random worlds, for every action and every person."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

import pytest
from django.db.models import Q

from cathedra.db.models import Folder, Recording
from cathedra.db.reads import access as reads
from cathedra.db.reads import library as library_reads
from cathedra.domain import access
from cathedra.domain.access import Action, SharingLevel
from cathedra.domain.terms import Decision
from tests.db.reads import worlds as making

WORLDS = 2000


@dataclass
class Differences:
    """Where the two forms disagree: action, person, thing, and what the rule says."""

    found: list[str] = field(default_factory=list)
    asked: int = 0
    allowed: int = 0

    def compare(self, what: str, person: str, thing: UUID, decision: Decision, listed: set[UUID]) -> None:
        self.asked += 1
        self.allowed += decision.is_permitted
        if decision.is_permitted != (thing in listed):
            self.found.append(f"{what}, {person}, {thing}: {decision.code}")


def people_of(worlds: making.Worlds) -> Iterator[tuple[str, UUID | None]]:
    yield from worlds.people.items()
    yield "anybody", None


def ids(condition: Q, table: type = Recording) -> set[UUID]:
    return set(table.objects.filter(condition).values_list("id", flat=True))


@pytest.mark.slow
def test_decide_equals_the_list_for_every_action_and_person(db, now):
    """One fill of the database, one question per person and action over all of it; each recording decided for one."""
    worlds = making.build(WORLDS, seed=20261126, now=now)
    differences = compare_recordings(worlds, now)
    assert differences.found == []
    assert differences.asked > WORLDS * len(Action)
    share = differences.allowed / differences.asked
    assert 0.1 < share < 0.6, f"{share:.0%} is allowed: the worlds are too alike to tell anything"
    folders = compare_folders(worlds, now)
    assert folders.found == []
    assert folders.asked > 2000
    for name in ("student", "camera", "timetable"):
        assert_newest(worlds, name, now)


def compare_recordings(worlds: making.Worlds, now: datetime) -> Differences:
    differences, people = Differences(), list(people_of(worlds))
    chosen: dict[str, list[UUID]] = {name: [] for name, _ in people}
    for row in worlds.recordings:
        chosen[worlds.random.choice(people)[0]].append(row.id)
    for name, one in worlds.grants:
        chosen[name].append(one)
    for name, viewer in people:
        facts = {one: reads.recording_facts(viewer, one) for one in set(chosen[name])}
        for action in Action:
            listed = ids(reads.may(viewer, action, now))
            for one, known in facts.items():
                differences.compare(action, name, one, access.decide(known, action, now), listed)
        for cap, action in ((SharingLevel.PUBLIC, Action.VIEW), (SharingLevel.RESTRICTED, Action.LIST)):
            listed = ids(reads.may(viewer, action, now, cap=cap))
            for one, known in facts.items():
                decision = access.decide(replace(known, max_level=cap), action, now)
                differences.compare(f"{action} under {cap}", name, one, decision, listed)
    return differences


def compare_folders(worlds: making.Worlds, now: datetime) -> Differences:
    """Folders by themselves, and the list of one folder whose facts are known."""
    differences = Differences()
    for name, viewer in people_of(worlds):
        some = worlds.random.sample(worlds.folders, 40)
        facts = {folder.id: reads.folder_facts(viewer, folder.id) for folder in some}
        for action in access.FOLDER_ACTIONS:
            listed = ids(reads.may_in_folders(viewer, action, now), Folder)
            for one, known in facts.items():
                differences.compare(action, name, one, access.decide_folder(known, action, now), listed)
        listed = ids(reads.may(viewer, Action.LIST, now))
        for folder in some[:5]:
            here = {row.id for row in worlds.recordings if row.folder_id == folder.id}
            assert ids(reads.listed_in(viewer, folder.id, now)) == here & listed, name
    return differences


def assert_newest(worlds: making.Worlds, name: str, now: datetime) -> None:
    """For somebody without a grant, which adds nothing to lists beyond the folder it names (R145)."""
    viewer = worlds.people[name]
    shown = Q(publication="PUBLISHED") & reads.may(viewer, Action.LIST, now) & reads.visible_to(viewer, now)
    held = [row.id for row in worlds.held]
    offered = Q(reference_of=None) | (Q(reference_of__publication="PUBLISHED") & ~Q(reference_of__in=held))
    rows = Recording.objects.filter(shown, offered).exclude(id__in=held)
    wanted = list(rows.order_by("-created_at", "-id").values_list("id", flat=True)[:30])
    assert [row.id for row in library_reads.list_newest(viewer, now=now, limit=30)] == wanted, name

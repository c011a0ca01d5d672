"""The rule and its list form are one (house rule 7): over 2,000 random worlds, for every action and every person."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID

import pytest

from cathedra.db.models import Folder, Recording
from cathedra.db.reads import access as reads
from cathedra.db.reads import library as library_reads
from cathedra.domain import access
from cathedra.domain.access import Action, SharingLevel
from tests.db.reads import worlds as making

WORLDS = 200
pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@dataclass
class Differences:
    """What the two forms disagree about: action, person, thing, what the rule says."""

    found: list[str]
    asked: int = 0
    allowed: int = 0

    def compare(self, action: str, person: str, thing: UUID, decision, listed: set[UUID], *told: str) -> None:
        self.asked += 1
        self.allowed += decision.is_permitted
        if decision.is_permitted != (thing in listed):
            self.found.append(f"{action} {person} {thing}: {decision.code} {sorted(told)}")


def people_of(worlds) -> Iterator[tuple[str, UUID | None]]:
    yield from worlds.people.items()
    yield "anybody", None


@pytest.fixture
def worlds(now):
    return making.build(WORLDS, seed=20261126, now=now)


def test_decide_equals_the_list_for_every_action_and_person(worlds, now):
    """Each recording is decided for three people; each list is asked for once over all the worlds."""
    differences, people = Differences([]), list(people_of(worlds))
    chosen = {name: [] for name, _ in people}
    for row in worlds.recordings:
        for name, _ in worlds.random.sample(people, 3):
            chosen[name].append(row.id)
    for name, viewer in people:
        facts = {one: reads.recording_facts(viewer, one) for one in chosen[name]}
        for action in Action:
            condition = reads.may(viewer, action, now)
            listed = set(Recording.objects.filter(condition).values_list("id", flat=True))
            for one, known in facts.items():
                differences.compare(action, name, one, access.decide(known, action, now), listed)
        for cap, action in ((SharingLevel.PUBLIC, Action.VIEW), (SharingLevel.RESTRICTED, Action.LIST)):
            listed = set(Recording.objects.filter(reads.may(viewer, action, now, cap=cap)).values_list("id", flat=True))
            for one, known in facts.items():
                decision = access.decide(replace(known, max_level=cap), action, now)
                differences.compare(f"{action} under {cap}", name, one, decision, listed)
    assert differences.found == []
    assert differences.asked > 3 * WORLDS * len(Action)
    assert differences.asked * 0.1 < differences.allowed < differences.asked * 0.6, "the worlds are too alike"


def test_folders_newest_and_the_list_of_one_folder_follow_the_same_rule(worlds, now):
    differences = Differences([])
    for name, viewer in people_of(worlds):
        some = worlds.random.sample(worlds.folders, 100)
        facts = {folder.id: reads.folder_facts(viewer, folder.id) for folder in some}
        for action in access.FOLDER_ACTIONS:
            rows = Folder.objects.filter(reads.may_in_folders(viewer, action, now)).values_list("id", flat=True)
            listed = set(rows)
            for one, known in facts.items():
                differences.compare(action, name, one, access.decide_folder(known, action, now), listed)
        listed = set(Recording.objects.filter(reads.may(viewer, Action.LIST, now)).values_list("id", flat=True))
        for folder in some[:15]:
            here = Recording.objects.filter(reads.listed_in(viewer, folder.id, now)).values_list("id", flat=True)
            assert set(here) == {row.id for row in worlds.recordings if row.folder_id == folder.id} & listed, name
    assert differences.found == []


def test_the_newest_are_the_newest_of_what_is_listed_and_plays(worlds, now):
    """For people without a grant, which adds nothing to lists beyond the folder it names (R145)."""
    for name in ("student", "camera", "timetable"):
        viewer = worlds.people[name]
        rows = Recording.objects.filter(
            reads.may(viewer, Action.LIST, now) & reads.visible_to(viewer, now), publication="PUBLISHED"
        )
        rows = rows.exclude(id__in=[row.id for row in worlds.held])
        wanted = list(rows.order_by("-created_at", "-id").values_list("id", flat=True)[:30])
        assert [row.id for row in library_reads.list_newest(viewer, now=now, limit=30)] == wanted, name

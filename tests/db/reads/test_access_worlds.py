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
from cathedra.db.reads import publishing as publishing_reads
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
    assert_approval(worlds)


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
    for limit in (30, 300):
        wanted = list(rows.order_by("-created_at", "-id").values_list("id", flat=True)[:limit])
        assert [row.id for row in library_reads.list_newest(viewer, now=now, limit=limit)] == wanted, (name, limit)


def assert_approval(worlds: making.Worlds) -> None:
    """R69: what is asked for by a folder, or by one that it inherits through; said alike of folders and recordings, and
    by what a switch reaches. Nobody sees anything by it until there is live capture, so it is compared by itself."""
    folders = list(Folder.objects.order_by("path"))  # above before below; some were made to inherit, or to stop, since
    known = {folder.id: folder for folder in folders}
    holds: dict[UUID, bool] = {}
    between = []
    for folder in folders:
        follows = folder.parent_id if folder.inherits else None
        holds[folder.id] = folder.start == "when_approved" or (follows is not None and holds[follows])
        if holds[folder.id] and "when_approved" not in (folder.start, known[folder.access_from_id].start):
            between.append(folder)
    assert len(between) > 20, "chains in which a folder between asks"
    some = [*worlds.random.sample(folders, 400), *between[:200]]
    assert [reads.folder_facts(None, one.id).needs_approval for one in some] == [holds[one.id] for one in some]
    deep = {folder.id for folder in between}
    made = [row for row in worlds.recordings if row.folder_id in deep][:200]
    made += worlds.random.sample(worlds.recordings, 400)
    found = [reads.recording_facts(None, one.id).needs_approval for one in made]
    assert found == [holds[one.folder_id] for one in made]
    for one in worlds.random.sample(folders, 200):
        assert set(publishing_reads.followers_of(one.id)) == _followers(one, folders), one.name


def _followers(folder: Folder, folders: list[Folder]) -> set[UUID]:
    found = {folder.id}
    for one in folders:
        if one.inherits and one.parent_id in found and one.start != "when_approved":
            found.add(one.id)
    return found

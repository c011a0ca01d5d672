"""Every state, kind, affiliation and role has a word; every mark has an icon that is there."""

from pathlib import Path

import cathedra.web
from cathedra.domain.library import FolderKind, Origin, State
from cathedra.domain.metering import ALLOCATION_THRESHOLDS, Level, Step, Use
from cathedra.domain.people import Affiliation, SystemRole
from cathedra.web import refusals, words

ICONS = Path(cathedra.web.__file__).parent / "icons"


def test_every_word_of_the_domain_is_called_something():
    assert set(words.STATES) == set(State)
    assert set(words.FOLDERS) == set(FolderKind)
    assert set(words.AFFILIATIONS) == set(Affiliation)
    assert set(words.SYSTEM_ROLES) == set(SystemRole)
    assert set(words.ORIGINS) == set(Origin)
    assert set(words.FULLNESS) == set(Level)
    assert set(words.OF_USE) == set(Use)
    assert set(words.SET_ASIDE) == {0, *ALLOCATION_THRESHOLDS}
    assert set(words.STEPS) == set(words.STEPS_EXPLAINED) == set(Step)


def test_colour_is_never_alone():
    hours = (*words.FULLNESS.values(), *words.OF_USE.values(), *words.STEPS.values(), *words.SET_ASIDE.values())
    for mark in (*words.STATES.values(), *words.FOLDERS.values(), *hours):
        assert mark.word
        assert (ICONS / f"{mark.icon}.svg").exists()
    for answer in refusals.ANSWERS.values():
        assert (ICONS / f"{answer.icon}.svg").exists()


def test_what_is_shorter_than_a_tenth_of_an_hour_is_said_not_to_be_nothing():
    said = {0: "0.0", 1: "under 0.1", 179: "under 0.1", 180: "0.1", 5400: "1.5"}
    assert {seconds: words.hours(seconds) for seconds in said} == said

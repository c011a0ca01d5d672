"""One suite for the scripted deck reader that the tests of actions use and for the real one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cathedra.actions.slides import DeckReader as Protocol
from cathedra.adapters.deck import DeckFile, DeckReader
from cathedra.domain.library import PAGE_TEXT_LIMIT, DeckPage, DeckProblem
from cathedra.domain.terms import UnableTo
from tests.fakes.slides import ScriptedDecks
from tests.media import decks
from tests.promises import differences, files_below, methods

PAGES = (DeckPage("Heat\nEnergy in transit", "Heat"), DeckPage("Entropy\nA measure", "Entropy"))
FILES = {
    "pages": decks.pptx([("Heat", ["Energy in transit"]), ("Entropy", ["A measure"])]),
    "nothing": decks.pptx([("", [])]),
    "text": b"Dear Sir",
}
FOUND = {
    "pages": DeckFile(PAGES),
    "nothing": DeckFile((), DeckProblem.NO_TEXT),
    "text": DeckFile((), DeckProblem.NOT_A_DECK),
}

Make = Callable[[str, Path], Protocol]


@pytest.fixture(params=["scripted", pytest.param("real", marks=pytest.mark.slow)])
def make(request) -> Make:
    """A reader for a file of a kind, which lies at the path afterwards."""

    def making(kind: str, path: Path) -> Protocol:
        path.write_bytes(FILES[kind])
        return ScriptedDecks(FOUND[kind]) if request.param == "scripted" else DeckReader()

    return making


def test_both_are_called_as_the_actions_call_them():
    assert differences(Protocol, ScriptedDecks, DeckReader) == []
    assert methods(Protocol) == ["read"]


@pytest.mark.parametrize("kind", FILES)
def test_pages_come_in_order_or_else_a_reason_why_there_are_none(make, kind, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "deck"
    reader = make(kind, path)
    found = reader.read(path)
    assert isinstance(found, DeckFile)
    assert found == FOUND[kind]
    assert bool(found.pages) is (found.problem is None), "one of the two, never both"
    assert isinstance(found.pages, tuple)
    assert all(isinstance(page, DeckPage) and len(page.text) <= PAGE_TEXT_LIMIT for page in found.pages)
    assert reader.read(path) == found
    assert files_below(tmp_path) == {"deck": FILES[kind]}


def test_a_script_that_finds_nothing_says_why_as_well(tmp_path):
    (tmp_path / "deck").write_bytes(b"as it came")
    found = ScriptedDecks().read(tmp_path / "deck")
    assert (found.pages, isinstance(found.problem, DeckProblem)) == ((), True)


def test_a_file_that_is_gone_is_no_problem_of_the_file_and_what_is_wrong_with_us_is_an_error(make, tmp_path):
    reader = make("text", tmp_path / "deck")
    with pytest.raises(FileNotFoundError):
        reader.read(tmp_path / "gone")
    with pytest.raises(UnableTo):
        ScriptedDecks(fault=UnableTo("no process to read it in")).read(tmp_path / "deck")

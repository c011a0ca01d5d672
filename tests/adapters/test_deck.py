"""Decks are read page by page in a limited process; hostile ones are refused (security classes 15, 21, 28)."""

import importlib.util
import warnings

import pytest

from cathedra.adapters.deck import DeckReader
from cathedra.domain.library import DeckPage, DeckProblem
from tests.media import decks

pytestmark = pytest.mark.slow
PAGES = [
    ("Heat", ["Energy in transit", "Not a property"]),
    ("Entropy", ["A measure of arrangements"]),
    ("Hidden", ["x"]),
]


@pytest.fixture
def read(tmp_path):
    def reading(content: bytes):
        path = tmp_path / "deck"
        path.write_bytes(content)
        return DeckReader().read(path)

    return reading


def test_a_pptx_is_read_in_the_order_of_its_show_without_what_is_hidden(read):
    found = read(decks.pptx(PAGES, hidden=[2]))
    assert found.problem is None
    assert found.pages == (
        DeckPage("Heat\nEnergy in transit\nNot a property", "Heat"),
        DeckPage("Entropy\nA measure of arrangements", "Entropy"),
    )


def test_a_pdf_is_read_where_the_extra_is_installed_and_told_of_where_not(read):
    found = read(decks.pdf(PAGES))
    if importlib.util.find_spec("pypdf") is None:
        assert found.problem is DeckProblem.NO_READER
        return
    assert [page.text.split() for page in found.pages][:2] == [
        ["Heat", "Energy", "in", "transit", "Not", "a", "property"],
        ["Entropy", "A", "measure", "of", "arrangements"],
    ]


def test_r59_a_pdf_that_is_locked_or_packed_in_a_way_that_is_not_known_is_told_of_and_is_no_failure_of_ours(read):
    pytest.importorskip("pypdf")
    every = range(len(PAGES))
    cases = {
        "by a certificate": (decks.pdf(PAGES, trailer=decks.CERTIFICATE), DeckProblem.LOCKED),
        "by a method that is newer": (decks.pdf(PAGES, trailer=decks.TOO_NEW), DeckProblem.LOCKED),
        "an unknown filter": (decks.pdf(PAGES, packed="Squeezed", packed_pages=every), DeckProblem.UNKNOWN),
        "a filter that needs another program": (
            decks.pdf(PAGES, packed="JBIG2Decode", packed_pages=every),
            DeckProblem.UNKNOWN,
        ),
    }
    told = {name: read(content).problem for name, (content, _) in cases.items()}
    assert told == {name: problem for name, (_, problem) in cases.items()}
    some = read(decks.pdf(PAGES, packed="Squeezed", packed_pages=[0]))
    assert [page.text.split()[:1] for page in some.pages] == [[], ["Entropy"], ["Hidden"]], "the others are read"


def test_what_is_no_deck_or_harms_is_refused_with_its_reason(read):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile says that a name is twice in the archive: that is the point
        bomb = decks.bomb()
    whole = decks.pptx(PAGES)
    cases = {
        "text": (b"Dear Sir", {DeckProblem.NOT_A_DECK}),
        "an archive of something else": (
            decks.pptx(PAGES).replace(b"ppt/presentation.xml", b"ppt/presentatiom.xml"),
            {DeckProblem.NOT_A_DECK},
        ),
        "torn": (whole[: len(whole) // 2], {DeckProblem.BROKEN}),
        "a slide that unpacks to 40 MB": (bomb, {DeckProblem.TOO_COSTLY}),
        "entities": (decks.pptx(PAGES, first=decks.entities()), {DeckProblem.TOO_COSTLY}),
        "a file of the machine": (decks.pptx(PAGES, first=decks.outside()), {DeckProblem.TOO_COSTLY}),
        "no words": (decks.pptx([("", [])]), {DeckProblem.NO_TEXT}),
        "a PDF that is none": (b"%PDF-1.7\n" + b"\x00garbage" * 50, {DeckProblem.BROKEN, DeckProblem.NO_READER}),
    }
    told = {name: read(content).problem for name, (content, _) in cases.items()}
    assert {name: problem for name, problem in told.items() if problem not in cases[name][1]} == {}

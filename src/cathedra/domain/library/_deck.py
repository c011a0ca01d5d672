"""The deck that was shown, beside the slides that were seen: which page each slide is.

Pages come in the order of the deck and slides mostly in the order of the pages, so the best way through both that never
goes back is looked for, by the words that a slide and a page share. Who shows a slide once more at the end, or moved pages
of the deck since, leaves slides beside that way: such a slide is the page that says nearly the same.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from cathedra.domain.terms import gettext_noop as _

DECK_LIMIT_BYTES = 60 * 1024**2
PAGES_LIMIT = 1000
PAGE_TEXT_LIMIT = 20_000
_WORD = re.compile(r"\w{2,}", re.UNICODE)
_LEAST = 0.34  # of the words in common: less is chance
_SURE = 0.7  # as many, and it is that page wherever it stands in the deck


class DeckProblem(StrEnum):
    """Why a deck cannot be used."""

    NOT_A_DECK = "NOT_A_DECK"
    TOO_LARGE = "TOO_LARGE"
    BROKEN = "BROKEN"
    PROTECTED = "PROTECTED"
    LOCKED = "LOCKED"
    UNKNOWN = "UNKNOWN"
    TOO_MANY_PAGES = "TOO_MANY_PAGES"
    TOO_COSTLY = "TOO_COSTLY"
    NO_TEXT = "NO_TEXT"
    NO_READER = "NO_READER"
    GIVEN_UP = "GIVEN_UP"


_SENTENCES = {
    DeckProblem.NOT_A_DECK: _(
        "This file is neither a PDF nor a PowerPoint file (PPTX). Save your slides as one of these."
    ),
    DeckProblem.TOO_LARGE: _(
        "This file is larger than {megabytes} MB. Save your slides with smaller pictures, or as a PDF."
    ),
    DeckProblem.BROKEN: _(
        "This file is damaged, so its pages could not be read. Save your slides again and add that file."
    ),
    DeckProblem.PROTECTED: _(
        "This file is protected by a password, so its pages could not be read. Save it without one."
    ),
    DeckProblem.LOCKED: _(
        "This file is locked in a way that cannot be opened here, such as by a certificate, so its pages could not be read. "
        "Save it without protection and add that file."
    ),
    DeckProblem.UNKNOWN: _(
        "This file is packed in a way that is not known here, so its pages could not be read. Save your slides as a PDF "
        "again, or as a PowerPoint file (PPTX), and add that file."
    ),
    DeckProblem.TOO_MANY_PAGES: _("This file has more than {pages} pages, the most that is read."),
    DeckProblem.TOO_COSTLY: _(
        "Reading this file took more than a deck ever needs, so it was stopped. Save it as a PDF."
    ),
    DeckProblem.NO_TEXT: _("There are no words in this file, only pictures, so it says nothing about the slides."),
    DeckProblem.NO_READER: _("This installation cannot read PDF files. Add your slides as a PowerPoint file (PPTX)."),
    DeckProblem.GIVEN_UP: _(
        "This file could not be read, and trying again did not help. Save your slides as a PDF again, or as a PowerPoint "
        "file (PPTX), and add that file."
    ),
}


def deck_problem(word: str) -> DeckProblem:
    """The problem that a word names. Raises ValueError."""
    return DeckProblem(word)


def deck_sentence(problem: DeckProblem) -> tuple[str, dict[str, str]]:
    """What the Creator is told, and what is filled in."""
    values = {
        DeckProblem.TOO_LARGE: {"megabytes": str(DECK_LIMIT_BYTES // 1024**2)},
        DeckProblem.TOO_MANY_PAGES: {"pages": str(PAGES_LIMIT)},
    }
    return _SENTENCES[problem], values.get(problem, {})


@dataclass(frozen=True, slots=True)
class DeckPage:
    """What a page says; its title where the file names one."""

    text: str
    title: str


def words_of(text: str) -> Counter[str]:
    """Words as they are compared."""
    return Counter(_WORD.findall(text.casefold()))


def overlap(one: Counter[str], other: Counter[str]) -> float:
    """How alike two lots of words are, 0 to 1 (Dice)."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def align(slides: Sequence[str], pages: Sequence[str]) -> list[int | None]:
    """For the text of each slide: the number of its page from 0, or None where none fits. Goes back only where a slide
    says what an earlier page says.

    Slides that nothing was read of are matched by their order alone, where there are as many as pages."""
    if not pages or not slides:
        return [None] * len(slides)
    if not any(slide.strip() for slide in slides):
        return list(range(len(pages))) if len(slides) == len(pages) else [None] * len(slides)
    said, shown = [words_of(page) for page in pages], [words_of(slide) for slide in slides]
    alike = [[overlap(words, other) for other in said] for words in shown]
    best = [[0.0] * len(pages)]  # after so many slides, with pages up to this one
    for row in alike:
        before, now = best[-1], list[float]()
        for page, score in enumerate(row):
            taken = before[page] + score if score >= _LEAST else before[page]
            now.append(max(taken, now[-1] if now else 0.0))
        best.append(now)
    found = _walk_back(best, alike)
    return [_surest(page, row) for page, row in zip(found, alike, strict=True)]


def _surest(page: int | None, row: Sequence[float]) -> int | None:
    """The page on the way, unless another one says nearly the same and that one does not."""
    most = max(row)
    return row.index(most) if most >= _SURE and (page is None or row[page] < _SURE) else page


def _walk_back(best: Sequence[Sequence[float]], alike: Sequence[Sequence[float]]) -> list[int | None]:
    found: list[int | None] = []
    page = len(best[0]) - 1
    for number in range(len(alike), 0, -1):
        while page and best[number][page] == best[number][page - 1]:
            page -= 1
        is_match = alike[number - 1][page] >= _LEAST and best[number][page] > best[number - 1][page]
        found.append(page if is_match else None)
    return found[::-1]

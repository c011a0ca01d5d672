"""What a recording is found by: its words by how much they say about it, its lines with their times, words to spell by.

Notes are in none of it: they belong to who wrote them and are looked through beside it. Nor are e-mail addresses.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from cathedra.domain.search._asking import PHRASE_LIMIT, words_of

SPEECH, SLIDE, CHAPTER = "speech", "slide", "chapter"  # one word each: `Lines` counts on it
_ROOM = 900_000  # bytes of a vector, which PostgreSQL ends at a million: dozens of hours of speech
_LINE_LIMIT = 2_000
_HEAD = 8_000  # letters: nine minutes of speech
_STRETCH = 240  # words, with those of a phrase fewer than `_FEW`
_FEW = 255  # of one word PostgreSQL keeps no more places
_SPELT = range(4, 31)
_ADDRESS = re.compile(r"[^\s@<>(),;:\"]+@[^\s@<>(),;:\"]+")


@dataclass(frozen=True, slots=True)
class Line:
    """What was said or shown from an instant of the unedited timeline on. `picture` is that of a slide."""

    kind: str
    start_ms: int
    text: str


@dataclass(frozen=True, slots=True)
class Said:
    """Everything searchable of a recording as it is now. What is cut is not among it: nobody sees it."""

    title: str
    description: str = ""
    tags: tuple[str, ...] = ()
    chapters: tuple[Line, ...] = ()
    slide_titles: tuple[str, ...] = ()
    slides: tuple[Line, ...] = ()
    speech: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Lines:
    """All lines of a recording in one text, and in another, line by line, what each is and when: "speech 2000". Texts
    are split only where something is found: of twenty recordings there are thousands of lines."""

    text: str = ""
    places: str = ""

    @staticmethod
    def of(lines: Iterable[Line]) -> "Lines":
        """Each in one line, without addresses; what says nothing is left out."""
        kept = [(line, " ".join(without_addresses(line.text).split())[:_LINE_LIMIT]) for line in lines]
        kept = [(line, text) for line, text in kept if text]
        places = (f"{line.kind} {line.start_ms}" for line, _ in kept)
        return Lines("\n".join(text for _, text in kept), "\n".join(places))

    @property
    def head(self) -> "Lines":
        """The first lines, in which what is said often is found as well as in all; nothing when all are few."""
        end = self.text.rfind("\n", 0, _HEAD) if len(self.text) > 2 * _HEAD else -1
        if end < 0:
            return Lines()
        count = self.text.count("\n", 0, end) + 1
        return Lines(self.text[:end], "\n".join(self.places.split("\n", count)[:count]))


@dataclass(frozen=True, slots=True)
class Document:
    """For the index: words by weight, title and tags (A), chapters and titles of slides (B), description and slides
    (C), speech (D)."""

    titles: str
    headings: str
    texts: str
    speech: str
    lines: Lines
    spelling: tuple[str, ...]

    @property
    def stretches(self) -> tuple[str, ...]:
        """All words once more, in pieces of which each is short enough to keep where every word stands, and repeats so much
        of the one before that a phrase is whole in one of them; none where there are few words."""
        words = " ".join(filter(None, (self.titles, self.headings, self.texts, self.speech))).split(" ")
        if len(words) < _FEW:
            return ()
        return tuple(" ".join(words[at : at + _STRETCH + PHRASE_LIMIT]) for at in range(0, len(words), _STRETCH))


def without_addresses(text: str) -> str:
    """A text as it is indexed and shown among results: nobody is found by an e-mail address (security class 34)."""
    return _ADDRESS.sub("…", text) if "@" in text else text


def build(said: Said) -> Document:
    """The document of a recording."""
    room = _Room()
    parts = []
    for texts in (
        (said.title, *said.tags),
        (*(line.text for line in said.chapters), *said.slide_titles),
        (said.description, *(line.text for line in said.slides)),
        (line.text for line in said.speech),
    ):
        parts.append(room.take(texts))
    titles, headings, shown, spoken = parts
    lines = Lines.of((*said.chapters, *said.slides, *said.speech))
    spelling = _spelling((*titles, *headings), (*shown, *spoken))
    return Document(" ".join(titles), " ".join(headings), " ".join(shown), " ".join(spoken), lines, spelling)


class _Room:
    """What fits into one vector: a word once, and its places. What is less telling comes last and is left out first."""

    def __init__(self) -> None:
        self._left = _ROOM
        self._known: set[str] = set()

    def take(self, texts: Iterable[str]) -> list[str]:
        """The words of some texts, as far as they fit."""
        words = []
        for word in (word for text in texts for word in words_of(without_addresses(text))):
            self._left -= 2 if word in self._known else 8 + 2 * len(word.encode())
            if self._left < 0:
                break
            self._known.add(word)
            words.append(word)
        return words


def _spelling(headings: tuple[str, ...], texts: tuple[str, ...]) -> tuple[str, ...]:
    """Words worth suggesting: those of headings, and those that come more than once elsewhere."""
    often = (word for word, count in Counter(word.lower() for word in texts).items() if count > 1)
    known = {word.lower() for word in headings} | set(often)
    return tuple(sorted(word for word in known if len(word) in _SPELT and word.isalpha()))

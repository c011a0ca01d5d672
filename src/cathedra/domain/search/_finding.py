"""Where in a recording it was said or shown: lines that hold what was asked, and the parts of a text to be marked."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from heapq import merge
from itertools import islice

from cathedra.domain.search._asking import Query, words_of
from cathedra.domain.search._document import Lines

_TOGETHER = 3  # lines that one phrase may run over
_EXCERPT = 90  # letters shown before and after
_MARKED = 50  # places of one word in one line
Span = tuple[int, int]
Parts = tuple[tuple[str, bool], ...]  # a text in parts, each with whether it is marked


@dataclass(frozen=True, slots=True)
class Passage:
    """A line, or a few when a phrase runs over their ends, and where in it what was asked stands."""

    kind: str
    start_ms: int
    text: str
    spans: tuple[Span, ...]

    @property
    def words(self) -> frozenset[str]:
        """The words that stand for what was asked, folded."""
        return frozenset(word for span in self.spans for word in _words(self.text, span))

    @property
    def parts(self) -> Parts:
        """The text, with those words marked."""
        return marked(self.text, self.spans)


def _plain(code: int) -> str | None:
    base = unicodedata.normalize("NFKD", chr(code))[0]
    return base if base != chr(code) and base.isalpha() else None


_FOLD = {code: base for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)) if (base := _plain(code))}
_FOLD |= {ord(one): other for one, other in zip("ØøŁłĐđıÆæŒœß", "OoLlDdiAaOos", strict=True)}
_BEYOND = re.compile(r"([^\x00-\x7f]+)")


def fold(text: str) -> str:
    """Without accents and in small letters, letter for letter: places in it are places in the text. What is neither a
    letter nor a digit may stand as a question mark. A lecture is long and twenty are looked through at once, so only the
    few letters beyond ASCII are looked at one by one."""
    if text.isascii():
        return text.lower()
    small = bytearray(text.encode("ascii", "replace").lower())
    at = small.find(b"?")
    while at >= 0:
        if not (plain := _plain_letter(text[at])):
            return "".join(part.lower() if part.isascii() else _fold_run(part) for part in _BEYOND.split(text))
        small[at : at + 1] = plain
        at = small.find(b"?", at + 1)
    return small.decode("ascii")


@cache
def _plain_letter(letter: str) -> bytes:
    """In ASCII; empty for a letter or digit of another writing, which has nothing there, and for a loose accent."""
    plain = letter.translate(_FOLD)
    if plain.isascii():
        return plain.lower().encode()
    return b"" if plain.isalnum() or unicodedata.combining(plain) else b"?"


@lru_cache(4096)
def _fold_run(text: str) -> str:
    plain = text.translate(_FOLD)
    small = plain.lower()
    return small if len(small) == len(plain) else "".join(one.lower()[0] for one in plain)


def _words(text: str, span: Span) -> tuple[str, ...]:
    return _folded_words(text[slice(*span)])


@lru_cache(4096)
def _folded_words(text: str) -> tuple[str, ...]:
    return tuple(words_of(fold(text)))  # what is marked are the same few words, line after line


# What is looked for: phrases, or single words, each word by its beginning, folded. The index finds by stems.
Beginnings = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Pattern:
    """For each phrase the letters it begins with, which are looked for first and fast, and the whole."""

    phrases: tuple[tuple[str, re.Pattern[str]], ...]

    def find(self, folded: str, *, most: int) -> Iterator[tuple[int, int, int]]:
        """Where in a folded text, as they come: start, end, and which phrase; at most so many of each."""
        found = [islice(self._places(folded, number), most) for number in range(len(self.phrases))]
        return found[0] if len(found) == 1 else merge(*found)

    def _places(self, folded: str, number: int) -> Iterator[tuple[int, int, int]]:
        first, whole = self.phrases[number]
        at = folded.find(first)
        while at >= 0:
            end = at + 1
            if (not at or not folded[at - 1].isalnum()) and (match := whole.match(folded, at)):
                end = match.end()
                yield at, end, number
            at = folded.find(first, end)


def pattern_of(wanted: Beginnings) -> Pattern | None:
    """None when nothing is looked for."""
    phrases = [
        (_first(words[0]), re.compile(r"[^\W_]*[\W_]+".join(map(_stem, words)) + r"[^\W_]*"))
        for words in wanted
        if words
    ]
    return Pattern(tuple(phrases)) if phrases else None


def _first(word: str) -> str:
    return word[:-1] if word.endswith("i") and len(word) > 1 else word


def _stem(word: str) -> str:
    """A word in y has a stem in i: entropi stands for entropy."""
    return re.escape(_first(word)) + ("[iy]" if _first(word) != word else "")


def spans_in(text: str, pattern: Pattern | None, *, most: int = 100) -> tuple[Span, ...]:
    """Where in a text."""
    return tuple((start, end) for start, end, _ in pattern.find(fold(text), most=most)) if pattern else ()


def places_of(lines: Lines, pattern: Pattern | None, *, most: int) -> tuple[Passage, ...]:
    """Lines that may hold what is looked for: those with most different parts of it first, then as they come. Whoever
    shows them asks the index about their words (`confirmed`), for a beginning is more than a stem."""
    if pattern is None or not lines.text:
        return ()
    kinds: dict[int, set[int]] = {}
    spans: dict[int, list[Span]] = {}
    for start, end, number in pattern.find(fold(lines.text), most=most * 4):
        begin = lines.text.rfind("\n", 0, start) + 1
        if len(kinds) == most and begin not in kinds and len(pattern.phrases) == 1:
            break  # of a single part the first lines are the best
        kinds.setdefault(begin, set()).add(number)
        spans.setdefault(begin, []).append((start - begin, end - begin))
    best = sorted(kinds, key=lambda begin: (-len(kinds[begin]), begin))[:most]
    numbers = _numbers(lines.text, best)
    places = lines.places.split("\n", max(numbers.values()) + _TOGETHER + 1) if best else []
    passages = (_passage(lines.text, places, begin, numbers[begin], tuple(spans[begin])) for begin in best)
    return tuple(passage for passage in passages if passage)


def _numbers(text: str, begins: Iterable[int]) -> dict[int, int]:
    """Which line it is, counted from 0, for the beginnings of some."""
    found, at, number = {}, 0, 0
    for begin in sorted(begins):
        number += text.count("\n", at, begin)
        found[begin], at = number, begin
    return found


def _passage(text: str, places: list[str], begin: int, first: int, spans: tuple[Span, ...]) -> Passage | None:
    """From the line that begins there to where its last span ends; None when it runs over too many, or other, lines.
    `places`: those of the first lines, as far as one may reach."""
    stop = text.find("\n", begin + max(end for _, end in spans))
    said = text[begin : stop if stop >= 0 else len(text)]
    last = first + said.count("\n")
    kind, start_ms = places[first].split(" ")
    if last - first >= _TOGETHER or not places[last].startswith(kind):
        inside = tuple(span for span in spans if "\n" not in said[slice(*span)])
        return _passage(text, places, begin, first, inside) if inside and inside != spans else None
    return Passage(kind, int(start_ms), said.replace("\n", " "), spans)


def confirmed(passage: Passage, known: Collection[str]) -> Passage | None:
    """With only those places whose words are among the known ones; None when no place is left."""
    spans = tuple(span for span in passage.spans if all(word in known for word in _words(passage.text, span)))
    if spans == passage.spans:
        return passage
    return replace(passage, spans=spans) if spans else None


def typed_places(lines: Lines, query: Query) -> Iterator[Passage]:
    """While somebody types: lines that hold everything wanted, each word by its beginning."""
    wanted = pattern_of([[fold(word) for word in term.words] for term in query.wanted])
    unwanted = pattern_of([[fold(word) for word in term.words] for term in query.terms if term.is_excluded])
    if wanted is None or not lines.text:
        return
    for place, text in zip(lines.places.split("\n"), lines.text.split("\n"), strict=True):
        found = list(wanted.find(fold(text), most=_MARKED))
        is_meant = len({number for _, _, number in found}) == len(wanted.phrases)
        if is_meant and not spans_in(text, unwanted):
            kind, start_ms = place.split(" ")
            yield Passage(kind, int(start_ms), text, tuple((start, end) for start, end, _ in found))


def marked(text: str, spans: Iterable[Span]) -> Parts:
    """A text in parts."""
    parts, at = [], 0
    for start, end in sorted(spans):
        if start >= at:
            parts += [(text[at:start], False), (text[start:end], True)]
            at = end
    return tuple(part for part in (*parts, (text[at:], False)) if part[0])


def excerpt(text: str, spans: Sequence[Span]) -> Parts:
    """What stands around the first place of a long text."""
    first = min(spans, default=(0, 0))
    begin, end = max(0, first[0] - _EXCERPT), min(len(text), first[1] + _EXCERPT)
    begin = text.find(" ", begin, first[0]) + 1 or begin if begin else 0
    end = end if end == len(text) else max(text.rfind(" ", first[1], end), first[1])
    inside = [(max(start, begin) - begin, stop - begin) for start, stop in spans if begin <= start and stop <= end]
    around = marked(" ".join(text[begin:end].split("\n")), inside)
    before, after = ("… ", False) if begin else ("", False), (" …", False) if end < len(text) else ("", False)
    return tuple(part for part in (before, *around, after) if part[0])

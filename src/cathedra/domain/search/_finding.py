"""Where in a recording it was said or shown: lines that hold what was asked, and the parts of a text to be marked."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from cathedra.domain.search._asking import Query
from cathedra.domain.search._document import Lines

_TOGETHER = 3  # lines that one phrase may run over


@dataclass(frozen=True, slots=True)
class Passage:
    """A line, or a few when a phrase runs over their ends."""

    kind: str
    start_ms: int
    text: str


def _plain(code: int) -> str | None:
    base = unicodedata.normalize("NFKD", chr(code))[0]
    return base if base != chr(code) and base.isalpha() else None


_FOLD = {code: base for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)) if (base := _plain(code))}
_FOLD |= {ord(one): other for one, other in zip("ØøŁłĐđıÆæŒœß", "OoLlDdiAaOos", strict=True)}


def fold(text: str) -> str:
    """Without accents and in small letters, letter for letter: places in it are places in the text."""
    plain = text if text.isascii() else text.translate(_FOLD)
    small = plain.lower()
    return small if len(small) == len(plain) else "".join(one.lower()[0] for one in plain)


def places_of(lines: Lines, phrases: Iterable[Sequence[str]], *, most: int) -> list[Passage]:
    """Lines that may hold one of these phrases, whose words are given by their beginnings, folded: those with most
    different ones first, then as they come. The index knows stems; whoever shows them asks it about each."""
    pattern = _pattern(phrases)
    if pattern is None or not lines.places:
        return []
    found = _found(lines, pattern, most=most * 8)
    return [passage for _, passage in sorted(found, key=lambda one: -one[0])[:most]]


def _pattern(phrases: Iterable[Sequence[str]]) -> re.Pattern[str] | None:
    parts = [r"\w*[^\w]+".join(map(_stem, words)) for words in phrases if words]
    return re.compile(r"(?<![^\W_])(?:" + "|".join(f"({part})" for part in parts) + ")") if parts else None


def _stem(word: str) -> str:
    """A stem in y is written with i: entropi stands for entropy."""
    return re.escape(word[:-1]) + "[iy]" if word.endswith("i") else re.escape(word)


def _found(lines: Lines, pattern: re.Pattern[str], *, most: int) -> list[tuple[int, Passage]]:
    texts = lines.text.split("\n")
    begins = [0, *accumulate(len(text) + 1 for text in texts)][:-1]
    kinds: dict[int, set[int]] = {}
    ends: dict[int, int] = {}
    for match in pattern.finditer(fold(lines.text)):
        first, last = (bisect_right(begins, place) - 1 for place in (match.start(), match.end() - 1))
        if last - first >= _TOGETHER or lines.places[first][0] != lines.places[last][0]:
            continue
        kinds.setdefault(first, set()).add(match.lastindex or 0)
        ends[first] = max(last, ends.get(first, last))
        if len(kinds) >= most:
            break
    return [
        (len(which), Passage(*lines.places[first], " ".join(texts[first : ends[first] + 1])))
        for first, which in kinds.items()
    ]


def typed_places(lines: Lines, query: Query) -> Iterator[tuple[Passage, tuple[tuple[str, bool], ...]]]:
    """While somebody types: lines that hold every wanted term, each word by its beginning, with what to mark."""
    wanted = [[fold(word) for word in term.words] for term in query.wanted]
    unwanted = [[fold(word) for word in term.words] for term in query.terms if term.is_excluded]
    every, none = [_pattern([words]) for words in wanted], [_pattern([words]) for words in unwanted]
    for (kind, start_ms), text in zip(lines.places, lines.text.split("\n"), strict=False):
        folded = fold(text)
        is_meant = all(one and one.search(folded) for one in every)
        if every and is_meant and not any(one and one.search(folded) for one in none):
            yield Passage(kind, start_ms, text), _marked(text, folded, wanted)


def _marked(text: str, folded: str, wanted: Sequence[Sequence[str]]) -> tuple[tuple[str, bool], ...]:
    pattern = _pattern(wanted)
    spans = [(one.start(), one.end()) for one in pattern.finditer(folded)] if pattern else []
    parts, at = [], 0
    for start, end in spans:
        parts += [(text[at:start], False), (text[start:end], True)]
        at = end
    return tuple(part for part in (*parts, (text[at:], False)) if part[0])


def pieces(marked: str, *, begin: str, end: str) -> tuple[tuple[str, bool], ...]:
    """A text with marks put into it, as parts: each with whether it is marked."""
    parts: list[tuple[str, bool]] = []
    for number, part in enumerate(re.split(f"[{begin}{end}]", marked)):
        parts.append((part, number % 2 == 1))
    return tuple(part for part in parts if part[0])

"""Where in a recording it was said or shown: lines that hold what was asked, and the parts of a text to be marked."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from cathedra.domain.search._asking import Query, words_of
from cathedra.domain.search._document import Lines

_TOGETHER = 3  # lines that one phrase may run over
_EXCERPT = 90  # letters shown before and after
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


def fold(text: str) -> str:
    """Without accents and in small letters, letter for letter: places in it are places in the text."""
    plain = text if text.isascii() else text.translate(_FOLD)
    small = plain.lower()
    return small if len(small) == len(plain) else "".join(one.lower()[0] for one in plain)


def _words(text: str, span: Span) -> list[str]:
    return words_of(fold(text[slice(*span)]))


# What is looked for: phrases, or single words, each word by its beginning, folded. The index finds by stems.
Beginnings = Sequence[Sequence[str]]


def pattern_of(wanted: Beginnings) -> re.Pattern[str] | None:
    """For folded texts; None when nothing is looked for."""
    parts = [r"[^\W_]*[\W_]+".join(map(_stem, words)) + r"[^\W_]*" for words in wanted if words]
    return re.compile(r"(?<![^\W_])(?:" + "|".join(f"({part})" for part in parts) + ")") if parts else None


def _stem(word: str) -> str:
    """A word in y has a stem in i: entropi stands for entropy."""
    return re.escape(word[:-1]) + "[iy]" if word.endswith("i") else re.escape(word)


def spans_in(text: str, pattern: re.Pattern[str] | None) -> tuple[Span, ...]:
    """Where in a text."""
    return tuple(one.span() for one in pattern.finditer(fold(text))) if pattern else ()


def places_of(lines: Lines, pattern: re.Pattern[str] | None, *, most: int) -> tuple[Passage, ...]:
    """Lines that may hold what is looked for: those with most different parts of it first, then as they come. Whoever
    shows them asks the index about their words (`confirmed`), for a beginning is more than a stem."""
    if pattern is None or not lines.places:
        return ()
    texts = lines.text.split("\n")
    begins = [0, *accumulate(len(text) + 1 for text in texts)][:-1]
    kinds: dict[int, set[int]] = {}
    spans: dict[int, list[Span]] = {}
    for match in pattern.finditer(fold(lines.text)):
        first, last = (bisect_right(begins, place) - 1 for place in (match.start(), match.end() - 1))
        if last - first >= _TOGETHER or lines.places[first][0] != lines.places[last][0]:
            continue
        kinds.setdefault(first, set()).add(match.lastindex or 0)
        spans.setdefault(first, []).append((match.start() - begins[first], match.end() - begins[first]))
        if len(kinds) > most * 8:
            break
    best = sorted(kinds, key=lambda first: (-len(kinds[first]), first))[:most]
    return tuple(_passage(lines, texts, begins, first, tuple(spans[first])) for first in best)


def _passage(lines: Lines, texts: list[str], begins: list[int], first: int, spans: tuple[Span, ...]) -> Passage:
    last = bisect_right(begins, begins[first] + max(end for _, end in spans) - 1) - 1
    return Passage(*lines.places[first], " ".join(texts[first : last + 1]), spans)


def confirmed(passage: Passage, known: Collection[str]) -> Passage | None:
    """With only those places whose words are among the known ones; None when no place is left."""
    spans = tuple(span for span in passage.spans if all(word in known for word in _words(passage.text, span)))
    return replace(passage, spans=spans) if spans else None


def typed_places(lines: Lines, query: Query) -> Iterator[Passage]:
    """While somebody types: lines that hold everything wanted, each word by its beginning."""
    wanted = [[fold(word) for word in term.words] for term in query.wanted]
    unwanted = pattern_of([[fold(word) for word in term.words] for term in query.terms if term.is_excluded])
    every, either = [pattern_of([words]) for words in wanted], pattern_of(wanted)
    if either is None:
        return
    for (kind, start_ms), text in zip(lines.places, lines.text.split("\n"), strict=False):
        folded = fold(text)
        is_meant = all(one is not None and one.search(folded) for one in every)
        if is_meant and not (unwanted and unwanted.search(folded)):
            yield Passage(kind, start_ms, text, spans_in(text, either))


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

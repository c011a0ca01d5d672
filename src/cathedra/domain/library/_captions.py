"""What is said: captions as cues on the unedited timeline (WebVTT's word), in milliseconds."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import accumulate, pairwise

from cathedra.domain.library._edits import Edits, Span
from cathedra.domain.terms import Code, Decision, deny, permit
from cathedra.domain.terms import gettext_noop as _

LOW_CONFIDENCE = 0.5  # a word that the engine is less sure of is marked for whoever corrects (R209)
GLOSSARY_MOST = 200
GLOSSARY_WORD_LENGTH = 60
CUES_MOST = 20_000
TEXT_MOST = 1_000
_SLACK_MS = 300
_WORD = re.compile(r"\S+\s*")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}\Z")
_SCRIPT_LETTERS, _REGION_LETTERS = 4, 2
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


class CaptionOrigin(StrEnum):
    """Who made the captions of a language. Those of a person are never overwritten by the engine (R210)."""

    AUTOMATIC = "AUTOMATIC"
    EDITED = "EDITED"
    UPLOADED = "UPLOADED"


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """One word as the engine heard it. `confidence` from 0 to 1."""

    start_ms: int
    end_ms: int
    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Cue:
    """What is shown at once. `words` are the engine's and empty once a person has written the text."""

    start_ms: int
    end_ms: int
    text: str
    words: tuple[SpokenWord, ...] = ()


def may_replace(origin: CaptionOrigin | None, *, is_confirmed: bool) -> Decision:
    """R210: whether the engine may put its captions where these are. None: there are none."""
    if origin in (None, CaptionOrigin.AUTOMATIC) or is_confirmed:
        return permit()
    return deny(
        Code.CONFLICT,
        "R210",
        _(
            "These captions were written or corrected by a person, and automatic ones would replace them. "
            "Say that this is what you want, or leave them as they are."
        ),
    )


def clean_language(given: str) -> str:
    """A language as BCP 47 writes it (`en`, `en-GB`, `zh-Hant`); empty when it is not one."""
    text = given.strip().replace("_", "-")
    if not _LANGUAGE.match(text):
        return ""
    first, *parts = text.split("-")
    return "-".join([first.lower(), *map(_subtag, parts)])


def _subtag(part: str) -> str:
    if len(part) == _REGION_LETTERS and part.isalpha():
        return part.upper()
    return part.title() if len(part) == _SCRIPT_LETTERS and part.isalpha() else part.lower()


def clean_text(given: str) -> str:
    """The text of a cue: no empty lines, no white space at the ends, nothing that cannot be seen."""
    lines = (
        " ".join(line.split()) for line in _UNSEEN.sub("", given.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    )
    return "\n".join(line for line in lines if line)[:TEXT_MOST].rstrip()


def clean_cues(cues: Iterable[Cue]) -> tuple[Cue, ...]:
    """Cues in the order in which they begin, each with a cleaned text; what says nothing or lasts no time is left out."""
    tidied = (replace(cue, start_ms=max(0, cue.start_ms), text=clean_text(cue.text)) for cue in cues)
    return tuple(sorted((cue for cue in tidied if cue.text and cue.end_ms > cue.start_ms), key=_when))


def _when(cue: Cue) -> tuple[int, int]:
    return cue.start_ms, cue.end_ms


def clean_glossary(words: Iterable[str]) -> tuple[str, ...]:
    """What the engine is told to expect: each word or name once, as first written, in the order of the alphabet."""
    found: dict[str, str] = {}
    for word in words:
        tidy = " ".join(_UNSEEN.sub("", word).replace(",", " ").split())[:GLOSSARY_WORD_LENGTH].strip()
        if tidy:
            found.setdefault(tidy.casefold(), tidy)
    return tuple(found[key] for key in sorted(found))[:GLOSSARY_MOST]


def with_words(cues: Sequence[Cue], before: Sequence[Cue]) -> tuple[Cue, ...]:
    """Cues that a person saved, with what the engine knew of their words wherever the text is still the engine's: cues
    that were split, joined or moved a little keep their marks, rewritten ones lose them."""
    known = [word for cue in before for word in cue.words]
    starts = [word.start_ms for word in known]
    return tuple(replace(cue, words=_same(cue, known, starts)) for cue in cues)


def _same(cue: Cue, known: Sequence[SpokenWord], starts: Sequence[int]) -> tuple[SpokenWord, ...]:
    wanted = cue.text.split()
    earliest = _first_at(starts, cue.start_ms - _SLACK_MS)
    for first in range(earliest, min(len(known), earliest + len(wanted) + 12)):
        if known[first].start_ms > cue.end_ms:
            break
        found, parts = known[first : first + len(wanted)], iter(wanted)
        if len(found) == len(wanted) and all(word.text == next(parts) for word in found):
            return tuple(found)
    return ()


def _first_at(starts: Sequence[int], instant: int) -> int:
    low, high = 0, len(starts)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if starts[middle] < instant else (low, middle)
    return low


def doubtful(cue: Cue) -> tuple[tuple[int, int], ...]:
    """Where in the text words stand that the engine is not sure of: first letter, and the one after the last (R209)."""
    places, at = [], 0
    for word in cue.words:
        begins = cue.text.find(word.text, at)
        if begins < 0:
            continue
        at = begins + len(word.text)
        if word.confidence < LOW_CONFIDENCE:
            places.append((begins, at))
    return tuple(places)


def edited_cues(cues: Iterable[Cue], edits: Edits) -> tuple[Cue, ...]:
    """What is left of cues when a recording is cut, on the edited timeline, without the words that are cut away."""
    if not edits.cuts:
        return tuple(cues)
    left = ((cue, edits.edited_span(Span(cue.start_ms, cue.end_ms))) for cue in cues)
    made = (Cue(span.start_ms, span.end_ms, text_left(cue, edits)) for cue, span in left if span)
    return tuple(cue for cue in made if cue.text)


def text_left(cue: Cue, edits: Edits) -> str:
    """What is heard of a cue when a recording is cut: the words of which at least half is left. Where the engine did not
    say when each was spoken, or a person wrote others, they are taken to be spoken evenly."""
    if not any(cut.start_ms < cue.end_ms and cue.start_ms < cut.end_ms for cut in edits.cuts):
        return cue.text
    words = _WORD.findall(cue.text)
    return "".join(
        word for word, span in zip(words, _spoken(cue, words), strict=True) if _is_heard(span, edits)
    ).strip()


def _spoken(cue: Cue, words: Sequence[str]) -> list[Span]:
    if len(cue.words) == len(words):
        return [Span(word.start_ms, word.end_ms) for word in cue.words]
    each = (cue.end_ms - cue.start_ms) / max(1, sum(map(len, words)))
    places = [0, *accumulate(map(len, words))]
    return [
        Span(cue.start_ms + round(start * each), cue.start_ms + round(end * each)) for start, end in pairwise(places)
    ]


def _is_heard(span: Span, edits: Edits) -> bool:
    left = edits.edited_span(span)
    return 2 * left.length_ms >= span.length_ms if left else not span.length_ms and not edits.is_cut(span.start_ms)

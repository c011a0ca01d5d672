"""What is said: captions as cues on the unedited timeline (WebVTT's word), in milliseconds."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum

from cathedra.domain.terms import Code, Decision, deny, permit
from cathedra.domain.terms import gettext_noop as _

LOW_CONFIDENCE = 0.5  # a word that the engine is less sure of is marked for whoever corrects (R209)
GLOSSARY_MOST = 200
GLOSSARY_WORD_LENGTH = 60
CUES_MOST = 20_000
TEXT_MOST = 1_000
_SLACK_MS = 300
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
    """What is shown at once. `words` are the engine's, and a person's among them; empty once a person has written all of it."""

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


def likeliest_first(words: Iterable[str], said: Iterable[str]) -> tuple[str, ...]:
    """The words to expect in one recording, as the engine is given them: it takes in a part only, so those come first that
    stand in what is `said` of this recording, whatever their accents and capitals; the order is kept otherwise."""
    text = f" {' '.join(_folded(part) for part in said)} "
    return tuple(sorted(words, key=lambda word: f" {_folded(word)} " not in text))


def _folded(text: str) -> str:
    letters = (one for one in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(one))
    return " ".join(re.findall(r"\w+", "".join(letters)))


def with_words(cues: Sequence[Cue], before: Sequence[Cue]) -> tuple[Cue, ...]:
    """Cues that a person saved, with what the engine knew of their words wherever the text is still the engine's: words of
    cues that were split, joined or moved a little keep their marks, and so do those beside a word that was corrected. What
    a person wrote is sure, and said between the words around it. A cue of none of its words has none (R209)."""
    known = [word for cue in before for word in cue.words]
    starts = [word.start_ms for word in known]
    return tuple(replace(cue, words=_same(cue, known, starts)) for cue in cues)


def checked(cue: Cue) -> Cue:
    """A person says that its words are right."""
    return replace(cue, words=tuple(replace(word, confidence=1.0) for word in cue.words))


def _same(cue: Cue, known: Sequence[SpokenWord], starts: Sequence[int]) -> tuple[SpokenWord, ...]:
    wanted = cue.text.split()
    earliest = _first_at(starts, cue.start_ms - _SLACK_MS)
    for first in range(earliest, min(len(known), earliest + len(wanted) + 12)):
        if known[first].start_ms > cue.end_ms:
            break
        found, parts = known[first : first + len(wanted)], iter(wanted)
        if len(found) == len(wanted) and all(word.text == next(parts) for word in found):
            return tuple(found)
    return _beside(cue, wanted, known[earliest : _first_at(starts, cue.end_ms + _SLACK_MS)])


def _beside(cue: Cue, wanted: Sequence[str], near: Sequence[SpokenWord]) -> tuple[SpokenWord, ...]:
    matching = SequenceMatcher(None, [word.text for word in near], wanted, autojunk=False).get_matching_blocks()
    kept = {block.b + step: near[block.a + step] for block in matching for step in range(block.size)}
    if not kept:
        return ()
    found: list[SpokenWord] = []
    for place, text in enumerate(wanted):
        if place in kept:
            found.append(kept[place])
            continue
        start_ms = found[-1].end_ms if found else cue.start_ms
        later = next((other for other in range(place, len(wanted)) if other in kept), len(wanted))
        end_ms = max(start_ms, kept[later].start_ms if later in kept else cue.end_ms)
        found.append(SpokenWord(start_ms, start_ms + (end_ms - start_ms) // (later - place), text, 1.0))
    return tuple(found)


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

"""Captions on the two timelines of an edited recording (R209): as viewers have it, and uncut, as they are kept."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import accumulate, pairwise

from cathedra.domain.library._captions import Cue, SpokenWord, clean_cues
from cathedra.domain.library._edits import Edits, Span

_WORD = re.compile(r"\S+\s*")


class CaptionTimes(StrEnum):
    """Which timeline the times of a file of captions are on."""

    EDITED = "edited"
    UNCUT = "uncut"


def uncut_cues(cues: Iterable[Cue], edits: Edits, before: Iterable[Cue] = ()) -> tuple[Cue, ...]:
    """Captions whose times are those of the edited recording, as they are kept. A file like that says nothing of what is
    cut: captions that there were `before` of such parts stay. Of a caption that goes on over a cut each word is kept
    where it is heard, for nothing is said in between."""
    if not edits.cuts:
        return tuple(cues)
    placed = (_uncut(cue, edits) for cue in cues)
    hidden = (cue for cue in before if edits.edited_span(Span(cue.start_ms, cue.end_ms)) is None)
    return clean_cues((*placed, *hidden))


def _uncut(cue: Cue, edits: Edits) -> Cue:
    start_ms = edits.original(cue.start_ms)
    end_ms = edits.original(cue.end_ms - 1) + 1 if cue.end_ms > cue.start_ms else start_ms
    if end_ms - start_ms == cue.end_ms - cue.start_ms:
        return replace(cue, start_ms=start_ms, end_ms=end_ms)
    texts = _WORD.findall(cue.text)
    places = (_uncut_word(span, edits) for span in _spoken(cue, texts))
    words = (
        SpokenWord(place.start_ms, place.end_ms, text.strip(), 1.0) for place, text in zip(places, texts, strict=True)
    )
    return Cue(start_ms, end_ms, cue.text, tuple(words))


def _uncut_word(span: Span, edits: Edits) -> Span:
    """On that side of a cut on which its middle is."""
    middle = (span.start_ms + span.end_ms) // 2
    at = edits.original(middle)
    first = max((cut.end_ms for cut in edits.cuts if cut.end_ms <= at), default=0)
    last = min((cut.start_ms for cut in edits.cuts if cut.start_ms > at), default=at + span.length_ms + 1)
    return Span(max(first, at - (middle - span.start_ms)), min(last, at + (span.end_ms - middle)))


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
    return "".join(word for word, span in zip(words, _spoken(cue, words), strict=True) if is_heard(span, edits)).strip()


def spoken_spans(cue: Cue) -> tuple[Span, ...]:
    """When each word of a cue's text is spoken, one span for each run of letters between spaces: by what the engine heard,
    evenly where a person wrote others. What is cut by them is what `text_left` takes away."""
    return tuple(_spoken(cue, _WORD.findall(cue.text)))


def _spoken(cue: Cue, words: Sequence[str]) -> list[Span]:
    if len(cue.words) == len(words):
        return [Span(word.start_ms, word.end_ms) for word in cue.words]
    each = (cue.end_ms - cue.start_ms) / max(1, sum(map(len, words)))
    places = [0, *accumulate(map(len, words))]
    return [
        Span(cue.start_ms + round(start * each), cue.start_ms + round(end * each)) for start, end in pairwise(places)
    ]


def is_heard(span: Span, edits: Edits) -> bool:
    """Whether at least half of it is left."""
    left = edits.edited_span(span)
    return 2 * left.length_ms >= span.length_ms if left else not span.length_ms and not edits.is_cut(span.start_ms)

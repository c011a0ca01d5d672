"""Words into cues that can be read: what is said together is shown together, in two lines at most."""

import itertools
from collections.abc import Sequence

from cathedra.domain.library._captions import Cue, SpokenWord, clean_text

LINE_LETTERS = 42  # as broadcasters count it
LINES = 2
LONGEST_MS = 7_000
SHORTEST_MS = 1_000
PAUSE_MS = 1_000  # who is silent for so long begins anew
BREATH_MS = 300
LETTERS_A_SECOND = 17  # what people can read
_SENTENCE_ENDS = (".", "?", "!", "…")
_CLAUSE_ENDS = (",", ";", ":", "–", "—")
_LINGER_MS = 1_500
_SHORT_LETTERS = 16
_SENTENCE_GAIN, _CLAUSE_GAIN, _BREATH_GAIN = 0.5, 0.35, 0.3
_RUN_WORDS = 60  # where neither a full stop nor a pause comes
_ROOM = LINE_LETTERS * LINES


def cut(words: Sequence[SpokenWord]) -> tuple[Cue, ...]:
    """Cues in order that do not overlap and hold every word once. A cue lasts long enough to be read where the next one
    leaves it the time."""
    runs = [part for run in _sentences(_heard(words)) for part in _fitting(run)]
    joined = _join_short(runs)
    starts = [run[0].start_ms for run in joined[1:]]
    return tuple(_cue(run, until) for run, until in itertools.zip_longest(joined, starts))


def _heard(words: Sequence[SpokenWord]) -> list[SpokenWord]:
    """In order, none ending after the next begins nor before it began itself."""
    found: list[SpokenWord] = []
    for word in sorted(words, key=lambda one: one.start_ms):
        text = clean_text(word.text).replace("\n", " ")
        if not text:
            continue
        start = max(word.start_ms, found[-1].start_ms + 1) if found else max(0, word.start_ms)
        if found and found[-1].end_ms > start:
            last = found[-1]
            found[-1] = SpokenWord(last.start_ms, start, last.text, last.confidence)
        found.append(SpokenWord(start, max(start + 1, min(word.end_ms, start + LONGEST_MS)), text, word.confidence))
    return found


def _sentences(words: Sequence[SpokenWord]) -> list[list[SpokenWord]]:
    runs: list[list[SpokenWord]] = []
    for word in words:
        last = runs[-1][-1] if runs else None
        if (
            last is None
            or last.text.endswith(_SENTENCE_ENDS)
            or word.start_ms - last.end_ms >= PAUSE_MS
            or len(runs[-1]) >= _RUN_WORDS
        ):
            runs.append([word])
        else:
            runs[-1].append(word)
    return runs


def _fits(run: Sequence[SpokenWord]) -> bool:
    if run[-1].end_ms - run[0].start_ms > LONGEST_MS:
        return False
    return _length(run) <= LINE_LETTERS or _halves(run) is not None


def _length(run: Sequence[SpokenWord]) -> int:
    return sum(len(word.text) + 1 for word in run) - 1


def _fitting(run: list[SpokenWord]) -> list[list[SpokenWord]]:
    """Halved where it reads best until each part fits."""
    if len(run) == 1 or _fits(run):
        return [run]
    place = max(range(1, len(run)), key=lambda at: _merit(run, at))
    return [*_fitting(run[:place]), *_fitting(run[place:])]


def _merit(run: Sequence[SpokenWord], at: int) -> float:
    """How good a place before word `at` is to break: near the middle, after a clause, where the speaker takes breath."""
    left, right = _length(run[:at]), _length(run[at:])
    merit = -abs(left - right) / (left + right)
    before, after = run[at - 1], run[at]
    if before.text.endswith(_SENTENCE_ENDS):
        merit += _SENTENCE_GAIN
    elif before.text.endswith(_CLAUSE_ENDS):
        merit += _CLAUSE_GAIN
    return merit + (_BREATH_GAIN if after.start_ms - before.end_ms >= BREATH_MS else 0.0)


def _join_short(runs: Sequence[list[SpokenWord]]) -> list[list[SpokenWord]]:
    """“Yes.” alone flickers: it goes with what follows when both fit and no pause is between them."""
    joined: list[list[SpokenWord]] = []
    for run in runs:
        before = joined[-1] if joined else None
        if before and run[0].start_ms - before[-1].end_ms < PAUSE_MS and _is_short(before, run) and _fits(before + run):
            joined[-1] = before + run
        else:
            joined.append(run)
    return joined


def _is_short(before: Sequence[SpokenWord], after: Sequence[SpokenWord]) -> bool:
    return min(_length(before), _length(after)) <= _SHORT_LETTERS


def _cue(run: Sequence[SpokenWord], until: int | None) -> Cue:
    letters = _length(run)
    wanted = run[0].start_ms + max(SHORTEST_MS, round(letters / LETTERS_A_SECOND * 1000))
    ends = max(run[-1].end_ms, min(wanted, run[-1].end_ms + _LINGER_MS))
    return Cue(
        run[0].start_ms, ends if until is None else max(run[0].start_ms + 1, min(ends, until)), _lines(run), tuple(run)
    )


def _lines(run: Sequence[SpokenWord]) -> str:
    """In one line where it fits, else in two."""
    place = None if _length(run) <= LINE_LETTERS else _halves(run)
    if place is None:
        return " ".join(word.text for word in run)
    return " ".join(word.text for word in run[:place]) + "\n" + " ".join(word.text for word in run[place:])


def _halves(run: Sequence[SpokenWord]) -> int | None:
    """Where two lines part that both fit; None when there is no such place."""
    if _length(run) > _ROOM + 1:
        return None
    places = [
        at for at in range(1, len(run)) if _length(run[:at]) <= LINE_LETTERS and _length(run[at:]) <= LINE_LETTERS
    ]
    return max(places, key=lambda at: _merit(run, at)) if places else None

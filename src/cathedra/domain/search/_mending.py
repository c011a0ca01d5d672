"""What was meant: the nearest word that is known, and a query with words in place of those mistyped."""

import re
from collections.abc import Iterable, Mapping

from cathedra.domain.search._finding import fold

_FAR = 3


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word at most two slips away (one in a short word): a letter too many, too few, another, or two turned
    round. Of equals the first."""
    wanted = fold(word)
    allowed = 1 if len(wanted) < 6 else 2
    best = min(((_slips(wanted, fold(one)), number, one) for number, one in enumerate(known)), default=None)
    return best[2] if best and 0 < best[0] <= allowed else None


def turned(word: str) -> list[str]:
    """The word with two letters beside each other turned round, in every place."""
    letters = fold(word)
    return [letters[:n] + letters[n + 1] + letters[n] + letters[n + 2 :] for n in range(len(letters) - 1)]


def _slips(one: str, other: str) -> int:
    """Damerau's distance, as far as it matters."""
    if abs(len(one) - len(other)) >= _FAR:
        return _FAR
    before: list[int] = []
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, 1):
        before, last, row = row, before, [number]
        for place, beside in enumerate(other, 1):
            cost = min(before[place] + 1, row[-1] + 1, before[place - 1] + (letter != beside))
            if number > 1 and place > 1 and letter == other[place - 2] and one[number - 2] == beside:
                cost = min(cost, last[place - 2] + 1)
            row.append(cost)
    return row[-1]


def corrected(text: str, instead: Mapping[str, str]) -> str:
    """What was typed, with these words in place of those; the rest stays as it was."""
    return re.sub(r"[^\W_]+", lambda word: instead.get(word.group().lower(), word.group()), text)

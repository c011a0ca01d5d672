"""Find and replace over captions (R209)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cathedra.domain.library._captions import Cue, clean_text, with_words


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for. A space in it is any white space, the end of a line too."""

    text: str
    is_case_kept: bool = False
    is_whole_word: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.text.split()


def reword(cues: Sequence[Cue], wanted: Wanted, instead: str) -> tuple[tuple[Cue, ...], int]:
    """The cues with every place replaced, and how many there were. A cue of which nothing is left goes; of one that
    changed the other words keep what the engine knew of them."""
    if wanted.is_empty:
        return tuple(cues), 0
    pattern, count, found = _pattern(wanted), 0, []
    for cue in cues:
        text, places = pattern.subn(lambda _match: instead, cue.text)
        count += places
        if not places:
            found.append(cue)
        elif tidy := clean_text(text):
            found += with_words([replace(cue, text=tidy)], [cue])
    return tuple(found), count


def _pattern(wanted: Wanted) -> re.Pattern[str]:
    core = r"\s+".join(re.escape(part) for part in wanted.text.split())
    around = rf"(?<!\w){core}(?!\w)" if wanted.is_whole_word else core
    return re.compile(around, 0 if wanted.is_case_kept else re.IGNORECASE)

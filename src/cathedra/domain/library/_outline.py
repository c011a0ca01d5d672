"""Chapters from the titles of slides, and what a person may make of them."""

import re
from collections import Counter
from collections.abc import Sequence

from cathedra.domain.library._chapters import Chapter
from cathedra.domain.library._edits import Edits, Span

CHAPTERS_LIMIT = 500
_SHORTEST_MS = 20_000
_MOST = 60
_HEADER_SHARE, _HEADER_LEAST = 0.5, 4  # a title on so many of the slides is a heading of the deck
_TAIL = re.compile(
    r"[\s\-–—:.,]+(?:\(?\s*(?:cont(?:inued|\.|'d|d)?|\d+\s*(?:/|of)\s*\d+|\d{1,2}|[ivx]{1,4})\s*\)?)$", re.I
)


def same_title(title: str) -> str:
    """What two titles have in common when they say the same: without case, and without “(cont.)” or “2/3”."""
    plain = " ".join(title.casefold().split())
    cut = _TAIL.sub("", plain)
    return cut if len(cut) >= 3 else plain


def chapters_of(slides: Sequence[tuple[int, str]], *, duration_ms: int) -> tuple[Chapter, ...]:
    """Of (start, title) in order: one chapter for each run of slides with the same title, none shorter than 20 seconds
    nor more than sixty, none from a heading that stands on most slides. Fewer than two chapters are none."""
    names = [same_title(title) for _, title in slides]
    runs = Counter(name for number, name in enumerate(names) if name and (number == 0 or names[number - 1] != name))
    shown = sum(runs.values())
    headers = {name for name, count in runs.items() if count >= _HEADER_LEAST and count > shown * _HEADER_SHARE}
    least = max(_SHORTEST_MS, duration_ms // _MOST)
    made: list[Chapter] = []
    last = ""
    for (start_ms, title), name in zip(slides, names, strict=True):
        if not name or name in headers or name == last:
            continue
        if duration_ms - start_ms < _SHORTEST_MS and made:
            break
        last = name
        if made and start_ms - made[-1].start_ms < least:
            continue
        made.append(Chapter(start_ms, title))
    return tuple(made) if len(made) > 1 else ()


def instant(text: str) -> int | None:
    """“1:02:03”, “62:03” or “12” as milliseconds; None where it is no time."""
    parts = text.strip().split(":")
    if not 1 <= len(parts) <= 3 or not all(re.fullmatch(r"\d{1,5}", part) for part in parts):
        return None
    numbers = [int(part) for part in parts]
    if any(number >= 60 for number in numbers[1:]):
        return None
    return sum(number * int(60**place) for place, number in enumerate(reversed(numbers))) * 1000


def offered_chapters(chapters: Sequence[Chapter], edits: Edits, *, duration_ms: int) -> list[tuple[int, Chapter]]:
    """As a viewer of the edited recording gets them: (number in the list given, chapter on the edited timeline), without
    those of which nothing is left."""
    if not chapters:
        return []
    ends = [*(chapter.start_ms for chapter in chapters[1:]), max(duration_ms, chapters[-1].start_ms + 1)]
    offered = []
    for number, (chapter, end_ms) in enumerate(zip(chapters, ends, strict=True)):
        left = edits.edited_span(Span(chapter.start_ms, end_ms))
        if left is not None:
            offered.append((number, Chapter(left.start_ms, chapter.title)))
    return offered

"""A transcript to read: cues joined to paragraphs, under the chapters they belong to."""

from collections.abc import Sequence
from dataclasses import dataclass

from cathedra.domain.library._captions import Cue
from cathedra.domain.library._chapters import Chapter
from cathedra.domain.library._edits import Edits, Span

PAUSE_MS = 2000  # of silence, and a new paragraph begins where a sentence has ended
LONG = 500  # characters, and it begins at the next end of a sentence
_ENDS = (".", "?", "!", "…", "。", "？", "！")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What was said from an instant on."""

    start_ms: int
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter with what was said in it; what comes before the first chapter has no title."""

    start_ms: int
    title: str
    paragraphs: tuple[Paragraph, ...]


def shown_chapters(chapters: Sequence[Chapter], edits: Edits, *, duration_ms: int) -> tuple[Chapter, ...]:
    """Chapters as the edited recording has them, without those of which nothing is left."""
    if not chapters:
        return ()
    ends = [*(each.start_ms for each in chapters[1:]), max(duration_ms, chapters[-1].start_ms + 1)]
    spans = ((edits.edited_span(Span(each.start_ms, end)), each) for each, end in zip(chapters, ends, strict=True))
    return tuple(Chapter(span.start_ms, each.title) for span, each in spans if span is not None)


def transcript(cues: Sequence[Cue], chapters: Sequence[Chapter]) -> tuple[Part, ...]:
    """What was said, chapter by chapter; both on the same timeline, in order."""
    starts = [each.start_ms for each in chapters]
    heads = [Chapter(0, ""), *chapters]
    parts = []
    for place, head in enumerate(heads):
        until = starts[place] if place < len(starts) else None
        begins = head.start_ms if place else -1
        inside = [cue for cue in cues if cue.start_ms >= begins and (until is None or cue.start_ms < until)]
        if place or inside:
            parts.append(Part(head.start_ms, head.title, _paragraphs(inside)))
    return tuple(parts)


def _paragraphs(cues: Sequence[Cue]) -> tuple[Paragraph, ...]:
    found: list[list[Cue]] = []
    length = 0
    for cue in cues:
        if not found or _breaks(found[-1][-1], cue, length):
            found.append([])
            length = 0
        found[-1].append(cue)
        length += len(cue.text)
    return tuple(Paragraph(each[0].start_ms, " ".join(" ".join(cue.text.split()) for cue in each)) for each in found)


def _breaks(before: Cue, cue: Cue, length: int) -> bool:
    is_end = before.text.rstrip().endswith(_ENDS)
    return is_end and (cue.start_ms - before.end_ms >= PAUSE_MS or length >= LONG)

"""What is shown of a recording that was found: where in it that was said or shown, each place with its link and picture."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Any
from uuid import UUID

from cathedra.db import prepared
from cathedra.db.reads import content, library
from cathedra.domain import search
from cathedra.domain.library import UNEDITED, Edits, State
from cathedra.domain.search import Lines, Parts, Passage, Pattern, Query
from cathedra.domain.terms import AccountId

HITS = 3  # shown of one recording
_LOOKED_AT = 10
NOTE, OWN_NOTE = "note", "own_note"


@dataclass(frozen=True, slots=True)
class Hit:
    """A place in a recording, on the timeline that people watch. `picture` is the slide shown then, by its name."""

    kind: str
    at_ms: int
    parts: Parts
    picture: str = ""

    @property
    def text(self) -> str:
        """The whole, unmarked."""
        return "".join(text for text, _ in self.parts)

    @property
    def seconds(self) -> int:
        """For an address: the player starts there."""
        return self.at_ms // 1000


@dataclass(frozen=True, slots=True)
class Result:
    """A recording that was found, with its places. `description` is what of it matched, if it did."""

    recording: library.RecordingRow
    title: Parts
    description: Parts
    tags: tuple[str, ...]
    hits: tuple[Hit, ...]

    @property
    def is_away(self) -> bool:
        """In the archive, or on its way back: it can be restored, not played (R211)."""
        return self.recording.state in (State.ARCHIVED, State.RESTORING)


@dataclass(frozen=True, slots=True)
class Stems:
    """The wanted words as the index knows them."""

    query: Query
    pattern: Pattern | None

    @staticmethod
    def of(query: Query) -> "Stems":
        """Asks the index; what is too common to be kept is not looked for among other words."""
        rows = prepared.rows("search_stems", words=list(dict.fromkeys(query.words)))
        stems = {row.word: row.stem for row in rows}
        wanted = []
        for term in query.wanted:
            words = [stems[word] or search.fold(word) for word in term.words]
            if any(stems[word] for word in term.words):
                wanted.append(words)
        return Stems(query, search.pattern_of(wanted))

    @property
    def has_several(self) -> bool:
        """More than one part: lines that hold most of them come first, wherever they are."""
        return self.pattern is not None and len(self.pattern.phrases) > 1

    @property
    def is_too_common(self) -> bool:
        """Every word is."""
        return self.pattern is None


def show(viewer: AccountId | None, ids: Sequence[UUID], stems: Stems, *, is_common: bool = False) -> tuple[Result, ...]:
    """Results for ids that the viewer may find, in their order. What `is_common` is looked for in the first lines of
    each, and only where it is not found there often enough in all; the places are the same."""
    if not ids:
        return ()
    found = _read(ids, stems, has_heads=is_common and not stems.has_several)
    for note in _notes(viewer, ids, stems):
        found[note.recording_id].notes.append(note.passage)
    known = _known(stems, found.values())
    if short := [one for one, about in found.items() if not _is_enough(about, known)]:
        whole = _read(short, stems)
        found |= {one: replace(about, lines=whole[one].lines) for one, about in found.items() if one in whole}
        known |= _known(stems, whole.values())
    places = {one: _places(about, known) for one, about in found.items()}
    pictures = pictures_at([(found[one].whole, place.start_ms) for one in ids for place in places[one]])
    results = []
    for row in library.list_rows(viewer, ids):
        about = found[row.id]
        title, description = (search.confirmed(each, known) for each in (about.title, about.description))
        results.append(
            Result(
                row,
                title=search.marked(about.title.text, title.spans if title else ()),
                description=search.excerpt(description.text, description.spans) if description else (),
                tags=about.tags,
                hits=tuple(
                    Hit(
                        place.kind,
                        about.edits.edited(place.start_ms),
                        _short(place),
                        pictures.get((about.whole, place.start_ms), ""),
                    )
                    for place in places[row.id]
                ),
            )
        )
    return tuple(results)


@dataclass(frozen=True, slots=True)
class _About:
    """A recording in words, and where in it, on the original's timeline, what was asked may stand; `whole` is what a
    copy by reference plays. `is_head`: only its first lines were looked at."""

    whole: UUID
    title: Passage
    description: Passage
    tags: tuple[str, ...]
    edits: Edits
    lines: tuple[Passage, ...]
    is_head: bool
    notes: list[Passage]

    @property
    def passages(self) -> Iterator[Passage]:
        """What is said and shown before what was noted."""
        return chain(self.lines, self.notes)


def _read(ids: Sequence[UUID], stems: Stems, *, has_heads: bool = False) -> dict[UUID, _About]:
    rows = prepared.rows("search_shown", ids=list(ids), has_heads=has_heads)
    return {row.id: _about(row, stems) for row in rows}


def _about(row: Any, stems: Stems) -> _About:
    return _About(
        row.whole,
        _looked_at(row.title, stems),
        _looked_at(row.description, stems),
        tuple(row.tags),
        content.edits_from_json(json.loads(row.cuts), json.loads(row.looks)) if row.cuts else UNEDITED,
        search.places_of(Lines(row.text, row.places), stems.pattern, most=_LOOKED_AT),
        row.is_head,
        [],
    )


def _looked_at(text: str, stems: Stems) -> Passage:
    shown = search.without_addresses(text)
    return Passage("", 0, shown, search.spans_in(shown, stems.pattern))


@dataclass(frozen=True, slots=True)
class _Noted:
    recording_id: UUID
    passage: Passage


def _notes(viewer: AccountId | None, ids: Sequence[UUID], stems: Stems) -> Iterator[_Noted]:
    """Of the notes that the viewer may read those that hold a wanted word."""
    for note in readable_notes(viewer, ids):
        text = search.without_addresses(note.text)
        if spans := search.spans_in(text, stems.pattern):
            yield _Noted(note.recording_id, Passage(note.kind, note.at_ms, text, spans))


@dataclass(frozen=True, slots=True)
class ReadableNote:
    """A note, of whichever `kind` it is to who reads it."""

    recording_id: UUID
    kind: str
    at_ms: int
    text: str


def readable_notes(viewer: AccountId | None, ids: Sequence[UUID]) -> tuple[ReadableNote, ...]:
    """R218: one's own, and those that somebody made public while the folder allows such."""
    rows = prepared.rows("search_notes", viewer=viewer, ids=list(ids))
    return tuple(ReadableNote(row.recording_id, OWN_NOTE if row.is_own else NOTE, row.at_ms, row.text) for row in rows)


def _known(stems: Stems, found: Iterable[_About]) -> frozenset[str]:
    """Of the words that look like a wanted one, those that are."""
    words = {word for one in found for passage in (one.title, one.description, *one.passages) for word in passage.words}
    if not words:
        return frozenset()
    rows = prepared.rows("search_words", words=sorted(words), any_word=stems.query.any_word)
    inside = (word for term in stems.query.wanted if len(term.words) > 1 for word in term.words)
    return frozenset(row.word for row in rows) | {search.fold(word) for word in inside}


def _places(about: _About, known: frozenset[str]) -> tuple[Passage, ...]:
    """The first that hold what was asked for sure; nothing of what is cut."""
    return tuple(islice(_sure(about, about.passages, known), HITS))


def _is_enough(about: _About, known: frozenset[str]) -> bool:
    """More lines would show nothing else."""
    return (
        not about.is_head
        or len(about.lines) == _LOOKED_AT
        or len(list(islice(_sure(about, about.lines, known), HITS))) == HITS
    )


def _sure(about: _About, passages: Iterable[Passage], known: frozenset[str]) -> Iterator[Passage]:
    sure = (found for one in passages if (found := search.confirmed(one, known)))
    return (one for one in sure if not about.edits.is_cut(one.start_ms))


def _short(passage: Passage) -> Parts:
    return passage.parts if len(passage.text) <= 240 else search.excerpt(passage.text, passage.spans)


def pictures_at(instants: Sequence[tuple[UUID, int]]) -> dict[tuple[UUID, int], str]:
    """Which slide was shown at some instants of the original, by the name of its picture."""
    if not instants:
        return {}
    whole, at = zip(*instants, strict=True)
    rows = prepared.rows("search_pictures", whole=list(whole), at=list(at))
    return {instants[row.number - 1]: row.image for row in rows}

"""What is shown of a recording that was found: where in it that was said or shown, each place with its link and picture."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from cathedra.db import prepared
from cathedra.db.models import Note, Recording, SearchLines, Slide
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
    def is_too_common(self) -> bool:
        """Every word is."""
        return self.pattern is None


def show(viewer: AccountId | None, ids: Sequence[UUID], stems: Stems) -> tuple[Result, ...]:
    """Results for ids that the viewer may find, in their order."""
    if not ids:
        return ()
    about = _about(ids, stems)
    edits = content.edits_of_several({one.whole for one in about.values()})
    passages = {one: [*places, *notes] for one, places, notes in _passages(viewer, ids, stems)}
    known = _known(stems, [each for places in passages.values() for each in places], about.values())
    pictures = _Pictures({one.whole for one in about.values()})
    results = []
    for row in library.list_rows(viewer, ids):
        one = about[row.id]
        hits = _hits(passages[row.id], known, edits.get(one.whole, UNEDITED))
        title, description = (search.confirmed(each, known) for each in (one.title, one.description))
        results.append(
            Result(
                row,
                title=search.marked(one.title.text, title.spans if title else ()),
                description=search.excerpt(description.text, description.spans) if description else (),
                tags=one.tags,
                hits=tuple(pictures.put(hit, at, one.whole) for hit, at in hits[:HITS]),
            )
        )
    return tuple(results)


@dataclass(frozen=True, slots=True)
class _About:
    """A recording in words; `whole` is what a copy by reference plays."""

    whole: UUID
    title: Passage
    description: Passage
    tags: tuple[str, ...]


def _about(ids: Sequence[UUID], stems: Stems) -> dict[UUID, _About]:
    rows = Recording.objects.filter(id__in=ids).values_list("id", "reference_of_id", "title", "description", "tags")
    return {
        one: _About(whole or one, _looked_at(title, stems), _looked_at(description, stems), tuple(tags))
        for one, whole, title, description, tags in rows
    }


def _looked_at(text: str, stems: Stems) -> Passage:
    shown = search.without_addresses(text)
    return Passage("", 0, shown, search.spans_in(shown, stems.pattern))


def _passages(
    viewer: AccountId | None, ids: Sequence[UUID], stems: Stems
) -> Iterable[tuple[UUID, tuple[Passage, ...], list[Passage]]]:
    rows = SearchLines.objects.filter(recording_id__in=ids).values_list("recording_id", "text", "places")
    lines = {one: Lines(text, places) for one, text, places in rows}
    notes = _notes(viewer, ids, stems)
    for one in ids:
        found = search.places_of(lines[one], stems.pattern, most=_LOOKED_AT) if one in lines else ()
        yield one, found, notes.get(one, [])


def _notes(viewer: AccountId | None, ids: Sequence[UUID], stems: Stems) -> dict[UUID, list[Passage]]:
    """The viewer's own notes, and public ones, that hold a wanted word."""
    found: dict[UUID, list[Passage]] = {}
    for note in readable_notes(viewer, ids):
        text = search.without_addresses(note.text)
        if spans := search.spans_in(text, stems.pattern):
            kind = OWN_NOTE if viewer is not None and note.account_id == viewer else NOTE
            found.setdefault(note.recording_id, []).append(Passage(kind, note.at_ms, text, spans))
    return found


def readable_notes(viewer: AccountId | None, ids: Sequence[UUID]) -> Iterable[Note]:
    """R218: one's own, and those that somebody made public."""
    theirs = Q(account_id=viewer) | Q(is_public=True) if viewer is not None else Q(is_public=True)
    return Note.objects.filter(theirs, recording_id__in=ids).order_by("at_ms")


def _known(stems: Stems, passages: Iterable[Passage], about: Iterable[_About]) -> frozenset[str]:
    """Of the words that look like a wanted one, those that are."""
    texts = [each for one in about for each in (one.title, one.description)]
    words = {word for passage in (*passages, *texts) for word in passage.words}
    if not words:
        return frozenset()
    rows = prepared.rows("search_words", words=sorted(words), any_word=stems.query.any_word)
    inside = (word for term in stems.query.wanted if len(term.words) > 1 for word in term.words)
    return frozenset(row.word for row in rows) | {search.fold(word) for word in inside}


def _hits(passages: Iterable[Passage], known: frozenset[str], edits: Edits) -> list[tuple[Hit, int]]:
    """Hits as they are watched, each with its instant in the original; nothing of what is cut."""
    sure = [found for one in passages if (found := search.confirmed(one, known))]
    return [
        (Hit(one.kind, edits.edited(one.start_ms), _short(one)), one.start_ms)
        for one in sure
        if not edits.is_cut(one.start_ms)
    ]


def _short(passage: Passage) -> Parts:
    return passage.parts if len(passage.text) <= 240 else search.excerpt(passage.text, passage.spans)


class _Pictures:
    """Which slide was shown at an instant."""

    def __init__(self, recording_ids: Iterable[UUID]) -> None:
        self._slides: dict[UUID, list[tuple[int, int, str]]] = {}
        rows = Slide.objects.filter(recording_id__in=recording_ids).order_by("start_ms")
        for one, start, end, image in rows.values_list("recording_id", "start_ms", "end_ms", "image"):
            self._slides.setdefault(one, []).append((start, end, image))

    def put(self, hit: Hit, at_ms: int, recording_id: UUID) -> Hit:
        """The hit with its picture."""
        slides = self._slides.get(recording_id, [])
        place = bisect_right([start for start, _, _ in slides], at_ms) - 1
        shown = place >= 0 and at_ms < slides[place][1]
        return Hit(hit.kind, hit.at_ms, hit.parts, slides[place][2] if shown else "")

"""The search of one recording while somebody types: no stems, each word by its beginning."""

from itertools import islice
from uuid import UUID

from cathedra.db.models import Recording, SearchLines
from cathedra.db.reads import content
from cathedra.db.reads.search._shown import Hit, pictures_at, readable_notes
from cathedra.domain import search
from cathedra.domain.search import Line, Lines, Query
from cathedra.domain.terms import AccountId, RecordingId

MOST = 200


def find_inside(viewer: AccountId | None, recording_id: RecordingId, query: Query) -> tuple[Hit, ...]:
    """Every place that holds what was typed, as it goes by in time, for a viewer whom the access rule let in."""
    whole = Recording.objects.filter(id=recording_id).values_list("reference_of_id", flat=True).first()
    played = whole or recording_id
    edits = content.edits_of(RecordingId(played))
    places = [
        one
        for lines in (*_lines(recording_id), *_notes(viewer, recording_id))
        for one in islice(search.typed_places(lines, query), MOST)
        if not edits.is_cut(one.start_ms)
    ]
    places = sorted(places, key=lambda one: (edits.edited(one.start_ms), one.kind))[:MOST]
    pictures = pictures_at([(played, one.start_ms) for one in places])
    return tuple(
        Hit(one.kind, edits.edited(one.start_ms), one.parts, pictures.get((played, one.start_ms), "")) for one in places
    )


def _lines(recording_id: UUID) -> list[Lines]:
    rows = SearchLines.objects.filter(recording_id=recording_id).values_list("text", "places")
    return [Lines(text, places) for text, places in rows]


def _notes(viewer: AccountId | None, recording_id: UUID) -> list[Lines]:
    return [Lines.of([Line(note.kind, note.at_ms, note.text)]) for note in readable_notes(viewer, [recording_id])]

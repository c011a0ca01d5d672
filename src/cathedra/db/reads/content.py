"""What is said and shown in a recording, and how it is cut."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from cathedra.db.models import Edit
from cathedra.domain.library import UNEDITED, Edits, Span
from cathedra.domain.terms import RecordingId


def edits_of(recording_id: RecordingId) -> Edits:
    """The cuts that count: those of the highest version; none when it was never cut."""
    cuts = Edit.objects.filter(recording_id=recording_id).order_by("-version").values_list("cuts", flat=True).first()
    return Edits(tuple(Span(start, end) for start, end in cuts)) if cuts else UNEDITED


def edits_of_several(recording_ids: Iterable[UUID]) -> Mapping[UUID, Edits]:
    """Those of several in one question; what was never cut is not among them."""
    rows = Edit.objects.filter(recording_id__in=recording_ids).order_by("recording_id", "-version")
    newest = rows.distinct("recording_id").values_list("recording_id", "cuts")
    return {one: Edits(tuple(Span(start, end) for start, end in cuts)) for one, cuts in newest}

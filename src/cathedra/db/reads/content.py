"""How a recording is cut, from its newest list."""

from cathedra.db.models import Edit
from cathedra.domain.library import UNEDITED, Edits, Span
from cathedra.domain.terms import RecordingId


def edits_of(recording_id: RecordingId) -> Edits:
    """The newest edits of a recording; UNEDITED when it has none."""
    cuts = Edit.objects.filter(recording_id=recording_id).order_by("-version").values_list("cuts", flat=True).first()
    return Edits(tuple(Span(start, end) for start, end in cuts)) if cuts else UNEDITED

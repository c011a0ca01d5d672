"""What is said and shown in a recording, and how it is cut."""

from cathedra.db.models import Edit
from cathedra.domain.library import UNEDITED, Edits, Span
from cathedra.domain.terms import RecordingId


def edits_of(recording_id: RecordingId) -> Edits:
    """How the recording is cut now."""
    cuts = Edit.objects.filter(recording_id=recording_id).order_by("-version").values_list("cuts", flat=True).first()
    return Edits(tuple(Span(start, end) for start, end in cuts)) if cuts else UNEDITED

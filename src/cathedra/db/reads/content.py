"""How a recording is cut, for everything that is shown of it. For the product itself: whoever asks has let the viewer in."""

from cathedra.db.models import Edit
from cathedra.domain.library import UNEDITED, Edits, Span
from cathedra.domain.terms import RecordingId


def edits_of(recording_id: RecordingId) -> Edits:
    """The cuts of the latest version; none where nothing was ever cut."""
    cuts = Edit.objects.filter(recording_id=recording_id).order_by("-version").values_list("cuts", flat=True).first()
    return Edits(tuple(Span(start, end) for start, end in cuts)) if cuts else UNEDITED

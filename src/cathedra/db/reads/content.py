"""How recordings are cut, from the newest list of each; a copy by reference is cut as its original (R201)."""

from collections.abc import Collection
from uuid import UUID

from django.db.models.functions import Coalesce

from cathedra.db.models import Edit, Recording
from cathedra.domain.library import UNEDITED, Edits, Span
from cathedra.domain.terms import RecordingId


def edits_of(recording_id: RecordingId) -> Edits:
    """As viewers have it; UNEDITED when nothing is cut."""
    return edits_of_several([recording_id]).get(recording_id, UNEDITED)


def edits_of_several(recording_ids: Collection[UUID]) -> dict[UUID, Edits]:
    """The same for those of some recordings that are cut."""
    whole = dict(Recording.objects.filter(id__in=recording_ids).values_list("id", Coalesce("reference_of_id", "id")))
    newest = Edit.objects.filter(recording_id__in=set(whole.values())).order_by("recording_id", "-version")
    rows = newest.distinct("recording_id").values_list("recording_id", "cuts")
    found = {one: Edits(tuple(Span(start, end) for start, end in cuts)) for one, cuts in rows if cuts}
    return {one: found[other] for one, other in whole.items() if other in found}

"""How recordings are cut, as viewers have them and as their editors made them."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q
from django.db.models.functions import Coalesce

from cathedra.db import prepared
from cathedra.db.models import Edit, Recording, Stream
from cathedra.domain.library import UNEDITED, Edits, Layout, Look, Span
from cathedra.domain.terms import RecordingId, RecordingNotFound


@dataclass(frozen=True, slots=True)
class EditRow:
    """A version of the list of cuts. The highest with `shown_at` is what viewers have."""

    version: int
    edits: Edits
    made_by: str
    made_at: datetime
    shown_at: datetime | None
    is_made: bool
    problem: str


@dataclass(frozen=True, slots=True)
class ShownEdit:
    """The version that viewers have, and the one file it is downloaded as; `file_key` is empty until it is made."""

    id: UUID
    recording_id: RecordingId
    version: int
    edits: Edits
    is_made: bool
    file_key: str
    file_bytes: int


@dataclass(frozen=True, slots=True)
class EditingFacts:
    """What is needed to decide about a change: `id` is the recording whose media are cut, of a reference copy its
    original (R201). `latest` 0: never edited."""

    id: RecordingId
    is_reference: bool
    is_playable: bool
    duration_ms: int
    latest: int
    edits: Edits
    copies: int
    frame_rate: float | None


def edits_of(recording_id: RecordingId) -> Edits:
    """As viewers have it. Whoever asks has let them in."""
    rows = Edit.objects.filter(recording_id=_cut_one(recording_id), shown_at__isnull=False).order_by("-version")
    row = rows.values_list("cuts", "looks").first()
    return edits_from_json(*row) if row else UNEDITED


def edits_of_version(recording_id: RecordingId, version: int) -> Edits | None:
    """As viewers had it in a version; 0: before it was edited. None when no viewer ever had such a one."""
    if not version:
        return UNEDITED
    rows = Edit.objects.filter(recording_id=_cut_one(recording_id), version=version, shown_at__isnull=False)
    row = rows.values_list("cuts", "looks").first()
    return edits_from_json(*row) if row else None


def shown_edit(recording_id: RecordingId) -> ShownEdit | None:
    """The row of it; None when viewers have the recording as it was received."""
    found = prepared.rows("shown_edit", recording_id=recording_id)
    if not found:
        return None
    row = found[0]
    edits = edits_from_json(json.loads(row.cuts), json.loads(row.looks))
    whole = RecordingId(row.recording_id)
    return ShownEdit(row.id, whole, row.version, edits, row.is_made, row.file_key, row.file_bytes)


def edits_of_several(recording_ids: Collection[UUID]) -> dict[UUID, Edits]:
    """The same for those of some recordings that are cut."""
    whole = dict(
        Recording.objects.filter(id__in=recording_ids, edited_ms__isnull=False).values_list(
            "id", Coalesce("reference_of_id", "id")
        )
    )
    rows = Edit.objects.filter(recording_id__in=set(whole.values()), shown_at__isnull=False).order_by("version")
    found = {row.recording_id: edits_from_json(row.cuts, row.looks) for row in rows}
    return {one: found[other] for one, other in whole.items() if other in found}


def earlier_edits(recording_ids: Collection[UUID]) -> dict[UUID, dict[int, Edits]]:
    """Every version that viewers of some recordings have or had, by its number."""
    whole = dict(Recording.objects.filter(id__in=recording_ids).values_list("id", Coalesce("reference_of_id", "id")))
    found: dict[UUID, dict[int, Edits]] = {}
    for row in Edit.objects.filter(recording_id__in=set(whole.values()), shown_at__isnull=False):
        found.setdefault(row.recording_id, {})[row.version] = edits_from_json(row.cuts, row.looks)
    return {one: {0: UNEDITED, **found.get(other, {})} for one, other in whole.items()}


def list_edits(recording_id: RecordingId) -> tuple[EditRow, ...]:
    """Every version of the recording whose media are cut, the latest first. Its action or page has asked who may."""
    rows = Edit.objects.filter(recording_id=_cut_one(recording_id)).select_related("made_by").order_by("-version")
    return tuple(
        EditRow(
            version=row.version,
            edits=edits_from_json(row.cuts, row.looks),
            made_by=row.made_by.full_name if row.made_by else "",
            made_at=row.made_at,
            shown_at=row.shown_at,
            is_made=row.is_made,
            problem=row.problem,
        )
        for row in rows
    )


def editing_facts(recording_id: RecordingId, *, lock: bool = False) -> EditingFacts:
    """Raises RecordingNotFound. `lock` keeps the row of the recording that is cut until the transaction ends."""
    whole_id = _cut_one(recording_id)
    rows = Recording.objects.select_for_update() if lock else Recording.objects.all()
    row = rows.filter(id=whole_id).first()
    if row is None:
        raise RecordingNotFound(str(recording_id))
    latest = Edit.objects.filter(recording_id=whole_id).order_by("-version").first()
    return EditingFacts(
        id=RecordingId(row.id),
        is_reference=row.id != recording_id,
        is_playable=row.media_state == "READY" and row.keeping == "ONLINE",
        duration_ms=row.duration_ms or 0,
        latest=latest.version if latest else 0,
        edits=edits_from_json(latest.cuts, latest.looks) if latest else UNEDITED,
        copies=Recording.objects.filter(reference_of_id=row.id).exclude(keeping="PURGED").count(),
        frame_rate=Stream.objects.filter(recording_id=row.id).aggregate(most=Max("frame_rate"))["most"],
    )


def is_cut(recording_id: RecordingId) -> bool:
    """Whether the latest version leaves anything out."""
    cuts = Edit.objects.filter(recording_id=recording_id).order_by("-version").values_list("cuts", flat=True).first()
    return bool(cuts)


def list_of_other_form(form: int, *, most: int) -> tuple[RecordingId, ...]:
    """Recordings that can be played and whose latest version, which viewers have, was made like something else. What
    is being made, or could not be, is its editor's."""
    later = Edit.objects.filter(recording_id=OuterRef("recording_id"), version__gt=OuterRef("version"))
    rows = Edit.objects.filter(~Exists(later), is_made=True, shown_at__isnull=False).exclude(form=form)
    playable = rows.filter(recording__media_state="READY", recording__keeping="ONLINE").order_by("-shown_at")
    return tuple(RecordingId(one) for one in playable.values_list("recording_id", flat=True)[:most])


def list_with_old_edges(*, before: datetime, limit: int = 50) -> tuple[RecordingId, ...]:
    """Recordings with made versions that viewers have not had since before an instant, because a later one is shown."""
    made = Edit.objects.filter(is_made=True, shown_at__isnull=False)
    late = Edit.objects.filter(shown_at__lt=before).values_list("recording_id", "version")
    shown: dict[UUID, int] = {}
    for one, version in late.filter(recording_id__in=_with_several(made)):
        shown[one] = max(version, shown.get(one, 0))
    old = [one for one, version in shown.items() if made.filter(recording_id=one, version__lt=version).exists()]
    return tuple(RecordingId(one) for one in sorted(old)[:limit])


def _with_several(made: Any) -> Sequence[UUID]:
    first = made.filter(version__gt=1).values_list("recording_id", flat=True)
    return list(first.distinct())


def edits_from_json(cuts: Sequence[Sequence[int]], looks: Sequence[Sequence[Any]]) -> Edits:
    """As the row keeps them."""
    return Edits(
        tuple(Span(start, end) for start, end in cuts),
        tuple(Look(start, Layout(layout)) for start, layout in looks),
    )


def _cut_one(recording_id: RecordingId) -> UUID:
    found = Recording.objects.filter(Q(id=recording_id)).values_list("reference_of_id", flat=True).first()
    return found or recording_id

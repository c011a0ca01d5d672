"""Originals to download: the page lets nginx send them, under names that are safe to save (R204)."""

import unicodedata
from dataclasses import dataclass
from urllib.parse import quote
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cathedra import wiring
from cathedra.actions import playback as actions
from cathedra.db.reads import playback as reads
from cathedra.domain import playback
from cathedra.domain.terms import NotFound, RecordingId, SourceId
from cathedra.web import actor, refusals, words


@dataclass(frozen=True, slots=True)
class Offer:
    """A file as the page of its recording offers it."""

    label: str
    name: str
    kind: str
    size_bytes: int
    address: str


def offers(recording_id: RecordingId, *, with_whole: bool) -> tuple[Offer, ...]:
    """The files that can be had, for whom the access rule lets download them: of an edited recording that, and
    `with_whole` what was uploaded."""
    edited = reads.find_edited(recording_id)
    whole = reads.list_originals(recording_id) if with_whole else ()
    files = [*((edited,) if edited else ()), *(file for file in whole if file.is_kept)]
    return tuple(_offer(recording_id, file) for file in files)


def _offer(recording_id: RecordingId, file: reads.Original) -> Offer:
    name = name_of(file)
    return Offer(
        label=_("As edited") if file.is_edited else str(words.PICTURES[file.picture]),
        name=name,
        kind=name.rpartition(".")[2].upper(),
        size_bytes=file.size_bytes,
        address=reverse("download", args=[recording_id, file.id]),
    )


def name_of(file: reads.Original) -> str:
    """What the file is called when it is saved."""
    mark = "" if file.picture is playback.Picture.ONLY else str(words.PICTURES[file.picture])
    mark = _("edited") if file.is_edited else mark
    return playback.file_name(file.title, file.original_name, mark=mark.lower())


@require_safe
def original(request: HttpRequest, recording_id: UUID, source_id: UUID) -> HttpResponse:
    """One file as it was uploaded, or a part of it. Not a byte of it passes here: nginx sends it."""
    wanted = RecordingId(recording_id)
    try:
        taken = actions.take_original(
            wanted,
            SourceId(source_id),
            part=playback.part_of(str(request.method), request.headers.get("Range", "")),
            actor=actor.from_request(request),
            now=timezone.now(),
            store=wiring.object_store(),
        )
    except NotFound:
        return refusals.page(request, refusals.missing(request))
    if taken.file is None:
        return refusals.page(request, taken.decision)
    return _hand_over(taken.file, taken.address)


def _hand_over(file: reads.Original, address: str) -> HttpResponse:
    response = HttpResponse(content_type="application/octet-stream")
    response["Content-Disposition"] = attachment(name_of(file))
    response["Cache-Control"] = "private, no-cache"
    response["X-Accel-Redirect"] = f"/{file.object_key}"
    if address:
        response["Cathedra-Object"] = address
    return response


def attachment(name: str) -> str:
    """The header that has a file saved under this name (RFC 6266), with plain letters for programs that know no other."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = "".join(char for char in letters if char.isprintable() and char not in '"\\%').strip(" .")
    return f"attachment; filename=\"{plain or 'recording'}\"; filename*=UTF-8''{quote(name, safe='')}"

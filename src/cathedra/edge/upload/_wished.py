"""What a sender wants, as the headers of a creation say it."""

from uuid import UUID

from cathedra.actions.ingest import Wish
from cathedra.domain.ingest import UploadKind
from cathedra.domain.terms import Code, FolderId, RecordingId
from cathedra.domain.terms import gettext_noop as _
from cathedra.edge.upload._answer import Refused
from cathedra.edge.upload._declaration import declared
from cathedra.edge.upload._origin import is_import
from cathedra.edge.upload._request import Request


def wish_of(request: Request) -> Wish:
    metadata = request.metadata()
    kind = _kind(request)
    if kind is UploadKind.FINAL and {"upload-length", "upload-defer-length"} & request.headers.keys():
        raise Refused(400, Code.BAD_REQUEST, _("Leave Upload-Length out when joining parts; it is their sum."))
    folder, recording = _id_in(metadata, "folder"), _id_in(metadata, "recording")
    return Wish(
        length_bytes=0 if kind is UploadKind.FINAL else _length(request),
        kind=kind,
        name=metadata.get("filename", ""),
        title=metadata.get("title", ""),
        fingerprint=metadata.get("fingerprint", ""),
        metadata=request.headers.get("upload-metadata", ""),
        folder_id=FolderId(folder) if folder else None,
        recording_id=RecordingId(recording) if recording else None,
        position=_position(metadata.get("position", "1" if recording else "0")),
        parts=request.parts() if kind is UploadKind.FINAL else (),
        use=declared(metadata.get("declaration", "")),
        is_import=is_import(metadata),
        owner=metadata.get("owner", ""),
    )


def _length(request: Request) -> int | None:
    """None: it is told with a later PATCH (creation-defer-length)."""
    if "upload-defer-length" not in request.headers:
        return request.number("upload-length")
    if request.headers["upload-defer-length"].strip() != "1" or "upload-length" in request.headers:
        raise Refused(
            400,
            Code.BAD_REQUEST,
            _("Send Upload-Length, or Upload-Defer-Length: 1 where the length is told later; not both."),
        )
    return None


def _kind(request: Request) -> UploadKind:
    concat = request.headers.get("upload-concat", "").strip()
    if not concat:
        return UploadKind.WHOLE
    if concat == "partial":
        return UploadKind.PARTIAL
    if concat.startswith("final;"):
        return UploadKind.FINAL
    raise Refused(
        400, Code.BAD_REQUEST, _("Send Upload-Concat as `partial`, or as `final;` with the parts' addresses.")
    )


def _id_in(metadata: dict[str, str], key: str) -> UUID | None:
    if not (given := metadata.get(key, "")):
        return None
    try:
        return UUID(given)
    except ValueError:
        sentence = _("Send `{key}` in Upload-Metadata as an id.")
        raise Refused(400, Code.BAD_REQUEST, sentence, values={"key": key}) from None


def _position(given: str) -> int:
    return int(given) if given in ("0", "1") else -1

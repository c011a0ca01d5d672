"""What a tus request says, parsed and checked before anything is done. Malformed ones end here with a sentence."""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from cathedra.domain.terms import Code, UploadId
from cathedra.domain.terms import gettext_noop as _
from cathedra.edge import browser
from cathedra.edge.upload._answer import Refused

VERSION = "1.0.0"
BODY_TYPE = "application/offset+octet-stream"
CHECKSUMS: Mapping[str, Callable[[], Any]] = {
    "sha1": lambda: hashlib.sha1(usedforsecurity=False),
    "sha256": hashlib.sha256,
    "md5": lambda: hashlib.md5(usedforsecurity=False),
}
_LONGEST_METADATA = 8192
_MOST_PARTS = 100
_NUMBER = re.compile(r"[0-9]{1,18}\Z", re.ASCII)
_UPLOAD = re.compile(r"/files/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Checksum:
    """What the body must come to."""

    algorithm: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class Request:
    """One request. `upload_id` is None for the collection, `/files/`."""

    method: str
    upload_id: UploadId | None
    headers: Mapping[str, str]

    @property
    def session_key(self) -> str:
        """The browser's sign-in; empty when there is none."""
        return browser.session_key(self.headers)

    @property
    def bearer(self) -> str | None:
        """The token that a recorder shows; None when none is shown."""
        scheme, _space, token = self.headers.get("authorization", "").partition(" ")
        return token.strip() if scheme.lower() == "bearer" else None

    @property
    def address(self) -> str:
        """Whose address nginx saw."""
        return self.headers.get("x-real-ip", "")[:64]

    @property
    def body_bytes(self) -> int | None:
        """How long the body is said to be; None when that is not said."""
        if "transfer-encoding" in self.headers:
            return None
        return self.number("content-length") if "content-length" in self.headers else 0

    @property
    def has_body(self) -> bool:
        """Does the request bring bytes of the file?"""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower() == BODY_TYPE

    def number(self, name: str) -> int:
        """A header that must be a whole number. Raises Refused."""
        given = self.headers.get(name, "")
        if not _NUMBER.match(given):
            sentence = _("Send {header} as a whole number of bytes, zero or more.")
            raise Refused(400, Code.BAD_REQUEST, sentence, values={"header": name.title()})
        return int(given)

    def checksum(self) -> Checksum | None:
        """The checksum of the body, if one was sent. Raises Refused."""
        given = self.headers.get("upload-checksum")
        if given is None:
            return None
        algorithm, _space, digest = given.strip().partition(" ")
        if algorithm not in CHECKSUMS:
            sentence = _("This checksum algorithm is not known here. Use one of: {known}.")
            raise Refused(400, Code.BAD_REQUEST, sentence, values={"known": ", ".join(CHECKSUMS)})
        try:
            return Checksum(algorithm, base64.b64decode(digest.strip(), validate=True))
        except (binascii.Error, ValueError):
            raise Refused(400, Code.BAD_REQUEST, _("Send Upload-Checksum as an algorithm and base64.")) from None

    def metadata(self) -> dict[str, str]:
        """Upload-Metadata as text. Raises Refused."""
        given = self.headers.get("upload-metadata", "").strip()
        if len(given) > _LONGEST_METADATA:
            raise Refused(
                400, Code.BAD_REQUEST, _("Upload-Metadata is too long. Shorten the title or the file's name.")
            )
        found: dict[str, str] = {}
        for pair in given.split(",") if given else ():
            key, _space, value = pair.strip().partition(" ")
            if not key or key in found:
                raise Refused(400, Code.BAD_REQUEST, _("Send each key of Upload-Metadata once, with its value."))
            found[key] = _decoded(value)
        return found

    def parts(self) -> tuple[UploadId, ...]:
        """The uploads that a final one is joined from. Raises Refused."""
        listed = self.headers.get("upload-concat", "").strip().removeprefix("final;").split()
        found = tuple(upload_id_of(urlsplit(address).path) for address in listed)
        if not found or len(found) > _MOST_PARTS or None in found:
            sentence = _("Name one to {most} parts by their addresses, as `final;/files/<id> /files/<id>`.")
            raise Refused(400, Code.BAD_REQUEST, sentence, values={"most": str(_MOST_PARTS)})
        return tuple(one for one in found if one is not None)


def upload_id_of(path: str) -> UploadId | None:
    """The upload that an address names; only an id, spelled plainly (security classes 3 and 13)."""
    match = _UPLOAD.match(path)
    return UploadId(UUID(match[1])) if match else None


def parse(scope: Mapping[str, Any]) -> Request:
    """Read the request line and the headers. Raises Refused for an address that is not one of ours."""
    path = scope["path"]
    upload_id = upload_id_of(path)
    if upload_id is None and path != "/files/":
        raise Refused(404, Code.NOT_FOUND, _("There is no such upload. Start it again."))
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    return Request(scope["method"], upload_id, headers)


def check(request: Request, *, site_url: str) -> None:
    """Rules that hold for every request but OPTIONS. Raises Refused."""
    if "x-http-method-override" in request.headers:
        raise Refused(400, Code.BAD_REQUEST, _("Send the method itself; X-HTTP-Method-Override is not accepted here."))
    if request.headers.get("tus-resumable") != VERSION:
        version = ((b"tus-version", VERSION.encode()),)
        sentence = _("Send Tus-Resumable: {version}.")
        raise Refused(412, Code.BAD_REQUEST, sentence, headers=version, values={"version": VERSION})
    if request.method != "HEAD":
        _check_origin(request, site_url)


def _check_origin(request: Request, site_url: str) -> None:
    """A page of another site must not send in somebody's name, whatever its cookies are."""
    if browser.is_foreign(request.headers, site_url):
        raise Refused(
            403, Code.NO_PERMISSION, _("Another site may not upload in your name. Open Cathedra and upload there.")
        )


def _decoded(value: str) -> str:
    try:
        return base64.b64decode(value.strip(), validate=True).decode("utf-8", errors="replace")
    except (binascii.Error, ValueError):
        raise Refused(400, Code.BAD_REQUEST, _("Send the values of Upload-Metadata in base64.")) from None

"""How a recording comes here, as the key `origin` of Upload-Metadata says it: `upload`, or `import` (R93)."""

from collections.abc import Mapping

from cathedra.domain.library import Origin
from cathedra.domain.terms import Code
from cathedra.domain.terms import gettext_noop as _
from cathedra.edge.upload._answer import Refused


def is_import(metadata: Mapping[str, str]) -> bool:
    """Whether it waits in its owner's intake list when it has arrived; the key `owner` says whose. Raises Refused."""
    given = metadata.get("origin", Origin.UPLOAD)
    if given not in (Origin.UPLOAD, Origin.IMPORT):
        raise Refused(400, Code.BAD_REQUEST, _("Send `origin` as `upload` or `import`, or leave it out."), rule="R93")
    if "owner" in metadata and given != Origin.IMPORT:
        raise Refused(
            400, Code.BAD_REQUEST, _("Only an import names its `owner`; an upload is its sender's."), rule="R93"
        )
    return given == Origin.IMPORT

"""Put away a recording that is saved anew without what is cut (R103)."""

from cathedra.db.writes.saving._content import carry_captions, carry_looks, carry_slides
from cathedra.db.writes.saving._rows import NewFile, add_files, begin, carry_over, end, remove

__all__ = [
    "NewFile",
    "add_files",
    "begin",
    "carry_captions",
    "carry_looks",
    "carry_over",
    "carry_slides",
    "end",
    "remove",
]

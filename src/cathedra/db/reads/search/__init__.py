"""What finds recordings: the search of the site, that of one recording, and what the index is made from (R211)."""

from cathedra.db.reads.search._contents import Contents, contents_of, is_indexed, list_lagging
from cathedra.db.reads.search._find import Found, Place, Wish, find
from cathedra.db.reads.search._inside import find_inside
from cathedra.db.reads.search._shown import Hit, Result

__all__ = [
    "Contents",
    "Found",
    "Hit",
    "Place",
    "Result",
    "Wish",
    "contents_of",
    "find",
    "find_inside",
    "is_indexed",
    "list_lagging",
]

"""Finding it: what a person asks for, what a recording is found by, and where in it that was said or shown (R211)."""

from cathedra.domain.search._asking import PREFIX_FROM, TEXT_LIMIT, Query, Term, parse, words_of
from cathedra.domain.search._document import (
    CHAPTER,
    SLIDE,
    SPEECH,
    Document,
    Line,
    Lines,
    Said,
    build,
    without_addresses,
)
from cathedra.domain.search._finding import Passage, fold, pieces, places_of, typed_places
from cathedra.domain.search._mending import corrected, nearest

__all__ = [
    "CHAPTER",
    "PREFIX_FROM",
    "SLIDE",
    "SPEECH",
    "TEXT_LIMIT",
    "Document",
    "Line",
    "Lines",
    "Passage",
    "Query",
    "Said",
    "Term",
    "build",
    "corrected",
    "fold",
    "nearest",
    "parse",
    "pieces",
    "places_of",
    "typed_places",
    "without_addresses",
    "words_of",
]

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
from cathedra.domain.search._finding import (
    Parts,
    Passage,
    Span,
    confirmed,
    excerpt,
    fold,
    marked,
    pattern_of,
    places_of,
    spans_in,
    typed_places,
)
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
    "Parts",
    "Passage",
    "Query",
    "Said",
    "Span",
    "Term",
    "build",
    "confirmed",
    "corrected",
    "excerpt",
    "fold",
    "marked",
    "nearest",
    "parse",
    "pattern_of",
    "places_of",
    "spans_in",
    "typed_places",
    "without_addresses",
    "words_of",
]

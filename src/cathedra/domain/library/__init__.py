"""What we hold and where: kinds of folder and course, the state of a recording, what is said and shown in it, and how
it is cut."""

from cathedra.domain.library._captions import CaptionOrigin, Cue, SpokenWord
from cathedra.domain.library._chapters import AnalysisKind, AnalysisState, Chapter, MarkOrigin
from cathedra.domain.library._deck import DECK_LIMIT_BYTES, PAGE_TEXT_LIMIT, PAGES_LIMIT, DeckPage, align
from cathedra.domain.library._edits import UNEDITED, Edits, Span
from cathedra.domain.library._outline import CHAPTERS_LIMIT, chapters_of, same_title
from cathedra.domain.library._reading import NOTHING_READ, Line, Reading, read_slide, shorten
from cathedra.domain.library._recordings import (
    DESCRIPTION_LIMIT,
    MEDIA_MOVES,
    NAME_LIMIT,
    CourseKind,
    FolderKind,
    Keeping,
    MediaState,
    Origin,
    Publication,
    Standing,
    State,
    clean_description,
    clean_name,
    media_sources,
    state_of,
)

__all__ = [
    "CHAPTERS_LIMIT",
    "DECK_LIMIT_BYTES",
    "DESCRIPTION_LIMIT",
    "MEDIA_MOVES",
    "NAME_LIMIT",
    "NOTHING_READ",
    "PAGES_LIMIT",
    "PAGE_TEXT_LIMIT",
    "UNEDITED",
    "AnalysisKind",
    "AnalysisState",
    "CaptionOrigin",
    "Chapter",
    "CourseKind",
    "Cue",
    "DeckPage",
    "Edits",
    "FolderKind",
    "Keeping",
    "Line",
    "MarkOrigin",
    "MediaState",
    "Origin",
    "Publication",
    "Reading",
    "Span",
    "SpokenWord",
    "Standing",
    "State",
    "align",
    "chapters_of",
    "clean_description",
    "clean_name",
    "media_sources",
    "read_slide",
    "same_title",
    "shorten",
    "state_of",
]

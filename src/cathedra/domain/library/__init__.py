"""What we hold and where: kinds of folder and course, the state of a recording, what is said and shown in it, and how
it is cut."""

from cathedra.domain.library._captions import CaptionOrigin, Cue, SpokenWord
from cathedra.domain.library._chapters import AnalysisKind, AnalysisState, Chapter, MarkOrigin
from cathedra.domain.library._edits import MOST_CUTS, UNEDITED, Edits, Layout, Look, Span, decide_edit
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
    "DESCRIPTION_LIMIT",
    "MEDIA_MOVES",
    "MOST_CUTS",
    "NAME_LIMIT",
    "UNEDITED",
    "AnalysisKind",
    "AnalysisState",
    "CaptionOrigin",
    "Chapter",
    "CourseKind",
    "Cue",
    "Edits",
    "FolderKind",
    "Keeping",
    "Layout",
    "Look",
    "MarkOrigin",
    "MediaState",
    "Origin",
    "Publication",
    "Span",
    "SpokenWord",
    "Standing",
    "State",
    "clean_description",
    "clean_name",
    "decide_edit",
    "media_sources",
    "state_of",
]

"""What we hold and where: kinds of folder and course, the state of a recording, what is said and shown in it, and how
it is cut."""

from cathedra.domain.library._captions import CaptionOrigin, Cue, SpokenWord
from cathedra.domain.library._chapters import AnalysisKind, AnalysisState, Chapter, MarkOrigin
from cathedra.domain.library._edits import UNEDITED, Edits, Span
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
from cathedra.domain.library._tags import TAG_LIMIT, TAGS_LIMIT, clean_tags

__all__ = [
    "DESCRIPTION_LIMIT",
    "MEDIA_MOVES",
    "NAME_LIMIT",
    "TAGS_LIMIT",
    "TAG_LIMIT",
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
    "clean_tags",
    "media_sources",
    "state_of",
]

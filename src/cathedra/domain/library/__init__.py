"""What we hold and where: kinds of folder and course, the state of a recording, what is said and shown in it, and how
it is cut."""

from cathedra.domain.library._captions import CaptionOrigin, Cue, SpokenWord
from cathedra.domain.library._chapters import AnalysisKind, AnalysisState, Chapter, MarkOrigin
from cathedra.domain.library._edits import UNEDITED, Edits, Span
from cathedra.domain.library._notes import (
    MOST_OF_ONE,
    BookmarkId,
    NoteFacts,
    NoteId,
    decide_mark,
    decide_note,
)
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
from cathedra.domain.library._transcript import Paragraph, Part, shown_chapters, shown_cues, transcript

__all__ = [
    "DESCRIPTION_LIMIT",
    "MEDIA_MOVES",
    "MOST_OF_ONE",
    "NAME_LIMIT",
    "UNEDITED",
    "AnalysisKind",
    "AnalysisState",
    "BookmarkId",
    "CaptionOrigin",
    "Chapter",
    "CourseKind",
    "Cue",
    "Edits",
    "FolderKind",
    "Keeping",
    "MarkOrigin",
    "MediaState",
    "NoteFacts",
    "NoteId",
    "Origin",
    "Paragraph",
    "Part",
    "Publication",
    "Span",
    "SpokenWord",
    "Standing",
    "State",
    "clean_description",
    "clean_name",
    "decide_mark",
    "decide_note",
    "media_sources",
    "shown_chapters",
    "shown_cues",
    "state_of",
    "transcript",
]

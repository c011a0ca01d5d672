"""Who may do what to which thing: the words, the matrix of R38, the facts, and the one decision."""

from cathedra.domain.access._decide import (
    CAPABILITIES,
    FolderFacts,
    RecordingFacts,
    capabilities,
    decide,
    decide_folder,
)
from cathedra.domain.access._words import (
    Action,
    Downloads,
    ExemptionKind,
    FolderEnd,
    FolderRole,
    FolderStart,
    GrantPurpose,
    GrantRight,
    GrantUse,
    RecordingEnd,
    RecordingStart,
    RequestAnswer,
    SharingLevel,
    Standing,
)

__all__ = [
    "CAPABILITIES",
    "Action",
    "Downloads",
    "ExemptionKind",
    "FolderEnd",
    "FolderFacts",
    "FolderRole",
    "FolderStart",
    "GrantPurpose",
    "GrantRight",
    "GrantUse",
    "RecordingEnd",
    "RecordingFacts",
    "RecordingStart",
    "RequestAnswer",
    "SharingLevel",
    "Standing",
    "capabilities",
    "decide",
    "decide_folder",
]

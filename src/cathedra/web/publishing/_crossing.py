"""Who gains and who loses access by a move, as pages say it before it is done (R203)."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from cathedra.db.reads import access as reads
from cathedra.domain import access
from cathedra.domain.access import Action
from cathedra.domain.terms import AccountId, FolderId, RecordingId

MEMBERS = 20  # whom a page names; of more it says how many


def crossing_of(
    viewer: AccountId | None, recording_id: RecordingId, target: FolderId, now: datetime
) -> dict[str, Any] | None:
    """By name for whoever may see how both folders are shared. Raises RecordingNotFound, FolderNotFound."""
    here = reads.recording_facts(viewer, recording_id)
    return _told(reads.crossing(recording_id, target, now=now)) if _may(here, viewer, target, now) else None


def crossing_of_several(
    viewer: AccountId | None,
    folder_id: FolderId,
    target: FolderId,
    recording_ids: Collection[RecordingId],
    now: datetime,
) -> dict[str, Any] | None:
    """The same of several recordings of a folder. Raises FolderNotFound."""
    here = reads.folder_facts(viewer, folder_id)
    return (
        _told(reads.crossing_between(folder_id, target, recording_ids, now=now))
        if _may(here, viewer, target, now)
        else None
    )


def _may(here: access.FolderFacts, viewer: AccountId | None, target: FolderId, now: datetime) -> bool:
    there = reads.folder_facts(viewer, target)
    return all(access.permits(facts, Action.SHARE, now) for facts in (here, there))


def _told(found: access.Crossing) -> dict[str, Any]:
    lists = [
        (name, lines[:MEMBERS], len(lines) - MEMBERS)
        for name, some in (("gaining", found.gaining), ("losing", found.losing))
        if (lines := reads.lines_of(some))
    ]
    return {"lists": lists, "was": found.was.name, "will": found.will.name, "is_further": found.will > found.was}

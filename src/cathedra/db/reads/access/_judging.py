"""The list of one folder by the rule itself: what is known of the folder is read once, and each recording is judged."""

from dataclasses import fields, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from cathedra.db.reads.access._facts import folder_facts_and_times, of_recording
from cathedra.db.reads.access._lists import listed_in
from cathedra.domain import access
from cathedra.domain.terms import AccountId, FolderId

_ABOUT = tuple(each.name for each in fields(access.FolderFacts))
_TIMES = ("folder_start", "folder_starts_at", "folder_end", "folder_ends_at", "release_delay_hours")


class OneFolder:
    """A person and a folder at an instant, whose facts are read once. Raises FolderNotFound."""

    def __init__(self, viewer: AccountId | None, folder_id: FolderId, now: datetime) -> None:
        self.folder_id, self.now = folder_id, now
        self.facts, self._folders_times = folder_facts_and_times(viewer, folder_id)
        self.viewer = viewer if self.facts.is_signed_in else None
        self._about = {name: getattr(self.facts, name) for name in _ABOUT}
        self._times = {name: getattr(self._folders_times, name) for name in _TIMES}
        self._judged: dict[tuple[Any, ...], bool] = {}

    def facts_of(self, row: Any) -> access.RecordingFacts:
        """What a row of `listing_facts` says of a recording, with what is known of the folder."""
        grants = self._grants_for(row.owner_id) if self.facts.grants else ()
        return of_recording(row, {**self._about, "exempt_until": row.exempt_until, "grants": grants}, self._times)

    def lists(self, row: Any) -> bool:
        """Whether the folder's list shows the recording. Rows that say the same are judged once."""
        said = (*row[2:-1], *row.holds)  # all but which recording it is, and where it stands
        if said not in self._judged:
            decision = access.decide(self.facts_of(row), access.Action.LIST, self.now)
            self._judged[said] = decision.is_permitted
        return self._judged[said]

    def condition(self) -> Q:
        """The same as a condition: the list form."""
        return listed_in(self.viewer, self.folder_id, self.now, known_of_it=(self.facts, self._folders_times))

    def _grants_for(self, owner_id: UUID) -> tuple[access.Grant, ...]:
        """Those of the folder that count for this owner's recordings, from when they do (R146)."""
        found = []
        for grant in self.facts.grants:
            if grant.counts_for is None:
                found.append(grant)
            elif since := dict(grant.counts_for).get(owner_id):
                found.append(replace(grant, live_since=since, counts_for=None))
        return tuple(found)

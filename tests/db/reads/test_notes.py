"""Whose notes are read by whom (R218). More: tests/actions/test_notes.py."""

from uuid import uuid4

import pytest

from cathedra.db.models import Folder, Note
from cathedra.db.reads import notes as reads
from cathedra.domain.terms import FolderNotFound
from tests.lectures import lecture


def test_ones_own_notes_and_public_ones_while_the_folder_allows_them(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    for at_ms, (who, is_public) in enumerate(((cast.ben, False), (cast.alice, True), (cast.alice, False))):
        Note.objects.create(
            recording_id=made, account_id=who, at_ms=9 - at_ms, text=f"note {at_ms}", is_public=is_public, made_at=now,
            changed_at=now,
        )  # fmt: skip

    def told(who):
        return [(one.text, one.is_own, one.author) for one in reads.list_notes(made, who)]

    assert told(cast.ben) == [("note 0", True, "Ben")]
    Folder.objects.filter(id=cast.chemistry).update(public_notes=True)
    assert told(cast.ben) == [("note 1", False, "Alice"), ("note 0", True, "Ben")]
    assert told(cast.eve) == [("note 1", False, "Alice")]
    assert (reads.count_notes(made, cast.alice), reads.count_bookmarks(made, cast.alice)) == (2, 0)
    with pytest.raises(FolderNotFound):
        reads.get_public_notes(uuid4())

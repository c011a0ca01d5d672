"""Notes and bookmarks as they are kept. Who may: tests/actions/test_notes.py."""

from cathedra.db.models import Bookmark, Folder, Note
from cathedra.db.writes import notes as writes
from tests.lectures import lecture


def test_notes_and_bookmarks_come_change_and_go(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    note = writes.add_note(made, cast.ben, at_ms=5, text="Why?", is_public=False, now=now)
    writes.set_note(note, text="Because.", is_public=True, now=now)
    assert list(Note.objects.values_list("text", "is_public", "at_ms")) == [("Because.", True, 5)]
    writes.remove_note(note)
    assert not Note.objects.exists()
    first, is_new = writes.add_bookmark(made, cast.ben, at_ms=5, title="a", now=now)
    assert is_new
    assert writes.add_bookmark(made, cast.ben, at_ms=5, title="b", now=now) == (first, False)
    assert Bookmark.objects.get().title == "a"
    writes.remove_bookmark(first)
    assert not Bookmark.objects.exists()
    writes.set_public_notes(cast.chemistry, True)
    assert Folder.objects.get(id=cast.chemistry).public_notes is True

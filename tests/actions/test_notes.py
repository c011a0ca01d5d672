"""Notes and bookmarks: who may, what others see, what is written down (R218, R38 rows 17 and 18)."""

from uuid import uuid4

import pytest

from cathedra.actions import notes as actions
from cathedra.db.models import AuditEvent, Bookmark, Folder, Note, Recording
from cathedra.db.reads import notes as reads
from cathedra.db.writes import library
from cathedra.domain.library import MOST_OF_ONE, FolderKind, MediaState
from cathedra.domain.terms import Actor, Channel, Code, FolderNotFound, RecordingNotFound
from tests.lectures import lecture
from tests.said import cut


def by(account_id):
    return Actor(account_id=account_id, channel=Channel.API)


def note(recording_id, who, now, text="Why?", at_ms=5000, is_public=False):
    return actions.add_note(recording_id, at_ms=at_ms, text=text, is_public=is_public, actor=by(who), now=now)


def events():
    return list(AuditEvent.objects.order_by("id").values_list("action", flat=True))


@pytest.fixture
def made(cast, now):
    return lecture(cast.chemistry, cast.alice, now=now)


def texts(made, who):
    return [one.text for one in reads.list_notes(made, who)]


def test_r218_a_note_is_its_authors_alone_and_nobody_writes_down_that_it_was_made(cast, made, now):
    kept = note(made, cast.ben, now, "  Why \x00?  ")
    assert kept.decision.is_permitted
    assert (texts(made, cast.ben), texts(made, cast.alice)) == (["Why  ?"], [])
    change = {"text": "Because.", "is_public": False, "now": now}
    assert actions.change_note(kept.id, **change, actor=by(cast.ben)).is_permitted
    assert texts(made, cast.ben) == ["Because."]
    for who in (cast.alice, cast.chloe, cast.dev, cast.eve, None):
        with pytest.raises(reads.NoteNotFound):
            actions.change_note(kept.id, **change, actor=by(who))
        with pytest.raises(reads.NoteNotFound):
            actions.remove_note(kept.id, actor=by(who), now=now)
    assert actions.remove_note(kept.id, actor=by(cast.ben), now=now).is_permitted
    assert not Note.objects.exists()
    assert events() == []


def test_r218_public_only_where_the_folder_allows_it_and_whoever_moderates_may_remove_it(cast, made, now):
    assert note(made, cast.ben, now, is_public=True).decision.code == Code.NOT_PERMITTED
    assert actions.set_public_notes(cast.chemistry, True, actor=by(cast.alice), now=now).is_permitted
    shown, hidden = note(made, cast.ben, now, "For all", is_public=True), note(made, cast.ben, now, "Mine", at_ms=9000)
    assert (texts(made, cast.ben), texts(made, cast.alice)) == (["For all", "Mine"], ["For all"])
    version = Recording.objects.get(id=made).content_version
    for text, is_public in (("Said otherwise", True), ("Mine again", False), ("All again", True), ("All again", True)):
        decision = actions.change_note(shown.id, text=text, is_public=is_public, actor=by(cast.ben), now=now)
        assert decision.is_permitted
    assert Recording.objects.get(id=made).content_version == version + 3, "search follows (R211)"
    told = (
        AuditEvent.objects.filter(action="recording:change_public_note").order_by("id").values_list("before", "after")
    )
    assert list(told) == [
        ({"text": "For all"}, {"text": "Said otherwise"}),
        ({"text": "Said otherwise"}, None),
        (None, {"text": "All again"}),
    ]
    for who in (cast.eve, None):
        with pytest.raises(reads.NoteNotFound):
            actions.remove_note(shown.id, actor=by(who), now=now)
    assert actions.remove_note(shown.id, actor=by(cast.chloe), now=now).is_permitted, "R38 row 18"
    assert [one.id for one in Note.objects.all()] == [hidden.id]
    assert events()[0] == "folder:set_public_notes"
    assert events()[-1] == "recording:remove_public_note"


def test_r218_who_may_not_watch_keeps_nothing(cast, made, now):
    unready = lecture(cast.chemistry, cast.alice, media=MediaState.PREPARING, now=now)
    cases = [(made, cast.eve, Code.NO_PERMISSION), (made, None, Code.SIGN_IN), (unready, cast.alice, Code.NOT_READY)]
    for recording_id, who, code in cases:
        assert note(recording_id, who, now).decision.code == code
        kept = actions.add_bookmark(recording_id, at_ms=0, title="", actor=by(who), now=now)
        assert kept.decision.code == code
    for text, at_ms in (("  ", 0), ("x", -1), ("x", 60_001)):
        assert note(made, cast.ben, now, text, at_ms).decision.code == Code.BAD_REQUEST
    with pytest.raises(RecordingNotFound):
        note(uuid4(), cast.ben, now)
    mine = note(made, cast.ben, now)
    Recording.objects.filter(id=made).update(folder_id=cast.physics)
    assert (
        actions.change_note(mine.id, text="x", is_public=False, actor=by(cast.ben), now=now).code == Code.NO_PERMISSION
    )
    assert actions.remove_note(mine.id, actor=by(cast.ben), now=now).is_permitted, "what is one's own can always go"


def test_bookmarks_are_at_an_instant_once_and_ones_own(cast, made, now):
    cut(made, (10_000, 20_000), now=now)
    mark = {"at_ms": 12_000, "title": "The proof", "now": now}
    kept = actions.add_bookmark(made, **mark, actor=by(cast.ben))
    again = actions.add_bookmark(made, **mark, actor=by(cast.ben))
    assert kept.id == again.id
    assert [(one.at_ms, one.title) for one in reads.list_bookmarks(made, cast.ben)] == [(22_000, "The proof")]
    assert reads.list_bookmarks(made, cast.alice) == []
    for who in (cast.alice, None):
        with pytest.raises(reads.BookmarkNotFound):
            actions.remove_bookmark(kept.id, actor=by(who), now=now)
    assert actions.add_bookmark(made, **{**mark, "at_ms": 50_001}, actor=by(cast.ben)).decision.code == Code.BAD_REQUEST
    Bookmark.objects.bulk_create(
        Bookmark(recording_id=made, account_id=cast.ben, at_ms=place, made_at=now) for place in range(MOST_OF_ONE - 1)
    )
    refused = actions.add_bookmark(made, **{**mark, "at_ms": 40_000}, actor=by(cast.ben)).decision
    assert refused.code == Code.LIMIT_REACHED
    assert actions.remove_bookmark(kept.id, actor=by(cast.ben), now=now).is_permitted
    assert events() == []


def test_a_folder_allows_public_notes_when_it_or_the_one_above_says_so(cast, made, now):
    below = library.add_folder("Week 1", kind=FolderKind.GENERAL, parent_id=cast.chemistry, now=now)
    inside = lecture(below, cast.alice, now=now)
    set_by = {"actor": by(cast.alice), "now": now}
    assert (reads.allows_public(made), reads.allows_public(inside)) == (False, False)
    assert actions.set_public_notes(cast.chemistry, True, **set_by).is_permitted
    assert (reads.allows_public(made), reads.allows_public(inside)) == (True, True)
    assert actions.set_public_notes(below, False, **set_by).is_permitted
    assert actions.set_public_notes(below, False, **set_by).is_permitted, "as it is"
    assert (reads.allows_public(made), reads.allows_public(inside)) == (True, False)
    told = AuditEvent.objects.filter(target_id=str(below)).values_list("action", "before", "after")
    assert list(told) == [("folder:set_public_notes", {"public_notes": None}, {"public_notes": False})]
    for who, code in ((cast.ben, Code.NO_PERMISSION), (cast.chloe, Code.NO_PERMISSION), (None, Code.SIGN_IN)):
        assert actions.set_public_notes(below, True, actor=by(who), now=now).code == code
    with pytest.raises(FolderNotFound):
        actions.set_public_notes(uuid4(), True, **set_by)
    assert Folder.objects.get(id=below).public_notes is False

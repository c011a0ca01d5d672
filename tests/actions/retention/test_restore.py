"""To the archive by hand, and back: asked, refused, done, failed, told, metered (T30 to T33, R117 to R121)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from cathedra.actions import encoding, metering, publishing, retention
from cathedra.actions.metering import HourLimits
from cathedra.actions.retention import Damaged, Stores
from cathedra.db.models import (
    Bookmark,
    CaptionTrack,
    Chapter,
    ChapterList,
    Edit,
    Hold,
    Kept,
    MeterEntry,
    Note,
    Notice,
    Recording,
    RecordingViewer,
    Restore,
    SlideDeck,
    Source,
    Stream,
    ViewProgress,
    ViewTotals,
)
from cathedra.db.reads import retention as reads
from cathedra.db.writes import access, library
from cathedra.domain.access import FolderRole
from cathedra.domain.library import FolderKind
from cathedra.domain.retention import WHY_SENTENCES, Why
from cathedra.domain.terms import Code, PrincipalId
from tests.actions.retention.archives import SYSTEM, by, events, is_proved, keeping, kept, local, stores, tend, told
from tests.actions.test_encoding import jobs, packaged, receive, run, tools  # noqa: F401 - a fixture
from tests.fakes.object_store import MemoryStore

NOW, LATER = local(2026, 11, 2, 10), local(2026, 11, 5, 10)


def archived(cast, where, **facts):
    made = kept(cast, where, NOW, **facts)
    assert retention.archive_media(made, actor=by(cast.alice), now=NOW, stores=where) is None
    return made


@pytest.mark.slow
def test_r117_by_hand_by_its_owner_or_a_creator_and_repeated_it_is_done_already(cast):
    where = stores()
    made = kept(cast, where, NOW, owner=cast.chloe)
    for who, code in ((cast.ben, Code.NO_PERMISSION), (cast.chloe, Code.ALLOW), (cast.alice, Code.ALLOW)):
        assert retention.archive_recording(made, actor=by(who), now=NOW).code is code
    assert jobs() == [("ARCHIVE_RECORDING", "io", 0, f"recording:{made}")], "once is enough"
    assert retention.archive_media(made, actor=by(cast.chloe), now=NOW, stores=where) is None
    assert retention.archive_media(made, actor=by(cast.chloe), now=NOW, stores=where) == "NOT_LIVE"
    assert retention.archive_recording(made, actor=by(cast.alice), now=NOW).is_permitted  # R53
    assert list(where.archive.objects.values()) == [b"Entropy"]
    assert [key.split("/")[-1] for key in where.media.objects] == ["poster.jpg"]  # R121: thumbnails remain
    assert events(made) == ["recording:archive"]
    assert not Stream.objects.filter(recording_id=made).exists()
    held, plain = kept(cast, where, NOW, title="Held"), kept(cast, where, NOW, title="No original")
    Hold.objects.create(recording_id=held, kind="legal", opened_at=NOW)
    Source.objects.filter(recording_id=plain).update(object_key="")
    assert retention.archive_recording(held, actor=by(cast.alice), now=NOW).code is Code.HELD
    assert retention.archive_recording(plain, actor=by(cast.alice), now=NOW).code is Code.ILLEGAL_TRANSITION
    assert is_proved(NOW)


@pytest.mark.slow
def test_r117_who_wanted_it_archived_hears_that_it_stays_live_and_why(cast):
    """Held meanwhile, damaged, or a store that never answers; not of what somebody deleted, nor without anybody."""
    where = stores()
    held, broken, lost, binned = (kept(cast, where, NOW, title=title) for title in ("Held", "Broken", "Lost", "Binned"))
    for one in (held, broken, lost, binned):
        assert retention.archive_recording(one, actor=by(cast.alice), now=NOW).is_permitted
    Hold.objects.create(recording_id=held, kind="legal", opened_at=NOW)
    where.media.objects.pop(Source.objects.get(recording_id=broken).object_key)
    assert retention.recycle_recording(binned, actor=by(cast.alice), now=NOW).is_permitted
    for one, why in ((held, "HELD"), (broken, "DAMAGED"), (binned, "IN_BIN")):
        assert retention.archive_media(one, actor=by(cast.alice), now=LATER, stores=where) == why
    assert [retention.abandon_archive(one, actor=by(cast.alice), now=LATER) for one in (lost, binned)] == [True, False]
    assert retention.archive_media(held, actor=SYSTEM, now=LATER, stores=where) == "HELD"
    notices = Notice.objects.filter(kind="NOT_ARCHIVED")
    assert {(row.recipient_id, row.values["title"], row.values["reason"]["sentence"], row.link) for row in notices} == {
        (cast.alice, "Held", "It is on hold.", f"/recordings/{held}/keeping/"),
        (cast.alice, "Broken", WHY_SENTENCES[Why.DAMAGED], f"/recordings/{broken}/keeping/"),
        (
            cast.alice,
            "Lost",
            "Its files could not be copied to the archive, although it was tried three times.",
            f"/recordings/{lost}/keeping/",
        ),
    }


@pytest.mark.slow
def test_t31_t32_r120_a_viewer_restores_it_and_everything_is_as_it_was(cast):
    where = stores()
    made = archived(cast, where)
    Recording.objects.filter(id=made).update(created_by_id=cast.chloe)
    before = Recording.objects.values("folder_id", "title", "publication", "owner_id").get(id=made)
    for who, code in ((cast.eve, Code.NO_PERMISSION), (None, Code.SIGN_IN)):
        assert retention.request_restore(made, actor=by(who), now=LATER).code is code
    assert retention.request_restore(made, actor=by(cast.ben), now=LATER).is_permitted
    assert retention.request_restore(made, actor=by(cast.chloe), now=LATER).is_permitted  # on its way already
    assert (keeping(made), Restore.objects.count(), told("N32")) == ("RESTORING", 1, [str(cast.ben)])
    assert jobs() == [("RESTORE_MEDIA", "io", 25, f"recording:{made}")]
    assert is_proved(LATER)  # R101: archived until it plays
    assert retention.restore_media(made, actor=SYSTEM, now=LATER, stores=where)
    assert not retention.restore_media(made, actor=SYSTEM, now=LATER, stores=where)
    tend(LATER, where)
    assert (keeping(made), where.archive.objects) == ("ONLINE", {})
    assert where.media.objects[Source.objects.get(recording_id=made).object_key] == b"Entropy"
    assert Recording.objects.values(*before).get(id=made) == before
    assert Kept.objects.get(recording_id=made).restored_at == LATER
    assert reads.get_facts(made).anchor == LATER, "R114: the run counts from then"
    assert told("N33") == sorted([str(cast.ben), str(cast.alice), str(cast.chloe)]), "who asked, its owner, its creator"
    assert events(made) == ["recording:archive", "recording:ask_restore", "recording:restore"]
    assert is_proved(LATER)


@pytest.mark.slow
def test_r120_what_was_said_written_and_counted_survives_the_archive(cast):
    """Captions, slides, chapters, cuts, notes, bookmarks, statistics and viewers of its own; and the file of the deck,
    which nothing else has."""
    where = stores()
    made = kept(cast, where, NOW)
    about, whose = {"recording_id": made}, {"recording_id": made, "account_id": cast.ben}
    deck = f"originals/{made}/deck-0123abcd"
    where.media.put_bytes(deck, b"%PDF-1.7")
    counted = {"delivered_ms": 5, "views": 1, "last_at": NOW}
    CaptionTrack.objects.create(
        **about, language="en-GB", origin="UPLOADED", cues=[[0, 900, "Entropy.", []]], made_at=NOW, changed_at=NOW
    )
    SlideDeck.objects.create(
        **about, original_name="a.pdf", object_key=deck, size_bytes=8, sha256="0", pages=["One"], added_at=NOW
    )
    Chapter.objects.create(**about, start_ms=0, title="Beginning", origin="PERSON")
    ChapterList.objects.create(**about, changed_by_id=cast.alice, changed_at=NOW)
    Edit.objects.create(**about, version=1, cuts=[[0, 500]], made_at=NOW, shown_at=NOW)
    Note.objects.create(**whose, at_ms=5, text="Ask why.", made_at=NOW, changed_at=NOW)
    Bookmark.objects.create(**whose, at_ms=5, title="Here", made_at=NOW)
    ViewProgress.objects.create(**whose, watched=b"\0\1", percent=40, position_ms=5, first_at=NOW, **counted)
    ViewTotals.objects.create(**about, viewers=1, played_ms=[5], reached_by=[1], **counted)
    RecordingViewer.objects.create(**about, principal_id=cast.eve, given_at=NOW)
    models = (CaptionTrack, SlideDeck, Chapter, ChapterList, Edit, Note, Bookmark, ViewProgress, ViewTotals)

    def said():
        return [list(model.objects.filter(**about).values()) for model in (*models, RecordingViewer)]

    before = said()
    assert all(before)
    assert retention.archive_media(made, actor=by(cast.alice), now=NOW, stores=where) is None
    assert (said(), sorted(where.media.objects)) == (before, sorted([deck, f"stream/{made}/poster.jpg"]))
    assert retention.request_restore(made, actor=by(cast.ben), now=LATER).is_permitted
    assert retention.restore_media(made, actor=SYSTEM, now=LATER, stores=where)
    tend(LATER, where)
    assert (said(), where.media.objects[deck]) == (before, b"%PDF-1.7")
    assert retention.recycle_recording(made, actor=by(cast.alice), now=LATER).is_permitted
    assert retention.purge_recording(made, actor=by(cast.alice), now=LATER).is_permitted
    tend(LATER, where)
    assert where.media.objects == {}, "R136: and what is destroyed leaves nothing"


@pytest.mark.slow
def test_r119_r140_who_sees_it_by_a_copy_restores_what_the_copy_plays(cast):
    """Eve studies where the copy is, and knows nothing of where it comes from."""
    where = stores()
    there = library.add_folder("Part IB", kind=FolderKind.COURSE, now=NOW)
    for who, role in ((cast.alice, FolderRole.CREATOR), (cast.eve, FolderRole.VIEWER)):
        access.add_member(there, PrincipalId(who), role, now=NOW)
    made = kept(cast, where, NOW)
    copy = publishing.copy_recording(made, there, is_full=False, actor=by(cast.alice), now=NOW).recording_id
    Recording.objects.filter(id=copy).update(title="Our copy")
    assert retention.archive_media(made, actor=by(cast.alice), now=NOW, stores=where) is None
    assert retention.request_restore(made, actor=by(cast.eve), now=LATER).code is Code.NO_PERMISSION
    assert retention.request_restore(copy, actor=by(cast.ben), now=LATER).code is Code.NO_PERMISSION
    Recording.objects.filter(id=copy).update(start="never")
    assert retention.request_restore(copy, actor=by(cast.eve), now=LATER).code is Code.NEVER
    Recording.objects.filter(id=copy).update(start="with_folder")
    for _turn in range(2):
        assert retention.request_restore(copy, actor=by(cast.eve), now=LATER).is_permitted
    assert (keeping(made), keeping(copy), Restore.objects.get().recording_id) == ("RESTORING", "ONLINE", made)
    assert retention.restore_media(made, actor=SYSTEM, now=LATER, stores=where)
    assert keeping(made) == "ONLINE"
    told_of = {(row.kind, row.recipient_id): (row.values["title"], row.link) for row in Notice.objects.all()}
    for kind in ("N32", "N33"):
        assert told_of[kind, cast.eve] == ("Our copy", f"/recordings/{copy}/"), "she may not know of the other one"
    assert told_of["N33", cast.alice] == ("Entropy", f"/recordings/{made}/")
    assert is_proved(LATER)


@pytest.mark.slow
def test_r119_a_full_store_asks_the_owner_and_a_site_may_keep_viewers_out(cast, site_says):
    where = stores()
    made = archived(cast, where)
    kept(cast, where, NOW, title="Fills it", duration_ms=3_600_000)
    metering.set_limits("2026-27", HourLimits(None, 1, None), actor=by(cast.dev), now=NOW)
    assert retention.request_restore(made, actor=by(cast.ben), now=LATER).code is Code.LIMIT_REACHED
    assert retention.request_restore(made, actor=by(cast.ben), now=LATER).code is Code.LIMIT_REACHED
    assert (keeping(made), told("N32b")) == ("ARCHIVED", [str(cast.alice)])
    with site_says(RESTORE_MIN_ROLE="creator"):
        assert retention.request_restore(made, actor=by(cast.ben), now=LATER).code is Code.NO_PERMISSION
        assert retention.request_restore(made, actor=by(cast.alice), now=LATER).is_permitted
    held = archived(cast, where, title="Held")
    Hold.objects.create(recording_id=held, kind="legal", opened_at=NOW)
    assert retention.request_restore(held, actor=by(cast.alice), now=LATER).code is Code.HELD


@pytest.mark.slow
def test_r120_who_waits_longer_than_was_promised_told_once_and_the_service_too(cast):
    where = stores()
    made = archived(cast, where)
    assert retention.request_restore(made, actor=by(cast.ben), now=LATER).is_permitted
    hours = [LATER + timedelta(hours=hour) for hour in range(80)]
    tend(hours[47] + timedelta(minutes=59), where)
    assert told("N34_LATE") == []
    for hour in (48, 49, 79):
        tend(hours[hour], where)
    assert told("N34_LATE") == sorted([str(cast.alice), str(cast.ben), str(cast.dev)])
    assert {row.values["hours"] for row in Notice.objects.filter(kind="N34_LATE")} == {"48"}
    assert keeping(made) == "RESTORING"
    assert retention.restore_media(made, actor=SYSTEM, now=hours[79], stores=where)
    assert keeping(made) == "ONLINE"


@pytest.mark.slow
def test_r120_a_restore_that_ends_in_time_is_not_called_late(cast):
    where = stores()
    made = archived(cast, where)
    assert retention.request_restore(made, actor=by(cast.ben), now=LATER).is_permitted
    assert retention.restore_media(made, actor=SYSTEM, now=LATER + timedelta(hours=1), stores=where)
    tend(LATER + timedelta(hours=60), where)
    assert told("N34_LATE") == []


@pytest.mark.slow
def test_t33_a_restore_that_fails_three_times_leaves_the_archive_whole_and_is_safe_from_deletion(cast):
    where = stores()
    made = archived(cast, where)
    assert retention.request_restore(made, actor=by(cast.ben), now=LATER).is_permitted
    (key,) = where.archive.objects
    where.archive.objects[key] = b"rotten"
    with pytest.raises(Damaged, match="checksum differs"):
        retention.restore_media(made, actor=SYSTEM, now=LATER, stores=where)
    assert retention.abandon_restore(made, why="Damaged: checksum differs", actor=SYSTEM, now=LATER)
    assert not retention.abandon_restore(made, why="again", actor=SYSTEM, now=LATER)
    assert (keeping(made), told("N34")) == ("ARCHIVED", sorted([str(cast.alice), str(cast.ben), str(cast.dev)]))
    assert reads.get_facts(made).is_restore_failed
    assert key in where.archive.objects
    assert retention.request_restore(made, actor=by(cast.ben), now=LATER).is_permitted  # and tried again
    assert not reads.get_facts(made).is_restore_failed
    assert is_proved(LATER)


@pytest.mark.slow
def test_t32_t33_what_was_processed_is_processed_again_from_the_archived_file(cast, tools, tmp_path, now):  # noqa: F811
    made, source_id = packaged(receive(cast, tools, tmp_path, now), tools, now)
    run(encoding.encode_ladder, source_id, tools, now)
    encoding.store_original(source_id, actor=SYSTEM, now=now, tools=tools)
    names = {key for key in tools.store.objects if key.startswith("stream")}
    recorded = MeterEntry.objects.filter(category="RECORDED").count()
    where = Stores(media=tools.store, archive=MemoryStore())
    assert retention.archive_media(made, actor=by(cast.alice), now=now, stores=where) is None
    assert len(where.archive.objects) == 1
    for turn in ("fails", "plays"):
        assert retention.request_restore(made, actor=by(cast.ben), now=LATER).is_permitted
        assert retention.restore_media(made, actor=SYSTEM, now=LATER, stores=where)
        assert ("PACKAGE_SOURCE", "cpu.restores", 25, f"source:{source_id}") in jobs()
        if turn == "fails":
            encoding.give_up(source_id, actor=SYSTEM, now=LATER, attempt=uuid4(), why="ffmpeg died")
            row = Recording.objects.get(id=made)
            assert (row.keeping, row.media_state, row.dropped) == ("ARCHIVED", "READY", [])
            assert Source.objects.get(id=source_id).problem == ""
            tend(LATER, where)
            assert not [key for key in tools.store.objects if key.startswith("originals")]
            continue
        run(encoding.package_source, source_id, tools, LATER)
        assert keeping(made) == "ONLINE", "it plays with its first version"
        assert "WRITE_CAPTIONS" in {job[0] for job in jobs()}, "R120: its captions are files again, with no engine too"
        run(encoding.encode_ladder, source_id, tools, LATER)
    tend(LATER, where)
    assert {key for key in tools.store.objects if key.startswith("stream")} == names
    assert where.archive.objects == {}
    assert Recording.objects.get(id=made).is_ladder_complete
    assert MeterEntry.objects.filter(category="RECORDED").count() == recorded  # R99
    assert is_proved(LATER)


@pytest.mark.slow
def test_r120_a_lost_restore_is_begun_again_ended_or_given_up(cast, tools, tmp_path, now):  # noqa: F811
    made, source_id = packaged(receive(cast, tools, tmp_path, now), tools, now)
    run(encoding.encode_ladder, source_id, tools, now)
    encoding.store_original(source_id, actor=SYSTEM, now=now, tools=tools)
    where = Stores(media=tools.store, archive=MemoryStore())
    assert retention.archive_media(made, actor=by(cast.alice), now=now, stores=where) is None
    assert retention.request_restore(made, actor=by(cast.ben), now=LATER).is_permitted
    minutes = [LATER + timedelta(minutes=n) for n in range(60)]
    assert not tend(minutes[30], where).stuck, "its job waits"
    ProcrastinateJob.objects.all().delete()  # the job is lost
    assert not tend(minutes[4], where).stuck, "it may just have been asked for"
    assert tend(minutes[6], where).stuck == 1
    assert jobs() == [("RESTORE_MEDIA", "io", 25, f"recording:{made}")]
    assert not tend(minutes[7], where).stuck, "it is worked on again"
    assert retention.restore_media(made, actor=SYSTEM, now=minutes[8], stores=where)
    ProcrastinateJob.objects.filter(task_name="RESTORE_MEDIA").delete()
    assert not tend(minutes[9], where).stuck, "its packaging waits"
    ProcrastinateJob.objects.all().delete()  # it found nothing to do
    assert tend(minutes[10], where).stuck == 1
    ProcrastinateJob.objects.all().delete()
    assert (keeping(made), told("N34")) == ("RESTORING", [])
    assert tend(minutes[12], where).stuck == 1  # T33: the third attempt was the last
    assert (keeping(made), told("N34")) == ("ARCHIVED", sorted([str(cast.alice), str(cast.ben), str(cast.dev)]))
    assert Restore.objects.get().is_done is False
    assert events(made)[-3:] == ["recording:retry_restore"] * 2 + ["recording:fail_restore"]
    assert not tend(minutes[20], where).stuck
    # one whose first step was done when its end was lost plays: that is its end (T32)
    assert retention.request_restore(made, actor=by(cast.ben), now=minutes[21]).is_permitted
    assert retention.restore_media(made, actor=SYSTEM, now=minutes[22], stores=where)
    run(encoding.package_source, source_id, tools, minutes[23])
    ProcrastinateJob.objects.all().delete()
    Recording.objects.filter(id=made).update(keeping="RESTORING")
    Restore.objects.filter(is_done=True).update(ended_at=None, is_done=None)
    assert tend(minutes[40], where).stuck == 1
    assert (keeping(made), events(made)[-1]) == ("ONLINE", "recording:restore")
    assert is_proved(minutes[40])

"""A folder into the bin with everything below it, and out again whole: done, refused, told, metered (R138, R139)."""

from datetime import timedelta

import pytest

from cathedra.actions import library, retention
from cathedra.db.models import AuditEvent, Folder, FolderAccess, FolderBin, Hold, Kept, Notice, Recording
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import library as library_reads
from cathedra.db.reads import retention as reads
from cathedra.db.writes import access as access_writes
from cathedra.domain.access import Action, FolderRole
from cathedra.domain.terms import Code, FolderNotFound
from tests.actions.retention.archives import SYSTEM, by, events, is_proved, keeping, kept, local, stores, told

NOW, DAY = local(2026, 11, 2, 10), timedelta(days=1)


@pytest.mark.slow
def test_r138_there_and_back_whole_with_what_is_below_it(cast):
    where = stores()
    below = library.make_subfolder(cast.chemistry, name="Seminars", actor=by(cast.alice), now=NOW).folder_id
    live, deep = kept(cast, where, NOW), kept(cast, where, NOW, title="Deep", owner=cast.chloe, folder=below)
    archived, alone = kept(cast, where, NOW, title="Archived"), kept(cast, where, NOW, title="Alone")
    assert retention.archive_media(archived, actor=by(cast.alice), now=NOW, stores=where) is None
    assert retention.recycle_recording(alone, actor=by(cast.alice), now=NOW).is_permitted
    for who, code in ((cast.ben, Code.NO_PERMISSION), (cast.chloe, Code.NO_PERMISSION), (None, Code.SIGN_IN)):
        assert retention.recycle_folder(cast.chemistry, actor=by(who), now=NOW).decision.code is code
    shown = retention.preview_recycle_folder(cast.chemistry, actor=by(cast.alice), now=NOW)
    assert (shown.folders, shown.recordings, shown.seconds, shown.obstacles) == (2, 3, 180, ())
    done = retention.recycle_folder(cast.chemistry, actor=by(cast.alice), now=NOW)
    assert done.decision.is_permitted
    assert [keeping(one) for one in (live, deep, archived, alone)] == ["RECYCLED"] * 4
    unit = FolderBin.objects.get(id=done.unit_id)
    assert (unit.recordings, unit.seconds, Folder.objects.filter(recycled_in=unit).count()) == (3, 180, 2)
    assert {
        str(row.recipient_id): row.values["title"]["values"]["count"] for row in Notice.objects.filter(kind="N35")
    } == {str(cast.chloe): "1"}
    # the folder is nowhere (R135), and nobody takes a single one out of it
    for folder in (cast.chemistry, below):
        with pytest.raises(FolderNotFound):
            access_reads.folder_facts(cast.alice, folder)
    seen = Folder.objects.filter(access_reads.may_in_folders(cast.alice, Action.LIST_FOLDER, NOW))
    assert not seen.filter(id__in=(cast.chemistry, below)).exists()
    assert cast.chemistry not in [row.id for row in library_reads.list_places_to_upload(cast.alice)]
    assert retention.take_back_recording(live, actor=by(cast.alice), now=NOW).code is Code.ILLEGAL_TRANSITION
    with pytest.raises(FolderNotFound):
        retention.recycle_folder(cast.chemistry, actor=by(cast.alice), now=NOW)
    assert is_proved(NOW)
    # out again: where and how it stood, but for what was in the bin before
    (row,) = reads.list_binned_folders(cast.alice, since=NOW - 90 * DAY)
    assert (row.id, row.recordings, reads.list_binned_folders(cast.ben, since=NOW - DAY)) == (done.unit_id, 3, [])
    for who in (cast.ben, cast.chloe):
        assert retention.take_back_folder(done.unit_id, actor=by(who), now=NOW).code is Code.NO_PERMISSION
    assert retention.take_back_folder(done.unit_id, actor=by(cast.alice), now=NOW + 90 * DAY).code is Code.GONE
    for _turn in range(2):  # R53
        assert retention.take_back_folder(done.unit_id, actor=by(cast.alice), now=NOW + DAY).is_permitted
    assert [keeping(one) for one in (live, deep, archived, alone)] == ["ONLINE", "ONLINE", "ARCHIVED", "RECYCLED"]
    assert not Kept.objects.exclude(unit=None).exists()
    assert access_reads.folder_facts(cast.alice, below)
    assert events(deep) == ["recording:recycle", "recording:take_back"]
    trail = AuditEvent.objects.filter(target_id=str(cast.chemistry), action__startswith="folder:").order_by("id")
    assert [row.action for row in trail][-2:] == ["folder:recycle", "folder:take_back"]
    assert is_proved(NOW + DAY)


@pytest.mark.slow
def test_r138_refused_with_a_list_and_what_is_not_theirs(cast):
    where = stores()
    below = library.make_subfolder(cast.chemistry, name="Own", actor=by(cast.alice), now=NOW).folder_id
    made, deep = kept(cast, where, NOW), kept(cast, where, NOW, title="Deep", folder=below)
    hold = Hold.objects.create(recording_id=deep, kind="legal", opened_at=NOW)
    refused = retention.recycle_folder(cast.chemistry, actor=by(cast.alice), now=NOW).decision
    assert (refused.code, refused.reasons[0].values["titles"]) == (Code.HELD, "“Deep”")
    hold.delete()
    Recording.objects.filter(id=made).update(media_state="SCHEDULED", publication="DRAFT")
    refused = retention.recycle_folder(cast.chemistry, actor=by(cast.alice), now=NOW).decision
    assert (refused.code, refused.reasons[0].values["titles"]) == (Code.ILLEGAL_TRANSITION, "“Entropy”")
    Recording.objects.filter(id=made).update(media_state="READY", publication="PUBLISHED")
    Folder.objects.filter(id=below).update(kind="assignment")
    assert not retention.preview_recycle_folder(cast.chemistry, actor=by(cast.alice), now=NOW).obstacles
    Folder.objects.filter(id=below).update(is_summative=True)  # R129
    assert [
        one.why for one in retention.preview_recycle_folder(cast.chemistry, actor=by(cast.alice), now=NOW).obstacles
    ] == ["ASSESSED"]
    Folder.objects.filter(id=below).update(kind="general")
    Folder.objects.filter(id=below).update(inherits=False, access_from_id=below)
    access_writes.recompute(below)
    others = retention.preview_recycle_folder(cast.chemistry, actor=by(cast.alice), now=NOW).decision
    assert others.reasons[0].values == {"count": "1"}
    assert retention.recycle_folder(cast.chemistry, actor=by(cast.dev), now=NOW).decision.is_permitted
    assert not FolderBin.objects.exclude(taken_back_at=None).exists()
    assert retention.tend_bins(actor=SYSTEM, now=NOW + 76 * DAY).purged == 0
    warned = told("N39")
    assert len(warned) == 2
    assert retention.tend_bins(actor=SYSTEM, now=NOW + 90 * DAY).purged == 2
    assert told("N39") == warned


@pytest.mark.slow
def test_t35_a_recording_whose_folder_is_in_the_bin_comes_to_the_nearest_folder_above_that_is_not(cast):
    """By the rules of that folder: who may bring something there, and whether a Publisher looks first (R72)."""
    where = stores()
    below = library.make_subfolder(cast.chemistry, name="Seminars", actor=by(cast.alice), now=NOW).folder_id
    deepest = library.make_subfolder(below, name="Week 1", actor=by(cast.alice), now=NOW).folder_id
    FolderAccess.objects.create(folder_id=deepest, principal_id=cast.eve, role=FolderRole.CREATOR)
    one, strict, stays, live = (kept(cast, where, NOW, title=str(title), folder=deepest) for title in range(4))
    done = retention.recycle_folder(below, actor=by(cast.alice), now=NOW)
    assert retention.take_back_recording(one, actor=by(cast.ben), now=NOW).code is Code.NO_PERMISSION
    assert retention.take_back_recording(one, actor=by(cast.eve), now=NOW).code is Code.ILLEGAL_TRANSITION, "not above"
    assert retention.take_back_recording(one, actor=by(cast.alice), now=NOW + 90 * DAY).code is Code.GONE
    for _turn in range(2):  # R53
        assert retention.take_back_recording(one, actor=by(cast.alice), now=NOW + DAY).is_permitted
    assert (keeping(one), Recording.objects.get(id=one).folder_id) == ("ONLINE", cast.chemistry)
    assert events(one) == ["recording:recycle", "recording:move", "recording:take_back"]
    Folder.objects.filter(id=cast.chemistry).update(start="when_approved")
    assert retention.take_back_recording(strict, actor=by(cast.alice), now=NOW + DAY).is_permitted
    assert Recording.objects.get(id=strict).publication == "WAITING", "T35 is no way around approval"
    assert retention.take_back_recording(live, actor=by(cast.dev), now=NOW + DAY).is_permitted, "the service too"
    assert retention.recycle_recording(one, actor=by(cast.alice), now=NOW + DAY).is_permitted
    assert retention.take_back_folder(done.unit_id, actor=by(cast.alice), now=NOW + 2 * DAY).is_permitted
    assert [keeping(each) for each in (one, strict, stays)] == ["RECYCLED", "ONLINE", "ONLINE"], "not of the unit now"
    assert [Recording.objects.get(id=each).folder_id for each in (strict, stays)] == [cast.chemistry, deepest]
    assert is_proved(NOW + 2 * DAY)


@pytest.mark.slow
@pytest.mark.parametrize("narrow", [{"kind": "assignment"}, {"inherits": False}])
def test_t35_r35_r183_nothing_is_taken_out_alone_to_where_more_people_would_see_it(cast, narrow):
    """One student's work, or what was kept to some, is not shown to all Viewers of the folder above."""
    where = stores()
    below = library.make_subfolder(cast.chemistry, name="Practicals", actor=by(cast.alice), now=NOW).folder_id
    deepest = library.make_subfolder(below, name="Week 1", actor=by(cast.alice), now=NOW).folder_id
    Folder.objects.filter(id=below).update(**narrow)
    made, deep = (
        kept(cast, where, NOW, title=title, folder=one) for title, one in (("Made", below), ("Deep", deepest))
    )
    done = retention.recycle_folder(below, actor=by(cast.alice), now=NOW)
    assert done.decision.is_permitted
    for one in (made, deep):
        for who in (cast.alice, cast.dev):
            refused = retention.take_back_recording(one, actor=by(who), now=NOW + DAY)
            assert (refused.code, refused.reasons[0].rule) == (Code.ILLEGAL_TRANSITION, "R183")
    assert [keeping(one) for one in (made, deep)] == ["RECYCLED"] * 2
    assert retention.take_back_folder(done.unit_id, actor=by(cast.alice), now=NOW + DAY).is_permitted
    assert [Recording.objects.get(id=one).folder_id for one in (made, deep)] == [below, deepest]


@pytest.mark.slow
def test_r130_r138_a_folder_can_be_had_back_for_as_long_as_what_was_held_in_it(cast):
    made = kept(cast, stores(), NOW)
    done = retention.recycle_folder(cast.chemistry, actor=by(cast.alice), now=NOW)
    Hold.objects.create(recording_id=made, kind="legal", opened_at=NOW)
    for day in (89, 120, 200):
        retention.tend_bins(actor=SYSTEM, now=NOW + day * DAY)
    Hold.objects.update(released_at=NOW + 200 * DAY)
    at = NOW + 214 * DAY
    (row,) = reads.list_binned_folders(cast.alice, since=at - 90 * DAY)
    assert (row.id, row.bin_since) == (done.unit_id, NOW + (200 - 90 + 15) * DAY)
    assert retention.take_back_folder(done.unit_id, actor=by(cast.alice), now=NOW + 216 * DAY).code is Code.GONE
    assert retention.take_back_folder(done.unit_id, actor=by(cast.alice), now=at).is_permitted
    assert keeping(made) == "ONLINE"

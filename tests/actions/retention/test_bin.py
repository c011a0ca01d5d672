"""Into the bin, out of it, destroyed: done, refused, repeated, audited, metered, told (T34 to T36, R134 to R139)."""

from datetime import timedelta

import pytest
from django.db import connection

from cathedra.actions import publishing, retention
from cathedra.actions.retention import recycle_by_decision
from cathedra.db.models import Account, AuditEvent, Hold, Kept, MeterEntry, Notice, Recording, Tombstone
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import retention as reads
from cathedra.db.writes import access as access_writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import access
from cathedra.domain.access import Action, FolderRole
from cathedra.domain.library import MediaState
from cathedra.domain.terms import Code
from tests.actions.retention.archives import SYSTEM, by, events, is_proved, keeping, kept, local, stores, tend, told
from tests.lectures import lecture

DAY = timedelta(days=1)
NOW = local(2026, 11, 2, 10)


@pytest.mark.slow
def test_t34_t35_there_and_back_by_whoever_may_with_every_line_of_it(cast):
    where = stores()
    made = kept(cast, where, NOW)
    for who, code in ((cast.ben, Code.NO_PERMISSION), (cast.chloe, Code.NO_PERMISSION), (None, Code.SIGN_IN)):
        assert retention.recycle_recording(made, actor=by(who), now=NOW).code is code
        assert retention.take_back_recording(made, actor=by(who), now=NOW).code in (code, Code.NO_PERMISSION)
    assert keeping(made) == "ONLINE"
    unsaid = retention.recycle_recording(made, actor=by(cast.dev), now=NOW, reason="  ")
    assert (unsaid.code, unsaid.reasons[0].rule, keeping(made)) == (Code.BAD_REQUEST, "R38", "ONLINE")
    why = "It names a patient: clause 4."
    assert retention.recycle_recording(made, actor=by(cast.dev), now=NOW, reason=why).is_permitted
    assert AuditEvent.objects.get(action="recording:recycle").reason == why
    assert retention.recycle_recording(made, actor=by(cast.dev), now=NOW, reason=why).code is Code.RECYCLED
    notice = Notice.objects.get(kind="N35")
    assert (notice.recipient_id, notice.values["who"], notice.values["until"]) == (
        cast.alice,
        "Dev",
        {"day": "2027-01-31"},
    )
    assert access.decide(access_reads.recording_facts(cast.ben, made), Action.VIEW, NOW).code is Code.NOT_FOUND  # R135
    assert retention.take_back_recording(made, actor=by(cast.alice), now=NOW + 89 * DAY).is_permitted
    assert retention.take_back_recording(made, actor=by(cast.alice), now=NOW + 89 * DAY).is_permitted  # R53
    assert retention.recycle_recording(made, actor=by(cast.alice), now=NOW + 89 * DAY).is_permitted
    assert told("N35") == [str(cast.alice)], "nobody is told of what they did themself"
    assert retention.take_back_recording(made, actor=by(cast.alice), now=NOW + 200 * DAY).code is Code.GONE
    assert events(made) == ["recording:recycle", "recording:take_back", "recording:recycle"]
    assert MeterEntry.objects.filter(recording_id=made).count() == 2  # R136: the bin counts as stored
    assert is_proved(NOW)


@pytest.mark.slow
def test_r130_a_hold_on_a_copy_by_reference_keeps_what_the_copy_plays(cast):
    """Deleted already or not yet, by hand, by the bin or by a run; but not a hold that is about the copy's own place."""
    where = stores()
    made, binned, other = (kept(cast, where, NOW, title=title) for title in ("Now", "Binned", "Undeclared"))
    for one, kind in ((made, "legal"), (binned, "legal"), (other, "aup_undeclared")):
        copied = publishing.copy_recording(one, cast.chemistry, is_full=False, actor=by(cast.alice), now=NOW)
        assert copied.recording_id is not None
        if one != made:
            assert retention.recycle_recording(one, actor=by(cast.alice), now=NOW).is_permitted
        Hold.objects.create(recording_id=copied.recording_id, kind=kind, opened_at=NOW)
    refused = retention.recycle_recording(made, actor=by(cast.alice), now=NOW)
    assert refused.code is Code.HELD
    assert retention.purge_recording(binned, actor=by(cast.alice), now=NOW, reason="").code is Code.HELD
    for day in (80, 100, 200):
        retention.tend_bins(actor=SYSTEM, now=NOW + day * DAY)
    assert [keeping(one) for one in (made, binned, other)] == ["ONLINE", "RECYCLED", "PURGED"]
    assert [row.is_held for row in reads.facts_of([made, binned])] == [True, True]


@pytest.mark.slow
def test_r130_a_copy_held_between_the_look_and_the_purge_keeps_what_it_plays(cast):
    made = kept(cast, stores(), NOW)
    copied = publishing.copy_recording(made, cast.chemistry, is_full=False, actor=by(cast.alice), now=NOW)
    assert retention.recycle_recording(made, actor=by(cast.alice), now=NOW).is_permitted
    looked = []

    def hold_meanwhile(execute, sql, params, many, context):
        if "FOR UPDATE" in sql and not looked:
            looked.append(sql)
            Hold.objects.create(recording_id=copied.recording_id, kind="legal", opened_at=NOW)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(hold_meanwhile):
        assert retention.purge_bins(actor=SYSTEM, now=NOW + 91 * DAY) == 0
    assert (len(looked), keeping(made)) == (1, "RECYCLED")


@pytest.mark.slow
def test_t36_after_ninety_days_it_is_destroyed_and_its_owner_was_warned(cast):
    where = stores()
    made, held = kept(cast, where, NOW), kept(cast, where, NOW, title="Held")
    for one in (made, held):
        assert retention.recycle_recording(one, actor=by(cast.alice), now=NOW).is_permitted
    Hold.objects.create(recording_id=held, kind="legal", opened_at=NOW)
    retention.tend_bins(actor=SYSTEM, now=NOW + 75 * DAY)
    assert told("N39") == []
    for day in (76, 77, 89):
        assert not retention.tend_bins(actor=SYSTEM, now=NOW + day * DAY).purged
    assert told("N39") == [str(cast.alice)]
    assert retention.tend_bins(actor=SYSTEM, now=NOW + 90 * DAY).purged == 1
    assert not retention.tend_bins(actor=SYSTEM, now=NOW + 90 * DAY)
    assert (keeping(made), keeping(held)) == ("PURGED", "RECYCLED")  # R130
    tend(NOW + 90 * DAY, where)
    assert {key.split("/")[1] for key in where.media.objects} == {str(held)}
    stone = Tombstone.objects.get()
    assert (stone.recording_id, stone.title, stone.reason, stone.folder_path) == (
        made,
        "Entropy",
        "bin",
        "Chemistry / Part IA",
    )
    assert access.decide(access_reads.recording_facts(cast.ben, made), Action.VIEW, NOW).code is Code.GONE  # R58
    assert access.decide(access_reads.recording_facts(cast.eve, made), Action.VIEW, NOW).code is Code.NOT_FOUND
    assert sum(MeterEntry.objects.filter(recording_id=made, category="STORED").values_list("delta_s", flat=True)) == 0
    assert (
        sum(MeterEntry.objects.filter(recording_id=made, category="RECORDED").values_list("delta_s", flat=True)) == 60
    )
    assert is_proved(NOW)
    assert retention.tend_bins(actor=SYSTEM, now=NOW + 1500 * DAY).forgotten == 1
    assert not Recording.objects.filter(id=made).exists()
    assert not Tombstone.objects.exists()


@pytest.mark.slow
def test_r221_n39_for_an_owner_who_left_the_folders_creators_are_warned_but_not_of_an_import(cast):
    left = kept(cast, stores(), NOW, owner=cast.eve)
    imported = lecture(cast.chemistry, cast.eve, now=NOW, title="Chat", media=MediaState.EMPTY, origin="import")
    for one in (left, imported):
        Recording.objects.filter(id=one).update(keeping="RECYCLED", recycled_from="ONLINE")
        Kept.objects.create(recording_id=one, recycled_at=NOW, is_by_decision=False, has_leftovers=False)
    Account.objects.filter(id=cast.eve).update(is_active=False, deactivated_at=NOW)
    retention.tend_bins(actor=SYSTEM, now=NOW + 80 * DAY)
    assert told("N39") == sorted([str(cast.eve)] * 2 + [str(cast.alice)])
    assert Notice.objects.get(kind="N39", recipient_id=cast.alice).values["title"] == "Entropy"


@pytest.mark.slow
def test_r137_early_by_its_owner_or_by_the_service_with_a_reason(cast):
    where = stores()
    own, other = kept(cast, where, NOW), kept(cast, where, NOW, owner=cast.chloe, title="Chloe's")
    assert retention.purge_recording(own, actor=by(cast.alice), now=NOW).code is Code.ILLEGAL_TRANSITION
    for one in (own, other):
        assert retention.recycle_recording(one, actor=by(cast.alice), now=NOW).is_permitted
    assert retention.purge_recording(other, actor=by(cast.alice), now=NOW).code is Code.NO_PERMISSION
    assert retention.purge_recording(other, actor=by(cast.dev), now=NOW).code is Code.BAD_REQUEST
    assert retention.purge_recording(other, reason="She asked.", actor=by(cast.dev), now=NOW).is_permitted
    assert retention.purge_recording(own, actor=by(cast.alice), now=NOW).is_permitted
    assert retention.purge_recording(own, actor=by(cast.alice), now=NOW).code is Code.GONE
    assert AuditEvent.objects.get(target_id=str(other), action="recording:purge").reason == "She asked."
    tend(NOW, where)
    assert where.media.objects == {}
    assert is_proved(NOW)


@pytest.mark.slow
def test_t29_t34b_a_hold_ends_in_the_bin_and_is_open_again_outside(cast):
    where = stores()
    made, taken, legal = (kept(cast, where, NOW, title=title) for title in "ABC")
    Hold.objects.create(recording_id=made, kind="aup_referred", opened_at=NOW)
    Hold.objects.create(recording_id=legal, kind="legal", opened_at=NOW)
    assert retention.recycle_recording(legal, actor=by(cast.alice), now=NOW).code is Code.HELD
    assert retention.recycle_recording(made, actor=by(cast.dev), now=NOW).code is Code.HELD
    assert retention.recycle_recording(made, actor=by(cast.alice), now=NOW + DAY).is_permitted
    assert not Hold.objects.filter(recording_id=made, released_at=None).exists()
    assert retention.take_back_recording(made, actor=by(cast.alice), now=NOW + 2 * DAY).is_permitted
    assert Hold.objects.get(recording_id=made, released_at=None).kind == "aup_referred"
    with transaction():
        assert recycle_by_decision(taken, reason="Not permitted.", actor=by(cast.dev), now=NOW)
        assert not recycle_by_decision(taken, reason="Again.", actor=by(cast.dev), now=NOW)
    access_writes.add_member(cast.chemistry, cast.chloe, FolderRole.CREATOR, now=NOW)
    assert retention.take_back_recording(taken, actor=by(cast.chloe), now=NOW).code is Code.NO_PERMISSION
    assert retention.take_back_recording(taken, actor=by(cast.dev), now=NOW).is_permitted


@pytest.mark.slow
def test_r56_from_the_archive_to_the_bin_and_back_to_the_archive(cast):
    where = stores()
    made = kept(cast, where, NOW)
    assert retention.archive_media(made, actor=by(cast.alice), now=NOW, stores=where) is None
    assert retention.recycle_recording(made, actor=by(cast.alice), now=NOW).is_permitted
    assert is_proved(NOW)  # R101
    assert retention.take_back_recording(made, actor=by(cast.alice), now=NOW + DAY).is_permitted
    assert keeping(made) == "ARCHIVED"
    assert retention.recycle_recording(made, actor=by(cast.alice), now=NOW + DAY).is_permitted
    assert retention.tend_bins(actor=SYSTEM, now=NOW + 77 * DAY).purged == 0
    assert retention.tend_bins(actor=SYSTEM, now=NOW + 91 * DAY).purged == 1
    tend(NOW + 91 * DAY, where)
    assert where.archive.objects == where.media.objects == {}
    assert is_proved(NOW)
